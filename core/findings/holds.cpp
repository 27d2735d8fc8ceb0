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
  Taking(const Run& run, const std::function<bool(const ResourceModel&)>& of)
      : model_(run.history.model),
        picked_(model_.resources.size() + 1),
        by_resource_(model_.resources.size() + 1),
        by_task_(model_.tasks.size() + 1) {
    for (const ResourceModel& r : model_.resources) picked_[r.id.value] = of(r);
  }
  std::vector<Hold> all;

  void take(const Event& e) {
    if (e.a >= picked_.size() || e.task >= by_task_.size() || !picked_[e.a]) return;
    if (e.kind == Kind::released) return give(e);
    if (by_resource_[e.a].signals) {
      --by_resource_[e.a].signals;
      return;
    }
    by_resource_[e.a].holds.push_back(static_cast<std::uint32_t>(all.size()));
    by_task_[e.task].push_back(static_cast<std::uint32_t>(all.size()));
    all.push_back({{e.a}, e.who(), e.seq, 0, {}, e.where()});
  }

 private:
  void give(const Event& e) {
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
    else if (model_.resource({e.a})->type == ResourceType::semaphore) ++line.signals;
  }
  static void end(Hold& hold, const Event& e) {
    hold.given = e.seq;
    hold.giver = e.who();
  }

  const Model& model_;
  std::vector<bool> picked_;  // by resource
  std::vector<Line> by_resource_;
  std::vector<std::vector<std::uint32_t>> by_task_;
};

}  // namespace

std::vector<Hold> holds(const Run& run, const std::function<bool(const ResourceModel&)>& of) {
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
