#include "core/formats/export_flows.h"

#include <algorithm>

namespace awaitscope::exporting {
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
  Binder(const Trace& trace, const History& history, const Layout& layout) : trace_(trace), history_(history), layout_(layout) {
    for (Seq seq = 1; seq <= trace.size(); ++seq) {
      const Event event = trace[seq];
      if (event.kind == Kind::block_end || is_instant(event)) marks_.emplace_back(event.task, seq);
    }
    std::sort(marks_.begin(), marks_.end());
  }

  struct End {
    std::int64_t at = -1;  ///< negative: nowhere
    Seq step = 0;          ///< the event that begins the step
  };
  /// A moment in the step that the flow starts from, as near as can be.
  End start_of(const Flow& flow) const {
    const std::int64_t at = layout_.at(flow.from) + 1;
    if (!flow.source) return {at, 0};  // the loop's lane has a slice over the whole run
    const Spans* lane = spans(flow.source);
    const Span* step = lane ? running_at_or_before(*lane, flow.from) : nullptr;
    if (!step) return {};
    return {before_marks(flow.source, step->first, flow.from, std::min(at, end_of(*step) - 1)), step->first};
  }
  /// The same for the step that it leads to: of a task made ready the next one, of what reaches a running task that one.
  End finish_of(const Flow& flow) const {
    const Spans* lane = spans(flow.target);
    if (!lane) return {};
    const Kind kind = trace_[flow.to].kind;
    if (kind != Kind::task_ready && kind != Kind::task_created)
      if (const Span* step = running_at_or_before(*lane, flow.to); step && (!step->last || step->last >= flow.to)) {
        const std::int64_t at = std::min(layout_.at(flow.to) + 1, end_of(*step) - 1);
        return {before_marks(flow.target, step->first, flow.to, at), step->first};
      }
    const Span* next = running_after(*lane, flow.to);
    return next ? End{layout_.at(next->first) + 1, next->first} : End{};
  }

 private:
  /// Perfetto binds an arrow to what began last on the lane, and an instant counts: an arrow goes before the instants that
  /// precede it in its step, but not before the end of a blocking call.
  std::int64_t before_marks(TaskId task, Seq step, Seq event, std::int64_t at) const {
    auto mark = std::upper_bound(marks_.begin(), marks_.end(), std::pair{task.value, event});
    while (mark != marks_.begin() && std::prev(mark)->first == task.value && std::prev(mark)->second > step) {
      --mark;
      if (trace_[mark->second].kind == Kind::block_end) break;
      at = std::min(at, layout_.at(mark->second) - 1);
    }
    return at;
  }

  const Spans* spans(TaskId task) const {
    return task && task.value <= history_.lanes.size() ? &history_.lanes[task.value - 1].spans : nullptr;
  }
  std::int64_t end_of(const Span& span) const { return span.last ? layout_.at(span.last) : layout_.end(); }

  const Trace& trace_;
  const History& history_;
  const Layout& layout_;
  std::vector<std::pair<std::uint32_t, Seq>> marks_;  ///< task, event; sorted
};

}  // namespace

bool is_instant(const Event& event) {
  if (info(event.kind).family == Family::cancel) return true;
  switch (event.kind) {
    case Kind::diagnosed:
    case Kind::coro_unstarted:
    case Kind::log:
    case Kind::annotation:
    case Kind::intervened:
    case Kind::region_begin:
    case Kind::region_end:
    case Kind::bookmark: return true;
    case Kind::task_done: return event.as<Outcome>() != Outcome::returned;
    default: return false;
  }
}

std::vector<Arrow> arrows(const Trace& trace, const History& history, const Layout& layout) {
  const Binder binder(trace, history, layout);
  std::vector<Arrow> out;
  for (const Flow& flow : history.flows) {
    const Binder::End from = binder.start_of(flow), to = binder.finish_of(flow);
    if (from.at >= 0 && to.at >= from.at)
      out.push_back({flow.type, flow.source, flow.target, flow.from, flow.to, from.step, to.step, from.at, to.at});
  }
  return out;
}

}  // namespace awaitscope::exporting
