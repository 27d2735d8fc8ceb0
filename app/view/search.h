#pragma once
// Searching a run: names, log texts, arguments, ids ("task:7", "event:120"), places ("a.cpp:14"), kinds ("cancel_swallowed"),
// and what findings say.  Capital letters do not matter.
#include "app/view/session.h"

namespace awaitscope::view {

/// Begins a search in the active run; an empty text ends it.
void find(Session& session, std::string_view text);
/// The same in what runs now, from its first event.
void search_again(Session& session);
/// Looks at some more events.  False: there are none left.
bool search_on(Session& session);
/// There are events that it has not looked at yet.
bool searching(const Session& session);
/// What lies ahead of what may be seen of the run is found no longer.
void forget_ahead(Session& session);
/// To the next match (+1) or the previous (-1), round at the ends: its event, its lane.
void find_next(Session& session, int direction);
/// "3/17", "17" where none is shown yet, "0"; "…" behind it while the search goes on.
std::string search_words(const Search& search, bool over);
/// Whether `text` holds `part`, of which all letters are small.
bool holds(std::string_view text, std::string_view part);
std::string small_letters(std::string_view text);

}  // namespace awaitscope::view
