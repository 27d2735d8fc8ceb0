#pragma once
// What tasks did besides waiting: the events that tell a step which works from one that only looks whether it may go on.
#include <unordered_map>
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

/// The deeds of some tasks: requests, jobs, tasks made and woken, resources taken and given back, values written, blocking
/// calls, log lines.  Calling coroutines, setting timers and reading shared values are none.
class Deeds {
 public:
  Deeds(const Run& run, const std::vector<TaskId>& of);
  /// Whether the task did anything after one event and before another.
  bool any(TaskId task, Seq after, Seq before) const;

 private:
  std::unordered_map<std::uint32_t, std::vector<Seq>> deeds_;  ///< by task
};

}  // namespace awaitscope
