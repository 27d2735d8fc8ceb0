// blind-spawn: about the trace itself: tasks appear that nothing is seen to start.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100, most_named = 4;

/// Tasks without an event that creates them, and where a recorder tells who starts tasks, those of which it does not.
std::vector<const TaskModel*> blind(const Run& run) {
  const auto& tasks = run.history.model.tasks;
  const bool native = run.trace.info.runtime.starts_with("awaitscope");
  const auto told = [](const TaskModel& task) { return task.created && task.parent; };
  const bool tells = !native && std::any_of(tasks.begin(), tasks.end(), told);
  std::vector<const TaskModel*> out;
  bool any = false;  // the first of all is started by the program itself
  for (const TaskModel& task : tasks) {
    if (task.since == 0) continue;
    if (!task.created || (tells && any && !task.parent && !run.trace[task.created].cause)) out.push_back(&task);
    any = true;
  }
  return out;
}

/// The first event that is about the task; 0: none that its lane shows.
Seq first_seen(const Run& run, const TaskModel& task) {
  const auto& lanes = run.history.lanes;
  if (task.id.value > lanes.size() || lanes[task.id.value - 1].spans.empty()) return task.created;
  return lanes[task.id.value - 1].spans.front().first;
}

std::vector<Finding> check(const Run& run) {
  const std::vector<const TaskModel*> tasks = blind(run);
  if (tasks.empty()) return {};
  Finding f;
  f.severity = Severity::info;
  // A trace that begins in the middle of a run knows nothing of what was started before.
  const bool whole = run.trace.kind(1) == Kind::run_begin || !run.trace.info.runtime.starts_with("awaitscope");
  std::vector<std::string> names;
  for (const TaskModel* task : tasks) {
    if (f.tasks.size() >= most_evidence) break;
    f.tasks.push_back(task->id);
    if (names.size() < most_named) names.push_back(run.name_of(task->id));
    if (const Seq seen = first_seen(run, *task)) f.evidence.push_back(seen);
  }
  f.confidence = whole && !f.evidence.empty() ? sureness(run, f.evidence.front()) : Confidence::recheck;
  if (!f.evidence.empty()) f.begin = f.end = run.trace[f.evidence.front()].at();
  f.sentence = fmt::format("{} without anything that starts {}: {}{}; who waits for {} or answers for {} cannot be judged",
                           tasks.size() == 1 ? "1 task appears" : fmt::format("{} tasks appear", tasks.size()),
                           tasks.size() == 1 ? "it" : "them", fmt::join(names, ", "),
                           tasks.size() > names.size() ? fmt::format(" and {} more", tasks.size() - names.size()) : "",
                           tasks.size() == 1 ? "it" : "them", tasks.size() == 1 ? "it" : "them");
  return {f};
}

}  // namespace

Lint blind_spawn() {
  return {"blind-spawn",
          "tasks appear in the trace that nothing is seen to start",
          "start the recorder before the tasks, and let it see every place that makes tasks",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
