#pragma once
// Who asked for a cancel in the first place: requests are passed down from task to task.
#include <string>

#include "core/findings/lint.h"

namespace awaitscope {

/// The request made by the event `seq`, or null where that event made none.
const Cancellation* request_of(const History& history, Seq seq);
/// The request that a passed-down one came from; itself where it was not passed down.
const Cancellation& root_of(const History& history, const Cancellation& request);
/// "the timeout at a.cpp:30 of main", "main at a.cpp:20", "the loop (shutdown)".
std::string who_asked(const Run& run, const Cancellation& request);

}  // namespace awaitscope
