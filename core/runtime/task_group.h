#pragma once
// asyncio.TaskGroup: the block ends when all its tasks have ended; an error stops the others (rules G1 to G15).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

class TaskGroup {
 public:
  explicit TaskGroup(Place at);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts a task of this group.  RuntimeError while the group is aborting or has ended (rule G10).
  template <class T>
  TaskHandle<T> create_task(Task<T> coroutine, std::string_view name = {}, Place at = Place::current()) {
    if (const char* refusal = refuses()) {
      coroutine.close();  // without a report: the group has refused it, nobody forgot it
      misuse<RuntimeError>(refusal, at);
    }
    const auto task = detail::spawn(std::move(coroutine), name, scope_, at);
    adopt(task.get());
    return TaskHandle<T>(task);
  }

  /// What leaving the block does; `error`: what the body threw.  Throws what the block throws.
  Task<void> leave(std::exception_ptr error);

 private:
  const char* refuses() const;
  void adopt(TaskBase* task);
  void task_done(TaskBase& task);
  void abort(CancelReason why);

  class Watcher;
  Loop& loop_;
  Ref<TaskBase> parent_;
  Place at_;
  ScopeId scope_;
  std::vector<Ref<TaskBase>> tasks_;  ///< in order of creation; those that have ended go now and then
  std::size_t unfinished_ = 0, tidy_at_ = 32;
  std::vector<std::exception_ptr> errors_;
  Ref<FutureBase> completed_;
  Ref<Watcher> watcher_;
  bool exiting_ = false, aborting_ = false, ended_ = false, parent_cancel_requested_ = false;
};

/// `co_await with_task_group([&](TaskGroup& group) -> Task<int> { ... });`  is `async with TaskGroup() as group:`.
/// Throws ExceptionGroup with the members' errors, else gives the body's value.
template <class Body>
auto with_task_group(Body body, Place at = Place::current()) -> std::invoke_result_t<Body, TaskGroup&> {
  static_assert(
      std::is_trivially_destructible_v<Body>,
      "name the lambda first, or capture by reference: g++ 12 destroys such a temporary twice in a co_await expression");
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
