#include "core/formats/import_events.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/formats/awtrace_events.h"
#include "core/formats/import_lanes.h"

namespace awaitscope::importing {
namespace {

/// What happens first among things of one moment.
enum Rank : std::uint8_t { ends, wakes, makes, begins, inside };

struct Item {
  std::int64_t shown = 0;  ///< decides the order
  Rank rank = Rank::inside;
  Record record;
  std::int64_t step_of = -1;   ///< this begins a step of that lane
  std::int64_t cause_in = -1;  ///< the last step of that lane led to this
};

/// "waits for semaphore gate" as what the step before it waits for.
struct WaitedFor {
  Wait wait = Wait::other;
  std::string_view object;
};
WaitedFor waited_for(std::string_view name) {
  constexpr std::string_view prefix = "waits for ";
  if (!name.starts_with(prefix)) return {};
  name.remove_prefix(prefix.size());
  const std::string_view what = name.substr(0, name.find(' '));
  const auto wait = enum_value(Field::wait, what);
  if (!wait) return {};
  return {static_cast<Wait>(*wait), name.substr(std::min(what.size() + 1, name.size()))};
}

std::optional<ResourceType> resource_of(Wait wait) {
  switch (wait) {
    case Wait::semaphore: return ResourceType::semaphore;
    case Wait::lock: return ResourceType::lock;
    case Wait::event: return ResourceType::event;
    case Wait::condition: return ResourceType::condition;
    case Wait::barrier: return ResourceType::barrier;
    case Wait::queue_get:
    case Wait::queue_put:
    case Wait::queue_join: return ResourceType::queue;
    default: return std::nullopt;
  }
}

WhyReady why_after(Wait wait) {
  switch (wait) {
    case Wait::yield: return WhyReady::yield;
    case Wait::sleep: return WhyReady::timer;
    case Wait::task: return WhyReady::task;
    case Wait::future: return WhyReady::future;
    case Wait::semaphore:
    case Wait::lock: return WhyReady::released;
    case Wait::event:
    case Wait::barrier: return WhyReady::set;
    case Wait::condition: return WhyReady::notified;
    case Wait::queue_get: return WhyReady::put;
    case Wait::queue_put: return WhyReady::got;
    case Wait::gather: return WhyReady::gather;
    case Wait::group:
    case Wait::scope: return WhyReady::group;
    case Wait::job: return WhyReady::job;
    default: return WhyReady::other;
  }
}

class Import {
 public:
  Import(const Sorted& sorted, const std::string& from) : sorted_(sorted) {
    trace_.info.runtime = from;
    std::uint32_t next = 0;
    for (const ImportedLane& lane : sorted.lanes) {
      ids_.push_back(lane.is_loop() || lane.slices.empty() ? 0 : ++next);
      if (ids_.back()) by_name_.emplace(lane.name, ids_.back());
    }
  }

  Trace build() {
    trace_.info.scenario = sorted_.process;
    trace_.info.clock = "steady";
    find_true_times();
    counters();
    for (std::size_t i = 0; i < sorted_.lanes.size(); ++i) sorted_.lanes[i].is_loop() ? loop(i) : task(i);
    instants();
    std::stable_sort(items_.begin(), items_.end(),
                     [](const Item& a, const Item& b) { return a.shown != b.shown ? a.shown < b.shown : a.rank < b.rank; });
    std::int64_t start = items_.empty() ? 0 : items_.front().record.time;
    for (const Item& item : items_) start = std::min(start, item.record.time);
    std::vector<Seq> steps(sorted_.lanes.size());
    for (Item& item : items_) {
      item.record.time = std::min(item.record.time - start, native::latest);
      if (item.cause_in >= 0) item.record.cause = steps[static_cast<std::size_t>(item.cause_in)];
      trace_.append(item.record);
      if (item.step_of >= 0) steps[static_cast<std::size_t>(item.step_of)] = trace_.size();
    }
    return std::move(trace_);
  }

