#pragma once
// Tasks: coroutines that the loop runs side by side (rules K, C, U).
#include "core/runtime/coroutine.h"
#include "core/runtime/loop.h"

namespace awaitscope::runtime {

class TaskBase;

/// What another mode than asyncio's keeps of a task.
class TaskMode : public Counted {
 public:
  /// A step of the task has ended in a wait.
  virtual void suspended(TaskBase& task) = 0;
};

/// A task's state without its value's type: asyncio.Task.
class TaskBase : public FutureBase {
 public:
  TaskBase(std::string_view name, const PromiseBase& root, std::coroutine_handle<> frame, ScopeId scope, Place at);
  ~TaskBase() override;

  TaskId id() const { return id_; }
  const std::string& name() const { return name_; }
  /// One more request; true unless it has ended (rules C1 to C3).
  bool cancel(const CancelCall& call) override;
  /// Requests not taken back (rule U1).
  int cancelling() const { return requests_; }
  /// Takes one request back and returns what is left (rules U1 to U3).
  int uncancel();
  /// A structured block has answered for the requests above its own: errors that still carry them mean nothing any more.
  void settle(ScopeId scope);

  // --- for awaiters
  /// Suspends the running step on `future`; the next step begins when it is done.
  void wait_for(std::coroutine_handle<> frame, FutureBase& future, SiteId site);
  /// Suspends for exactly one iteration (rule K3).
  void yield(std::coroutine_handle<> frame, SiteId site);
  /// The first thing an awaiter does when its task runs again: throws CancelledError where one is due.
  void resumed(FutureBase* waited_for);
  /// Throws CancelledError, recorded as the delivery of the last request.
  [[noreturn]] void throw_cancelled(std::string message);
  /// The frame within which the current step runs, for the trace.
  FrameId innermost;
  Ref<TaskMode> mode;  ///< null in asyncio's
  /// What it waits for; null while it runs, yields or is done.
  FutureBase* waiting_for() const { return waiting_for_.get(); }

  // --- for the loop
  static void run_step(Loop& loop, Handle& handle);
  void make_ready(WhyReady why, std::uint32_t object);
  /// Destroys the frames: nobody can finish what it waits for (rule N7), or the run is over.
  void abandon();
  void token_released(const CancelToken& token);
  TaskBase *before = nullptr, *after = nullptr;  ///< the loop's list

 protected:
  /// Moves the result out of the outermost frame.
  virtual void harvest() = 0;
  void orphaned() noexcept override;
  std::coroutine_handle<> root_;
  const PromiseBase& root_promise_;

 private:
  static void wake(Counted& self, FutureBase& future);
  friend class FutureBase;
  void step();
  void finish_task();
  /// It holds the error of a cancel and has not ended.
  bool cleaning_up() const;
  /// Says of a request that was asked for again (Intervened) that it is lost after all.
  void tell_dropped();

  TaskId id_;
  std::string name_;
  std::coroutine_handle<> leaf_;
  Ref<FutureBase> waiting_for_;
  Wait wait_kind_ = Wait::none;
  std::uint32_t wait_object_ = 0;
  SiteId wait_site_;
  int requests_ = 0;
  bool must_cancel_ = false;
  bool undelivered_ = false;  ///< a request has not reached the program yet
  bool started_ = false;
  bool in_scope_ = false;  ///< a group or gather answers for it
  bool told_orphaned_ = false;
  Seq request_ = 0;  ///< the event of the last request
  Seq ready_ = 0, done_ = 0, delivered_ = 0;
  std::vector<std::weak_ptr<CancelToken>> tokens_;
};

template <class T>
class TaskState final : public TaskBase {
 public:
  TaskState(std::string_view name, std::coroutine_handle<Promise<T>> frame, ScopeId scope, Place at)
      : TaskBase(name, frame.promise(), frame, scope, at), frame_(frame) {}
  Held<T> held;

