#pragma once
// A picture of the whole window, without a window: `--png` and golden pictures.
#include <string>

#include "app/view/session.h"
#include "core/base/result.h"

namespace awaitscope::panels {

/// The bytes of a PNG file.  Call it from the thread that draws the window, between its frames, or where there is no window.
Result<std::string> render_png(const view::Session& session, int width, int height);

}  // namespace awaitscope::panels
