#pragma once
// The app without a window.
#include "app/desk/desk.h"

namespace awaitscope::desk {

struct App {
  view::Session session;
  Desk desk{session, {}};

  App() = default;
  explicit App(const std::string& lesson) { desk.load_scenario(lesson); }
  /// What the action asks the desk for is done when this returns.
  void act(view::Act what, double x = 0, double y = 0, std::string text = {}) {
    desk.apply({{what, x, y, std::move(text), {}}});
    desk.settle();
  }
  void act(view::Act what, double x, std::string text) { act(what, x, 0, std::move(text)); }
  void act(view::Act what, std::string text) { act(what, 0, 0, std::move(text)); }
};

}  // namespace awaitscope::desk
