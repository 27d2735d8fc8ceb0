#pragma once
// asyncio.gather: several awaitables at once, results in argument order (rules A6 to A11).
#include <tuple>

#include "core/runtime/settled.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// The future behind a gather.
class GatherFuture : public FutureBase {
 public:
  GatherFuture(bool keep_errors, Place at);
  /// Adds a child; `made`: as a task of its own.  Call `start` after the last one.
  void add(const Ref<FutureBase>& child, bool made);
  void start();
  /// One that was never started, since a coroutine could not be a child: its scope ends here.
  ~GatherFuture() override;
  ScopeId scope() const { return scope_; }
  bool cancel(const CancelCall& call) override;

 private:
  void child_done(FutureBase& child);
  void settle();
  void end(Outcome how);

  bool keep_errors_, cancel_requested_ = false, shared_ = false;
  Place at_;
  ScopeId scope_;
  TaskId owner_;
  bool left_ = false;
  std::size_t finished_ = 0, expected_ = 0;
  std::vector<Ref<FutureBase>> children_;
};

namespace detail {
template <class T>
using Plain = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

template <class T>
Future<T> as_child(GatherFuture& gather, Task<T>& coroutine, Place at) {
  const auto task = spawn(std::move(coroutine), {}, gather.scope(), at);
  gather.add(task, true);
  return Future<T>(task, &task->held);
}
template <class T>
Future<T> as_child(GatherFuture& gather, const Future<T>& future, Place) {
  gather.add(future.base(), false);
  return future;
}

template <class T>
Plain<T> value_of(const Future<T>& child) {
  if constexpr (std::is_void_v<T>) return {};
  else return child.held().take();
}
template <class T>
Settled<T> settled_of(const Future<T>& child) {
  Settled<T> out;
  if (child.base()->wait == Wait::task) out.of = {child.base()->object};
  out.error = KeptError(child.base()->error(), out.of);
  if constexpr (!std::is_void_v<T>)
    if (!out.error) out.value = child.held().take();
  return out;
}
}  // namespace detail

/// Awaits a GatherFuture and collects its children's values with `Collect`.
template <class Children, class Collect>
class [[nodiscard]] GatherAwaiter : public Waiting {
 public:
  GatherAwaiter(const Ref<GatherFuture>& future, Children children, Place at)
      : Waiting(future, at), children_(std::move(children)) {}
  auto await_resume() {
    Waiting::await_resume();
    return Collect()(children_);
  }

 private:
  Children children_;
};

namespace detail {
template <bool keep_errors>
struct CollectTuple {
  template <class... T>
  auto operator()(const std::tuple<Future<T>...>& children) const {
    return std::apply(
        [](auto&... child) {
          if constexpr (keep_errors) return std::tuple<Settled<T>...>{settled_of(child)...};
          else return std::tuple<Plain<T>...>{value_of(child)...};
        },
        children);
  }
};
template <bool keep_errors>
struct CollectVector {
  template <class T>
  auto operator()(const std::vector<Future<T>>& children) const {
    if constexpr (keep_errors) {
      std::vector<Settled<T>> out;
      for (auto& child : children) out.push_back(settled_of(child));
      return out;
    } else if constexpr (!std::is_void_v<T>) {
      std::vector<T> out;
      for (auto& child : children) out.push_back(child.held().take());
      return out;
    }
  }
};

template <bool keep_errors, class... A>
auto gather_tuple(Place at, A&... awaitables) {
  const Ref<GatherFuture> future(new GatherFuture(keep_errors, at));
  // Braces fix the order: children are created as they are written, on every compiler.
  std::tuple children{as_child(*future, awaitables, at)...};
  future->start();
  return GatherAwaiter<decltype(children), CollectTuple<keep_errors>>(future, std::move(children), at);
}
template <bool keep_errors, class A>
auto gather_vector(Place at, std::vector<A>& awaitables) {
  const Ref<GatherFuture> future(new GatherFuture(keep_errors, at));
  std::vector<Future<typename A::value_type>> children;
  children.reserve(awaitables.size());
  for (A& awaitable : awaitables) children.push_back(as_child(*future, awaitable, at));
  future->start();
  return GatherAwaiter<decltype(children), CollectVector<keep_errors>>(future, std::move(children), at);
}

/// What gather and gather_settled share: the future, as asyncio's gather returns one, and its awaiter.
template <class Inner>
class [[nodiscard]] Gather {
 public:
  Gather(Inner awaiter) : awaiter_(std::move(awaiter)) {}
  /// Asks all children to stop; false if none took it (rules A9, A10).
  bool cancel(std::string message = {}, Place at = Place::current()) {
    return awaiter_.future()->cancel({std::move(message), CancelReason::call, {}, at});
  }
  bool done() const { return awaiter_.future()->done(); }
  bool cancelled() const { return awaiter_.future()->cancelled(); }

  bool await_ready() const { return awaiter_.await_ready(); }
  void await_suspend(std::coroutine_handle<> frame) { awaiter_.await_suspend(frame); }
  auto await_resume() { return awaiter_.await_resume(); }

 private:
  Inner awaiter_;
};
template <bool keep_errors, class... A>
struct GatherOf {
  using type = decltype(gather_tuple<keep_errors>(Place(), std::declval<A&>()...));
  static type make(Place at, A&... awaitables) { return gather_tuple<keep_errors>(at, awaitables...); }
};
template <bool keep_errors, class A>
struct GatherOf<keep_errors, std::vector<A>> {
  using type = decltype(gather_vector<keep_errors>(Place(), std::declval<std::vector<A>&>()));
  static type make(Place at, std::vector<A>& awaitables) { return gather_vector<keep_errors>(at, awaitables); }
};
}  // namespace detail

/// `auto [a, b] = co_await gather(fetch(1), fetch(2));`  Coroutines become tasks in argument order, tasks are taken as they
/// are (each once, however often it is named), a vector gives a vector.  The first error is thrown at once and the other
/// children run on (rule A7).  Cancelling the caller cancels all of them (rule A9).
/// A class only because the place of the call must follow a pack of arguments.
template <class... A>
class [[nodiscard]] gather : public detail::Gather<typename detail::GatherOf<false, A...>::type> {
  using Of = detail::GatherOf<false, A...>;

 public:
  gather(A... awaitables, Place at = Place::current()) : detail::Gather<typename Of::type>(Of::make(at, awaitables...)) {}
};
template <class... A>
gather(A...) -> gather<A...>;

/// The same with return_exceptions=True: errors and cancellations stand in the result (rule A8).
template <class... A>
class [[nodiscard]] gather_settled : public detail::Gather<typename detail::GatherOf<true, A...>::type> {
  using Of = detail::GatherOf<true, A...>;

 public:
  gather_settled(A... awaitables, Place at = Place::current())
      : detail::Gather<typename Of::type>(Of::make(at, awaitables...)) {}
};
template <class... A>
gather_settled(A...) -> gather_settled<A...>;

}  // namespace awaitscope::runtime
