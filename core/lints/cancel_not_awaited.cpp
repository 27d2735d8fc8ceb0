// cancel-not-awaited: a task asked others to stop and went on as if they had.
#include <fmt/format.h>

#include "core/findings/joins.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double ignored_ms = 1;

/// A request that somebody made by hand and whose end nobody waited for.
struct Unawaited {
  const Cancellation* request = nullptr;
  Instant end;
  bool over = false;
};

/// Requests of one call site at one moment by one task: one mistake.
bool together(const Unawaited& a, const Unawaited& b) {
  return a.request->by == b.request->by && a.request->asked_at == b.request->asked_at &&
         a.request->requested_time == b.request->requested_time;
}

Finding blamed(const Run& run, const std::vector<Unawaited>& group) {
  const Cancellation& first = *group.front().request;
  Finding f;
  f.site = run.trace.site(first.asked_at);
  f.begin = f.end = first.requested_time;
  f.tasks.push_back(first.by);
  std::vector<std::string> names;
  bool running = false;
  for (const Unawaited& one : group) {
    names.push_back(run.name_of(one.request->target));
    f.tasks.push_back(one.request->target);
    f.evidence.push_back(one.request->requested);
    if (one.over) f.evidence.push_back(run.history.model.task(one.request->target)->since);
    f.end = std::max(f.end, one.end);
    running = running || !one.over;
  }
  // Whoever asked may still come to wait, in a trace that is cut.
  const TaskModel* asker = run.history.model.task(first.by);
  const bool open = running || !asker || asker->phase != Phase::done;
  f.confidence = open && !run.history.model.ended ? Confidence::recheck
                                                  : sureness(run, *std::max_element(f.evidence.begin(), f.evidence.end()));
  f.sentence = fmt::format("{} asked {} to stop{} at {} s and waited for {}: {} {} later", run.name_of(first.by), listed(names),
                           at(f.site), seconds(f.begin, 3), names.size() == 1 ? "nothing" : "none of them",
                           running             ? "still running"
                           : names.size() == 1 ? "it ended"
                                               : "the last one ended",
                           show(f.end - f.begin));
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  const auto by_hand = [](const Cancellation& c) {
    return c.why == CancelReason::call && c.by && c.by != c.target && !c.parent && !c.scope;
  };
  const auto& all = run.history.cancellations;
  std::vector<Finding> out;
  if (std::none_of(all.begin(), all.end(), by_hand)) return out;
  const Joins& joins = run.once<Joins>();
  const double ignored = run.setting("cancel-not-awaited.ignored_ms", ignored_ms) * 1e6;
  std::vector<Unawaited> group;
  const auto finish = [&] {
    if (!group.empty()) out.push_back(blamed(run, group));
    group.clear();
  };
  for (const Cancellation& c : all) {
    if (!by_hand(c) || joins.joined(c.target, c.requested)) continue;
    const TaskModel* task = model.task(c.target);
    if (!task) continue;
    const Unawaited one{&c, task->phase == Phase::done ? task->ended : run.history.end, task->phase == Phase::done};
    if (static_cast<double>((one.end - c.requested_time).count()) <= ignored) continue;
    if (!group.empty() && !together(group.back(), one)) finish();
    group.push_back(one);
  }
  finish();
  return out;
}

}  // namespace

Lint cancel_not_awaited() {
  return {"cancel-not-awaited",
          "a task is asked to stop and nobody waits until it has",
          "cancel() is a request: await the task after it, or leave both to a TaskGroup",
          "manual_vs_taskgroup",
          {{"ignored_ms", ignored_ms}},
          check};
}

}  // namespace awaitscope::lints
