#pragma once
// The part of the history's builder that follows cancel requests to their end.
#include "core/model/history.h"

namespace awaitscope {

/// Takes one event into `history.cancellations`, before the model has been moved over it.
void follow_cancellations(History& history, const Trace& trace, const Event& event);

}  // namespace awaitscope
