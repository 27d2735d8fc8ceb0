#include "core/formats/chrome_layout.h"

namespace awaitscope::chrome {
namespace {

constexpr std::int64_t least_step = 1000;  // 1 us

}  // namespace

Layout::Layout(const Trace& trace) {
  const bool steady = trace.info.clock == "steady";
  const std::int64_t start = trace.empty() ? 0 : trace[1].time;
  std::int64_t shift = 0, step = -1;
  at_.reserve(trace.size());
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    const std::int64_t true_time = event.time - start;
    std::int64_t shown = true_time + shift;
    if (!at_.empty() && shown < at_.back() + least_gap) shown = at_.back() + least_gap;
    if (event.kind == Kind::step_begin || event.kind == Kind::callback_begin) step = shown;
    // A task's last step is over for its lane when the task is done.
    if (event.kind == Kind::step_end || event.kind == Kind::callback_end || event.kind == Kind::task_done) {
      if (!steady && step >= 0 && shown < step + least_step) shown = step + least_step;
      step = -1;
    }
    if (!steady) shift = shown - true_time;
    at_.push_back(shown);
  }
}

}  // namespace awaitscope::chrome
