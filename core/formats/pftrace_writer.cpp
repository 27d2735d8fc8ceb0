// The events of a run for Perfetto's viewer, by its rules: tracks before events; the spawn tree as parents of tracks that stand
// for no thread; a track of its own for what a task waits for, since it is not the task that runs then; at one timestamp
// marks before ends and ends before begins; an arrow is a number that its two slices share.
#include "core/formats/pftrace_writer.h"

#include <algorithm>

#include "core/formats/export_drawing.h"
#include "core/formats/export_loop.h"

namespace awaitscope::pftrace {
namespace {

using namespace exporting;

constexpr std::int64_t start = 1'000'000;  // as in our other export, so that both show the same times

// Perfetto gives up on tracks with more than 10 ancestors (kMaxAncestors in its track_event_tracker); what a task waits for is
// one below it.
constexpr std::uint32_t deepest = 9;

struct Bar {
  std::uint64_t track = 0;
  std::int64_t begin = 0, end = 0;
  std::uint32_t name = 0, category = 0;
  Seq first = 0, last = 0;
  SiteId site;
  bool asked_to_stop = false;
  bool is_step = false, is_moment = false;  ///< arrows lead to steps, and from steps and moments of the loop
};

/// Arrows by the event that begins the slice at one of their ends.
class Ends {
 public:
  void add(Seq slice, std::uint64_t flow) { ends_.emplace_back(slice, flow); }
  void sort() { std::sort(ends_.begin(), ends_.end()); }
  void take(Seq slice, std::vector<std::uint64_t>& out) const {
    for (auto at = std::lower_bound(ends_.begin(), ends_.end(), std::pair{slice, std::uint64_t{0}});
         at != ends_.end() && at->first == slice; ++at)
      out.push_back(at->second);
  }

 private:
  std::vector<std::pair<Seq, std::uint64_t>> ends_;
};

class Writer {
 public:
  Writer(Packets& out, const Trace& trace, const History& history)
      : out_(out),
        trace_(trace),
        history_(history),
        layout_(trace),
        names_(trace, history),
        arrows_(arrows(trace, history, layout_)),
        moments_(moments(trace, history)),
        series_(series(history, names_)) {}

  void write() {
    tracks();
    number_arrows();
    loop_lane();
    task_lanes();
    for (std::size_t i = 0; i < moments_.size(); ++i) put(layout_.at(moments_[i].seq), Order::mark, Item::moment, i);
    for (std::size_t i = 0; i < series_.size(); ++i)
      for (const Counter::Point& point : series_[i].counter->points)
        if (point.seq) points_.push_back({i, &point}), put(layout_.at(point.seq), Order::mark, Item::point, points_.size() - 1);
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
      return a.time != b.time ? a.time < b.time : a.order != b.order ? a.order < b.order : a.rank < b.rank;
    });
    for (const Item& item : items_) write(item);
  }

 private:
  /// At one timestamp.
  enum class Order : std::uint8_t { mark, end, begin };
  struct Item {
    enum What : std::uint8_t { begin, end, moment, point };
    std::int64_t time;
    std::uint32_t rank;  ///< at one timestamp, among those of one order
    std::uint32_t index;
    Order order;
    What what;
  };
  void put(std::int64_t time, Order order, Item::What what, std::size_t index) {
    const auto i = static_cast<std::uint32_t>(index);
    // Of slices that end together the inner ones, which began last, end first.
    items_.push_back({time, what == Item::end ? ~i : i, i, order, what});
  }

  void track(std::uint64_t uuid, std::uint64_t parent, std::string_view name, std::uint32_t rank, const char* unit = nullptr,
             std::string_view description = {}) {
    out_.put(Track{uuid, parent, visible(name), rank, unit, description});
  }
  void tracks() {
    track(run_track, 0, title(trace_.info), 0, nullptr,
          "Exported by Awaitscope. What happens at one instant stands apart, in its order; true_ns and true_dur_ns are the "
          "loop's own times.");
    track(loop_track, run_track, "loop", 0);
    if (!series_.empty()) track(resources_track, run_track, "resources", 1);
    std::vector<std::uint32_t> depths(history_.lanes.size() + 1);
    std::vector<std::uint32_t> parents(history_.lanes.size() + 1);
    for (const Lane& lane : history_.lanes) {
      const std::uint32_t task = lane.task.value;
      const TaskModel* model = history_.model.task(lane.task);
      // In a trace that is cut or wrong, a parent may be unknown or come later.
      std::uint32_t parent = model && model->parent.value < task ? model->parent.value : 0;
      if (!has_track({parent})) parent = 0;
      if (parent && depths[parent] == deepest) parent = parents[parent];
      depths[task] = parent ? depths[parent] + 1 : 1;
      parents[task] = parent;
      if (lane.spans.empty()) continue;
      track(task_track(task), parent ? task_track(parent) : run_track, names_.task(lane.task), task + 1);
      track(awaits_track(task), task_track(task), "awaits", 0);
    }
    std::uint64_t next = task_track(static_cast<std::uint32_t>(history_.lanes.size()) + 1);
    for (const Series& one : series_) {
      counter_tracks_.push_back(next);
      track(next++, resources_track, one.name, static_cast<std::uint32_t>(2 * counter_tracks_.size()), one.unit);
      if (one.waited)
        track(next++, resources_track, one.name + " waiters", static_cast<std::uint32_t>(2 * counter_tracks_.size() + 1),
              "tasks");
    }
  }

  bool has_track(TaskId task) const { return task && !history_.lanes[task.value - 1].spans.empty(); }

