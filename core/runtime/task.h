#pragma once
// Coroutines and tasks.  `Task<T>` is a lazy coroutine: nothing runs before it is awaited or given to create_task.
//
// An await of a coroutine runs it inline in the same task (rule K2).  There is no symmetric transfer: g++ does not make it a
// tail call in every build, so an await stores the frame to resume next and the trampoline in TaskBase::run_step resumes it;
// the stack stays flat at any depth.
#include <coroutine>
#include <string>
#include <utility>

#include "core/runtime/loop.h"

namespace awaitscope::runtime {

template <class T>
class Task;
template <class T>
class TaskHandle;
struct CalledAtRequest {};
inline CalledAtRequest called_at() { return {}; }

/// "fetch" of `fetch`, `fetch<int>`; a lambda is "body".
std::string_view plain_function_name(const char* function);

/// What every coroutine frame holds besides its result.
///
/// A coroutine whose line matters although its call spreads over several takes a trailing `Place`: of an await over several
/// lines g++ reports the last and clang the first, and two compilers must write the same trace.
class PromiseBase {
 public:
  PromiseBase() = default;
  template <class... Arguments>
  explicit PromiseBase(const Arguments&... arguments) {
    (remember(arguments), ...);
  }

  static void* operator new(std::size_t bytes) { return this_thread().frames.get(bytes); }
  static void operator delete(void* memory, std::size_t bytes) noexcept { this_thread().frames.put(memory, bytes); }

  std::suspend_always initial_suspend() noexcept { return {}; }
  struct FinalAwaiter {
    bool await_ready() noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> frame) noexcept {
      frame.promise().resume_parent();
    }
    void await_resume() noexcept {}
  };
  FinalAwaiter final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { error = std::current_exception(); }

  template <class T>
  auto await_transform(Task<T>&& task, Place at = Place::current());
  template <class T>
  auto await_transform(Task<T>& task, Place at = Place::current());
  template <class T>
  auto await_transform(const TaskHandle<T>& task, Place at = Place::current());
  template <class T>
  auto await_transform(const Future<T>& future, Place at = Place::current());
  /// `Place at = co_await called_at();`: how the runtime's own coroutines name their caller's line instead of their own.
  struct CalledAt {
    Place place;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    Place await_resume() const noexcept { return place; }
  };
  CalledAt await_transform(CalledAtRequest) noexcept { return {called_at}; }
  /// Awaiters that factories return (sleep, gather, acquire) know their place already.
  template <class Awaiter>
  requires requires(Awaiter& a) { a.await_ready(); }
  Awaiter await_transform(Awaiter&& awaiter) { return std::forward<Awaiter>(awaiter); }

  std::coroutine_handle<> parent;  ///< the frame that awaits this one; none for a task's outermost
  const char* function = "";
  const char* file = "";
  std::uint32_t line = 0;  ///< where the coroutine function stands
  FrameId id;
  Place called_at{};         ///< the await or create_task that this call stands in
  bool place_given = false;  ///< by a trailing argument
  bool started = false;
  std::exception_ptr error;

  void resume_parent() noexcept;

 private:
  void remember(const Place& at) { called_at = at, place_given = true; }
  template <class Other>
  void remember(const Other&) {}
};

template <class T>
class Promise : public PromiseBase {
 public:
  using PromiseBase::PromiseBase;
  Task<T> get_return_object(const char* name = __builtin_FUNCTION(), const char* in = __builtin_FILE(),
                            std::uint32_t at = __builtin_LINE());
  template <class U>
  void return_value(U&& value) {
    held.value.emplace(std::forward<U>(value));
  }
  Held<T> held;
};

template <>
class Promise<void> : public PromiseBase {
 public:
  using PromiseBase::PromiseBase;
  Task<void> get_return_object(const char* name = __builtin_FUNCTION(), const char* in = __builtin_FILE(),
                               std::uint32_t at = __builtin_LINE());
  void return_void() noexcept {}
  Held<void> held;
};

/// Reports a coroutine that was thrown away without having run (rule N1).
void report_never_awaited(const PromiseBase& promise) noexcept;

