#include "core/findings/joins.h"

#include <algorithm>
#include <limits>

namespace awaitscope {
namespace {
constexpr Seq never = std::numeric_limits<Seq>::max();
}

Joins::Joins(const Run& run) : run_(run) {
  const Model& model = run.history.model;
  // A scope waits for its tasks from when they are its own until it is left.
  const auto scope_waits = [&](ScopeId id, TaskId task, Seq begin) {
    const ScopeModel* scope = model.scope(id);
    if (!scope || !scope->entered || !task) return;
    waits_[task.value].push_back({begin, scope->exited ? scope->exited : never});
    children_[id.value].push_back(task);
  };
  for (const Cancellation& c : run.history.cancellations) {
    const ScopeModel* scope = model.scope(c.scope);
    if (!scope || scope->task != c.target) requests_[c.target.value].push_back(&c);
  }
  std::unordered_map<std::uint32_t, std::pair<std::uint32_t, std::size_t>> waiting;  // by who waits: whose wait, which one
  for (const Event& e :
       run.events({Kind::task_created, Kind::scope_child, Kind::result_retrieved, Kind::step_end, Kind::step_begin})) {
    if (e.kind == Kind::task_created && e.d) {
      scope_waits({e.d}, e.who(), e.seq);
    } else if (e.kind == Kind::scope_child) {
      scope_waits({e.a}, {e.b}, e.seq);
    } else if (e.kind == Kind::result_retrieved) {
      waits_[e.a].push_back({e.seq, e.seq});
    } else if (e.kind == Kind::step_end && e.c == static_cast<std::uint8_t>(awaitscope::Wait::task)) {
      auto& waits = waits_[e.a];
      waiting[e.task] = {e.a, waits.size()};
      waits.push_back({e.seq, never});
    } else if (e.kind == Kind::step_begin) {
      if (const auto found = waiting.find(e.task); found != waiting.end()) {
        waits_[found->second.first][found->second.second].end = e.seq;
        waiting.erase(found);
      }
    }
  }
}

bool Joins::joined(TaskId task, Seq from) const {
  const auto found = waits_.find(task.value);
  return found != waits_.end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const Wait& wait) { return wait.end >= from; });
}

const std::vector<TaskId>& Joins::children(ScopeId scope) const {
  static const std::vector<TaskId> none;
  const auto found = children_.find(scope.value);
  return found == children_.end() ? none : found->second;
}

LetGo Joins::let_go(const TaskModel& task, Seq from) const {
  LetGo out{run_.history.end, 0, false};
  if (task.phase == Phase::done) out = {task.ended, task.since, false};
  const auto found = requests_.find(task.id.value);
  if (found == requests_.end() || from == 0 || from > run_.trace.size()) return out;
  for (const Cancellation* c : found->second) {
    const bool answered = c->ended && c->ended < from && c->end != Cancellation::End::swallowed;
    if (answered) continue;
    if (out.seq && c->requested > out.seq) break;
    return {std::max(c->requested_time, run_.trace[from].at()), std::max(c->requested, from), true};
  }
  return out;
}

}  // namespace awaitscope
