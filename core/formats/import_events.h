#pragma once
#include "core/formats/format.h"
#include "core/formats/import_event.h"

namespace awaitscope::importing {

/// What can be known of a run from the events that other viewers show: a thread is a task, its outermost slices are its
/// steps, arrows are wake-ups, counters are resources.  Our own exports say which slices are waits; they give back their
/// tasks, steps, waits and arrows.  `from`: what the trace says of its runtime.
Loaded import_events(Events read, const std::string& from);

}  // namespace awaitscope::importing
