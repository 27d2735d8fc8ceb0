#pragma once
// Who waits for the end of which task: what rules about left tasks ask.
#include <unordered_map>
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

/// When a task stopped being left to itself: it ended, or was asked to stop.
struct LetGo {
  Instant at;
  Seq seq = 0;         ///< the event; 0: neither, as far as the trace goes
  bool asked = false;  ///< a request came first
};

/// All waits of a run for tasks: by an await, by a scope that answers for them (group, gather, wait), or by taking the result.
/// run.once<Joins>() gives it.
class Joins {
 public:
  explicit Joins(const Run& run);
  /// Whether somebody waits for the task, or takes its result, at event `from` or later.
  bool joined(TaskId task, Seq from) const;
  /// The tasks that a scope waits for, in order.
  const std::vector<TaskId>& children(ScopeId scope) const;
  /// The task's end or the first request to stop, whichever is first at or after event `from`; a request from before that is
  /// not answered yet counts as one at `from`.  What a block of its own asks (a timeout in it) is the task's own affair.
  LetGo let_go(const TaskModel& task, Seq from) const;

 private:
  void waited(TaskId task, Seq until);
  const Trace& trace_;
  const History& history_;
  std::vector<Seq> waited_until_;  ///< by task
  std::unordered_map<std::uint32_t, std::vector<TaskId>> children_;
  std::unordered_map<std::uint32_t, std::vector<const Cancellation*>> requests_;  ///< by target, from others
};

}  // namespace awaitscope
