// The Chrome trace events of a run, by rules that were each learnt from a viewer which otherwise shows something wrong:
// exactly three decimals of microseconds, from 1000 us on; a made-up thread per task; slices that nest, parents first;
// overlapping spans as b/e that never carry the only copy of a fact; flows after the slices they bind to, the start strictly
// inside the source and the end with bp "e" inside the target; counters with a category, one series per name and key.
#include "core/formats/chrome_writer.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/formats/chrome_names.h"
#include "core/formats/export_drawing.h"
#include "core/formats/export_loop.h"

namespace awaitscope::chrome {
namespace {

using namespace exporting;

constexpr std::int64_t largest_number = std::int64_t{1} << 53;  // beyond it JavaScript loses digits

class Writer {
 public:
  Writer(const Trace& trace, const History& history)
      : trace_(trace), history_(history), layout_(trace), names_(trace, history), arrows_(arrows(trace, history, layout_)) {}

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
  void metadata() {
    auto name = [&](const char* what, std::uint32_t lane, const char* key, auto value) {
      put("{}\n{{\"name\":\"{}\",\"ph\":\"M\",\"pid\":1,\"tid\":{},\"args\":{{\"{}\":", first_ ? "" : ",", what, lane, key);
      first_ = false;
      if constexpr (std::is_integral_v<decltype(value)>) put("{}", value);
      else put_json(out_, value);
      out_ += "}}";
    };
    name("process_name", 1, "name", std::string_view(title(trace_.info)));
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
    each_slice(trace_, history_, names_, arrows_, [&](const Slice& s) {
      const std::int64_t from = layout_.at(s.first), to = s.last ? layout_.at(s.last) : layout_.end();
      slice(s.name, s.category, lane_of(s.task), from, to, s.first, s.last, s.site);
      if (s.asked_to_stop) out_ += R"(,"asked_to_stop":true)";
      out_ += "}}";
    });
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
    for (const Series& one : series(history_, names_)) {
      for (const Counter::Point& point : one.counter->points) {
        if (!point.seq) continue;
        begin(one.name, "resource", 'C', 1, layout_.at(point.seq));
        put(R"(,"args":{{"{}":{}}}}})", one.unit, point.value);
        if (!one.waited) continue;
        begin(one.name + " waiters", "resource", 'C', 1, layout_.at(point.seq));
        put(R"(,"args":{{"tasks":{}}}}})", point.waiters);
      }
    }
  }

  void instants() {
    for (const Moment& mark : moments(trace_, history_)) {
      begin(mark.name, mark.category, 'i', lane_of(mark.task), layout_.at(mark.seq));
      put(R"(,"s":"{}")", mark.run_wide ? 'g' : 't');
      args(mark.seq);
      text_arg("text", mark.text);
      out_ += "}}";
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
  std::string out_;
  bool first_ = true;
};

}  // namespace

std::string trace_events(const Trace& trace, const History& history) { return Writer(trace, history).write(); }

}  // namespace awaitscope::chrome
