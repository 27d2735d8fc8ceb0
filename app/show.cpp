#include "app/show.h"

#include <ctime>
#include <limits>

namespace awaitscope {
namespace {

constexpr float notes_text = 20;
constexpr int notes_width = 900, notes_height = 700;

/// "14:05", in the place's own time.
std::string time_of_day() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  char text[8];
  return {text, std::strftime(text, sizeof text, "%H:%M", &parts)};
}

}  // namespace

int Show::minutes(const view::Session& session) {
  if (lesson_ != session.lesson.name) {
    lesson_ = session.lesson.name;
    since_ = Clock::now();
  }
  return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(Clock::now() - since_).count());
}

void Show::place(const view::Session& session, platform::Window& window) {
  if (presenting_ == session.presenting && screens_ == session.room.screens) return;
  if (session.presenting && !presenting_) since_ = Clock::now();
  presenting_ = session.presenting;
  screens_ = session.room.screens;
  window.full_screen(presenting_, screens_);
  side_.reset();  // it finds its screen anew
}

void Show::open_notes(const view::Session& session, platform::Window& window) {
  if (side_ && side_->closed()) {
    closed_ = true;
    asked_ = session.room.notes;
  }
  if (closed_ && (asked_ != session.room.notes || !session.presenting)) closed_ = false;
  const bool wanted = session.presenting && !closed_ && session.room.notes != (platform::Window::screens() > 1);
  if (!wanted) return side_.reset();
  if (side_) return;
  auto opened = window.open_beside("Notes · Awaitscope", notes_width, notes_height);
  if (opened) side_ = std::move(*opened);
  else closed_ = true, asked_ = session.room.notes;
}

void Show::follow(const view::Session& session, platform::Window& window) {
  place(session, window);
  const int used = minutes(session);
  open_notes(session, window);
  if (!side_) return;
  panels::Notes now = panels::notes_of(session, time_of_day(), used);
  if (!side_->stale() && now == shown_) return;
  shown_ = std::move(now);
  for (int i = 0; i < 2; ++i) {  // text that wraps has its height after one frame
    side_->begin_frame(notes_text, session.language, chinese_words(session));
    panels::draw_notes(shown_, side_->ui());
    side_->end_frame();
  }
}

double Show::longest_wait() const {
  if (!side_) return std::numeric_limits<double>::infinity();
  return static_cast<double>(60 - std::time(nullptr) % 60) + 0.05;
}

}  // namespace awaitscope
