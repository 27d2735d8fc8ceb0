#include "core/formats/export_layout.h"

#include <algorithm>

namespace awaitscope::exporting {
namespace {

constexpr std::int64_t least_length = 1000;  // chrome://tracing nests slices by whole microseconds

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
    if (!at_.empty()) shown = std::max(shown, at_.back() + (step >= 0 ? least_gap : least_length));
    // A task's last step is over for its lane when the task is done.
    if (event.kind == Kind::step_end || event.kind == Kind::callback_end || event.kind == Kind::task_done) {
      if (step >= 0) shown = std::max(shown, step + least_length);
      step = -1;
    }
    if (event.kind == Kind::step_begin || event.kind == Kind::callback_begin) step = shown;
    if (!steady) shift = shown - true_time;
    at_.push_back(shown);
  }
}

}  // namespace awaitscope::exporting