template <class T = void>
class [[nodiscard("a coroutine that is not awaited never runs: co_await it, or give it to create_task")]] Task {
 public:
  using promise_type = Promise<T>;
  using value_type = T;

  explicit Task(std::coroutine_handle<Promise<T>> frame) : frame_(frame) {}
  Task(Task && other) noexcept : frame_(std::exchange(other.frame_, {})) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~Task() {
    if (!frame_) return;
    if (!frame_.promise().started) report_never_awaited(frame_.promise());
    frame_.destroy();
  }

  /// The frame, which now belongs to the caller.  RuntimeError for one that was taken or awaited before.
  std::coroutine_handle<Promise<T>> take() {
    if (!frame_ || frame_.promise().started) throw RuntimeError("cannot reuse already awaited coroutine");
    frame_.promise().started = true;
    return std::exchange(frame_, {});
  }
  /// `co_await body().at(place)`: the call stands at `place`, not at this await.
  Task&& at(Place place)&& {
    frame_.promise().called_at = place;
    frame_.promise().place_given = true;
    return std::move(*this);
  }

 private:
  std::coroutine_handle<Promise<T>> frame_;
};

template <class T>
Task<T> Promise<T>::get_return_object(const char* name, const char* in, std::uint32_t at) {
  function = name, file = in, line = at;
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object(const char* name, const char* in, std::uint32_t at) {
  function = name, file = in, line = at;
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// A task's state without its value's type: asyncio.Task (rules K and C).
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
  /// A structured block has answered for the requests above `left`: errors that still carry them mean nothing any more.
  void settle(ScopeId scope);

  // --- for awaiters
  /// Suspends the running step on `future`; the next step begins when it is done.
  void wait_for(std::coroutine_handle<> frame, FutureBase& future, SiteId site);
  /// Suspends for exactly one iteration (rule K3).
  void yield(std::coroutine_handle<> frame, SiteId site);
  /// The first thing an awaiter does when its task runs again: throws CancelledError where one is due.
  void resumed(FutureBase* waited_for);
  /// The frame within which the current step runs, for the trace.
  FrameId innermost;

  // --- for the loop
  static void run_step(Loop& loop, Handle& handle);
  void make_ready(WhyReady why, std::uint32_t object);
  /// Destroys the frames; the run is over.
  void abandon();
  void token_released(const CancelToken& token);
  TaskBase *before = nullptr, *after = nullptr;  ///< the loop's list
  bool handle_dropped_reported = false;
  Seq created() const { return created_; }
  bool silent = false;  ///< shutdown has reported its error already

 protected:
  /// Moves the result out of the outermost frame.
  virtual void harvest() = 0;
  std::coroutine_handle<> root_;
  const PromiseBase& root_promise_;

 private:
  static void wake(Counted& self, FutureBase& future);
  friend class FutureBase;
  void step();
  void finish_task();
  [[noreturn]] void throw_cancelled(std::string message);

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
  std::string cancel_message_;
  Seq request_ = 0;  ///< the event of the last request
  Seq created_ = 0, ready_ = 0, done_ = 0, delivered_ = 0;
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

/// What create_task returns: asyncio.Task as seen from outside.  Dropping the last handle of a task that nobody awaits is a
/// finding, never a crash.
template <class T = void>
class TaskHandle {
 public:
  TaskHandle() = default;
  explicit TaskHandle(Ref<TaskState<T>> state) : state_(std::move(state)) {}

  bool cancel(std::string message = {}, Place at = Place::current()) {
    return state_->cancel({std::move(message), CancelReason::call, {}, at});
  }
  bool done() const { return state_->done(); }
  bool cancelled() const { return state_->cancelled(); }
  int cancelling() const { return state_->cancelling(); }
  const std::string& name() const { return state_->name(); }
  TaskId id() const { return state_->id(); }
  /// The result; throws the task's error, or InvalidStateError while it runs.
  T result() {
    state_->check();
    return state_->held.take();
  }
  const Ref<TaskState<T>>& state() const { return state_; }
  explicit operator bool() const { return static_cast<bool>(state_); }

 private:
  Ref<TaskState<T>> state_;
};

/// Schedules a coroutine as a task of its own; its first step runs in the next iteration (rule K1).
/// `name`: empty takes the function's name.
template <class T>
TaskHandle<T> create_task(Task<T> coroutine, std::string_view name = {}, ScopeId scope = {}, Place at = Place::current()) {
  Loop::running();  // RuntimeError before the coroutine is taken
  auto frame = coroutine.take();
  if (!frame.promise().place_given) frame.promise().called_at = at;
  return TaskHandle<T>(Ref<TaskState<T>>(new TaskState<T>(name, frame, scope, at)));
}
template <class T>
TaskHandle<T> create_task(Task<T> coroutine, std::string_view name, Place at) {
  return create_task(std::move(coroutine), name, ScopeId{}, at);
}

// ------------------------------------------------------------------------------------------------ awaiters

/// Runs a coroutine inline in the awaiting task.
template <class T>
class [[nodiscard]] InlineAwaiter {
 public:
  InlineAwaiter(std::coroutine_handle<Promise<T>> frame, bool owned, Place at) : frame_(frame), owned_(owned), at_(at) {}
  InlineAwaiter(InlineAwaiter&& other) noexcept
      : frame_(std::exchange(other.frame_, {})), owned_(other.owned_), at_(other.at_), outer_(other.outer_) {}
  ~InlineAwaiter() {
    if (frame_ && owned_) frame_.destroy();
  }
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> parent);
  T await_resume();

 private:
  std::coroutine_handle<Promise<T>> frame_;
  bool owned_;
  Place at_;
  FrameId outer_;
};

void report_retrieved(const TaskBase& task, const Place& at);

/// Waits for a future or task; does not suspend where it is done (rule K4).
template <class State, class T>
class [[nodiscard]] FutureAwaiter {
 public:
  FutureAwaiter(Ref<State> state, Place at) : state_(std::move(state)), at_(at) {}
  bool await_ready() const noexcept { return state_->done(); }
  void await_suspend(std::coroutine_handle<> frame) {
    Loop& loop = Loop::running();
    waited_ = loop.current_task();
    waited_->wait_for(frame, *state_, loop.site(at_));
  }
  T await_resume() {
    if (waited_) waited_->resumed(state_.get());
    if constexpr (std::is_base_of_v<TaskBase, State>) report_retrieved(*state_, at_);
    state_->check();
    if constexpr (!std::is_void_v<T>) return state_->held.take();
  }

 private:
  Ref<State> state_;
  Place at_;
  TaskBase* waited_ = nullptr;
};

void begin_inline(PromiseBase& child, std::coroutine_handle<> parent, const Place& at, FrameId& outer);
void end_inline(PromiseBase& child, FrameId outer);

template <class T>
void InlineAwaiter<T>::await_suspend(std::coroutine_handle<> parent) {
  begin_inline(frame_.promise(), parent, at_, outer_);
  Loop::running().next = frame_;
}
template <class T>
T InlineAwaiter<T>::await_resume() {
  end_inline(frame_.promise(), outer_);
  if (frame_.promise().error) std::rethrow_exception(std::exchange(frame_.promise().error, {}));
  if constexpr (!std::is_void_v<T>) return std::move(*frame_.promise().held.value);
}

template <class T>
auto PromiseBase::await_transform(Task<T>&& task, Place at) {
  return InlineAwaiter<T>(task.take(), true, at);
}
template <class T>
auto PromiseBase::await_transform(Task<T>& task, Place at) {
  return InlineAwaiter<T>(task.take(), true, at);
}
template <class T>
auto PromiseBase::await_transform(const TaskHandle<T>& task, Place at) {
  return FutureAwaiter<TaskState<T>, T>(task.state(), at);
}
template <class T>
auto PromiseBase::await_transform(const Future<T>& future, Place at) {
  return FutureAwaiter<FutureState<T>, T>(future.state(), at);
}

}  // namespace awaitscope::runtime
