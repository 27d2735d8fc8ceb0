// exception-never-retrieved: a task failed and nobody asked for its result.
#include <fmt/format.h>

#include "core/findings/diagnosed.h"

namespace awaitscope::lints {
namespace {

/// The task that the event names; the runtime gives the same field to futures that are no tasks.
const TaskModel* failed_task(const Run& run, const Event& e) {
  const TaskModel* task = run.history.model.task({e.b});
  return task && task->phase == Phase::done && task->outcome == Outcome::raised ? task : nullptr;
}

std::vector<Finding> check(const Run& run) {
  auto out = from_diagnosed(run, Diagnosis::never_retrieved, Severity::error,
                            [](const Run& r, const Event& e, const std::string& text) {
                              const TaskModel* task = failed_task(r, e);
                              const std::string error = text.empty() ? "" : " (" + text + ")";
                              if (!task) return fmt::format("a future failed{} and nobody retrieved its exception", error);
                              return fmt::format("task {} failed at {} s{} and nobody retrieved its exception",
                                                 r.name_of(task->id), seconds(task->ended, 3), error);
                            });
  for (Finding& f : out) {
    const TaskModel* task = failed_task(run, run.trace[f.evidence.front()]);
    if (!task) continue;
    f.tasks.insert(f.tasks.begin(), task->id);
    if (f.site.line == 0) f.site = run.trace.site(task->created_at);
    f.begin = task->ended;
  }
  return out;
}

}  // namespace

Lint exception_never_retrieved() {
  return {"exception-never-retrieved",
          "a task fails and its exception is never retrieved",
          "await the task, or keep it in a TaskGroup that reports failures",
          "swallowed_error",
          {},
          check};
}

}  // namespace awaitscope::lints
