#pragma once
// Where to_thread runs: simulated workers in virtual time, real threads on the steady clock (rules X1 to X4).
#include <deque>
#include <memory>
#include <vector>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

class Workers;

/// One call on a worker.  `call` runs there; `deliver` runs on the loop when it has ended.
class Job : public Counted {
 public:
  virtual void call() noexcept = 0;
  virtual void deliver() = 0;
  /// A line that the function logs: the loop records it when its clock gets there.
  void log(const std::string& text, const Place& at);
  /// The function takes its worker's thread for `length`: it waits for something, or it computes.
  void occupy(Duration length);
  void compute(Duration length);

  /// What the function did, in order.
  struct Part {
    enum class What : std::uint8_t { wait, compute, line } what = What::line;
    Duration length{};
    std::string text{};
    Place at{};
  };
  JobId id;
  bool simulated = true;
  int slowness = 1;      ///< of the loop's clock when it was handed to a thread
  bool dropped = false;  ///< its awaiter was cancelled before it started (rule X4)
  bool raised = false;
  bool running = false;
  Seq cause = 0;                    ///< the last event about it
  Instant due;                      ///< no worker begins with it before (ThreadOptions::hop)
  std::uint32_t worker = 0;         ///< its number, while it runs
  Workers* pool = nullptr;          ///< whose worker runs it
  InterpreterLock* lock = nullptr;  ///< under which it computes
  std::vector<Part> parts;
};

class Workers {
 public:
  /// `processes`: each has an interpreter of its own, so that no lock is between them.
  Workers(Loop& loop, std::size_t count, bool processes);
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
  void play(const Ref<Job>& job);
  void go_on_under_lock(const Ref<Job>& job, std::size_t part);
  void say(const Job::Part& line);
  void hand_to_thread(const Ref<Job>& job);
  void ended(const Ref<Job>& job);
  void one_less();
  void schedule_delivery(const Ref<Job>& job, Seq cause);

  Loop& loop_;
  std::size_t count_, unfinished_ = 0;
  bool processes_;
  std::uint32_t first_number_;
  std::deque<Ref<Job>> queued_;
  std::vector<Ref<Job>> running_;  ///< by worker; null: it is free
  Ref<FutureBase> joined_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace awaitscope::runtime
