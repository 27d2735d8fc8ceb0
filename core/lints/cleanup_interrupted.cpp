// cleanup-interrupted: a task that was cleaning up after a cancel was cancelled once more, and its clean-up was cut off.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// What is known of a task between a cancel and its end.
struct CleaningUp {
  Seq delivered = 0, request = 0;  ///< of the cancel that it cleans up after; 0: none
  Seq shielded = 0;                ///< the last request that a shield kept away from what it waits for
  Wait wait = Wait::none;          ///< what its last step ended in, and where
  std::uint16_t site = 0;
  Seq cut = 0;           ///< the second delivery, until the step's end shows whether the task took its wait up again
  std::uint16_t at = 0;  ///< where that struck
  std::vector<ResourceId> open;
};

/// trio asks again at every checkpoint; there another rule applies.
bool level_triggered(const Run& run, Seq request) {
  if (request == 0) return false;
  const Event e = run.trace[request];
  if (e.kind != Kind::cancel_requested) return false;
  const ScopeModel* scope = run.history.model.scope({e.b});
  return e.as<CancelReason>() == CancelReason::scope ||
         (scope && (scope->type == ScopeType::cancel_scope || scope->type == ScopeType::nursery));
}

std::string asked_by(const Run& run, const Event& request) {
  if (request.as<CancelReason>() == CancelReason::shutdown) return "the end of the run";
  if (const ScopeModel* scope = run.history.model.scope({request.b}); scope && scope->entered)
    return fmt::format("the {}{}", name(scope->type), at(run.trace.site(scope->site)));
  return run.name_of(TaskId{request.a}) + at(run.trace.site(request.where()));
}

Finding about(const Run& run, TaskId task, const CleaningUp& of) {
  const Event first = run.trace[of.delivered], second = run.trace[of.cut];
  Finding f;
  f.confidence = sureness(run, of.cut);
  f.site = run.trace.site(SiteId{of.at});
  f.begin = first.at();
  f.end = second.at();
  f.tasks = {task};
  f.resources = of.open;
  f.evidence = {of.cut, second.cause, of.delivered};
  if (of.request) f.evidence.push_back(of.request);
  const Event request = run.trace[second.cause];
  if (request.a && TaskId{request.a} != task) f.tasks.push_back({request.a});
  std::vector<std::string> names;
  for (const ResourceId id : of.open) names.push_back(run.name_of(id));
  f.sentence =
      fmt::format("task {} was cleaning up after its cancel at {} s{} when another one, from {}, cut that off at {} s{}",
                  run.name_of(task), seconds(f.begin, 3), at(f.site), asked_by(run, request), seconds(f.end, 3),
                  names.empty() ? "" : fmt::format("; {} stayed open", listed(names)));
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  if (run.history.cancellations.size() < 2) return out;
  std::unordered_map<std::uint32_t, CleaningUp> tasks;
  std::unordered_map<std::uint32_t, std::uint32_t> opener;  // by resource
  for (const Event& e :
       run.events({Kind::resource_opened, Kind::resource_closed, Kind::cancel_shielded, Kind::cancel_delivered,
                   Kind::cancel_swallowed, Kind::cancel_caught, Kind::cancel_uncancelled, Kind::task_done, Kind::step_end})) {
    if (e.task == 0) continue;
    switch (e.kind) {
      case Kind::resource_opened:
        tasks[e.task].open.push_back({e.a});
        opener[e.a] = e.task;
        break;
      case Kind::resource_closed:
        if (const auto of = tasks.find(opener[e.a]); of != tasks.end()) std::erase(of->second.open, ResourceId{e.a});
        break;
      case Kind::cancel_shielded: tasks[e.task].shielded = e.seq; break;
      case Kind::cancel_delivered: {
        CleaningUp& of = tasks[e.task];
        const bool again = of.delivered != 0 && e.cause != of.request && e.cause != 0 && e.cause < e.seq;
        // Who waits for children goes on waiting; behind a shield nothing is cut off.
        if (again && of.wait != Wait::group && of.shielded < e.cause && !level_triggered(run, e.cause) &&
            !level_triggered(run, of.request)) {
          of.cut = e.seq;
          of.at = e.site;
        } else {
          of.delivered = e.seq;
          of.request = e.cause < e.seq ? e.cause : 0;
        }
        break;
      }
      case Kind::cancel_swallowed:
      case Kind::cancel_caught:
      case Kind::cancel_uncancelled:
        if (e.kind != Kind::cancel_uncancelled || e.a == 0) tasks[e.task].delivered = tasks[e.task].cut = 0;
        break;
      case Kind::task_done:
        if (CleaningUp& of = tasks[e.task]; of.cut) out.push_back(about(run, e.who(), of));
        tasks.erase(e.task);
        break;
      case Kind::step_end: {
        const auto found = tasks.find(e.task);
        if (found == tasks.end()) break;
        CleaningUp& of = found->second;
        // A wait that is taken up again where it was (a lock that must be had back) was not cut off.
        if (of.cut && (e.site != of.at || e.as<Wait>() != of.wait)) out.push_back(about(run, e.who(), of));
        if (of.cut) of.delivered = of.cut, of.request = run.trace[of.cut].cause;
        of.cut = 0;
        of.wait = enum_name(Field::wait, e.c).empty() ? Wait::other : e.as<Wait>();
        of.site = e.site;
        break;
      }
      default: break;
    }
  }
  return out;
}

}  // namespace

Lint cleanup_interrupted() {
  return {
      "cleanup-interrupted",
      "a second cancel strikes a task that is cleaning up after the first, and cuts that off",
      "keep clean-up short, or shield it and wait for it: task = create_task(close()); await shield(task), finally await task",
      "cleanup_in_finally",
      {},
      check};
}

}  // namespace awaitscope::lints
