// stuck-forever: tasks wait for what no live task can give them, while the rest of the program may go on.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/waiting.h"

namespace awaitscope::lints {
namespace {

/// Nothing is about to run: what waits now waits for something still to come.
bool quiet(const Model& m) { return (m.ended && m.outcome == RunOutcome::hang) || (!m.ended && m.idle); }

/// Everything waits for nothing: global-deadlock tells of it.
bool global(const Model& m) {
  return m.timers.empty() && m.requests.empty() && m.jobs.empty() && (m.ended || m.idle_until == 0);
}

/// All who hold it have ended: nobody is left to give it back.
bool holders_ended(const Model& m, const ResourceModel& r) {
  return r.tells_left() && r.type != ResourceType::pool && r.value == 0 && !r.owners.empty() && r.owners.size() >= r.capacity &&
         std::all_of(r.owners.begin(), r.owners.end(),
                     [&](TaskId id) { return m.task(id) && m.task(id)->phase == Phase::done; });
}

/// By resource and kind: whether one of the tasks that have signalled it lives, and waits for something else.
using Signals = std::map<std::pair<std::uint32_t, Kind>, bool>;
Signals signals(const Run& run) {
  const Model& m = run.history.model;
  Signals out;
  for (const Event& e : run.events({Kind::level, Kind::acquired, Kind::released})) {
    const ResourceModel* r = e.task ? m.resource({e.a}) : nullptr;
    const TaskModel* task = m.task(e.who());
    if (!r || r->tells_left() || !task) continue;
    const bool same = task->phase == Phase::waiting && task->object == e.a && signal_of(task->wait) == e.kind;
    out[{e.a, e.kind}] |= task->phase != Phase::done && !same;
  }
  return out;
}

struct Stuck {
  std::vector<const TaskModel*> tasks;
  Reason why;
};

Finding about(const Run& run, ResourceId resource, const Stuck& stuck) {
  const Model& m = run.history.model;
  const TaskModel& first = *stuck.tasks.front();
  Finding f;
  f.severity = Severity::info;
  f.confidence = m.ended ? sureness(run, run.trace.size()) : Confidence::recheck;
  if (f.confidence == Confidence::proven) f.confidence = Confidence::likely;  // another may give it all the same
  f.site = run.trace.site(first.site);
  f.begin = std::max(first.since_time, stuck.why.event ? run.trace[stuck.why.event].at() : Instant{});
  f.end = run.history.end;
  f.resources = {resource};
  std::vector<std::string> names;
  for (const TaskModel* task : stuck.tasks) {
    names.push_back(run.name_of(task->id));
    if (f.tasks.size() < 100) f.tasks.push_back(task->id);
  }
  f.evidence = {first.since};
  if (stuck.why.event) f.evidence.push_back(stuck.why.event);
  f.sentence = fmt::format("{} {} for {} since {}{}, and no live task can end that: {}", listed(names),
                           names.size() == 1 ? "waits" : "wait", waited_for(run, m, first), moment(first.since_time),
                           at(f.site), stuck.why.text);
  return f;
}

/// Whether nobody who lives is known to be able to end the wait.  Of what nobody holds that is said in a run that hangs only:
/// before that somebody new may come.
bool hopeless(const Model& m, const TaskModel& task, const ResourceModel& r, const Signals& known) {
  if (holders_ended(m, r)) return true;
  const auto signal = known.find({r.id.value, signal_of(task.wait)});
  return m.ended && !r.tells_left() && signal != known.end() && !signal->second;
}

std::vector<Finding> check(const Run& run) {
  const Model& m = run.history.model;
  if (!quiet(m) || global(m)) return {};
  const Signals known = signals(run);
  std::map<std::pair<std::uint32_t, Wait>, Stuck> all;
  for (const TaskModel& task : m.tasks) {
    if (task.phase != Phase::waiting || task.wait < Wait::semaphore || task.wait > Wait::queue_join) continue;
    if (const ResourceModel* r = m.resource({task.object}); r && hopeless(m, task, *r, known))
      all[{task.object, task.wait}].tasks.push_back(&task);
  }
  if (all.empty()) return {};
  const WaitGraph graph = wait_graph(run, m);
  std::vector<Finding> out;
  for (auto& [what, stuck] : all) {
    if (const auto reasons = behind(run, m, graph, stuck.tasks.front()->id, {}, 1); !reasons.empty())
      stuck.why = reasons.front();
    out.push_back(about(run, {what.first}, stuck));
  }
  return out;
}

}  // namespace

Lint stuck_forever() {
  return {"stuck-forever",
          "a task waits for something that no live task can give it",
          "release in a finally or with a guard; let who fails or ends tell those who wait for it",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
