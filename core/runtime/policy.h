#pragma once
// Who runs next.  FIFO is asyncio's promise and built into the loop; the others stand in core/policies.
#include <cstddef>

#include "core/base/ids.h"

namespace awaitscope::runtime {

/// What is ready in one iteration, first to last; two or more.
class Candidates {
 public:
  using TaskAt = TaskId (*)(const void* queue, std::size_t i);
  Candidates(const void* queue, std::size_t count, TaskAt task_at) : queue_(queue), count_(count), task_at_(task_at) {}
  std::size_t size() const { return count_; }
  /// The task that would act: it runs its next step, or its end is passed on.  0: the loop.
  TaskId task(std::size_t i) const { return task_at_(queue_, i); }

 private:
  const void* queue_;
  std::size_t count_;
  TaskAt task_at_;
};

/// Chooses among handles that are ready in one iteration.  Iterations, timers and the clock stay as they are.
class Policy {
 public:
  virtual ~Policy() = default;
  /// The place of the one to run next.
  virtual std::size_t choose(const Candidates& ready) = 0;
};

}  // namespace awaitscope::runtime
