#pragma once
// Lessons as frames: a picture of the room at each stop of the bad and the fixed version, and a page that shows them.
#include "app/desk/pictures.h"
#include "scenarios/lesson.h"

namespace awaitscope::desk {

struct FrameOptions {
  std::string folder;   ///< where they are written; made where it is missing
  std::string lessons;  ///< a folder of lessons, "" for those built in
  std::string source;   ///< whose code is shown: "python", "js" or "cpp"; "" for Python where there is any
  Language language = Language::english;
  bool dark = false;
  bool png = false;  ///< at 3840 x 2160 by the window's renderer; else SVG at 1920 x 1080
};

/// How many pictures were written.  All are drawn before the first file is written, each file is written whole, the page comes
/// last.
Result<std::size_t> write_frames(const std::vector<Lesson>& lessons, const FrameOptions& options, const RenderPng& render);

}  // namespace awaitscope::desk
