#pragma once
// Pictures of a trace outside the window: a terminal's, an SVG's, a PNG's, and the session that shows them.
#include <functional>
#include <string>

#include "app/view/pictures.h"
#include "core/base/result.h"

namespace awaitscope::desk {

/// Draws the app's window content; passed in by whoever has a renderer.
using RenderPng = std::function<Result<std::string>(const view::Session& session, int width, int height)>;

/// A session that shows one trace, or a bad and a fixed one, finished.
view::Session show(std::vector<std::pair<std::string, Trace>> sides);

/// The timeline and the findings as text, `columns` wide.
std::string terminal_picture(const Trace& trace, int columns, bool color);
/// The timeline as an SVG file; as high as it needs to be, or `height` pixels for a page, where lanes fold to fit.
std::string svg_picture(const Trace& trace, int width = 1280, int height = 0);
/// The endings that files of a trace may have, with blanks between.
std::string endings();
/// Whether something can be written under this name, without writing it.  The error lists the endings there are.
Status check_ending(const std::string& path, const RenderPng& render);
/// Writes `trace` to `path` as its ending says.
Status export_trace(const Trace& trace, const std::string& path, const RenderPng& render);

}  // namespace awaitscope::desk
