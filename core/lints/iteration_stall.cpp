// iteration-stall: many steps, none of them slow, together hold one pass of the loop for long.  Per-step limits miss it.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double limit_ms = 100, slow_ms = 50;
constexpr std::size_t most_evidence = 100;

std::vector<Finding> check(const Run& run) {
  const History& h = run.history;
  const double limit = run.setting("iteration-stall.limit_ms", limit_ms), slow = run.setting("slow-step.warning_ms", slow_ms);
  std::vector<Finding> out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < h.ticks.size(); ++i) {
    const Tick& tick = h.ticks[i];
    const bool is_last = i + 1 == h.ticks.size();
    while (next < h.steps.size() && h.steps[next].first < tick.first) ++next;
    const std::size_t begin = next;
    Duration sum{}, longest{};
    bool cut = false;
    for (; next < h.steps.size() && (is_last || h.steps[next].first < h.ticks[i + 1].first); ++next) {
      sum += h.steps[next].end - h.steps[next].begin;
      longest = std::max(longest, h.steps[next].end - h.steps[next].begin);
      cut = cut || h.steps[next].last == 0;
    }
    if (static_cast<double>(sum.count()) / 1e6 < limit || static_cast<double>(longest.count()) / 1e6 >= slow) continue;
    Finding f;
    f.severity = Severity::warning;
    // The last pass may still have gone on when the trace ended.
    f.confidence = sureness(run, cut || (is_last && !h.model.ended) ? 0 : h.steps[next - 1].last);
    Tasks tasks;
    for (std::size_t s = begin; s < next; ++s) {
      if (f.evidence.size() < most_evidence) f.evidence.push_back(h.steps[s].first);
      tasks.add(h.steps[s].task);
    }
    f.tasks = tasks.some();
    f.site = run.trace.site(h.steps[begin].site);
    f.sentence = fmt::format(
        "pass {} of the loop took {} in {}, the longest {} ({}): no step is slow alone, but timers and ready tasks waited for "
        "all of them",
        tick.number, show(sum), counted(next - begin, "step"), show(longest), tasks.size() ? tasks.named(run) : "callbacks");
    f.begin = h.steps[begin].begin;
    f.end = h.steps[next - 1].end;
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint iteration_stall() {
  return {"iteration-stall",
          "the steps of one pass of the loop together take long, and none is slow alone",
          "start less work at once, or give way between batches",
          "detectors_and_their_blind_spots",
          {{"limit_ms", limit_ms}},
          check,
          true};
}

}  // namespace awaitscope::lints
