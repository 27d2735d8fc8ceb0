// global-deadlock: every task waits, and nothing is left that could wake one of them.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/findings/why.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_told = 3;

/// Nothing runs, is about to run, or is under way: no step, timer, request or job.
bool still(const Model& m) {
  const bool over = m.ended ? m.outcome == RunOutcome::hang : m.idle && m.idle_until == 0;
  const TaskModel* running = m.task(m.running);
  return over && m.ready.empty() && m.timers.empty() && m.requests.empty() && m.jobs.empty() &&
         !(running && running->phase == Phase::running);
}

/// The tasks that wait for those of a ring, directly or over others, and the ring's: deadlock-cycle and self-deadlock tell of
/// them.
std::set<TaskId> told_by_rings(const WaitGraph& graph) {
  std::vector<std::vector<std::uint32_t>> dependent(graph.nodes.size());
  for (const WaitEdge& edge : graph.edges) dependent[edge.to].push_back(edge.from);
  std::vector<std::uint32_t> work;
  std::vector<bool> seen(graph.nodes.size());
  const auto reach = [&](std::uint32_t n) {
    if (seen[n]) return;
    seen[n] = true;
    work.push_back(n);
  };
  for (const WaitRing& ring : graph.cycles())
    for (const TaskId task : ring.tasks) reach(graph.of[task.value] - 1);
  std::set<TaskId> out;
  while (!work.empty()) {
    const std::uint32_t n = work.back();
    work.pop_back();
    if (graph.nodes[n].type == WaitNode::Type::task) out.insert({graph.nodes[n].id});
    for (const std::uint32_t d : dependent[n]) reach(d);
  }
  return out;
}

/// Who waits for other tasks only is no cause.
bool waits_for_tasks(const TaskModel& task) {
  return task.wait == Wait::task || task.wait == Wait::gather || task.wait == Wait::group || task.wait == Wait::scope;
}

std::vector<Finding> check(const Run& run) {
  const Model& m = run.history.model;
  if (!still(m)) return {};
  const WaitGraph graph = wait_graph(run, m);
  const std::set<TaskId> told = told_by_rings(graph);
  std::size_t pending = 0;
  bool outside = false;  // somebody who is not in the trace may still come
  for (const TaskModel& task : m.tasks) {
    if (task.phase == Phase::done || !task.since) continue;
    outside = outside || task.wait == Wait::future || task.wait == Wait::other;
    if (!told.contains(task.id)) ++pending;
  }
  if (pending == 0 || (outside && !m.ended)) return {};

  Standstill why = why_nothing_happens(run, m);
  std::stable_sort(why.groups.begin(), why.groups.end(), [&](const auto& a, const auto& b) {
    return waits_for_tasks(*m.task(a.tasks.front())) < waits_for_tasks(*m.task(b.tasks.front()));
  });
  Finding f;
  f.severity = Severity::error;
  f.confidence = sureness(run, m.ended ? run.trace.size() : 0);
  f.begin = why.event ? run.trace[why.event].at() : m.now;
  f.end = run.history.end;
  if (why.event) f.evidence.push_back(why.event);
  std::vector<std::string> parts;
  for (const Standstill::Group& group : why.groups) {
    if (told.contains(group.tasks.front())) continue;
    const TaskModel& task = *m.task(group.tasks.front());
    if (f.tasks.empty()) f.site = run.trace.site(task.site);
    f.tasks.insert(f.tasks.end(), group.tasks.begin(), group.tasks.end());
    if (task.since != why.event) f.evidence.push_back(task.since);
    if (task.wait >= Wait::semaphore && task.wait <= Wait::queue_join && task.object) f.resources.push_back({task.object});
    std::string part = group.reasons.front().text;
    const auto cause = std::find_if(group.reasons.begin() + 1, group.reasons.end(),
                                    [](const Reason& r) { return r.text.substr(0, 3) != "in "; });
    if (cause != group.reasons.end() && !waits_for_tasks(task)) part += " (" + cause->text + ")";
    if (parts.size() < most_told) parts.push_back(std::move(part));
  }
  f.sentence = fmt::format("nothing can ever run again: {} {}, and no timer, request, job or other task is left to wake {}: ",
                           counted(pending, "task"), pending == 1 ? "waits" : "wait", pending == 1 ? "it" : "them");
  for (std::size_t i = 0; i < parts.size(); ++i) f.sentence += (i ? "; " : "") + parts[i];
  return {f};
}

}  // namespace

Lint global_deadlock() {
  return {"global-deadlock",
          "every task waits, and nothing is left that could wake one of them",
          "see who should have set, put or released what they wait for, and why it ended before; a deadline around the wait "
          "ends it",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
