// The Chrome trace events of a run, by rules that were each learnt from a viewer which otherwise shows something wrong:
// exactly three decimals of microseconds, from 1000 us on; a made-up thread per task; slices that nest, parents first;
// overlapping spans as b/e that never carry the only copy of a fact; flows after the slices they bind to, the start strictly
// inside the source and the end with bp "e" inside the target; counters with a category, one series per name and key.
#include "core/formats/chrome_writer.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/formats/chrome_loop.h"

namespace awaitscope::chrome {
namespace {

constexpr std::int64_t largest_number = std::int64_t{1} << 53;  // beyond it JavaScript loses digits

class Writer {
 public:
  Writer(const Trace& trace, const History& history)
      : trace_(trace), history_(history), layout_(trace), names_(trace, history), arrows_(arrows(trace, history, layout_)) {
    for (const Arrow& arrow : arrows_) {
      touched_.emplace_back(arrow.source.value, arrow.first);
      touched_.emplace_back(arrow.target.value, arrow.last);
    }
    std::sort(touched_.begin(), touched_.end());
  }

  std::string write() {
    out_ = "[";
    metadata();
    loop_lane();
    task_slices();
    lives();
    counters();
    instants();
    flows();
    out_ += "\n]";
    return std::move(out_);
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }
  void microseconds(std::int64_t ns) { put("{}.{:03}", ns / 1000, ns % 1000); }

  /// {"name":...,"cat":...,"ph":...,"pid":1,"tid":...,"ts":...  and no closing brace.
  void begin(std::string_view name, std::string_view category, char phase, std::uint32_t lane, std::int64_t at) {
    out_ += first_ ? "\n{\"name\":" : ",\n{\"name\":";
    first_ = false;
    put_json(out_, name);
    put(R"(,"cat":"{}","ph":"{}","pid":1,"tid":{},"ts":)", category, phase, lane);
    microseconds(at + 1'000'000);  // DevTools skips what happens at 0
  }
  void true_number(const char* key, std::int64_t ns) {
    const bool quote = ns > largest_number;
    put(R"("{}":{})", key, quote ? "\"" : "");
    microseconds(std::max<std::int64_t>(ns, 0));
    if (quote) out_ += '"';
  }
  /// "args" of what began with event `seq`, without the closing braces: its number, true time and place.
  void args(Seq seq, SiteId site = {}) {
    const Event event = trace_[seq];
    put(R"(,"args":{{"seq":{},)", seq);
    true_number("true_us", event.time);
    if (!site) site = event.where();
    if (site) {
      out_ += ",\"at\":";
      put_json(out_, show(trace_.site(site)));
    }
  }
  void text_arg(const char* key, std::string_view text) {
    if (text.empty()) return;
    put(",\"{}\":", key);
    put_json(out_, text);
  }

  std::int64_t last_of(const Span& span) const { return span.last ? layout_.at(span.last) : layout_.end(); }

  void slice(std::string_view name, std::string_view category, std::uint32_t lane, std::int64_t from, std::int64_t to,
             Seq first, Seq last, SiteId site = {}) {
    begin(name, category, 'X', lane, from);
    out_ += ",\"dur\":";
    microseconds(to - from);
    args(first, site);
    out_ += ',';
    true_number("true_dur_us", (last ? trace_[last].time : trace_.end().ns) - trace_[first].time);
  }
  void slice(std::string_view name, std::string_view category, TaskId task, Seq first, Seq last, SiteId site = {}) {
    slice(name, category, lane_of(task), layout_.at(first), last ? layout_.at(last) : layout_.end(), first, last, site);
  }

  void metadata() {
    auto name = [&](const char* what, std::uint32_t lane, const char* key, auto value) {
      put("{}\n{{\"name\":\"{}\",\"ph\":\"M\",\"pid\":1,\"tid\":{},\"args\":{{\"{}\":", first_ ? "" : ",", what, lane, key);
      first_ = false;
      if constexpr (std::is_integral_v<decltype(value)>) put("{}", value);
      else put_json(out_, value);
      out_ += "}}";
    };
    const TraceInfo& info = trace_.info;
    std::string title = info.scenario.empty() ? "awaitscope" : info.scenario;
    if (!info.variant.empty()) title += " (" + info.variant + ")";
    name("process_name", 1, "name", std::string_view(title));
    name("thread_name", 1, "name", std::string_view("loop"));
    name("thread_sort_index", 1, "sort_index", 0u);
    for (const Lane& lane : history_.lanes) {
      if (lane.spans.empty()) continue;
      name("thread_name", lane_of(lane.task), "name", std::string_view(names_.task(lane.task)));
      name("thread_sort_index", lane_of(lane.task), "sort_index", lane.task.value);
    }
  }

