#pragma once
// trio's nurseries: a block that ends when all its children have ended (rules O1, O2, O7, O9).
#include <functional>

#include "core/runtime/trio/cancel_scope.h"

namespace awaitscope::trio {

template <class T>
class TaskStatus;

/// A handle, good also after its block: the nursery then refuses.
class Nursery {
 public:
  /// Starts a child, which lives no longer than the nursery.  RuntimeError once that has ended (rule O1).
  template <class T>
  void start_soon(Task<T> coroutine, std::string_view name = {}, Place at = Place::current()) const {
    if (const char* refusal = refuses()) {
      coroutine.close();
      runtime::misuse<runtime::RuntimeError>(refusal, at);
    }
    adopt(runtime::detail::spawn(std::move(coroutine), name, scope_id(), at).get());
  }
  /// Starts a child and waits until it says `status.started(value)`, which is then the value; the child lives on in the
  /// nursery.  What it throws before that comes out here (rule O9); RuntimeError where it ends without a word.
  template <class T>
  Task<T> start(std::function<Task<void>(TaskStatus<T>)> child, std::string_view name = {}, Place at = Place::current()) const;

  /// The scope around the block and all children (rule O7).
  CancelScope cancel_scope() const;

  // --- for with_nursery and start
  class State;
  /// Opens one on the current task.
  static Nursery open(Place at);
  /// Waits for the children; gives back what leaves the block, null for nothing.
  Task<std::exception_ptr> leave(std::exception_ptr error, Place at) const;
  /// Moves the children of `from` and their scopes here.  False if `from` is cancelled: they stay and will end.
  bool take_children(const Nursery& from) const;
  /// One more child is on its way, or is not any more.
  void expect(int change) const;

 private:
  explicit Nursery(runtime::Ref<runtime::Counted> state) : state_(std::move(state)) {}
  State& state() const;
  const char* refuses() const;
  ScopeId scope_id() const;
  void adopt(runtime::TaskBase* task) const;
  runtime::Ref<runtime::Counted> state_;
};

namespace detail {
template <class Body>
using NurseryTask = typename runtime::detail::BodyTask<Body, Nursery>;

template <class Body>
auto with_nursery(Body body, Place at) -> Task<Maybe<typename NurseryTask<Body>::value_type>> {
  using T = typename NurseryTask<Body>::value_type;
  Nursery nursery = Nursery::open(at);
  runtime::Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await runtime::detail::start_body(body, nursery).at(at);
    else held.value.emplace(co_await runtime::detail::start_body(body, nursery).at(at));
  } catch (...) { error = std::current_exception(); }
  error = co_await nursery.leave(std::exchange(error, {}), at).at(at);
  if (error) std::rethrow_exception(std::exchange(error, {}));
  if constexpr (!std::is_void_v<T>) co_return std::move(held.value);
}
}  // namespace detail

/// `co_await with_nursery([&](Nursery& nursery) -> Task<T> { ... });`  is `async with trio.open_nursery() as nursery:`.  The
/// first error cancels the rest; all errors come out as one ExceptionGroup, Cancelled taken out (rule O2).  Its value, none
/// where the nursery was cancelled and no error came out (rule O7).
template <runtime::SafeBody Body>
auto with_nursery(Body body, Place at = Place::current()) {
  return detail::with_nursery(body, at);
}

/// Given to a child that start() started: `task_status` in trio.
template <class T>
class TaskStatus {
 public:
  /// Lets start() return `value`.  RuntimeError the second time.
  template <class U = T>
  requires(!std::is_void_v<T>) void started(U&& value, Place at = Place::current()) const {
    begin(at);
    shared_->held.value.emplace(std::forward<U>(value));
    shared_->home.take_children(*shared_->nest);
  }
  void started(Place at = Place::current()) const requires std::is_void_v<T> {
    begin(at);
    shared_->home.take_children(*shared_->nest);
  }

 private:
  friend class Nursery;
  struct Shared {
    Nursery home;
    std::optional<Nursery> nest;  ///< where the child is until it has started
    bool called = false;
    runtime::Held<T> held{};
  };
  explicit TaskStatus(const Nursery& home) : shared_(new Shared{home, {}, false, {}}) {}
  void begin(const Place& at) const {
    if (shared_->called) runtime::misuse<runtime::RuntimeError>("called 'started' twice on the same task status", at);
    shared_->called = true;
  }
  std::shared_ptr<Shared> shared_;
};

template <class T>
Task<T> Nursery::start(std::function<Task<void>(TaskStatus<T>)> child, std::string_view name, Place at) const {
  const Nursery home = *this;
  const std::string called(name);
  if (const char* refusal = home.refuses()) runtime::misuse<runtime::RuntimeError>(refusal, at);
  const TaskStatus<T> status(home);
  home.expect(+1);
  std::exception_ptr error;
  try {
    co_await with_nursery(
        [&](Nursery& nest) -> Task<void> {
          status.shared_->nest = nest;
          nest.start_soon(child(status), called, at);
          co_return;
        },
        at);
  } catch (...) { error = std::current_exception(); }
  home.expect(-1);
  if (error) std::rethrow_exception(error);
  if (!status.shared_->called) runtime::misuse<runtime::RuntimeError>("child exited without calling task_status.started()", at);
  if constexpr (!std::is_void_v<T>) co_return std::move(*status.shared_->held.value);
}

}  // namespace awaitscope::trio
