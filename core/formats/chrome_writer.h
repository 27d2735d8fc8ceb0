#pragma once
#include <string>

#include "core/model/history.h"

namespace awaitscope::chrome {

/// The number of a task's lane: the loop has 1, so that no viewer takes a task for the process's main thread.
inline std::uint32_t lane_of(TaskId task) { return task.value + 1; }

/// The array of trace events, brackets included, one event a line.
std::string trace_events(const Trace& trace, const History& history);

}  // namespace awaitscope::chrome
