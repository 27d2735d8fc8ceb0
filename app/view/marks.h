#pragma once
// Marks at moments and notes on stretches, with a person's words: they are kept in the trace's file.
#include "app/view/session.h"

namespace awaitscope::view {

/// At the playhead.
void add_mark(Session& session, std::string_view words);
/// On the selected range; without one it says so.
void add_range_note(Session& session, std::string_view words);
/// To the next one after the playhead, round at the end.
void go_to_next_mark(Session& session);
/// To one of the active run's notes, by its place in the list: the playhead, and for a stretch the range.
void go_to_note(Session& session, std::size_t index);
void delete_note(Session& session, double index);
/// "1.500 s" or "1.500 s to 2.000 s".
std::string note_moment(const Note& note, Language language);

}  // namespace awaitscope::view
