#include "core/formats/import_lanes.h"

#include <algorithm>

namespace awaitscope::importing {
namespace {

class Sorter {
 public:
  Sorted sort(std::vector<TraceEvent> events) {
    std::stable_sort(events.begin(), events.end(), [](const TraceEvent& a, const TraceEvent& b) { return a.time < b.time; });
    std::int64_t last = 0;
    for (TraceEvent& event : events) {
      last = std::max(last, event.time + event.length);
      take(event);
    }
    // What was never ended reaches to the end.
    for (std::size_t lane = 0; lane < open_.size(); ++lane)
      for (; !open_[lane].empty(); open_[lane].pop_back(), ++out_.unclosed) close(lane, last);
    for (ImportedLane& lane : out_.lanes) split(lane);
    for (const auto& [from, to] : arrows_) bind(from, to);
    return std::move(out_);
  }

 private:
  std::size_t lane(const TraceEvent& event) {
    const auto [known, is_new] = numbers_.emplace(std::pair{event.pid, event.tid}, out_.lanes.size());
    if (is_new) {
      out_.lanes.emplace_back();
      out_.lanes.back().name = "thread " + event.tid;
      open_.emplace_back();
    }
    return known->second;
  }

  static Slice slice(const TraceEvent& event, std::int64_t end) {
    end = std::max(end, event.time);
    Slice out{event.time, end, event.time, end, event.name, event.category, event.site, -1};
    if (event.true_time) {
      out.true_begin = *event.true_time;
      out.true_end = *event.true_time + event.true_length.value_or(end - event.time);
    }
    return out;
  }
  void close(std::size_t lane, std::int64_t end) { out_.lanes[lane].slices.push_back(slice(open_[lane].back(), end)); }

  void take(TraceEvent& event) {
    switch (event.phase) {
      case 'M':
        if (event.name == "process_name" && out_.process.empty()) out_.process = event.text;
        if (event.name == "thread_name" && !event.text.empty()) {
          ImportedLane& named = out_.lanes[lane(event)];
          named.name = event.text;
          named.named = true;
        }
        break;
      case 'X': out_.lanes[lane(event)].slices.push_back(slice(event, event.time + event.length)); break;
      case 'B': open_[lane(event)].push_back(std::move(event)); break;
      case 'E': {
        const std::size_t number = lane(event);
        if (open_[number].empty()) break;  // its beginning was lost
        close(number, event.time);
        open_[number].pop_back();
        break;
      }
      case 's': flows_[event.category + '\0' + event.name + '\0' + event.id] = {lane(event), event.time, {}}; break;
      case 't':
      case 'f': {
        const std::string key = event.category + '\0' + event.name + '\0' + event.id;
        const End to{lane(event), event.time, event.category};
        if (const auto from = flows_.find(key); from != flows_.end()) arrows_.emplace_back(from->second, to);
        if (event.phase == 't') flows_[key] = to;
        break;
      }
      case 'C': out_.counters.push_back(std::move(event)); break;
      case 'i':
      case 'I':
      case 'R': {
        const std::size_t number = lane(event);
        out_.instants.emplace_back(number, std::move(event));
        break;
      }
      default: break;
    }
  }

  /// Outermost slices and the rest.
  static void split(ImportedLane& lane) {
    std::stable_sort(lane.slices.begin(), lane.slices.end(),
                     [](const Slice& a, const Slice& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    std::vector<Slice> outer;
    for (Slice& slice : lane.slices) {
      if (!outer.empty() && slice.begin < outer.back().end) lane.nested.push_back(std::move(slice));
      else outer.push_back(std::move(slice));
    }
    lane.slices = std::move(outer);
  }

  struct End {
    std::size_t lane = 0;
    std::int64_t time = 0;
    std::string category;
  };
  void bind(const End& from, const End& to) {
    ImportedLane& target = out_.lanes[to.lane];
    const auto source = static_cast<std::int64_t>(from.lane);
    if (to.category == "spawn") {
      target.parent = source;
      target.spawned_at = from.time;
      return;
    }
    if (to.category == "cancel") {
      target.cancelled_by.push_back(source);
      return;
    }
    // The slice around the arrow's end, else the next one.
    auto slice =
        std::partition_point(target.slices.begin(), target.slices.end(), [&](const Slice& s) { return s.end <= to.time; });
    if (slice != target.slices.end()) slice->woken_by = source;
  }

  Sorted out_;
  std::map<std::pair<std::string, std::string>, std::size_t> numbers_;
  std::vector<std::vector<TraceEvent>> open_;  ///< B without E yet, by lane
  std::map<std::string, End> flows_;
  std::vector<std::pair<End, End>> arrows_;
};

}  // namespace

Sorted sort_out(std::vector<TraceEvent> events) { return Sorter().sort(std::move(events)); }

}  // namespace awaitscope::importing
