// cancel-without-reason: a task is cancelled by somebody who did not start it, or by several, and no message says why.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

/// Whoever started a task and is the only one to stop it needs no reason.
bool obvious(const Run& run, const Cancellation& c, bool alone) {
  const TaskModel* task = run.history.model.task(c.target);
  return alone && task && task->parent && task->parent == c.by;
}

std::vector<Finding> check(const Run& run) {
  // Deadlines, groups and the shutdown say themselves who they are; a message is what cancel() can give.
  const auto by_hand = [](const Cancellation& c) { return c.why == CancelReason::call && !c.parent && !c.scope; };
  struct Asked {
    std::uint32_t by = 0, at = 0;
    CancelReason why = CancelReason::call;
    bool several = false;
  };
  std::unordered_map<std::uint32_t, Asked> asked;  // by target
  for (const Cancellation& c : run.history.cancellations) {
    const auto [known, is_new] = asked.try_emplace(c.target.value, Asked{c.by.value, c.asked_at.value, c.why, false});
    Asked& before = known->second;
    if (!is_new && (before.by != c.by.value || before.at != c.asked_at.value || before.why != c.why)) before.several = true;
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const Cancellation*>> places;  // by place, and who asked there
  for (const Cancellation& c : run.history.cancellations)
    if (by_hand(c) && !c.message && c.delivered && c.by != c.target && !obvious(run, c, !asked[c.target.value].several))
      places[{c.asked_at.value, c.asked_at ? 0 : c.by.value}].push_back(&c);

  std::vector<Finding> out;
  for (const auto& [place, all] : places) {
    const Cancellation& first = *all.front();
    Finding f;
    f.severity = Severity::info;
    f.confidence = sureness(run, first.delivered);
    f.site = run.trace.site(first.asked_at);
    f.begin = first.requested_time;
    f.end = all.back()->delivered_time;
    if (first.by) f.tasks.push_back(first.by);
    for (const Cancellation* one : all) {
      if (f.evidence.size() >= most_evidence) break;
      f.tasks.push_back(one->target);
      f.evidence.push_back(one->requested);
      f.evidence.push_back(one->delivered);
    }
    const bool stranger = !obvious(run, first, true);
    f.sentence = fmt::format("{} cancelled {}{} at {} s without a reason{}; {}", run.name_of(first.by),
                             run.name_of(first.target), at(f.site), seconds(first.requested_time, 3),
                             all.size() > 1 ? fmt::format(", and {} there", counted(all.size() - 1, "other task")) : "",
                             stranger ? "it had not started that task, whose CancelledError cannot tell who asked or why"
                                      : "others cancel that task too, and its CancelledError cannot tell them apart");
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint cancel_without_reason() {
  return {"cancel-without-reason",
          "a task is cancelled by one who did not start it, or by several, without a message that says why",
          "give cancel() a message: it comes with the CancelledError and is shown in logs and tracebacks",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
