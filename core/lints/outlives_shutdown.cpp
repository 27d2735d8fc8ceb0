// outlives-shutdown: the loop stopped, and tasks had not ended.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100, most_named = 4;

std::string named(const Run& run, const std::vector<const TaskModel*>& tasks) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tasks.size() && i < most_named; ++i) names.push_back(run.name_of(tasks[i]->id));
  return tasks.size() <= most_named ? listed(names)
                                    : fmt::format("{} and {} more", fmt::join(names, ", "), tasks.size() - most_named);
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  // A run that hangs or is cut off leaves tasks for that reason, which other rules tell.
  const bool stopped =
      model.outcome == RunOutcome::ok || model.outcome == RunOutcome::raised || model.outcome == RunOutcome::cancelled;
  if (!model.ended || !stopped) return {};
  // A run is not over before its main is: where that has no end, the trace lacks ends, and not the program.
  const auto main = std::find_if(model.tasks.begin(), model.tasks.end(), [](const TaskModel& task) { return task.since != 0; });
  if (model.outcome == RunOutcome::ok && main != model.tasks.end() && main->phase != Phase::done) return {};
  Seq end = 0;
  for (const Event& e : run.events({Kind::run_end})) end = e.seq;
  std::vector<char> told(model.tasks.size() + 1);  // destroyed-pending names them
  for (const Mark& mark : run.history.marks)
    if (const Event e = run.trace[mark.seq]; mark.kind == Kind::diagnosed && e.as<Diagnosis>() == Diagnosis::destroyed_pending)
      if (e.b < told.size()) told[e.b] = 1;

  std::vector<const TaskModel*> left;
  for (const TaskModel& task : model.tasks)
    if (task.since != 0 && task.phase != Phase::done && !told[task.id.value]) left.push_back(&task);
  if (left.empty()) return {};
  const TaskModel* first = left.front();

  Finding f;
  for (const TaskModel* task : left) {
    if (f.tasks.size() >= most_evidence) break;
    f.tasks.push_back(task->id);
    f.evidence.push_back(task->since);
  }
  f.evidence.insert(f.evidence.begin(), end);
  f.severity = Severity::info;
  f.confidence = sureness(run, end);
  f.site = run.trace.site(first->site ? first->site : first->created_at);
  f.begin = first->since_time;
  f.end = run.trace[end].at();
  std::string stood;
  switch (first->phase) {
    case Phase::created: stood = "had not begun"; break;
    case Phase::ready: stood = "was ready to run"; break;
    case Phase::running: stood = "was in a step"; break;
    case Phase::waiting: stood = fmt::format("had waited ({}) for {}", name(first->wait), show(f.end - f.begin)); break;
    case Phase::done: break;
  }
  f.sentence =
      fmt::format("{} had not ended when the loop stopped at {} s: {}; {} {}{}, and its clean-up will not run",
                  counted(left.size(), "task"), seconds(f.end, 3), named(run, left), run.name_of(first->id), stood, at(f.site));
  return {f};
}

}  // namespace

Lint outlives_shutdown() {
  return {"outlives-shutdown",
          "tasks are unfinished when the loop stops",
          "cancel and await every task before the loop is stopped, and start none while it shuts down",
          "graceful_shutdown",
          {},
          check};
}

}  // namespace awaitscope::lints
