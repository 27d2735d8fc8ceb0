#pragma once
// Coroutines.  `Task<T>` is a lazy coroutine: nothing runs before it is awaited or given to create_task.
//
// An await of a coroutine runs it inline in the same task (rule K2).  There is no symmetric transfer: g++ does not make it a
// tail call in every build, so an await stores the frame to resume next and the trampoline in TaskBase::run_step resumes it;
// the stack stays flat at any depth.
#include <coroutine>
#include <string>
#include <string_view>
#include <utility>

#include "core/runtime/future.h"

namespace awaitscope::runtime {

template <class T>
class Task;
struct CalledAtRequest {};
inline CalledAtRequest called_at() { return {}; }

/// What co_await accepts besides coroutines and futures: what the runtime's functions return.
template <class A>
concept Awaiter = requires(A& a) {
  a.await_ready();
  a.await_resume();
};

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

  static void* operator new(std::size_t bytes) { return this_thread().frames().get(bytes); }
  static void operator delete(void* memory, std::size_t bytes) noexcept { this_thread().frames().put(memory, bytes); }

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
  auto await_transform(const Future<T>& future, Place at = Place::current());
  /// `Place at = co_await called_at();`: how the runtime's own coroutines name their caller's line instead of their own.
  struct CalledAt {
    Place place;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    Place await_resume() const noexcept { return place; }
  };
  CalledAt await_transform(CalledAtRequest) noexcept { return {called_at}; }
  /// Awaiters that functions return (sleep, gather, acquire) know their place already.  One that has a name is copied.
  template <class A>
  requires Awaiter<std::remove_reference_t<A>> std::remove_cvref_t<A> await_transform(A&& awaiter) {
    return std::forward<A>(awaiter);
  }

  std::coroutine_handle<> parent;  ///< the frame that awaits this one; none for a task's outermost
  const char* function = "";
  const char* file = "";
  std::uint32_t line = 0;  ///< where the coroutine function stands
  FrameId id;
  Place called_at{};         ///< the await or create_task that this call stands in
  bool place_given = false;  ///< by a trailing argument
  std::uint32_t after = 0;   ///< then also: the last event before the call
  bool started = false;
  std::exception_ptr error;

  void resume_parent() noexcept;

 private:
  void remember(const Place& at);
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

/// Reports a coroutine that was thrown away without having run (rule N1): where it was called and after which event, if it
/// takes a place, else where its function stands.
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

  /// Throws it away unrun, without a report: coroutine.close().
  void close() {
    if (frame_) std::exchange(frame_, {}).destroy();
  }
  /// The frame, which now belongs to the caller.  RuntimeError for one that was taken or awaited before.
  std::coroutine_handle<Promise<T>> take(Place at = Place::current()) {
    if (!frame_) misuse<RuntimeError>("cannot reuse already awaited coroutine", at);
    frame_.promise().started = true;
    return std::exchange(frame_, {});
  }
  /// "fetch": the coroutine function it was made by.
  std::string_view function() const { return frame_ ? plain_function_name(frame_.promise().function) : std::string_view{}; }
  /// `co_await body().at(place)`: the call stands at `place`, not at this await.
  Task&& at(Place place)&& {
    if (frame_) frame_.promise().called_at = place, frame_.promise().place_given = true;
    return std::move(*this);
  }

 private:
  std::coroutine_handle<Promise<T>> frame_;
};

// ------------------------------------------------------------------------------------------------ templates

template <class T>
Task<T> Promise<T>::get_return_object(const char* name, const char* in, std::uint32_t at) {
  function = name, file = in, line = at;
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object(const char* name, const char* in, std::uint32_t at) {
  function = name, file = in, line = at;
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

/// The trace's side of an inline call.
void begin_inline(PromiseBase& child, std::coroutine_handle<> parent, const Place& at, FrameId& outer);
void end_inline(PromiseBase& child, FrameId outer);
void resume_next(std::coroutine_handle<> frame);

/// Runs a coroutine inline in the awaiting task.
template <class T>
class [[nodiscard]] InlineAwaiter {
 public:
  InlineAwaiter(std::coroutine_handle<Promise<T>> frame, Place at) : frame_(frame), at_(at) {}
  InlineAwaiter(InlineAwaiter&& other) noexcept
      : frame_(std::exchange(other.frame_, {})), at_(other.at_), outer_(other.outer_) {}
  ~InlineAwaiter() {
    if (frame_) frame_.destroy();
  }
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> parent) {
    begin_inline(frame_.promise(), parent, at_, outer_);
    resume_next(frame_);
  }
  T await_resume() {
    auto& promise = frame_.promise();
    end_inline(promise, outer_);
    if (promise.error) std::rethrow_exception(std::exchange(promise.error, {}));
    if constexpr (!std::is_void_v<T>) return std::move(*promise.held.value);
  }

 private:
  std::coroutine_handle<Promise<T>> frame_;
  Place at_;
  FrameId outer_;
};

template <class T>
auto PromiseBase::await_transform(Task<T>&& task, Place at) {
  return InlineAwaiter<T>(task.take(at), at);
}
template <class T>
auto PromiseBase::await_transform(Task<T>& task, Place at) {
  return InlineAwaiter<T>(task.take(at), at);
}

}  // namespace awaitscope::runtime
