// pool-exhausted-by-leak: everything that a pool lends was taken by tasks that ended without giving it back.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

struct Taken {
  TaskId task;
  SiteId site;
  Seq seq = 0;
};
struct Waited {
  TaskId task;
  Seq begun = 0, ended = 0;  ///< ended 0: still in line
  bool got = false;
};
struct PoolUse {
  std::vector<Taken> taken;  ///< and not given back
  std::vector<Waited> waits;
  std::unordered_map<std::uint32_t, std::size_t> in_line;  ///< by task: its wait

  void leave(TaskId task, Seq seq, bool got) {
    const auto found = in_line.find(task.value);
    if (found == in_line.end()) return;
    waits[found->second].ended = seq;
    waits[found->second].got = got;
    in_line.erase(found);
  }
  void give_back(const Model& model, TaskId task, Seq now) {
    auto one = std::find_if(taken.begin(), taken.end(), [&](const Taken& t) { return t.task == task; });
    // Somebody gives back for another: most likely for one that has ended.
    if (one == taken.end())
      one = std::find_if(taken.begin(), taken.end(), [&](const Taken& t) {
        const TaskModel* holder = model.task(t.task);
        return holder && holder->phase == Phase::done && holder->since < now;
      });
    if (one == taken.end()) one = taken.begin();
    if (one != taken.end()) taken.erase(one);
  }
};

std::string how_it_ended(const Run& run, const TaskModel& task) {
  const std::string place = at(run.trace.site(task.site));
  switch (task.outcome) {
    case Outcome::returned: return "returned without giving it back";
    case Outcome::cancelled: return "was cancelled" + place;
    case Outcome::raised: break;
  }
  return "failed" + place;
}

Finding blamed(const Run& run, ResourceId pool, const PoolUse& use, const std::vector<const Waited*>& victims, Seq exhausted) {
  Finding f;
  f.severity = Severity::error;
  f.confidence = sureness(run, exhausted);
  if (!run.history.model.ended) f.confidence = Confidence::recheck;  // somebody may still give one back
  f.site = run.trace.site(use.taken.front().site);
  f.resources = {pool};
  std::vector<std::string> culprits, waiting;
  f.evidence.push_back(exhausted);
  for (const Taken& taken : use.taken) {
    const TaskModel& task = *run.history.model.task(taken.task);
    culprits.push_back(
        fmt::format("{} (took it{}, {})", run.name_of(task.id), at(run.trace.site(taken.site)), how_it_ended(run, task)));
    f.tasks.push_back(task.id);
    f.evidence.push_back(taken.seq);
    if (task.since != exhausted) f.evidence.push_back(task.since);
  }
  for (const Waited* victim : victims) {
    waiting.push_back(run.name_of(victim->task));
    if (f.tasks.size() < 100) f.tasks.push_back(victim->task);
    if (f.evidence.size() < 100) f.evidence.push_back(victim->begun);
  }
  f.sentence = fmt::format(
      "everything that {} lends ({}) was taken and never given back: by {}; since {} nobody can get any, and {} "
      "waited in vain",
      run.name_of(pool), use.taken.size(), listed(culprits, 5), seconds(run.trace[exhausted].at(), 3) + " s", listed(waiting));
  f.begin = run.trace[exhausted].at();
  f.end = run.history.end;
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Model& model = run.history.model;
  std::map<std::uint32_t, PoolUse> pools;
  for (const Event& e : run.events({Kind::acquire_begin, Kind::acquired, Kind::acquire_abandoned, Kind::released})) {
    const ResourceModel* resource = model.resource({e.a});
    if (!resource || resource->type != ResourceType::pool) continue;
    PoolUse& use = pools[e.a];
    switch (e.kind) {
      case Kind::acquire_begin:
        use.in_line[e.task] = use.waits.size();
        use.waits.push_back({e.who(), e.seq, 0, false});
        break;
      case Kind::acquired:
        use.leave(e.who(), e.seq, true);
        use.taken.push_back({e.who(), e.where(), e.seq});
        break;
      case Kind::acquire_abandoned: use.leave(e.who(), e.seq, false); break;
      default: use.give_back(model, e.who(), e.seq); break;
    }
  }
  std::vector<Finding> out;
  for (const auto& [id, use] : pools) {
    const ResourceModel& pool = *model.resource({id});
    if (pool.capacity == 0 || use.taken.size() < pool.capacity) continue;
    Seq exhausted = 0;
    const bool all_over = std::all_of(use.taken.begin(), use.taken.end(), [&](const Taken& taken) {
      const TaskModel* task = model.task(taken.task);
      if (!task || task->phase != Phase::done) return false;
      exhausted = std::max(exhausted, task->since);
      return true;
    });
    if (!all_over) continue;
    std::vector<const Waited*> victims;
    for (const Waited& wait : use.waits)
      if (!wait.got && (wait.ended == 0 || wait.ended > exhausted)) victims.push_back(&wait);
    if (!victims.empty()) out.push_back(blamed(run, {id}, use, victims, exhausted));
  }
  return out;
}

}  // namespace

Lint pool_exhausted_by_leak() {
  return {"pool-exhausted-by-leak",
          "tasks ended without giving back what they took from a pool, and others wait for it in vain",
          "tie the release to the end of a block: async with, with_finally, or a guard that gives back in its destructor",
          "resource_leak",
          {},
          check};
}

}  // namespace awaitscope::lints
