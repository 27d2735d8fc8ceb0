#pragma once
// Where to_thread runs: simulated workers in virtual time (rules X1 to X4), real threads on the steady clock.
#include <functional>
#include <memory>
#include <vector>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// One call on a worker.  `call` runs there; `deliver` runs on the loop when it has ended.
class Job : public Counted {
 public:
  virtual void call() noexcept = 0;
  virtual void deliver() = 0;
  JobId id;
  bool dropped = false;  ///< its awaiter was cancelled before it started (rule X4)
  bool raised = false;
  bool running = false;
};

class Workers {
 public:
  Workers(Loop& loop, std::size_t count);
  ~Workers();
  void submit(Ref<Job> job);
  /// Jobs not ended.
  std::size_t unfinished() const { return unfinished_; }
  /// Steady clock: delivers what real workers have ended.
  void collect();
  /// The simulated worker whose function runs now takes `length` of its own time; false where none runs.
  bool take_time(Duration length);

 private:
  struct Threads;
  void start_queued();
  void ended(const Ref<Job>& job);

  Loop& loop_;
  std::size_t count_, busy_ = 0, unfinished_ = 0;
  std::vector<Ref<Job>> queued_;
  bool in_worker_ = false;
  Duration taken_{};
  std::unique_ptr<Threads> threads_;
};

}  // namespace awaitscope::runtime
