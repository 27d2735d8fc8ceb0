// outlives-scope: a gather was left by an error or a cancel, its tasks were asked to stop, and nobody waited until they had.
#include <fmt/format.h>

#include "core/findings/joins.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double ignored_ms = 1;

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  const auto left = [](const ScopeModel& s) {
    return s.type == ScopeType::gather && s.exited && s.outcome != Outcome::returned;
  };
  std::vector<Finding> out;
  if (std::none_of(model.scopes.begin(), model.scopes.end(), left)) return out;
  const Joins& joins = run.once<Joins>();
  const double ignored = run.setting("outlives-scope.ignored_ms", ignored_ms) * 1e6;

  for (const ScopeModel& scope : model.scopes) {
    if (!left(scope)) continue;
    Finding f;
    f.evidence.push_back(scope.exited);
    std::vector<std::string> names;
    bool cut = false, running = false;
    for (const TaskId id : joins.children(scope.id)) {
      const TaskModel* task = model.task(id);
      if (!task || (task->phase == Phase::done && task->since < scope.exited) || joins.joined(id, scope.exited + 1)) continue;
      // Those that nobody asked to stop were not meant to end: siblings-left-running tells of them.
      const LetGo asked = joins.let_go(*task, scope.exited);
      const bool done = task->phase == Phase::done;
      const Instant end = done ? task->ended : run.history.end;
      if (!asked.asked || static_cast<double>((asked.at - scope.exited_time).count()) > ignored ||
          static_cast<double>((end - scope.exited_time).count()) <= ignored)
        continue;
      names.push_back(run.name_of(id));
      f.tasks.push_back(id);
      f.evidence.push_back(asked.seq);
      if (done) f.evidence.push_back(task->since);
      f.end = std::max(f.end, end);
      running = running || !done;
      cut = cut || (!done && !model.ended);
    }
    if (names.empty()) continue;
    f.confidence = cut ? Confidence::recheck : sureness(run, *std::max_element(f.evidence.begin(), f.evidence.end()));
    f.site = run.trace.site(scope.site);
    const bool one = names.size() == 1;
    f.sentence = fmt::format(
        "{} {} not done when the gather{} {} at {} s: asked to stop, {} at {} s, {} after whoever waited had "
        "gone on",
        listed(names), one ? "was" : "were", at(f.site), scope.outcome == Outcome::raised ? "raised" : "was cancelled",
        seconds(scope.exited_time, 3),
        running ? one ? "it still ran" : "they still ran"
        : one   ? "it ended"
                : "the last one ended",
        seconds(f.end, 3), show(f.end - scope.exited_time));
    f.begin = scope.exited_time;
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint outlives_scope() {
  return {"outlives-scope",
          "a gather is left while tasks of it still clean up",
          "use a TaskGroup: it is left when its last task has ended; or wait for the tasks before you raise",
          "manual_vs_taskgroup",
          {{"ignored_ms", ignored_ms}},
          check};
}

}  // namespace awaitscope::lints
