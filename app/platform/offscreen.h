#pragma once
// Drawing without a screen: an EGL context with no surface and a framebuffer of our own.  Works where there is no display
// at all, with the same renderer as the window.
#include <memory>

#include "app/platform/image.h"
#include "app/platform/ui.h"
#include "core/base/result.h"

namespace awaitscope::platform {

class Offscreen {
 public:
  /// The context becomes current on this thread, which must have no other current.
  static Result<std::unique_ptr<Offscreen>> open(int width, int height);
  ~Offscreen();
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  Ui& ui() { return *ui_; }
  /// A frame of `seconds`; input is what the caller has put into ImGui's io.
  void begin_frame(float text_size, Language language, std::u32string_view words, float seconds = 1.0F / 60);
  /// It is drawn when its pixels are asked for: most frames of a script nobody looks at.
  void end_frame();
  void resize(int width, int height);
  /// The last frame.
  Image pixels();

 private:
  struct Egl;
  Offscreen();
  std::unique_ptr<Egl> egl_;
  std::unique_ptr<Ui> ui_;
  unsigned framebuffer_ = 0, color_ = 0;
  int width_ = 0, height_ = 0;
  bool drawn_ = true;
};

}  // namespace awaitscope::platform