 private:
  Record& put(Rank rank, std::int64_t shown, std::int64_t time, Kind kind, std::uint32_t task, std::uint32_t a = 0,
              std::uint32_t b = 0, std::uint8_t c = 0, std::uint32_t d = 0) {
    Item item{shown, rank, {}, -1, -1};
    item.record.time = time;
    item.record.kind = kind;
    item.record.task = task;
    item.record.a = a;
    item.record.b = b;
    item.record.c = c;
    item.record.d = d;
    items_.push_back(item);
    return items_.back().record;
  }
  std::uint32_t text(std::string_view text) { return trace_.intern(text).value; }
  std::uint32_t id_of(std::int64_t lane) const { return lane < 0 ? 0 : ids_[static_cast<std::size_t>(lane)]; }

  std::uint16_t site(const std::string& place) {
    const std::size_t colon = place.rfind(':');
    if (colon == std::string::npos) return 0;
    std::uint64_t line = 0;
    for (const char c : place.substr(colon + 1))
      if (c < '0' || c > '9' || (line = line * 10 + static_cast<std::uint64_t>(c - '0')) > 0xffffffffu) return 0;
    return static_cast<std::uint16_t>(trace_.intern(Site{place.substr(0, colon), static_cast<std::uint32_t>(line)}).value);
  }

  /// The number of a resource, made where it is first heard of.
  std::uint32_t resource(const std::string& name, ResourceType type, std::int64_t shown, std::int64_t time) {
    const auto [known, is_new] = resources_.emplace(name, static_cast<std::uint32_t>(resources_.size() + 1));
    if (is_new)
      put(Rank::ends, shown, time, Kind::resource_created, 0, known->second, 0, static_cast<std::uint8_t>(type), text(name));
    return known->second;
  }

  // In our own exports slices know their true times and counters do not: a number in their arguments would be a series.
  void find_true_times() {
    for (const ImportedLane& lane : sorted_.lanes)
      for (const auto* slices : {&lane.slices, &lane.nested})
        for (const Slice& slice : *slices) {
          true_times_.emplace_back(slice.begin, slice.true_begin);
          true_times_.emplace_back(slice.end, slice.true_end);
        }
    std::sort(true_times_.begin(), true_times_.end());
  }
  std::int64_t true_time(std::int64_t shown) const {
    const auto next = std::upper_bound(true_times_.begin(), true_times_.end(), std::pair{shown, INT64_MAX});
    if (next == true_times_.begin()) return next == true_times_.end() ? shown : std::min(shown, next->second);
    const auto last = std::prev(next);
    const std::int64_t time = last->second + (shown - last->first);
    return next == true_times_.end() ? time : std::min(time, next->second);
  }

  void counters() {
    for (const TraceEvent& event : sorted_.counters)
      for (const auto& [key, value] : event.values) {
        if (event.category == "resource" && event.name.ends_with(" waiters")) continue;  // our own second series
        const bool own = event.category == "resource";
        const std::uint32_t id = resource(own || event.values.size() == 1 ? event.name : event.name + " " + key,
                                          ResourceType::other, event.time, true_time(event.time));
        const double rounded = std::clamp(std::round(value), 0.0, 4294967295.0);  // a counter of ours is a whole number
        put(Rank::inside, event.time, true_time(event.time), Kind::level, 0, id,
            std::isnan(rounded) ? 0 : static_cast<std::uint32_t>(rounded));
      }
  }

  void loop(std::size_t index) {
    for (const Slice& slice : sorted_.lanes[index].nested) {
      if (slice.category != "loop") continue;
      if (slice.name == "idle") {
        put(Rank::begins, slice.begin, slice.true_begin, Kind::idle_begin, 0, 0, static_cast<std::uint32_t>(slice.true_end), 0,
            static_cast<std::uint32_t>(static_cast<std::uint64_t>(slice.true_end) >> 32));
        put(Rank::ends, slice.end, slice.true_end, Kind::idle_end, 0);
      } else if (slice.name.starts_with("tick ")) {
        put(Rank::ends, slice.begin, slice.true_begin, Kind::tick_begin, 0, ++ticks_);
      }
    }
  }

