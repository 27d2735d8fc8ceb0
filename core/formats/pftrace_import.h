#pragma once
#include "core/formats/pftrace_reader.h"

namespace awaitscope::pftrace {

/// The events as those of a Chrome trace: a track is a thread, what our exports say of waits goes back to the task's own lane,
/// and arrows bind to the slices that they were given to.
importing::Events events_of(Contents contents);

}  // namespace awaitscope::pftrace