  void loop_lane() {
    for (const LoopSlice& s : loop_slices(trace_, history_, layout_, names_, arrows_)) {
      slice(s.name, s.category, 1, s.begin, s.end, s.first, s.last);
      out_ += "}}";
    }
  }

  void task_slices() {
    find_blocking();
    for (const Lane& lane : history_.lanes) {
      for (const Span& span : lane.spans) {
        if (!span.first) continue;
        if (span.phase == Phase::running) {
          slice(names_.task(lane.task), "step", lane.task, span.first, span.last, span.site);
          if (span.asked_to_stop) out_ += R"(,"asked_to_stop":true)";
          out_ += "}}";
          blocking(lane.task, span);
        } else if (span.phase == Phase::waiting) {
          slice("waits for " + names_.wait(span), "wait", lane.task, span.first, span.last, span.site);
          out_ += "}}";
        } else if ((span.phase == Phase::ready || span.phase == Phase::created) && span.end > span.begin) {
          slice(span.phase == Phase::ready ? "ready" : "created", "ready", lane.task, span.first, span.last);
          out_ += "}}";
        }
      }
    }
  }

  struct Block {
    TaskId task;
    Seq first, last;
    TextId what;
  };
  void find_blocking() {
    std::size_t open = 0;  // plus 1; there is one loop, so one call at a time
    for (Seq seq = 1; seq <= trace_.size(); ++seq) {
      const Event event = trace_[seq];
      if (event.kind == Kind::block_begin && event.task) {
        blocks_.push_back({event.who(), seq, 0, TextId{event.a}});
        open = blocks_.size();
      } else if ((event.kind == Kind::block_end || event.kind == Kind::step_end) && open) {
        blocks_[open - 1].last = seq;
        open = 0;
      }
    }
    std::stable_sort(blocks_.begin(), blocks_.end(), [](const Block& a, const Block& b) { return a.task < b.task; });
  }
  void blocking(TaskId task, const Span& step) {
    for (; next_block_ < blocks_.size(); ++next_block_) {
      const Block& block = blocks_[next_block_];
      if (block.task > task || (block.task == task && step.last && block.first > step.last)) return;
      // Outside its own step it would overlap: a trace that was cut.
      if (block.task != task || block.first < step.first || (step.last && (!block.last || block.last > step.last))) continue;
      const std::string_view what = trace_.text(block.what.value);
      slice(what.empty() ? "blocking call" : what, "blocking", task, block.first, block.last);
      out_ += "}}";
      // Perfetto binds an arrow to the slice that began last, be it over or not; so the rest of a step that arrows touch
      // begins anew.
      const bool followed = next_block_ + 1 < blocks_.size() && blocks_[next_block_ + 1].task == task &&
                            (!step.last || blocks_[next_block_ + 1].first < step.last);
      const Seq until = followed ? blocks_[next_block_ + 1].first : step.last;
      if (block.last && touched(task, block.last, until)) {
        slice(names_.task(task), "rest", task, block.last, until);
        out_ += "}}";
      }
    }
  }
  /// Whether an arrow begins or ends at this task between two events.
  bool touched(TaskId task, Seq after, Seq until) const {
    const auto at = std::upper_bound(touched_.begin(), touched_.end(), std::pair{task.value, after});
    return at != touched_.end() && at->first == task.value && (!until || at->second <= until);
  }

  // The whole life of a task and what scopes it was in overlap its slices: asynchronous spans, a second copy of what the
  // slices and instants say.
  void lives() {
    auto span = [&](std::string_view name, const char* category, std::uint32_t id, std::uint32_t lane, std::int64_t from,
                    std::int64_t to) {
      for (const char phase : {'b', 'e'}) {
        begin(name, category, phase, lane, phase == 'b' ? from : to);
        put(R"(,"id2":{{"local":"0x{:x}"}})", id);
        out_ += ",\"args\":{}}";
      }
    };
    for (const Lane& lane : history_.lanes) {
      if (lane.spans.empty() || !lane.spans.front().first) continue;
      span(names_.task(lane.task), "task", lane.task.value, lane_of(lane.task), layout_.at(lane.spans.front().first),
           last_of(lane.spans.back()));
    }
    for (const ScopeModel& scope : history_.model.scopes)
      if (scope.entered)
        span(name(scope.type), "scope", scope.id.value, lane_of(scope.task), layout_.at(scope.entered),
             scope.exited ? layout_.at(scope.exited) : layout_.end());
  }

