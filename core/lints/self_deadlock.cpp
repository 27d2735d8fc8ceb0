// self-deadlock: somebody waits for what only he himself could bring about: the loop's own thread for the loop, or a task for
// a lock that it holds.
#include <map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// Who else can never go on, as the run ended.
std::string victims(const Run& run, TaskId waiting, Finding& f) {
  std::vector<std::string> names;
  for (const TaskModel& task : run.history.model.tasks) {
    if (task.id == waiting || !task.created || task.phase == Phase::done) continue;
    f.tasks.push_back(task.id);
    names.push_back(run.name_of(task.id));
  }
  return names.empty() ? "" : fmt::format("; {} will never go on either ({})", counted(names.size(), "task"), listed(names));
}

/// A blocking call inside a step or callback that was still under way when the run was given up as a hang.
void waits_with_the_thread(const Run& run, std::vector<Finding>& out) {
  if (run.history.model.outcome != RunOutcome::hang || !run.has(Kind::block_begin)) return;
  Event call, end;
  bool inside = false;
  TaskId task;
  for (const Event& e : run.events({Kind::step_begin, Kind::callback_begin, Kind::step_end, Kind::callback_end,
                                    Kind::block_begin, Kind::block_end, Kind::run_end})) {
    if (e.kind == Kind::step_begin || e.kind == Kind::callback_begin) {
      inside = true;
      task = e.kind == Kind::step_begin ? e.who() : TaskId{};
      call = {};
    } else if (e.kind == Kind::step_end || e.kind == Kind::callback_end) {
      inside = false;
      call = {};
    } else if (e.kind == Kind::block_begin && inside) {
      call = e;
    } else if (e.kind == Kind::block_end) {
      call = {};
    } else if (e.kind == Kind::run_end) {
      end = e;
    }
  }
  if (!call.seq || !end.seq || end.as<RunOutcome>() != RunOutcome::hang) return;
  Finding f;
  f.severity = Severity::error;
  f.confidence = sureness(run, end.seq);
  f.site = run.trace.site(call.where());
  const std::string what = call.a ? plain(run.trace.text(call.a)) : "a call";
  f.begin = call.at();
  f.end = end.at();
  if (task) f.tasks.push_back(task);
  f.sentence = fmt::format(
      "{} waits in {} on the loop's own thread{}, for what only this loop could bring about: nothing ever "
      "runs again{}",
      task_named(run, task), what, at(f.site), victims(run, task, f));
  f.evidence = {call.seq, end.seq};
  out.push_back(std::move(f));
}

/// A task that waits for a lock which it holds itself; locks are not re-entrant.  Where somebody else frees the lock after
/// all, or the wait is given up, it was none.
void waits_for_its_lock(const Run& run, std::vector<Finding>& out) {
  std::map<std::uint32_t, std::vector<TaskId>> wanted;  // by lock: who waits for it as the trace ends
  for (const TaskModel& task : run.history.model.tasks) {
    if (task.phase != Phase::waiting || task.wait != Wait::lock || !task.since) continue;
    const ResourceModel* lock = run.history.model.resource({task.object});
    if (lock && lock->type == ResourceType::lock) wanted[task.object].push_back(task.id);
  }
  if (wanted.empty()) return;
  std::map<std::uint32_t, Event> held;  // by lock: who took it
  for (const Event& e : run.events({Kind::acquired, Kind::released})) {
    if (!wanted.count(e.a)) continue;
    if (e.kind == Kind::acquired) held[e.a] = e;
    else held.erase(e.a);
  }
  for (const auto& [lock, taken] : held) {
    const auto& waiting = wanted.at(lock);
    if (std::find(waiting.begin(), waiting.end(), taken.who()) == waiting.end()) continue;
    const Event wait = run.trace[run.history.model.task(taken.who())->since];
    if (wait.seq < taken.seq) continue;
    const std::uint32_t task = taken.task;
    Finding f;
    f.advice = "take a lock once, at the outermost place that needs it, and pass on that it is held";
    f.lesson = "deadlock_lock_order";
    f.severity = Severity::error;
    f.confidence = sureness(run, run.history.model.ended ? wait.seq : 0);
    f.site = run.trace.site(wait.where());
    f.sentence =
        fmt::format("{} waits for {}{}, which it took itself{} and still holds: it waits for itself for ever",
                    task_named(run, {task}), run.name_of(ResourceId{wait.a}), at(f.site), at(run.trace.site(taken.where())));
    f.begin = wait.at();
    f.end = run.history.end;
    f.tasks.push_back({task});
    f.resources.push_back({wait.a});
    f.evidence = {wait.seq, taken.seq};
    out.push_back(std::move(f));
  }
}

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  waits_with_the_thread(run, out);
  waits_for_its_lock(run, out);
  return out;
}

}  // namespace

Lint self_deadlock() {
  return {"self-deadlock",
          "somebody waits for what only he himself could bring about",
          "await instead of blocking the thread: the loop must be free to run what you wait for",
          "nested_loop",
          {},
          check};
}

}  // namespace awaitscope::lints
