#pragma once
// asyncio.gather: several awaitables at once, results in argument order (rules A6 to A11).
#include <tuple>
#include <variant>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// What one awaitable of gather_settled came to: return_exceptions=True.
template <class T>
struct Settled {
  std::conditional_t<std::is_void_v<T>, std::monostate, std::optional<T>> value;
  std::exception_ptr error;
  bool ok() const { return !error; }
};

/// The future behind a gather.
class GatherFuture : public FutureBase {
 public:
  GatherFuture(bool keep_errors, Place at);
  /// Adds a child; call `start` after the last one.
  void add(Ref<FutureBase> child) { children_.push_back(std::move(child)); }
  void start();
  ScopeId scope() const { return scope_; }
  bool cancel(const CancelCall& call) override;

 private:
  void child_done(FutureBase& child);
  void settle();
  void end(Outcome how);

  bool keep_errors_, cancel_requested_ = false;
  Place at_;
  ScopeId scope_;
  std::size_t finished_ = 0;
  std::vector<Ref<FutureBase>> children_;
};

namespace detail {
template <class T>
using Plain = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T>
Ref<TaskState<T>> as_child(Task<T>& coroutine, ScopeId scope, Place at) {
  return create_task(std::move(coroutine), {}, scope, at).state();
}
template <class T>
Ref<TaskState<T>> as_child(TaskHandle<T>& task, ScopeId, Place) {
  return task.state();
}

template <class T>
Plain<T> value_of(TaskState<T>& task) {
  if constexpr (std::is_void_v<T>) return {};
  else return task.held.take();
}
template <class T>
Settled<T> settled_of(TaskState<T>& task) {
  Settled<T> out;
  out.error = task.error();
  if constexpr (!std::is_void_v<T>)
    if (!out.error) out.value = task.held.take();
  return out;
}
}  // namespace detail

/// Awaits a GatherFuture and collects its children's values with `Collect`.
template <class Children, class Collect>
class [[nodiscard]] GatherAwaiter {
 public:
  GatherAwaiter(Ref<GatherFuture> future, Children children, Collect collect, Place at)
      : future_(std::move(future)), children_(std::move(children)), collect_(collect), at_(at) {}
  bool await_ready() const noexcept { return future_->done(); }
  void await_suspend(std::coroutine_handle<> frame) {
    Loop& loop = Loop::running();
    task_ = loop.current_task();
    task_->wait_for(frame, *future_, loop.site(at_));
  }
  auto await_resume() {
    if (task_) task_->resumed(future_.get());
    future_->check();
    return collect_(children_);
  }

 private:
  Ref<GatherFuture> future_;
  Children children_;
  Collect collect_;
  Place at_;
  TaskBase* task_ = nullptr;
};

namespace detail {
template <bool keep_errors>
struct CollectTuple {
  template <class... T>
  auto operator()(std::tuple<Ref<TaskState<T>>...>& children) const {
    return std::apply(
        [](auto&... child) {
          if constexpr (keep_errors) return std::tuple<Settled<T>...>{settled_of(*child)...};
          else return std::tuple<Plain<T>...>{value_of(*child)...};
        },
        children);
  }
};
template <bool keep_errors>
struct CollectVector {
  template <class T>
  auto operator()(std::vector<Ref<TaskState<T>>>& children) const {
    if constexpr (keep_errors) {
      std::vector<Settled<T>> out;
      for (auto& child : children) out.push_back(settled_of(*child));
      return out;
    } else if constexpr (!std::is_void_v<T>) {
      std::vector<T> out;
      for (auto& child : children) out.push_back(child->held.take());
      return out;
    }
  }
};

template <bool keep_errors, class... A>
auto gather_tuple(Place at, A&... awaitables) {
  Ref<GatherFuture> future(new GatherFuture(keep_errors, at));
  // Braces fix the order: children are created as they are written, on every compiler.
  std::tuple children{as_child(awaitables, future->scope(), at)...};
  std::apply([&](auto&... child) { (future->add(child), ...); }, children);
  future->start();
  return GatherAwaiter<decltype(children), CollectTuple<keep_errors>>(std::move(future), std::move(children), {}, at);
}
template <bool keep_errors, class A>
auto gather_vector(Place at, std::vector<A>& awaitables) {
  using State = decltype(as_child(awaitables.front(), ScopeId{}, at));
  Ref<GatherFuture> future(new GatherFuture(keep_errors, at));
  std::vector<State> children;
  children.reserve(awaitables.size());
  for (A& awaitable : awaitables) children.push_back(as_child(awaitable, future->scope(), at));
  for (State& child : children) future->add(child);
  future->start();
  return GatherAwaiter<std::vector<State>, CollectVector<keep_errors>>(std::move(future), std::move(children), {}, at);
}

/// Forwards to the awaiter that gather_tuple or gather_vector makes.
template <bool keep_errors, class... A>
class [[nodiscard]] Gather {
 public:
  explicit Gather(A... awaitables, Place at) : awaiter_(gather_tuple<keep_errors>(at, awaitables...)) {}
  bool await_ready() const noexcept { return awaiter_.await_ready(); }
  void await_suspend(std::coroutine_handle<> frame) { awaiter_.await_suspend(frame); }
  auto await_resume() { return awaiter_.await_resume(); }

 private:
  decltype(gather_tuple<keep_errors>(Place(), std::declval<A&>()...)) awaiter_;
};
template <bool keep_errors, class A>
class [[nodiscard]] Gather<keep_errors, std::vector<A>> {
 public:
  explicit Gather(std::vector<A> awaitables, Place at) : awaiter_(gather_vector<keep_errors>(at, awaitables)) {}
  bool await_ready() const noexcept { return awaiter_.await_ready(); }
  void await_suspend(std::coroutine_handle<> frame) { awaiter_.await_suspend(frame); }
  auto await_resume() { return awaiter_.await_resume(); }

 private:
  decltype(gather_vector<keep_errors>(Place(), std::declval<std::vector<A>&>())) awaiter_;
};
}  // namespace detail

/// `auto [a, b] = co_await gather(fetch(1), fetch(2));`  Coroutines become tasks in argument order, tasks are taken as they
/// are, a vector gives a vector.  The first error is thrown at once and the other children run on (rule A7).
/// A class only because the place of the call must follow a pack of arguments.
template <class... A>
class [[nodiscard]] gather : public detail::Gather<false, A...> {
 public:
  gather(A... awaitables, Place at = Place::current()) : detail::Gather<false, A...>(std::move(awaitables)..., at) {}
};
template <class... A>
gather(A...) -> gather<A...>;

/// The same with return_exceptions=True: errors and cancellations stand in the result (rule A8).
template <class... A>
class [[nodiscard]] gather_settled : public detail::Gather<true, A...> {
 public:
  gather_settled(A... awaitables, Place at = Place::current()) : detail::Gather<true, A...>(std::move(awaitables)..., at) {}
};
template <class... A>
gather_settled(A...) -> gather_settled<A...>;

}  // namespace awaitscope::runtime