  void number_arrows() {
    std::uint64_t count = 0;
    for (const Arrow& arrow : arrows_) {
      // A slice that a cut has left without its beginning is not drawn.
      if (!arrow.into || (arrow.source && !arrow.out_of)) continue;
      const std::uint64_t flow = flow_id(++count, static_cast<int>(arrow.type));
      (arrow.source ? from_steps_ : from_loop_).add(arrow.source ? arrow.out_of : arrow.first, flow);
      // A viewer takes the end that comes first for the source.  What reaches a step that has begun already is a request to
      // stop, and that is marked.
      const Seq source = arrow.source ? arrow.out_of : arrow.first;
      if (source <= arrow.into) into_steps_.add(arrow.into, flow);
      else into_marks_.add(arrow.last, flow);
    }
    for (Ends* ends : {&from_steps_, &from_loop_, &into_steps_, &into_marks_}) ends->sort();
  }

  void put(Bar bar, std::string_view name, std::string_view category) {
    bar.name = out_.names.number(visible(name));
    bar.category = out_.categories.number(category);
    bars_.push_back(bar);
    put(bar.begin, Order::begin, Item::begin, bars_.size() - 1);
    put(bar.end, Order::end, Item::end, bars_.size() - 1);
  }
  void loop_lane() {
    for (const LoopSlice& slice : loop_slices(trace_, history_, layout_, names_, arrows_)) {
      Bar bar{loop_track, slice.begin, slice.end, 0, 0, slice.first, slice.last, {}, false, false, false};
      bar.is_moment = slice.first == slice.last;
      put(bar, slice.name, slice.category);
    }
  }
  void task_lanes() {
    each_slice(trace_, history_, names_, arrows_, [&](const Slice& slice) {
      const std::string_view category = slice.category;
      if (category == "rest") return;  // arrows know their slices here
      const std::uint32_t task = slice.task.value;
      const bool awaits = category == "wait" || category == "ready";
      Bar bar{awaits ? awaits_track(task) : task_track(task),
              layout_.at(slice.first),
              slice.last ? layout_.at(slice.last) : layout_.end(),
              0,
              0,
              slice.first,
              slice.last,
              slice.site,
              slice.asked_to_stop,
              category == "step",
              false};
      put(bar, slice.name, category);
    });
  }

  void write(const Item& item) {
    TrackEvent& event = event_;
    event.flows.clear();
    event.ending_flows.clear();
    event.time = item.time + start;
    event.name = event.category = 0;
    event.site = nullptr;
    event.seq = 0;
    event.true_time = event.true_length = -1;
    event.text = {};
    event.asked_to_stop = false;
    switch (item.what) {
      case Item::begin: begin(bars_[item.index]); return;
      case Item::end: end(bars_[item.index]); return;
      case Item::moment: moment(moments_[item.index]); return;
      case Item::point: point(points_[item.index].first, *points_[item.index].second); return;
    }
  }
  /// What every event of ours says: its number, true time and place.
  void about(Seq seq, SiteId site) {
    const Event event = trace_[seq];
    event_.seq = seq;
    event_.true_time = std::max<std::int64_t>(event.time, 0);
    if (!site) site = event.where();
    if (!site) return;
    if (site.value >= sites_.size()) sites_.resize(site.value + 1);
    if (sites_[site.value].file.empty()) sites_[site.value] = {visible(trace_.site(site).file), trace_.site(site).line};
    event_.site = &sites_[site.value];
    event_.site_number = site.value;
  }
  void begin(const Bar& bar) {
    event_.type = EventType::begin;
    event_.track = bar.track;
    event_.name = bar.name;
    event_.category = bar.category;
    event_.asked_to_stop = bar.asked_to_stop;
    about(bar.first, bar.site);
    event_.true_length = (bar.last ? trace_[bar.last].time : trace_.end().ns) - trace_[bar.first].time;
    if (bar.is_step) from_steps_.take(bar.first, event_.flows), into_steps_.take(bar.first, event_.ending_flows);
    if (bar.is_moment) from_loop_.take(bar.first, event_.flows);
    out_.put(event_);
  }
  void end(const Bar& bar) {
    event_.type = EventType::end;
    event_.track = bar.track;
    out_.put(event_);
  }
  void moment(const Moment& moment) {
    event_.type = EventType::instant;
    event_.track = moment.run_wide ? run_track : has_track(moment.task) ? task_track(moment.task.value) : loop_track;
    event_.name = out_.names.number(visible(moment.name));
    event_.category = out_.categories.number(moment.category);
    about(moment.seq, {});
    const std::string text = visible(moment.text);
    event_.text = text;
    into_marks_.take(moment.seq, event_.ending_flows);
    out_.put(event_);
    event_.text = {};
  }
  void point(std::size_t number, const Counter::Point& point) {
    event_.type = EventType::counter;
    event_.track = counter_tracks_[number];
    event_.value = point.value;
    out_.put(event_);
    if (!series_[number].waited) return;
    ++event_.track;
    event_.value = point.waiters;
    out_.put(event_);
  }

  Packets& out_;
  const Trace& trace_;
  const History& history_;
  const Layout layout_;
  const Names names_;
  const std::vector<Arrow> arrows_;
  const std::vector<Moment> moments_;
  const std::vector<Series> series_;
  std::vector<std::uint64_t> counter_tracks_;  ///< by series; that of its waiters is the next number
  Ends from_steps_, from_loop_, into_steps_, into_marks_;
  std::vector<Bar> bars_;
  std::vector<std::pair<std::size_t, const Counter::Point*>> points_;
  std::vector<Item> items_;
  std::vector<Site> sites_;  ///< by number, as they may be shown
  TrackEvent event_;
};

}  // namespace

void put_events(Packets& out, const Trace& trace, const History& history) { Writer(out, trace, history).write(); }

}  // namespace awaitscope::pftrace
