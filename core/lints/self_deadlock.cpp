// self-deadlock: the loop's own thread waits for something that only the loop could bring about.
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
  Event call, end;
  bool inside = false;
  TaskId task;
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) {
    const Event e = run.trace[seq];
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

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  waits_with_the_thread(run, out);
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
