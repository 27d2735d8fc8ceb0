#include "core/formats/chrome_flows.h"

#include <algorithm>

namespace awaitscope::chrome {
namespace {

using Spans = std::vector<Span>;

Spans::const_iterator after(const Spans& spans, Seq seq) {
  return std::partition_point(spans.begin(), spans.end(), [&](const Span& s) { return s.first <= seq; });
}
const Span* running_after(const Spans& spans, Seq seq) {
  const auto found = std::find_if(after(spans, seq), spans.end(), [](const Span& s) { return s.phase == Phase::running; });
  return found == spans.end() ? nullptr : &*found;
}
const Span* running_at_or_before(const Spans& spans, Seq seq) {
  for (auto at = after(spans, seq); at != spans.begin();)
    if ((--at)->phase == Phase::running) return &*at;
  return nullptr;
}

class Binder {
 public:
  Binder(const Trace& trace, const History& history, const Layout& layout) : trace_(trace), history_(history), layout_(layout) {}

  /// A moment in the step that the flow starts from, the latest that it can be; negative where there is none.
  std::int64_t start_of(const Flow& flow) const {
    const std::int64_t at = layout_.at(flow.from) + 1;
    if (!flow.source) return at;  // the loop's lane has a slice over the whole run
    const Spans* lane = spans(flow.source);
    const Span* step = lane ? running_at_or_before(*lane, flow.from) : nullptr;
    return step ? std::min(at, end_of(*step) - 1) : -1;
  }
  /// The same for the step that it leads to: of a task made ready the next one, of what reaches a running task that one.
  std::int64_t finish_of(const Flow& flow) const {
    const Spans* lane = spans(flow.target);
    if (!lane) return -1;
    const Kind kind = trace_[flow.to].kind;
    if (kind != Kind::task_ready && kind != Kind::task_created)
      if (const Span* step = running_at_or_before(*lane, flow.to); step && (!step->last || step->last >= flow.to))
        return std::min(layout_.at(flow.to) + 1, end_of(*step) - 1);
    const Span* next = running_after(*lane, flow.to);
    return next ? layout_.at(next->first) + 1 : -1;
  }

 private:
  const Spans* spans(TaskId task) const {
    return task && task.value <= history_.lanes.size() ? &history_.lanes[task.value - 1].spans : nullptr;
  }
  std::int64_t end_of(const Span& span) const { return span.last ? layout_.at(span.last) : layout_.end(); }

  const Trace& trace_;
  const History& history_;
  const Layout& layout_;
};

}  // namespace

std::vector<Arrow> arrows(const Trace& trace, const History& history, const Layout& layout) {
  const Binder binder(trace, history, layout);
  std::vector<Arrow> out;
  for (const Flow& flow : history.flows) {
    const std::int64_t from = binder.start_of(flow), to = binder.finish_of(flow);
    if (from >= 0 && to >= from) out.push_back({flow.type, flow.source, flow.target, flow.from, flow.to, from, to});
  }
  return out;
}

}  // namespace awaitscope::chrome
