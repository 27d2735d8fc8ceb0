#pragma once
// Where to_thread runs: simulated workers in virtual time, real threads on the steady clock (rules X1 to X4).
#include <deque>
#include <memory>
#include <vector>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// One call on a worker.  `call` runs there; `deliver` runs on the loop when it has ended.
class Job : public Counted {
 public:
  virtual void call() noexcept = 0;
  virtual void deliver() = 0;
  /// A line that the function logs: the loop records it when its clock gets there.
  void log(const std::string& text, const Place& at);
  /// The function takes its worker's thread for `length`.
  void occupy(Duration length);

  struct Line {
    Duration after;  ///< since the call began
    std::string text;
    Place at;
  };
  JobId id;
  bool simulated = true;
  bool dropped = false;  ///< its awaiter was cancelled before it started (rule X4)
  bool raised = false;
  bool running = false;
  Seq cause = 0;     ///< the last event about it
  Duration taken{};  ///< of the worker's own time
  std::vector<Line> lines;
};

class Workers {
 public:
  Workers(Loop& loop, std::size_t count);
  ~Workers();
  /// Queues a call; a free worker takes it at the next poll, first come first served (rule X3).
  void submit(Ref<Job> job);
  /// Nobody waits for it any more: a call that has not begun is dropped, one that runs is left alone (rule X4).
  void unwanted(Job& job);
  /// Calls not ended.
  std::size_t unfinished() const { return unfinished_; }
  /// Done when the calls that are not have ended (rule R2).
  Ref<FutureBase> joined();
  /// Steady clock: delivers what real workers have ended.
  void collect();

 private:
  struct Threads;
  void start_queued();
  void simulate(const Ref<Job>& job);
  void hand_to_thread(const Ref<Job>& job);
  void ended(const Ref<Job>& job);
  void one_less();
  void schedule_delivery(const Ref<Job>& job, Seq cause);

  Loop& loop_;
  std::size_t count_, unfinished_ = 0;
  std::deque<Ref<Job>> queued_;
  std::vector<Ref<Job>> running_;
  Ref<FutureBase> joined_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace awaitscope::runtime