 private:
  void harvest() override {
    if constexpr (!std::is_void_v<T>) held.value = std::move(frame_.promise().held.value);
  }
  std::coroutine_handle<Promise<T>> frame_;
};

/// A task seen without the type of its result: what current_task() and all_tasks() give.  It does not count as a handle.
class AnyTask {
 public:
  explicit AnyTask(TaskBase* task) : task_(task) {}
  TaskId id() const { return task_->id(); }
  const std::string& name() const { return task_->name(); }
  bool done() const { return task_->done(); }
  bool cancelled() const { return task_->cancelled(); }
  /// Asks it to stop: CancelledError at its next suspension point (rules C1 to C5).  False if it has ended.
  bool cancel(std::string message = {}, Place at = Place::current()) {
    return task_->cancel({std::move(message), CancelReason::call, {}, at});
  }
  /// Requests that nobody has taken back (rule U1).
  int cancelling() const { return task_->cancelling(); }
  /// Takes one request back and gives the number left (rules U1 to U3).
  int uncancel() { return task_->uncancel(); }

 private:
  Ref<TaskBase> task_;
};

/// What create_task returns: asyncio.Task, which is a future.  Dropping the last handle of a task that nobody awaits is
/// recorded, never a crash.
template <class T = void>
class TaskHandle : public Future<T> {
 public:
  /// No task; only to be assigned to.
  TaskHandle() : Future<T>(nullptr, nullptr) {}
  explicit TaskHandle(const Ref<TaskState<T>>& state) : Future<T>(state, &state->held) {}

  TaskId id() const { return task().id(); }
  const std::string& name() const { return task().name(); }
  /// Requests that nobody has taken back (rule U1).
  int cancelling() const { return task().cancelling(); }
  /// Takes one request back and gives the number left (rules U1 to U3).
  int uncancel() { return task().uncancel(); }

 private:
  TaskBase& task() const { return static_cast<TaskBase&>(*this->base()); }
};

namespace detail {
template <class T>
Ref<TaskState<T>> spawn(Task<T>&& coroutine, std::string_view name, ScopeId scope, const Place& at) {
  Loop::running();  // RuntimeError before the coroutine is taken
  auto frame = coroutine.take(at);
  if (!frame.promise().place_given) frame.promise().called_at = at;
  return new TaskState<T>(name, frame, scope, at);
}
}  // namespace detail

/// Schedules a coroutine as a task of its own; its first step runs in the next iteration (rule K1).  RuntimeError where no
/// loop runs.  `name`: empty takes the function's name.
template <class T>
TaskHandle<T> create_task(Task<T> coroutine, std::string_view name = {}, Place at = Place::current()) {
  return TaskHandle<T>(detail::spawn(std::move(coroutine), name, {}, at));
}

/// A future as it is; a coroutine as a new task, whose owner the caller is.
template <class T>
Future<T> ensure_future(Task<T> coroutine, Place at = Place::current()) {
  const auto task = detail::spawn(std::move(coroutine), {}, {}, at);
  return Future<T>(task, &task->held);
}
template <class T>
Future<T> ensure_future(const Future<T>& future, Place = Place::current()) {
  return future;
}

/// The task whose step runs; RuntimeError outside of one.
AnyTask current_task(Place at = Place::current());
/// Tasks that have not ended, in order of creation.
std::vector<AnyTask> all_tasks();

// ------------------------------------------------------------------------------------------------ awaiters

void report_retrieved(const FutureBase& task, const Place& at);

/// Waits for a future or task; does not suspend where it is done (rule K4).
class [[nodiscard]] Waiting {
 public:
  Waiting(Ref<FutureBase> future, Place at) : future_(std::move(future)), at_(at) {}
  bool await_ready() const {
    refuse_oneself();
    return future_->done();
  }
  void await_suspend(std::coroutine_handle<> frame) {
    Loop& loop = Loop::running();
    task_ = loop.current_task();
    task_->wait_for(frame, *future_, loop.site(at_));
  }
  void await_resume() {
    if (task_) task_->resumed(future_.get());
    if (future_->wait == Wait::task) report_retrieved(*future_, at_);
    future_->check();
  }
  const Ref<FutureBase>& future() const { return future_; }

 private:
  void refuse_oneself() const;
  Ref<FutureBase> future_;
  Place at_;
  TaskBase* task_ = nullptr;
};

template <class T>
class [[nodiscard]] FutureAwaiter : public Waiting {
 public:
  FutureAwaiter(const Future<T>& future, Place at) : Waiting(future.base(), at), held_(&future.held()) {}
  T await_resume() {
    Waiting::await_resume();
    return held_->take();
  }

 private:
  Held<T>* held_;
};

template <class T>
auto PromiseBase::await_transform(const Future<T>& future, Place at) {
  return FutureAwaiter<T>(future, at);
}

}  // namespace awaitscope::runtime