  static bool is_step(const Slice& slice) { return slice.category != "wait" && slice.category != "ready"; }

  void task(std::size_t index) {
    const ImportedLane& lane = sorted_.lanes[index];
    if (!ids_[index]) return;
    const std::uint32_t id = ids_[index];
    const Slice& first = lane.slices.front();
    const std::int64_t made = lane.spawned_at >= 0 ? std::min(lane.spawned_at, first.begin) : first.begin;
    put(Rank::makes, made, first.true_begin, Kind::task_created, id, id_of(lane.parent), text(lane.name));
    if (lane.parent >= 0) items_.back().cause_in = lane.parent;
    Wait wait = Wait::none;
    std::int64_t ready_shown = made, ready_time = first.true_begin;
    bool any = false;
    std::size_t nested = 0;
    for (std::size_t i = 0; i < lane.slices.size(); ++i) {
      const Slice& slice = lane.slices[i];
      if (!is_step(slice)) {
        // After a yield there is no wait to show.  Where neither is shown, the task waited for something unknown up to its
        // step.
        if (slice.category == "wait") ready_shown = slice.end, ready_time = slice.true_end;
        if (slice.category == "ready")
          ready_shown = std::min(ready_shown, slice.begin), ready_time = std::min(ready_time, slice.true_begin);
        continue;
      }
      const WhyReady why = any ? why_after(wait) : WhyReady::start;
      put(Rank::wakes, std::min(ready_shown, slice.begin), std::min(ready_time, slice.true_begin), Kind::task_ready, id,
          id_of(slice.woken_by), 0, static_cast<std::uint8_t>(why));
      if (!any) items_.back().rank = Rank::begins;  // after its creation
      items_.back().cause_in = slice.woken_by;
      put(Rank::begins, slice.begin, slice.true_begin, Kind::step_begin, id);
      items_.back().step_of = static_cast<std::int64_t>(index);
      any = true;
      for (; nested < lane.nested.size() && lane.nested[nested].begin < slice.end; ++nested) {
        const Slice& inner = lane.nested[nested];
        if (inner.category != "blocking" || inner.begin < slice.begin) continue;
        put(Rank::inside, inner.begin, inner.true_begin, Kind::block_begin, id, text(inner.name)).site = site(inner.site);
        put(Rank::ends, inner.end, inner.true_end, Kind::block_end, id);
      }
      end_step(lane, i, id, wait);
      ready_shown = ready_time = std::numeric_limits<std::int64_t>::max();
    }
  }

  void end_step(const ImportedLane& lane, std::size_t i, std::uint32_t id, Wait& wait) {
    const Slice& slice = lane.slices[i];
    if (i + 1 == lane.slices.size()) {
      put(Rank::ends, slice.end, slice.true_end, Kind::task_done, id, 0, 0, static_cast<std::uint8_t>(Outcome::returned)).site =
          site(slice.site);
      done_.emplace(id, items_.size() - 1);
      put(Rank::ends, slice.end, slice.true_end, Kind::step_end, id);
      wait = Wait::none;
      return;
    }
    const Slice& next = lane.slices[i + 1];
    WaitedFor waits = next.category == "wait" ? waited_for(next.name) : WaitedFor{};
    // Our own exports draw every wait: a task that does not wait has yielded.
    if (slice.category == "step" && next.category != "wait") waits.wait = Wait::yield;
    std::uint32_t object = 0;
    if (const auto type = resource_of(waits.wait); type && !waits.object.empty()) {
      object = resource(std::string(waits.object), *type, slice.end, slice.true_end);
    } else if (waits.wait == Wait::task) {
      const auto known = by_name_.find(waits.object);
      object = known == by_name_.end() ? 0 : known->second;
    } else if (waits.wait == Wait::job && !waits.object.empty()) {
      object = ++jobs_;
      put(Rank::ends, slice.end, slice.true_end, Kind::job_submitted, id, object, text(waits.object));
      put(Rank::ends, next.end, next.true_end, Kind::job_ended, id, object);
    } else if (waits.wait == Wait::request && !waits.object.empty()) {
      object = ++requests_;
      // Whom it asked is not drawn.
      const std::uint32_t service = resource("service", ResourceType::service, slice.end, slice.true_end);
      put(Rank::ends, slice.end, slice.true_end, Kind::request_begin, id, object, service, 1, text(waits.object));
      put(Rank::ends, next.end, next.true_end, Kind::request_end, id, object, service);
    }
    wait = waits.wait;
    put(Rank::ends, slice.end, slice.true_end, Kind::step_end, id, object, 0, static_cast<std::uint8_t>(wait)).site =
        site(slice.site);
  }

