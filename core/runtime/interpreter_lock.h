#pragma once
// CPython's global interpreter lock over simulated workers: they wait side by side, but only one of them computes.
#include <mutex>
#include <optional>

#include "core/runtime/workers.h"

namespace awaitscope::runtime {

/// Who has it keeps it until it has computed enough or, where another waits, for ThreadOptions::switch_interval.  Who waits is
/// served in turn.  The loop's own steps do not take it.
class InterpreterLock {
 public:
  explicit InterpreterLock(Loop& loop) : loop_(loop) {}
  /// Virtual time: calls `done` when the job has got `length` of computing done.
  void compute(const Ref<Job>& job, Duration length, std::function<void()> done);
  /// Steady clock, on a worker's thread: takes the real lock for `length`, in turns.
  void really_hold(Duration length);

 private:
  struct Work {
    Ref<Job> job;
    Duration left;
    std::function<void()> done;
  };
  void begin_turn();
  void end_turn(Duration got_done);
  void hand_over();

  Loop& loop_;
  std::optional<Work> holder_;
  std::deque<Work> waiting_;
  Instant since_;            ///< when its turn began
  bool alone_ = false;       ///< nobody waited then
  std::uint64_t turns_ = 0;  ///< also tells an end that was planned and is out of date
  std::mutex real_;
};

}  // namespace awaitscope::runtime
