#pragma once
#include "core/formats/chrome_reader.h"
#include "core/formats/format.h"

namespace awaitscope::chrome {

/// What can be known of a run from the events that other viewers show: a thread is a task, its outermost slices are its
/// steps, arrows are wake-ups, counters are resources.  Our own exports say which slices are waits; they give back their
/// tasks, steps, waits and arrows.
Result<Loaded> import_events(std::string_view text, const Scan& scan);

}  // namespace awaitscope::chrome
