#include "core/formats/pftrace_import.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace awaitscope::pftrace {
namespace {

using importing::TraceEvent;

class Import {
 public:
  explicit Import(Contents contents) : in_(std::move(contents)) {}

  importing::Events events() {
    lanes();
    order();
    pair_up();
    for (const std::size_t i : order_)
      if (in_.events[i].event.phase != 'E') out_.events.push_back(in_.events[i].event);
    arrows();
    out_.unreadable = in_.unreadable;
    out_.first_unreadable = in_.first_unreadable;
    return std::move(out_);
  }

 private:
  void name(const char* what, std::uint64_t track, const std::string& text) {
    TraceEvent event;
    event.phase = 'M';
    event.name = what;
    event.tid = std::to_string(track);
    event.text = text;
    out_.events.push_back(std::move(event));
  }
  void lanes() {
    bool any_process = false;
    for (const std::uint64_t uuid : in_.track_order) {
      const TrackInfo& track = in_.tracks[uuid];
      const bool is_root = !track.parent && !track.is_thread && !track.is_counter;
      if (is_root && !any_process && !track.name.empty()) any_process = true, name("process_name", uuid, track.name);
      if (!track.is_counter) name("thread_name", uuid, track.name.empty() ? "track " + std::to_string(uuid) : track.name);
    }
  }
  /// What a task of ours waits for has a track of its own below the task's.
  std::uint64_t lane_of(const Raw& raw) const {
    const bool waits = raw.is_own && (raw.event.category == "wait" || raw.event.category == "ready");
    const auto track = waits ? in_.tracks.find(raw.track) : in_.tracks.end();
    return track != in_.tracks.end() && track->second.parent ? track->second.parent : raw.track;
  }

  // Writers interleave; each is in order, and so is the file at one moment.
  void order() {
    order_.resize(in_.events.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return in_.events[a].event.time < in_.events[b].event.time; });
  }

  /// Beginnings with their ends, as whole slices; what has no end stays a beginning.
  void pair_up() {
    slice_.resize(in_.events.size());
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> open;  // by track, the innermost last
    for (const std::size_t i : order_) {
      Raw& raw = in_.events[i];
      slice_[i] = i;
      std::vector<std::size_t>& stack = open[raw.track];
      if (raw.event.phase == 'B') stack.push_back(i);
      if (raw.event.phase == 'E' && !stack.empty()) {
        TraceEvent& begun = in_.events[stack.back()].event;
        begun.phase = 'X';
        begun.length = raw.event.time - begun.time;
        slice_[i] = stack.back();
        stack.pop_back();
      }
      if (raw.event.phase == 'C') counter(raw);
      else raw.event.tid = std::to_string(lane_of(raw));
    }
  }
  void counter(Raw& raw) const {
    const auto track = in_.tracks.find(raw.track);
    if (track == in_.tracks.end()) return;
    if (!track->second.name.empty()) raw.event.name = track->second.name;
    raw.event.category = track->second.category;
  }

  /// The events that share a number, from each to the next.
  void arrows() {
    std::vector<std::size_t> place(in_.events.size());
    for (std::size_t i = 0; i < order_.size(); ++i) place[order_[i]] = i;
    std::stable_sort(in_.flows.begin(), in_.flows.end(),
                     [&](const FlowEnd& a, const FlowEnd& b) { return place[a.raw] < place[b.raw]; });
    std::unordered_map<std::uint64_t, std::size_t> last;  // the event that the arrow has reached so far
    for (const FlowEnd& end : in_.flows) {
      const auto [from, is_new] = last.try_emplace(end.flow, end.raw);
      if (!is_new) {
        arrow(end.flow, slice_[from->second], slice_[end.raw]);
        from->second = end.raw;
      }
      if (end.is_last) last.erase(from);
    }
  }
  void arrow(std::uint64_t flow, std::size_t from, std::size_t to) {
    const Raw &source = in_.events[from], &target = in_.events[to];
    TraceEvent start, finish;
    finish.time = target.event.time + std::min<std::int64_t>(target.event.length, 1);
    // As late as can be: at the end of a step of ours is what it did last, such as making the task that runs next.
    start.time = std::min(source.event.time + std::max<std::int64_t>(source.event.length - 1, 0), finish.time);
    start.phase = 's';
    finish.phase = 'f';
    start.tid = source.event.tid;
    finish.tid = target.event.tid;
    start.id = finish.id = std::to_string(out_.events.size());
    constexpr const char* types[] = {"", "spawn", "wake", "cancel"};
    if (source.is_own && target.is_own) start.category = finish.category = types[flow % 4];
    // Requests to stop belong to the marks of a lane in their order, which is that of their numbers.
    if (finish.category == "cancel") start.time = finish.time = static_cast<std::int64_t>(flow / 4);
    out_.events.push_back(std::move(start));
    out_.events.push_back(std::move(finish));
  }

  Contents in_;
  importing::Events out_;
  std::vector<std::size_t> order_;  ///< events by time
  std::vector<std::size_t> slice_;  ///< by event: the one that begins its slice, else itself
};

}  // namespace

importing::Events events_of(Contents contents) { return Import(std::move(contents)).events(); }

}  // namespace awaitscope::pftrace
