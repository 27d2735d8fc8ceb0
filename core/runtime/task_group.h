#pragma once
// asyncio.TaskGroup: the block ends when all its tasks have ended; an error stops the others (rules G1 to G15).
#include "core/runtime/body.h"
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// A handle, good also after its block: the group then refuses.
class TaskGroup {
 public:
  /// Not entered: refuses until a group is assigned to it.
  TaskGroup() = default;
  /// Begins a block on the current task; with_task_group is how programs do it.
  explicit TaskGroup(Place at);

  /// Starts a task of this group.  RuntimeError before the block, while the group is aborting and once it has
  /// ended (rule G10).
  template <class T>
  TaskHandle<T> create_task(Task<T> coroutine, std::string_view name = {}, Place at = Place::current()) {
    if (const char* refusal = refuses()) {
      coroutine.close();  // without a report: the group has refused it, nobody forgot it
      misuse<RuntimeError>(refusal, at);
    }
    const auto task = detail::spawn(std::move(coroutine), name, scope(), at);
    adopt(task.get());
    return TaskHandle<T>(task);
  }

  /// What leaving the block does; `error`: what the body threw.  Throws what the block throws.
  Task<void> leave(std::exception_ptr error);

 private:
  class State;
  State& state() const;
  const char* refuses() const;
  ScopeId scope() const;
  void adopt(TaskBase* task);
  Ref<Counted> state_;
};

/// `co_await with_task_group([&](TaskGroup& group) -> Task<int> { ... });`  is `async with TaskGroup() as group:`.
/// Throws ExceptionGroup with the members' errors, else gives the body's value.
template <SafeBody Body>
auto with_task_group(Body body, Place at = Place::current()) -> std::invoke_result_t<Body, TaskGroup&> {
  using T = typename std::invoke_result_t<Body, TaskGroup&>::value_type;
  TaskGroup group(at);
  Held<T> held;
  std::exception_ptr error;
  try {
    if constexpr (std::is_void_v<T>) co_await body(group).at(at);
    else held.value.emplace(co_await body(group).at(at));
  } catch (...) { error = std::current_exception(); }
  co_await group.leave(std::move(error)).at(at);
  if constexpr (!std::is_void_v<T>) co_return std::move(*held.value);
}

}  // namespace awaitscope::runtime
