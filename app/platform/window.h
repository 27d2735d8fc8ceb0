#pragma once
// The window: GLFW, OpenGL 3.3 and Dear ImGui behind a frame's begin and end.  It redraws on demand: an idle window costs
// nothing.
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "app/platform/ui.h"
#include "core/base/result.h"

struct GLFWwindow;

namespace awaitscope::platform {

class Window {
 public:
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  Ui& ui() { return *ui_; }
  /// Waits until there is something to draw, unless `animating`, and starts a frame.  False: the person closed the window.
  /// `text_size` is in points; the screen's content scale is applied here.
  bool begin_frame(float text_size, bool animating);
  void end_frame();
  /// Seconds since the last frame began, at most a tenth after a long wait.
  double seconds() const { return seconds_; }
  /// Draw a frame soon.  From any thread.
  static void wake();
  void title(const std::string& text);
  /// Paths of files dropped on the window since the last call.
  std::vector<std::string> take_drops();

 private:
  friend Result<std::unique_ptr<Window>> open_window(const std::string& title, int width, int height);
  Window() = default;
  float content_scale() const;
  void feed_keys();

  GLFWwindow* window_ = nullptr;
  std::unique_ptr<Ui> ui_;
  std::vector<std::string> drops_;
  struct Key {
    int key, scancode, action, modifiers;
  };
  std::deque<Key> keys_;  ///< pressed and released since the last frame, in order
  double began_ = 0, seconds_ = 0;
  int settle_ = 3;  ///< frames still to draw after the last input: hovering and layout take a few
};

/// The error is one line: no display, or no OpenGL 3.3 (then LIBGL_ALWAYS_SOFTWARE=1 may help: it says "OpenGL 3.3").
Result<std::unique_ptr<Window>> open_window(const std::string& title, int width, int height);

}  // namespace awaitscope::platform
