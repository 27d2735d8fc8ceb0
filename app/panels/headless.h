#pragma once
// The app's window without a screen: pictures of it, and a hand and keyboard for scripts and tests.
#include <memory>

#include "app/platform/offscreen.h"
#include "app/view/session.h"

namespace awaitscope::panels {

class HeadlessApp {
 public:
  /// In pixels; `scale`: pixels of a point, as a screen of that density has it.
  static Result<std::unique_ptr<HeadlessApp>> open(int width, int height, float scale = 1);

  /// Draws one frame with the input fed so far and returns what it asks for; the caller applies it with `update`.
  view::Actions frame(const view::Session& session);

  // Input: it counts from the next frame on, so that a press and its release need a frame each.
  void move(view::Point at);
  void press(int mouse_button = 0, bool down = true);
  void wheel(float lines);
  void key(int glfw_key, bool down);
  void modifiers(bool ctrl, bool shift, bool alt);
  void type(const std::string& text);

  /// The actions of whole gestures, over several frames.  The session is applied nothing to.
  view::Actions click(const view::Session& session, view::Point at, int count = 1);
  /// Throws where the text is no key.
  view::Actions press_key(const view::Session& session, const std::string& chord);

  /// The middle of a named place of the last frame: a button's name, "tab:Source", "timeline"; nothing if it was not drawn.
  std::optional<view::Point> find(std::string_view name) const;
  int vertices() const { return vertices_; }  ///< ImGui's, in the last frame
  std::size_t boxes() { return screen_->ui().spans().size(); }
  platform::Offscreen& screen() { return *screen_; }

 private:
  std::unique_ptr<platform::Offscreen> screen_;
  float scale_ = 1;
  int vertices_ = 0;
};

}  // namespace awaitscope::panels
