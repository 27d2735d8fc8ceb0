// never-yielded: a task is still in its first step, long after that began: it has not given way once.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double limit_s = 1;

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  if (h.steps.empty() || h.steps.back().last != 0) return {};
  const Stall& step = h.steps.back();
  const TaskModel* task = h.model.task(step.task);
  if (!task || task->steps != 1 || task->phase != Phase::running) return {};
  const Duration busy = step.end - step.begin;
  if (static_cast<double>(busy.count()) / 1e9 < run.setting("never-yielded.limit_s", limit_s)) return {};
  Finding f;
  f.severity = Severity::info;
  // It may have had steps before the trace begins.
  f.confidence = sureness(run, task->created ? h.model.seq : 0);
  f.site = run.trace.site(step.site);
  const std::string call = step.what ? fmt::format(" in {}", plain(run.trace.text(step.what.value))) : "";
  f.sentence = fmt::format("{} has run for {}{}{} since its first step began at {} s, and has not given way once",
                           task_named(run, step.task), show(busy), call, at(f.site), seconds(step.begin, 3));
  f.begin = step.begin;
  f.end = step.end;
  f.tasks = {step.task};
  f.evidence = {step.first};
  return {f};
}

}  // namespace

Lint never_yielded() {
  return {
      "never-yielded",
      "a task that is still running has not given way since it began",
      "await in its loop (an awaitable form of the call, or sleep(0) between pieces), or move it to a thread with to_thread",
      "cpu_on_loop",
      {{"limit_s", limit_s}},
      check};
}

}  // namespace awaitscope::lints
