// cancel-undeliverable: a task was asked to stop and came to no await at which the request could reach it.
#include <utility>

#include <fmt/format.h>

#include "core/findings/asked.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double limit_ms = 100;
constexpr std::size_t most_evidence = 100;

/// A request, and what kept it from its task.
struct Late {
  const Cancellation* request = nullptr;
  Instant end;
  Seq reached = 0;  ///< the delivery, or what made an end of it without one; 0: neither came
  Duration kept{};  ///< how long the task ran, or waited for what no request ends
  const Span* longest = nullptr;
};

/// The events at which requests were handed on to what the task waits for: then it is that one's to end.
class HandedOn {
 public:
  explicit HandedOn(const Run& run) {
    for (const Event& e : run.events({Kind::cancel_propagated, Kind::cancel_shielded})) by_task_[e.task].push_back(e.seq);
  }
  bool between(TaskId task, Seq from, Seq to) const {
    const auto found = by_task_.find(task.value);
    if (found == by_task_.end()) return false;
    const auto next = std::lower_bound(found->second.begin(), found->second.end(), from);
    return next != found->second.end() && (!to || *next < to);
  }

 private:
  std::unordered_map<std::uint32_t, std::vector<Seq>> by_task_;
};

/// In trio a wait that no request ends stands behind a shield: it is meant.
bool level_triggered(const Run& run, const Cancellation& c) {
  const ScopeModel* scope = run.history.model.scope(c.scope);
  return c.why == CancelReason::scope ||
         (scope && (scope->type == ScopeType::cancel_scope || scope->type == ScopeType::nursery));
}

/// What the task did between the request and its end.  Time in which it was ready and others ran is not its own.
Late kept(const Run& run, const Cancellation& c) {
  const History& h = run.history;
  Late out{&c, h.end, c.delivered, {}, nullptr};
  if (!c.target || c.target.value > h.lanes.size()) return out;
  if (c.delivered) out.end = c.delivered_time;
  else if (c.ended) out.end = c.ended_time, out.reached = c.ended;
  if (out.end <= c.requested_time) return out;
  const bool level = level_triggered(run, c);
  const auto& spans = h.lanes[c.target.value - 1].spans;
  auto span = std::upper_bound(spans.begin(), spans.end(), c.requested, [](Seq seq, const Span& s) { return seq < s.first; });
  if (span != spans.begin()) --span;
  Duration longest{};
  for (; span != spans.end() && (!out.reached || span->first < out.reached); ++span) {
    if (span->phase != Phase::running && (level || span->phase != Phase::waiting)) continue;
    const Duration length = std::min(span->end, out.end) - std::max(span->begin, c.requested_time);
    if (length.count() <= 0) continue;
    out.kept += length;
    if (length > longest) longest = length, out.longest = &*span;
  }
  return out;
}

Finding about(const Run& run, const std::vector<Late>& group) {
  const Late& worst =
      *std::max_element(group.begin(), group.end(), [](const Late& a, const Late& b) { return a.kept < b.kept; });
  const Cancellation& c = *worst.request;
  const Span& span = *worst.longest;
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, worst.reached ? worst.reached : run.history.model.ended ? run.trace.size() : 0);
  if (f.confidence == Confidence::proven && !run.trace.info.runtime.starts_with("awaitscope"))
    f.confidence = Confidence::likely;
  f.site = run.trace.site(span.site ? span.site : c.asked_at);
  f.begin = c.requested_time;
  f.end = worst.end;
  f.evidence = {span.first};
  for (const Late& one : group) {
    if (f.evidence.size() >= most_evidence) break;
    const TaskId task = one.request->target;
    if (std::find(f.tasks.begin(), f.tasks.end(), task) == f.tasks.end()) f.tasks.push_back(task);
    f.evidence.push_back(one.request->requested);
    if (one.reached) f.evidence.push_back(one.reached);
  }
  std::stable_partition(f.tasks.begin(), f.tasks.end(), [&](TaskId task) { return task == c.target; });
  const std::string did =
      span.phase == Phase::running
          ? fmt::format("ran on for {} without an await that it could reach{}", show(worst.kept), at(f.site))
          : fmt::format("waited on for {} ({}), which no cancel ends{}", show(worst.kept), name(span.wait), at(f.site));
  const std::string when = seconds(worst.end, 3) + " s";
  const std::string fate = c.delivered ? fmt::format("the request reached it at {}", when)
                           : !c.ended  ? "the request has not reached it"
                           : run.trace.kind(c.ended) == Kind::task_done
                               ? fmt::format("it ended at {}, and the request never reached it", when)
                               : fmt::format("the request was taken back at {}", when);
  f.sentence = fmt::format("task {}, asked to stop by {} at {} s, {}; {}{}", run.name_of(c.target), who_asked(run, c),
                           seconds(c.requested_time, 3), did, fate,
                           group.size() > 1 ? fmt::format("; {} more like it", counted(group.size() - 1, "request")) : "");
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto& all = run.history.cancellations;
  if (all.empty()) return {};
  const HandedOn handed_on(run);
  const double limit = run.setting("cancel-undeliverable.limit_ms", limit_ms) * 1e6;
  std::map<std::uint16_t, std::vector<Late>> groups;  // by the place that the task stood at
  std::unordered_map<std::uint32_t, Seq> arrived;     // by task: several requests arrive as one, and the first waits longest
  for (const Cancellation& c : all) {
    const auto [last, is_new] = arrived.try_emplace(c.target.value, c.delivered);
    if (!is_new && std::exchange(last->second, c.delivered) == c.delivered) continue;
    const Late late = kept(run, c);
    if (!late.longest || static_cast<double>(late.kept.count()) < limit) continue;
    if (handed_on.between(c.target, c.requested, late.reached)) continue;
    groups[static_cast<std::uint16_t>(late.longest->site.value)].push_back(late);
  }
  std::vector<Finding> out;
  for (const auto& [site, group] : groups) out.push_back(about(run, group));
  return out;
}

}  // namespace

Lint cancel_undeliverable() {
  return {"cancel-undeliverable",
          "a task is asked to stop and comes to no await at which the request could reach it",
          "put checkpoints into long computations (await sleep(0)), or move them to a thread or process",
          "cpu_on_loop",
          {{"limit_ms", limit_ms}},
          check};
}

}  // namespace awaitscope::lints
