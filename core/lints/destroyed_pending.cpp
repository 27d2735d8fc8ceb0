// destroyed-pending: a task's last handle was dropped while it waited for something that nobody could finish any more.
#include <fmt/format.h>

#include "core/findings/diagnosed.h"

namespace awaitscope::lints {
namespace {

std::vector<Finding> check(const Run& run) {
  auto out = from_diagnosed(
      run, Diagnosis::destroyed_pending, Severity::info, [](const Run& r, const Event& e, const std::string& text) {
        const TaskModel* task = r.history.model.task({e.b});
        const std::string waited = task && task->wait != Wait::none
                                       ? fmt::format(" while it waited ({}){}", name(task->wait), at(r.trace.site(task->site)))
                                       : "";
        return fmt::format("task {} was destroyed{}; its clean-up has not run", task ? r.name_of(task->id) : text, waited);
      });
  for (Finding& f : out) {
    const TaskModel* task = run.history.model.task({run.trace[f.evidence.front()].b});
    if (!task) continue;
    f.tasks.insert(f.tasks.begin(), task->id);
    if (f.site.line == 0) f.site = run.trace.site(task->site);
  }
  return out;
}

}  // namespace

Lint destroyed_pending() {
  return {"destroyed-pending",
          "a task is destroyed while it still waits",
          "keep the handle until the task has ended, or cancel it and wait for it",
          "task_leak",
          {},
          check};
}

}  // namespace awaitscope::lints
