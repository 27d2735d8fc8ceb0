#pragma once
// What happened in the selected range: sums, counts, the longest; for the panel and as a table to paste.
#include "app/view/session.h"

namespace awaitscope::view {

/// Times in nanoseconds; parts of stretches that lie in the range count with that part.
struct RangeSums {
  Duration created{}, ready{}, running{}, waiting{};
  Duration longest_step{}, longest_wait{};
  std::size_t steps = 0;
};
struct RangeLane {
  TaskId task;
  RangeSums sums;
};
struct RangeFacts {
  Instant begin, end;
  Seq first = 1, last = 0;  ///< its events
  RangeSums all;
  TaskId step_task, wait_task;  ///< whose the longest are
  std::size_t switches = 0;     ///< steps of another task than the step before
  std::size_t requests = 0, cancels = 0, errors = 0;
  std::vector<RangeLane> lanes;  ///< those that live in it
};
/// Of the active run in the session's range, or in all of it where none is selected; made once for a range.
const RangeFacts& range_facts(const Session& session);
/// Tab-separated, with a line of headings; what a spreadsheet would take for a formula begins with an apostrophe.
std::string range_table(const Session& session);

}  // namespace awaitscope::view
