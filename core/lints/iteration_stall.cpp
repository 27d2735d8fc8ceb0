// iteration-stall: many steps, none of them slow, together hold one pass of the loop for long.  Per-step limits miss it.
#include <fmt/format.h>

#include "core/findings/passes.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

std::vector<Finding> check(const Run& run) {
  const std::vector<Stall>& steps = run.history.steps;
  std::vector<Finding> out;
  for (const Pass& pass : stalled_passes(run)) {
    Finding f;
    f.severity = Severity::warning;
    f.confidence = sureness(run, pass.cut ? 0 : steps[pass.end - 1].last);
    Tasks tasks;
    for (std::size_t s = pass.begin; s < pass.end; ++s) {
      if (f.evidence.size() < most_evidence) f.evidence.push_back(steps[s].first);
      tasks.add(steps[s].task);
    }
    f.tasks = tasks.some();
    f.site = run.trace.site(steps[pass.begin].site);
    f.sentence = fmt::format(
        "pass {} of the loop took {} in {}, the longest {} ({}): no step is slow alone, but timers and ready tasks waited for "
        "all of them",
        pass.tick->number, show(pass.sum), counted(pass.end - pass.begin, "step"), show(pass.longest),
        tasks.size() ? tasks.named(run) : "callbacks");
    f.begin = steps[pass.begin].begin;
    f.end = steps[pass.end - 1].end;
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
          {{"limit_ms", stalled_pass_ms}},
          check,
          true};
}

}  // namespace awaitscope::lints
