#include "core/formats/export_drawing.h"

#include <algorithm>

#include <fmt/format.h>

namespace awaitscope::exporting {
namespace {

struct Block {
  TaskId task;
  Seq first = 0, last = 0;
  TextId what;
};
/// Blocking calls, by task.
std::vector<Block> blocks_of(const Trace& trace) {
  std::vector<Block> out;
  std::size_t open = 0;  // plus 1; there is one loop, so one call at a time
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    if (event.kind == Kind::block_begin && event.task) {
      out.push_back({event.who(), seq, 0, TextId{event.a}});
      open = out.size();
    } else if ((event.kind == Kind::block_end || event.kind == Kind::step_end) && open) {
      out[open - 1].last = seq;
      open = 0;
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Block& a, const Block& b) { return a.task < b.task; });
  return out;
}

class Drawing {
 public:
  Drawing(const Trace& trace, const Names& names, const std::vector<Arrow>& arrows,
          const std::function<void(const Slice&)>& put)
      : trace_(trace), names_(names), put_(put), blocks_(blocks_of(trace)) {
    for (const Arrow& arrow : arrows) {
      touched_.emplace_back(arrow.source.value, arrow.first);
      touched_.emplace_back(arrow.target.value, arrow.last);
    }
    std::sort(touched_.begin(), touched_.end());
  }

  void lane(const Lane& lane) {
    for (const Span& span : lane.spans) {
      if (!span.first) continue;
      if (span.phase == Phase::running) {
        put_({names_.task(lane.task), "step", lane.task, span.first, span.last, span.site, span.asked_to_stop});
        blocking(lane.task, span);
      } else if (span.phase == Phase::waiting) {
        put_({"waits for " + names_.wait(span), "wait", lane.task, span.first, span.last, span.site, false});
      } else if ((span.phase == Phase::ready || span.phase == Phase::created) && span.end > span.begin) {
        put_({span.phase == Phase::ready ? "ready" : "created", "ready", lane.task, span.first, span.last, {}, false});
      }
    }
  }

 private:
  void blocking(TaskId task, const Span& step) {
    for (; next_block_ < blocks_.size(); ++next_block_) {
      const Block& block = blocks_[next_block_];
      if (block.task > task || (block.task == task && step.last && block.first > step.last)) return;
      // Outside its own step it would overlap: a trace that was cut.
      if (block.task != task || block.first < step.first || (step.last && (!block.last || block.last > step.last))) continue;
      const std::string_view what = trace_.text(block.what.value);
      put_({std::string(what.empty() ? "blocking call" : what), "blocking", task, block.first, block.last, {}, false});
      // Perfetto binds an arrow of a Chrome trace to the slice that began last, be it over or not; so the rest of a step that
      // arrows touch begins anew.
      const bool followed = next_block_ + 1 < blocks_.size() && blocks_[next_block_ + 1].task == task &&
                            (!step.last || blocks_[next_block_ + 1].first < step.last);
      const Seq until = followed ? blocks_[next_block_ + 1].first : step.last;
      if (block.last && touched(task, block.last, until)) put_({names_.task(task), "rest", task, block.last, until, {}, false});
    }
  }
  /// Whether an arrow begins or ends at this task between two events.
  bool touched(TaskId task, Seq after, Seq until) const {
    const auto at = std::upper_bound(touched_.begin(), touched_.end(), std::pair{task.value, after});
    return at != touched_.end() && at->first == task.value && (!until || at->second <= until);
  }

  const Trace& trace_;
  const Names& names_;
  const std::function<void(const Slice&)>& put_;
  const std::vector<Block> blocks_;
  std::size_t next_block_ = 0;
  std::vector<std::pair<std::uint32_t, Seq>> touched_;  ///< task, event; sorted
};

/// What an event is called where it is marked; "" where it is not.
Moment moment_of(const Trace& trace, const Event& event) {
  const std::string_view kind = info(event.kind).name;
  const std::string_view text = trace.text(event.a);
  const auto mark = [&](std::string name, const char* category, std::string_view message = {}, bool run_wide = false) {
    return Moment{event.seq, event.who(), std::move(name), category, message, run_wide};
  };
  if (event.kind == Kind::cancel_requested)
    return mark(fmt::format("cancel requested: {}", enum_name(Field::cancel_reason, event.c)), "cancel", trace.text(event.d));
  if (info(event.kind).family == Family::cancel) return mark(fmt::format("cancel {}", kind.substr(7)), "cancel");
  switch (event.kind) {
    case Kind::task_done:
      if (event.as<Outcome>() == Outcome::returned) return {};
      return mark(std::string(enum_name(Field::outcome, event.c)), "task", text);
    case Kind::diagnosed: return mark(fmt::format("diagnosed: {}", enum_name(Field::diagnosis, event.c)), "diagnosis", text);
    case Kind::coro_unstarted: return mark("never awaited", "diagnosis", trace.text(event.b));
    case Kind::log:
    case Kind::annotation: return mark(std::string(text.empty() ? kind : text), "mark");
    case Kind::intervened: return mark(fmt::format("by hand: {}", text), "mark");
    case Kind::region_begin:
    case Kind::region_end: return mark(fmt::format("{}: {}", kind, text), "mark");
    case Kind::bookmark: return mark(fmt::format("bookmark: {}", text), "mark", {}, event.task == 0);
    case Kind::dropped: return mark(fmt::format("{} events dropped", event.a), "loss", {}, true);
    case Kind::run_end:
      if (event.as<RunOutcome>() == RunOutcome::ok) return {};
      return mark(fmt::format("run ended: {}", enum_name(Field::run_outcome, event.c)), "run", text, true);
    default: return {};
  }
}

}  // namespace

void each_slice(const Trace& trace, const History& history, const Names& names, const std::vector<Arrow>& arrows,
                const std::function<void(const Slice&)>& put) {
  Drawing drawing(trace, names, arrows, put);
  for (const Lane& lane : history.lanes) drawing.lane(lane);
}

std::vector<Moment> moments(const Trace& trace, const History& history) {
  std::vector<Moment> out;
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    Moment mark = moment_of(trace, trace[seq]);
    if (!mark.seq) continue;
    if (!history.model.task(mark.task)) mark.task = {};
    out.push_back(std::move(mark));
  }
  // Other viewers get the beginning of a note; the native file inside the export has it whole.
  for (const Note& note : trace.notes)
    if (!trace.empty())
      out.push_back(
          {std::clamp<Seq>(note.first, 1, trace.size()), {}, note.is_mark() ? "mark" : "note", "mark", note.text, true});
  return out;
}

std::vector<Series> series(const History& history, const Names& names) {
  std::vector<Series> out;
  for (const Counter& counter : history.counters) {
    if (std::none_of(counter.points.begin(), counter.points.end(), [](const auto& p) { return p.seq != 0; })) continue;
    const ResourceModel* resource = history.model.resource(counter.resource);
    const char* unit = !resource                                 ? "value"
                       : resource->type == ResourceType::queue   ? "items"
                       : resource->type == ResourceType::service ? "in_flight"
                       : resource->type == ResourceType::cell    ? "version"
                                                                 : "used";
    const bool waited = std::any_of(counter.points.begin(), counter.points.end(), [](const auto& p) { return p.waiters > 0; });
    out.push_back({names.resource(counter.resource), unit, waited, &counter});
  }
  return out;
}

std::string title(const TraceInfo& info) {
  std::string out = info.scenario.empty() ? "awaitscope" : info.scenario;
  if (!info.variant.empty()) out += " (" + info.variant + ")";
  return out;
}

}  // namespace awaitscope::exporting
