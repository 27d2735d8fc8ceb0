#include "core/findings/passes.h"

#include <algorithm>

namespace awaitscope {

std::vector<Pass> stalled_passes(const Run& run) {
  const History& h = run.history;
  const double limit = run.setting("iteration-stall.limit_ms", stalled_pass_ms);
  const double slow = run.setting("slow-step.warning_ms", slow_step_ms);
  std::vector<Pass> out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < h.ticks.size(); ++i) {
    const bool is_last = i + 1 == h.ticks.size();
    while (next < h.steps.size() && h.steps[next].first < h.ticks[i].first) ++next;
    Pass pass;
    pass.tick = &h.ticks[i];
    pass.begin = next;
    pass.cut = is_last && !h.model.ended;
    for (; next < h.steps.size() && (is_last || h.steps[next].first < h.ticks[i + 1].first); ++next) {
      const Duration length = h.steps[next].end - h.steps[next].begin;
      pass.sum += length;
      pass.longest = std::max(pass.longest, length);
      pass.cut = pass.cut || h.steps[next].last == 0;
    }
    pass.end = next;
    if (pass.begin == pass.end) continue;
    if (static_cast<double>(pass.sum.count()) / 1e6 >= limit && static_cast<double>(pass.longest.count()) / 1e6 < slow)
      out.push_back(pass);
  }
  return out;
}

}  // namespace awaitscope
