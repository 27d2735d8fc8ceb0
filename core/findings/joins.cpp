#include "core/findings/joins.h"

#include <algorithm>
#include <limits>

namespace awaitscope {
namespace {
constexpr Seq never = std::numeric_limits<Seq>::max();
}

Joins::Joins(const Run& run) : trace_(run.trace), history_(run.history), waited_until_(run.history.model.tasks.size() + 1) {
  const Model& model = history_.model;
  // A scope waits for its tasks from when they are its own until it is left.
  const auto scope_waits = [&](ScopeId id, TaskId task) {
    const ScopeModel* scope = model.scope(id);
    if (!scope || !scope->entered || !task) return;
    waited(task, scope->exited ? scope->exited : never);
    children_[id.value].push_back(task);
  };
  for (const Cancellation& c : history_.cancellations) {
    const ScopeModel* scope = model.scope(c.scope);
    if (!scope || scope->task != c.target) requests_[c.target.value].push_back(&c);
  }
  std::vector<TaskId> waits_for(waited_until_.size());  // by the task that waits
  for (const Event& e :
       run.events({Kind::task_created, Kind::scope_child, Kind::result_retrieved, Kind::step_end, Kind::step_begin})) {
    switch (e.kind) {
      case Kind::task_created:
        if (e.d) scope_waits({e.d}, e.who());
        break;
      case Kind::scope_child: scope_waits({e.a}, {e.b}); break;
      case Kind::result_retrieved: waited({e.a}, e.seq); break;
      case Kind::step_end:
        if (e.as<Wait>() == Wait::task && e.task < waits_for.size())
          waited(std::exchange(waits_for[e.task], {e.a}), never);  // of a wait before it the end was lost
        break;
      default:
        if (e.task < waits_for.size()) waited(std::exchange(waits_for[e.task], {}), e.seq);
        break;
    }
  }
  for (const TaskId task : waits_for) waited(task, never);
}

void Joins::waited(TaskId task, Seq until) {
  if (task && task.value < waited_until_.size()) waited_until_[task.value] = std::max(waited_until_[task.value], until);
}

bool Joins::joined(TaskId task, Seq from) const {
  return task.value < waited_until_.size() && waited_until_[task.value] != 0 && waited_until_[task.value] >= from;
}

const std::vector<TaskId>& Joins::children(ScopeId scope) const {
  static const std::vector<TaskId> none;
  const auto found = children_.find(scope.value);
  return found == children_.end() ? none : found->second;
}

LetGo Joins::let_go(const TaskModel& task, Seq from) const {
  LetGo out{history_.end, 0, false};
  if (task.phase == Phase::done) out = {task.ended, task.since, false};
  const auto found = requests_.find(task.id.value);
  if (found == requests_.end() || from == 0 || from > trace_.size()) return out;
  for (const Cancellation* c : found->second) {
    const bool answered = c->ended && c->ended < from && c->end != Cancellation::End::swallowed;
    if (answered) continue;
    if (out.seq && c->requested > out.seq) break;
    return {std::max(c->requested_time, trace_[from].at()), std::max(c->requested, from), true};
  }
  return out;
}

}  // namespace awaitscope
