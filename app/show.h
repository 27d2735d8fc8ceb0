#pragma once
// The show on its screens: the window that fills one, the notes on another, and the lesson's minutes.
#include <chrono>
#include <memory>

#include "app/panels/notes.h"
#include "app/platform/window.h"

namespace awaitscope {

class Show {
 public:
  using Clock = std::chrono::steady_clock;

  /// After the session has changed or time has passed: fills and leaves the screen, opens, draws and closes the notes.
  void follow(const view::Session& session, platform::Window& window);
  /// Seconds until the notes' clock moves on, infinity where there is none.
  double longest_wait() const;

 private:
  void place(const view::Session& session, platform::Window& window);
  void open_notes(const view::Session& session, platform::Window& window);
  int minutes(const view::Session& session);

  bool presenting_ = false;
  int screens_ = 0;
  bool closed_ = false;  ///< the person closed the notes' window, with `notes` at `asked_`
  bool asked_ = false;
  std::unique_ptr<platform::SideWindow> side_;
  panels::Notes shown_;
  std::string lesson_;
  Clock::time_point since_ = Clock::now();  ///< that lesson is on screen
};

}  // namespace awaitscope
