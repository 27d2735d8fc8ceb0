#pragma once
// What the person in front of the room reads: say, ask, trap; the sentence of now and the next one; the clock.
#include "app/platform/ui.h"
#include "app/view/session.h"

namespace awaitscope::panels {

/// All that the notes show: they are drawn again only when it changes.
struct Notes {
  std::string title, clock, used;  ///< used: "3 of 10 min"
  std::string now, next;           ///< sentences of stops
  std::string say, ask, trap;
  std::string message;
  int minutes = 0, planned = 0;
  view::Theme theme = view::Theme::dark;
  Language language = Language::english;
  bool operator==(const Notes&) const = default;
};
/// `clock`: the time of day as "14:05"; `minutes`: since the lesson was opened.
Notes notes_of(const view::Session& session, std::string clock, int minutes);

/// Fills the window between `ui`'s begin and end of a frame.
void draw_notes(const Notes& notes, platform::Ui& ui);

}  // namespace awaitscope::panels
