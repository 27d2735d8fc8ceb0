#pragma once
// The window: GLFW, OpenGL 3.3 and Dear ImGui behind a frame's begin and end.  It redraws on demand: an idle window costs
// nothing.
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/ui.h"
#include "core/base/result.h"

struct GLFWwindow;

namespace awaitscope::platform {

class SideWindow;

class Window {
 public:
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  Ui& ui() { return *ui_; }
  /// Waits for input, a wake() or the end of `longest` seconds (endless: infinity), and starts a frame.  False: the person
  /// closed the window.  `text_size` is in points; the screen's content scale is applied here.
  bool begin_frame(double longest, float text_size, Language language, std::u32string_view words);
  void end_frame();
  /// Seconds since the last frame began, at most a tenth after a long wait.
  double seconds() const { return seconds_; }
  /// Draw a frame soon.  From any thread.
  static void wake();
  void title(const std::string& text);
  /// Fills the screen that it stands on, or the `further`th one behind it, and goes back to its place.
  void full_screen(bool on, int further = 0);
  /// Screens that are connected now.
  static std::size_t screens();
  /// A second window, on a screen that the first does not fill where there is one; else a normal window beside it.
  Result<std::unique_ptr<SideWindow>> open_beside(const std::string& title, int width, int height);
  /// Paths of files dropped on the window since the last call.
  std::vector<std::string> take_drops();

 private:
  friend Result<std::unique_ptr<Window>> open_window(const std::string& title, int width, int height);
  friend class SideWindow;
  Window() = default;
  void press(int key, int scancode, int action, int modifiers);
  float content_scale() const;
  void feed_keys();

  std::shared_ptr<void> glfw_;  ///< the library, until the last window is gone
  GLFWwindow* window_ = nullptr;
  std::unique_ptr<Ui> ui_;
  struct Place {
    int x = 0, y = 0, w = 0, h = 0;
  };
  std::optional<Place> before_;  ///< where it was before it filled a screen
  std::size_t screen_ = 0;       ///< that it fills
  std::vector<std::string> drops_;
  struct Key {
    int key, scancode, action, modifiers;
  };
  std::deque<Key> keys_;  ///< pressed and released since the last frame, in order
  double began_ = 0, seconds_ = 0;
  int settle_ = 3;  ///< frames still to draw after the last input: hovering and layout take a few
};

/// A window beside the first that only shows: a key pressed in it is pressed in the first, the mouse does nothing.  It has to
/// go before the first one goes.
class SideWindow {
 public:
  ~SideWindow();
  SideWindow(const SideWindow&) = delete;
  SideWindow& operator=(const SideWindow&) = delete;

  Ui& ui() { return *ui_; }
  /// It was uncovered, moved or resized since the last frame, so what it shows must be drawn again.
  bool stale();
  bool closed() const;  ///< by the person
  void begin_frame(float text_size, Language language, std::u32string_view words);
  /// Shows the frame; OpenGL and Dear ImGui are the first window's again.
  void end_frame();

 private:
  friend class Window;
  explicit SideWindow(Window& first) : first_(first) {}
  static SideWindow& of(GLFWwindow* window);

  Window& first_;
  std::shared_ptr<void> glfw_;
  GLFWwindow* window_ = nullptr;
  std::unique_ptr<Ui> ui_;
  bool stale_ = true;
};

/// The error is one line: no display, or no OpenGL 3.3 (then LIBGL_ALWAYS_SOFTWARE=1 may help: it says "OpenGL 3.3").
Result<std::unique_ptr<Window>> open_window(const std::string& title, int width, int height);

}  // namespace awaitscope::platform
