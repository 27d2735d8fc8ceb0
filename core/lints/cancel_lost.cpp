// cancel-lost: a cancel came in the very moment in which a wait_for had its result, and only the result arrived.
#include <fmt/format.h>

#include "core/findings/lost.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  Seq reported = 0;
  for (const Cancellation& c : run.history.cancellations) {
    const ScopeModel* scope = lost_in_wait_for(run, c);
    if (!scope || c.delivered == reported) continue;
    reported = c.delivered;
    Finding f;
    f.severity = Severity::error;
    f.confidence = sureness(run, c.ended);
    f.site = run.trace.site(scope->site);
    f.begin = c.requested_time;
    f.end = c.task_over ? c.task_ended : run.history.end;
    f.tasks = {c.target};
    if (c.by && c.by != c.target) f.tasks.push_back(c.by);
    f.evidence = {c.ended, c.delivered, c.requested, scope->entered};
    const std::string who =
        c.by ? run.name_of(c.by) + at(run.trace.site(c.asked_at)) : fmt::format("the loop ({})", name(c.why));
    f.sentence = fmt::format(
        "task {} was asked to stop by {} at {} s, in the moment in which its wait_for{} had a result; wait_for returned that, "
        "the "
        "request was lost, and the task {}",
        run.name_of(c.target), who, seconds(c.requested_time, 3), at(f.site), afterwards(run, c, "raised an error"));
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint cancel_lost() {
  return {"cancel-lost",
          "a cancel comes in the moment in which a wait_for is done, and the wait_for of Python 3.11 and before drops it",
          "use async with timeout(...), or Python 3.12, whose wait_for is made of it",
          "wait_for_vs_timeout",
          {},
          check};
}

}  // namespace awaitscope::lints