  void instants() {
    std::vector<std::size_t> cancels(sorted_.lanes.size());
    for (const auto& [lane, event] : sorted_.instants) {
      const std::uint32_t task = ids_[lane];
      const std::int64_t time = event.true_time.value_or(event.time);
      constexpr std::string_view requested = "cancel requested: ", diagnosed = "diagnosed: ";
      if (event.category == "cancel" && event.name.starts_with(requested)) {
        const auto why = enum_value(Field::cancel_reason, event.name.substr(requested.size()));
        const auto& sources = sorted_.lanes[lane].cancelled_by;
        const std::int64_t by = cancels[lane] < sources.size() ? sources[cancels[lane]++] : -1;
        put(Rank::inside, event.time, time, Kind::cancel_requested, task, id_of(by), 0, why.value_or(0), text(event.text));
        items_.back().cause_in = by;
      } else if (const auto kind = event.category == "cancel" && event.name.starts_with("cancel ")
                                       ? kind_named("cancel_" + event.name.substr(7))
                                       : std::nullopt) {
        put(Rank::inside, event.time, time, *kind, task);
      } else if (event.category == "diagnosis" && event.name.starts_with(diagnosed)) {
        const auto what = enum_value(Field::diagnosis, event.name.substr(diagnosed.size()));
        put(Rank::inside, event.time, time, Kind::diagnosed, task, text(event.text), 0,
            what.value_or(static_cast<std::uint8_t>(Diagnosis::misuse)));
      } else if (const auto how = event.category == "task" ? enum_value(Field::outcome, event.name) : std::nullopt;
                 how && done_.contains(task)) {
        Record& done = items_[done_.at(task)].record;
        done.c = *how;
        done.a = text(event.text);
        continue;
      } else {
        put(Rank::inside, event.time, time, Kind::log, task, text(event.name));
      }
      items_.back().record.site = site(event.site);
    }
  }

  const Sorted& sorted_;
  Trace trace_;
  std::vector<std::uint32_t> ids_;  ///< of lanes; 0: the loop, or a lane without slices
  std::map<std::string, std::uint32_t, std::less<>> by_name_, resources_;
  std::map<std::uint32_t, std::size_t> done_;
  std::vector<std::pair<std::int64_t, std::int64_t>> true_times_;  ///< shown, true
  std::vector<Item> items_;
  std::uint32_t ticks_ = 0, jobs_ = 0, requests_ = 0;
};

}  // namespace

Loaded import_events(Events read, const std::string& from) {
  const Sorted sorted = sort_out(std::move(read.events));
  Loaded out{Import(sorted, from).build(), {}};
  if (read.unreadable > 0)
    out.notices.push_back(fmt::format("{} trace events could not be read and were left out, the first at offset {}",
                                      read.unreadable, read.first_unreadable));
  if (sorted.unclosed > 0)
    out.notices.push_back(fmt::format("{} slices never end; they reach to the end of the file", sorted.unclosed));
  return out;
}

}  // namespace awaitscope::importing
