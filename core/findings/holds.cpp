#include "core/findings/holds.h"

#include <algorithm>

namespace awaitscope {
namespace {

constexpr std::size_t most_searched = 256;  ///< holds of other things that a task may take after one and give back later

/// What is held of one resource, the oldest first; what has been given back is skipped.
struct Line {
  std::vector<std::uint32_t> holds;
  std::size_t first = 0;
  std::size_t signals = 0;  ///< permits of a semaphore that were given and not taken before
};

class Taking {
 public:
  Taking(const Run& run, bool (*of)(const ResourceModel&))
      : run_(run),
        of_(of),
        by_resource_(run.history.model.resources.size() + 1),
        by_task_(run.history.model.tasks.size() + 1) {}
  std::vector<Hold> all;

  void take(const Event& e) {
    const ResourceModel* resource = run_.history.model.resource({e.a});
    if (!resource || e.task >= by_task_.size() || !of_(*resource)) return;
    if (e.kind == Kind::released) return give(e, *resource);
    if (by_resource_[e.a].signals) {
      --by_resource_[e.a].signals;
      return;
    }
    by_resource_[e.a].holds.push_back(static_cast<std::uint32_t>(all.size()));
    by_task_[e.task].push_back(static_cast<std::uint32_t>(all.size()));
    all.push_back({{e.a}, e.who(), e.seq, 0, {}, e.where()});
  }

 private:
  void give(const Event& e, const ResourceModel& resource) {
    auto& own = by_task_[e.task];
    for (std::size_t i = own.size(), searched = 0; i-- > 0 && searched < most_searched; ++searched) {
      Hold& hold = all[own[i]];
      if (hold.given == 0 && hold.resource.value != e.a) continue;
      const bool found = hold.given == 0;
      if (found) end(hold, e);
      own.erase(own.begin() + static_cast<std::ptrdiff_t>(i));  // also what somebody else has given back
      if (found) return;
    }
    Line& line = by_resource_[e.a];
    while (line.first < line.holds.size() && all[line.holds[line.first]].given) ++line.first;
    if (line.first < line.holds.size()) end(all[line.holds[line.first]], e);
    else if (resource.type == ResourceType::semaphore) ++line.signals;
  }
  static void end(Hold& hold, const Event& e) {
    hold.given = e.seq;
    hold.giver = e.who();
  }

  const Run& run_;
  bool (*of_)(const ResourceModel&);
  std::vector<Line> by_resource_;
  std::vector<std::vector<std::uint32_t>> by_task_;
};

}  // namespace

std::vector<Hold> holds(const Run& run, bool (*of)(const ResourceModel&)) {
  Taking taking(run, of);
  for (const Event& e : run.events({Kind::acquired, Kind::released})) taking.take(e);
  return std::move(taking.all);
}

bool exclusive(const ResourceModel& resource) {
  return resource.type == ResourceType::lock || (resource.type == ResourceType::semaphore && resource.capacity == 1);
}

bool in_one_step(const History& history, TaskId task, Seq from, Seq to) {
  if (!task || task.value > history.lanes.size()) return false;
  const auto& spans = history.lanes[task.value - 1].spans;
  auto span = std::upper_bound(spans.begin(), spans.end(), from, [](Seq seq, const Span& s) { return seq < s.first; });
  if (span == spans.begin()) return false;
  --span;
  return span->phase == Phase::running && (span->last == 0 || to <= span->last);
}

}  // namespace awaitscope
