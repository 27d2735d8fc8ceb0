// shutdown-blocked: the program was to end, and a task kept it from ending.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double limit_s = 1;

/// Why it took so long, as far as the trace tells.
std::string reason(const Run& run, const Cancellation& c, const TaskModel* task) {
  if (c.end == Cancellation::End::swallowed) return "it swallowed the request" + at(run.trace.site(c.delivered_at));
  if (!c.delivered) return "the request never reached it";
  if (task && task->phase == Phase::done && task->outcome == Outcome::raised) return "it failed in its clean-up";
  return "it cleaned up after the request reached it" + at(run.trace.site(c.delivered_at));
}

std::vector<Finding> check(const Run& run) {
  const double limit = run.setting("shutdown-blocked.limit_s", limit_s) * 1e9;
  std::vector<Finding> out;
  for (const Cancellation& c : run.history.cancellations) {
    if (c.why != CancelReason::shutdown || c.parent) continue;
    const Instant end = c.task_over ? c.task_ended : run.history.end;
    // At the limit is in time: a second of clean-up may well be meant.
    if (static_cast<double>((end - c.requested_time).count()) <= limit) continue;
    const TaskModel* task = run.history.model.task(c.target);
    Finding f;
    const Seq last = c.task_over && task ? task->since : c.requested;
    f.confidence = !c.task_over && !run.history.model.ended ? Confidence::recheck : sureness(run, last);
    f.site = run.trace.site(c.delivered ? c.delivered_at : task ? task->created_at : SiteId{});
    f.sentence = fmt::format("task {} held up the program's end: asked to stop at {} s, it {} {} later; {}",
                             run.name_of(c.target), seconds(c.requested_time, 3), c.task_over ? "ended" : "still ran",
                             show(end - c.requested_time), reason(run, c, task));
    f.begin = c.requested_time;
    f.end = end;
    f.tasks = {c.target};
    f.evidence = {c.requested};
    if (c.delivered) f.evidence.push_back(c.delivered);
    if (c.task_over && task) f.evidence.push_back(task->since);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint shutdown_blocked() {
  return {"shutdown-blocked",
          "a task keeps the program from ending after it was asked to stop",
          "raise a CancelledError again after a short clean-up; give long work a deadline before you return from main",
          "graceful_shutdown",
          {{"limit_s", limit_s}},
          check};
}

}  // namespace awaitscope::lints
