// lost-waker: what a task waits for has come, and nobody woke it.
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "core/findings/waiting.h"

namespace awaitscope::lints {
namespace {

/// Nothing is about to run: whoever is to be woken has been.  What a run leaves behind that ends is another matter.
bool quiet(const Model& m) { return m.ended ? m.outcome == RunOutcome::hang : m.idle && m.ready.empty(); }

/// Why the wait of a task has no end: "" where something may still end it, or where the trace does not tell.
std::string lost(const Run& run, const Model& m, const WaitGraph& graph, const TaskModel& task) {
  switch (task.wait) {
    case Wait::sleep: return graph.wait_of(task.id) || !run.has(Kind::timer_set) ? "" : "no timer is set that would end it";
    case Wait::request: return graph.wait_of(task.id) || !run.has(Kind::request_begin) ? "" : "the answer has come";
    case Wait::job: return graph.wait_of(task.id) || !run.has(Kind::job_submitted) ? "" : "the job has ended";
    case Wait::task: {
      const TaskModel* other = m.task({task.object});
      return other && other->phase == Phase::done
                 ? fmt::format("{} {} at {}", run.name_of(other->id), how_ended(run, *other), moment(other->ended))
                 : "";
    }
    case Wait::gather:
    case Wait::group: {
      const WaitEdge* wait = graph.wait_of(task.id);
      const ScopeModel* scope = m.scope({task.object});
      const bool empty =
          wait && graph.nodes[wait->to].type == WaitNode::Type::scope && graph.first[wait->to] == graph.first[wait->to + 1];
      return empty && scope && !scope->children.empty() ? "all of its tasks have ended" : "";
    }
    case Wait::semaphore:
    case Wait::lock: {
      const ResourceModel* r = m.resource({task.object});
      return r && r->tells_left() && r->capacity && r->value > 0 ? fmt::format("{} is free", run.name_of(r->id)) : "";
    }
    case Wait::event: {
      const ResourceModel* r = m.resource({task.object});
      return r && r->type == ResourceType::event && r->value > 0 ? fmt::format("{} is set", run.name_of(r->id)) : "";
    }
    case Wait::queue_get: {
      const ResourceModel* r = m.resource({task.object});
      return r && r->type == ResourceType::queue && r->value > 0
                 ? fmt::format("{} has {}", run.name_of(r->id), counted(r->value, "item"))
                 : "";
    }
    default: return "";
  }
}

std::vector<Finding> check(const Run& run) {
  const Model& m = run.history.model;
  if (!quiet(m)) return {};
  const WaitGraph graph = wait_graph(run, m);
  std::map<std::tuple<Wait, std::uint32_t, std::uint32_t>, std::pair<Finding, std::size_t>> alike;  // by kind, resource, place
  for (const TaskModel& task : m.tasks) {
    if (task.phase != Phase::waiting || task.queued || task.steps == 0 || task.handle_dropped) continue;
    const std::string why = lost(run, m, graph, task);
    if (why.empty()) continue;
    const bool shared = task.wait >= Wait::semaphore && task.wait <= Wait::queue_join;
    auto& [f, count] = alike[{task.wait, shared ? task.object : 0, task.site.value}];
    f.tasks.push_back(task.id);
    if (++count > 1) continue;
    f.severity = Severity::info;
    f.confidence = sureness(run, m.ended ? run.trace.size() : 0);
    f.site = run.trace.site(task.site);
    f.begin = task.since_time;
    f.end = run.history.end;
    if (shared) f.resources = {{task.object}};
    f.evidence = {task.since};
    f.sentence = fmt::format("task {} waits for {} since {}{}, but {} and nothing woke it", run.name_of(task.id),
                             waited_for(run, m, task), moment(task.since_time), at(f.site), why);
  }
  std::vector<Finding> out;
  for (auto& [_, one] : alike) {
    if (one.second > 1) one.first.sentence += fmt::format("; {} more like it", one.second - 1);
    out.push_back(std::move(one.first));
  }
  return out;
}

}  // namespace

Lint lost_waker() {
  return {"lost-waker",
          "what a task waits for has come, and nobody woke the task",
          "wake every waiter, or hand on a wake-up that a cancelled waiter got; see that callbacks are not dropped",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