  void counters() {
    for (const Counter& counter : history_.counters) {
      const ResourceModel* resource = history_.model.resource(counter.resource);
      const std::string name = names_.resource(counter.resource);
      const char* key = !resource                                 ? "value"
                        : resource->type == ResourceType::queue   ? "items"
                        : resource->type == ResourceType::service ? "in_flight"
                        : resource->type == ResourceType::cell    ? "version"
                                                                  : "used";
      const bool waited =
          std::any_of(counter.points.begin(), counter.points.end(), [](const auto& p) { return p.waiters > 0; });
      for (const Counter::Point& point : counter.points) {
        if (!point.seq) continue;
        begin(name, "resource", 'C', 1, layout_.at(point.seq));
        put(R"(,"args":{{"{}":{}}}}})", key, point.value);
        if (!waited) continue;
        begin(name + " waiters", "resource", 'C', 1, layout_.at(point.seq));
        put(R"(,"args":{{"tasks":{}}}}})", point.waiters);
      }
    }
  }

  void instant(const Event& event, std::string_view name, const char* category, std::string_view text, bool run_wide = false) {
    const bool known = history_.model.task(event.who()) != nullptr;
    begin(name, category, 'i', known ? lane_of(event.who()) : 1, layout_.at(event.seq));
    put(R"(,"s":"{}")", run_wide ? 'g' : 't');
    args(event.seq);
    text_arg("text", text);
    out_ += "}}";
  }

  void instants() {
    for (Seq seq = 1; seq <= trace_.size(); ++seq) {
      const Event event = trace_[seq];
      const std::string_view kind = info(event.kind).name;
      const std::string_view text = trace_.text(event.a);
      switch (event.kind) {
        case Kind::cancel_requested:
          instant(event, fmt::format("cancel requested: {}", enum_name(Field::cancel_reason, event.c)), "cancel",
                  trace_.text(event.d));
          break;
        case Kind::cancel_propagated:
        case Kind::cancel_delivered:
        case Kind::cancel_shielded:
        case Kind::cancel_caught:
        case Kind::cancel_swallowed:
        case Kind::cancel_reraised:
        case Kind::cancel_uncancelled:
        case Kind::cancel_completed: instant(event, fmt::format("cancel {}", kind.substr(7)), "cancel", ""); break;
        case Kind::task_done:
          if (event.as<Outcome>() != Outcome::returned) instant(event, enum_name(Field::outcome, event.c), "task", text);
          break;
        case Kind::diagnosed:
          instant(event, fmt::format("diagnosed: {}", enum_name(Field::diagnosis, event.c)), "diagnosis", text);
          break;
        case Kind::coro_unstarted: instant(event, "never awaited", "diagnosis", trace_.text(event.b)); break;
        case Kind::log:
        case Kind::annotation: instant(event, text.empty() ? kind : text, "mark", ""); break;
        case Kind::region_begin:
        case Kind::region_end: instant(event, fmt::format("{}: {}", kind, text), "mark", ""); break;
        case Kind::bookmark: instant(event, fmt::format("bookmark: {}", text), "mark", "", event.task == 0); break;
        case Kind::dropped: instant(event, fmt::format("{} events dropped", event.a), "loss", "", true); break;
        case Kind::run_end:
          if (event.as<RunOutcome>() != RunOutcome::ok)
            instant(event, fmt::format("run ended: {}", enum_name(Field::run_outcome, event.c)), "run", text, true);
          break;
        default: break;
      }
    }
  }

  void flows() {
    static constexpr const char* names[] = {"spawn", "wake", "cancel"};
    std::uint32_t id = 0;
    for (const Arrow& arrow : arrows_) {
      const char* name = names[static_cast<std::size_t>(arrow.type)];
      begin(name, name, 's', lane_of(arrow.source), arrow.from);
      put(R"(,"id":{}}})", ++id);
      begin(name, name, 'f', lane_of(arrow.target), arrow.to);
      put(R"(,"id":{},"bp":"e"}})", id);
    }
  }

  const Trace& trace_;
  const History& history_;
  const Layout layout_;
  const Names names_;
  const std::vector<Arrow> arrows_;
  std::vector<std::pair<std::uint32_t, Seq>> touched_;  ///< task, event; sorted
  std::vector<Block> blocks_;
  std::size_t next_block_ = 0;
  std::string out_;
  bool first_ = true;
};

}  // namespace

std::string trace_events(const Trace& trace, const History& history) { return Writer(trace, history).write(); }

}  // namespace awaitscope::chrome
