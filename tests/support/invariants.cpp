#include "tests/support/invariants.h"

#include <map>

namespace awaitscope::testing {
namespace {

struct TaskSeen {
  std::string name;
  std::uint32_t scope = 0;
  Seq done = 0, last_step = 0, last_request = 0;
  Wait waits = Wait::none;
  std::uint32_t waits_for = 0;
};
struct ResourceSeen {
  ResourceType type = ResourceType::other;
  std::int64_t capacity = 0, left = 0, acquired = 0, released = 0;
};

}  // namespace

std::vector<std::string> broken_invariants(const Trace& trace) {
  std::vector<std::string> broken;
  std::map<std::uint32_t, TaskSeen> tasks;
  std::map<std::uint32_t, ResourceSeen> resources;
  std::map<std::uint32_t, Seq> exits;
  std::map<std::uint32_t, ScopeType> scopes;
  RunOutcome how = RunOutcome::ok;
  std::int64_t time = 0;
  std::uint32_t running = 0;
  const auto say = [&](Seq seq, const std::string& what) { broken.push_back("event " + std::to_string(seq) + ": " + what); };
  const auto named = [&](std::uint32_t task) { return "task " + std::to_string(task) + " (" + tasks[task].name + ")"; };

  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event e = trace[seq];
    if (e.time < time) say(seq, "time goes back");
    time = e.time;
    if (e.cause >= seq) say(seq, "its cause is no earlier event");
    switch (e.kind) {
      case Kind::task_created: tasks[e.task] = {.name = std::string(trace.text(e.b)), .scope = e.d}; break;
      case Kind::step_begin:
        if (running) say(seq, named(e.task) + " runs inside a step of " + named(running));
        running = e.task;
        tasks[e.task].last_step = seq;
        break;
      case Kind::step_end:
        if (running != e.task) say(seq, "ends a step that did not begin");
        running = 0;
        tasks[e.task].waits = e.as<Wait>();
        tasks[e.task].waits_for = e.a;
        break;
      case Kind::task_done: tasks[e.task].done = seq; break;
      case Kind::cancel_requested:
        if (e.as<CancelReason>() != CancelReason::scope && e.as<CancelReason>() != CancelReason::timeout)
          tasks[e.task].last_request = seq;
        break;
      case Kind::scope_child:
        if (scopes[e.a] == ScopeType::nursery) tasks[e.b].scope = e.a;  // trio's start() moves a child
        break;
      case Kind::scope_enter: scopes[e.a] = e.as<ScopeType>(); break;
      case Kind::scope_exit:
        if (exits.count(e.a)) say(seq, "scope " + std::to_string(e.a) + " is left twice");
        exits[e.a] = seq;
        break;
      case Kind::resource_created: resources[e.a] = {e.as<ResourceType>(), e.b, e.b, 0, 0}; break;
      case Kind::acquire_begin:
      case Kind::acquire_abandoned:
      case Kind::level: resources[e.a].left = e.b; break;
      case Kind::acquired:
        resources[e.a].left = e.b;
        ++resources[e.a].acquired;
        break;
      case Kind::released:
        resources[e.a].left = e.b;
        ++resources[e.a].released;
        break;
      case Kind::run_end: how = e.as<RunOutcome>(); break;
      default: break;
    }
  }
  const Seq end = trace.size();
  const bool whole = how != RunOutcome::limit && how != RunOutcome::stopped;
  for (const auto& [id, task] : tasks) {
    if (task.done && exits.count(task.scope) && exits[task.scope] < task.done &&
        (scopes[task.scope] == ScopeType::group || scopes[task.scope] == ScopeType::nursery))
      say(task.done, named(id) + " outlives its group");
    if (!task.done && exits.count(task.scope) &&
        (scopes[task.scope] == ScopeType::group || scopes[task.scope] == ScopeType::nursery))
      say(end, named(id) + " never ends, but its group did");
    if (!whole || task.done) continue;
    if (how != RunOutcome::hang) say(end, named(id) + " never ended");
    if (task.last_request > task.last_step) say(task.last_request, "the cancel of " + named(id) + " is lost");
    const ResourceSeen& awaited = resources[task.waits_for];
    const bool there = (task.waits == Wait::semaphore || task.waits == Wait::lock) ? awaited.left > 0
                       : task.waits == Wait::event                                 ? awaited.left != 0
                       : task.waits == Wait::queue_get                             ? awaited.left > 0
                       : task.waits == Wait::queue_put                             ? awaited.left < awaited.capacity
                                                                                   : false;
    if (there) say(end, named(id) + " waits for what is there: resource " + std::to_string(task.waits_for));
  }
  if (whole)
    for (const auto& [id, resource] : resources)
      if (resource.type == ResourceType::semaphore || resource.type == ResourceType::lock)
        if (resource.left != resource.capacity - resource.acquired + resource.released)
          say(end, "resource " + std::to_string(id) + " has " + std::to_string(resource.left) + " left, of " +
                       std::to_string(resource.capacity) + ", " + std::to_string(resource.acquired) + " acquired and " +
                       std::to_string(resource.released) + " released");
  return broken;
}

}  // namespace awaitscope::testing
