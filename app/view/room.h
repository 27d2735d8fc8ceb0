#pragma once
// In front of a room: what is shown there besides the session's own state, and what its keys mean.  Clickers send PageUp,
// PageDown, "." and, on one button in turn, Esc and F5: no key of theirs may lose the place.
#include <string>
#include <vector>

namespace awaitscope::view {

struct Session;
struct Action;
struct SourceLine;

struct Room {
  float text_size = 32;    ///< pixels; the desk keeps its own
  bool blank = false;      ///< black until the next key
  bool bar = false;        ///< the slim line with title, version and progress
  bool spotlight = false;  ///< all but the pointer's surroundings is dimmed
  bool notes = false;      ///< changed by the person: the notes' window is open by itself where there is a second screen
  int screens = 0;         ///< how often the person asked for the next screen
};

// What can be read from the last row of a room.
inline constexpr std::size_t room_lanes = 8, room_lines = 18, room_columns = 60, room_sentence = 140;

/// A key that only ends the black screen: true, and nothing else is to be done for the action.
bool wakes(Session& session, const Action& action);
/// Of the action `take_screenshot`, as its request wants it: "1920x1080".
std::string screenshot_size(const Action& action);
/// "L04-bad-0037": lesson, version and step; of a trace's words only what every file system takes.
std::string screenshot_name(const Session& session);

/// What is said at the playhead: the sentence of the last stop reached; before the first one, the lesson's title.
struct Narration {
  std::string text;
  bool stop = false;                ///< it is a stop's sentence
  std::size_t reached = 0, of = 0;  ///< stops up to the playhead, and all
};
Narration narration(const Session& session);
/// The next stop's sentence, "" at the last.
std::string next_sentence(const Session& session);

/// At most `most` lines of the shown source, among them where the program is; they move by a third of a page, so that a step
/// rarely moves them.
std::vector<SourceLine> room_code(const Session& session, std::size_t most = room_lines);

}  // namespace awaitscope::view
