#pragma once
// Threads for steps, so that one that stands in a blocking call can be left standing while the loop goes on.
//
// A coroutine cannot be suspended inside a function that it calls; a thread can.  Of all these threads and the loop's own only
// one runs at any moment, and each hands over to the next under a lock: to the program it is one thread.
#include <condition_variable>
#include <coroutine>
#include <memory>
#include <mutex>
#include <vector>

#include "core/runtime/frame_pool.h"

namespace awaitscope::runtime {

class TaskBase;

class StepThreads {
 public:
  explicit StepThreads(Loop& loop);
  ~StepThreads();
  StepThreads(const StepThreads&) = delete;

  /// Runs a step of `task` from `frame`, or goes on with the call that it stands in, until it ends or stands again.
  void run(const TaskBase& task, std::coroutine_handle<> frame);
  /// A step runs, and may be left standing.
  bool may_stand() const { return now_ && standing_ < most; }
  /// In a step of `task`: lets the loop go on until that runs the task again.
  void stand(const TaskBase& task);
  bool stands(const TaskBase& task) const { return thread_of(task) != nullptr; }
  /// Ends the call that `task` stands in, and what it returns to, with an error that is none of the program's.
  void unwind(const TaskBase& task);

  static constexpr std::size_t most = 1000;  ///< standing at once; the next call blocks the loop as it did

 private:
  struct Thread;
  Thread* thread_of(const TaskBase& task) const;
  Thread& free_thread();
  void hand_to(Thread& thread);
  void live(Thread& self);

  Loop& loop_;
  FramePool* pool_;
  std::mutex mutex_;
  std::condition_variable loops_turn_;
  Thread* now_ = nullptr;  ///< whose turn it is; null: the loop's
  bool closing_ = false;
  std::size_t standing_ = 0;
  std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace awaitscope::runtime
