#pragma once
// What the actions of a hunt do: each asks the part that it is about, or opens the field that its text is typed into.
#include "app/view/session.h"

namespace awaitscope::view {

void hunt(Session& session, const Action& action);
/// What Esc takes away: the field, the search, the arrow.  Pins, the filter and folded lanes stay.
void clear_hunt(Session& session);

}  // namespace awaitscope::view
