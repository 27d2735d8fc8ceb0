#pragma once
// An intervention at work: what the runtime asks at the places where one can be made.  A loop without one has none of this.
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "core/runtime/intervention.h"
#include "core/runtime/semaphore.h"
#include "core/runtime/service.h"
#include "core/runtime/step_threads.h"
#include "core/runtime/timeout.h"

namespace awaitscope::runtime {

namespace detail {
struct PoolState;
}

class Intervened {
 public:
  Intervened(Loop& loop, Intervention change);
  Intervened(const Intervened&) = delete;

  // --- blocking calls
  /// Runs the steps; null where the loop does it itself.
  StepThreads* threads() { return threads_.get(); }
  /// Has a worker take the time that the calling step would have taken.  False: it has to block as it does.
  bool to_worker(Duration length, std::string_view what, bool cpu, const Place& at);

  // --- services
  /// A service of that name is made.  Whether its requests are to go through get().
  bool concerns(const std::string& service, int capacity, const Place& at);
  /// The request with what is put around it.
  Task<Value<int>> get(int attempt, Task<Value<int>> request);

  // --- tasks
  /// The task ends with `error`.  The error that it ends with in truth: a deadline around it may have been its cause.
  std::exception_ptr leave(const TaskBase& task, std::exception_ptr error);
  bool shields(const std::string& task) const { return is(What::shield) && named(task); }
  /// The request delivered by event `delivered` was dropped.  True: the task is to be asked again.
  bool ask_again(const TaskBase& task, Seq delivered);
  /// It has arrived.
  void asked(const TaskBase& task) { again_[task.id().value].pending = 0; }
  /// The delivery that was dropped and is asked for again, and has not arrived; 0: none.
  Seq pending(const TaskBase& task);

  // --- pools, queues, workers
  /// The pool that another client of this place and service has; made known where it is the first.  Null: no sharing.
  std::shared_ptr<detail::PoolState> shared(const Place& at, const Service& peer) const;
  void share(const Place& at, const Service& peer, const std::shared_ptr<detail::PoolState>& pool);
  std::size_t queue_limit(std::string_view queue, std::size_t maxsize) const;
  std::size_t workers(std::size_t count) const { return is(What::more_workers) ? std::max(count, change_.count) : count; }
  /// Main is over: what was shared goes.
  void main_ended() { shared_.clear(); }

 private:
  using What = Intervention::What;
  bool is(What what) const { return change_.what == what; }
  bool named(std::string_view name) const { return change_.of.empty() || change_.of == name; }
  bool here(const Place& at) const;

  struct Again {
    Seq pending = 0;
    int times = 0;
  };
  struct Shared {
    Place at;
    Service peer;
    std::shared_ptr<detail::PoolState> pool;
  };
  Loop& loop_;
  Intervention change_;
  std::unique_ptr<StepThreads> threads_;
  std::optional<Semaphore> limiter_;
  std::map<std::uint32_t, Timeout> deadlines_;      ///< by task
  std::unordered_map<std::uint32_t, Again> again_;  ///< by task
  std::vector<Shared> shared_;
};

}  // namespace awaitscope::runtime
