#include "core/runtime/run.h"

#include "core/runtime/gather.h"
#include "core/runtime/sleep.h"
#include "core/runtime/workers.h"

namespace awaitscope::runtime {
namespace {

/// Rule R2: leftovers are cancelled in order of creation and waited for, however long they take.
void cancel_leftovers(Loop& loop) {
  const auto left = loop.all_tasks();
  if (left.empty()) return;
  for (const auto& task : left) task->cancel({{}, CancelReason::shutdown, {}, Place{}});
  for (const auto& task : left)
    while (!task->done() && loop.outcome() == RunOutcome::ok) loop.run_until_complete(*task);
  for (const auto& task : left)
    if (task->never_retrieved()) {
      task->mark_retrieved();
      loop.diagnose(Diagnosis::shutdown_error, task->name() + ": " + describe(task->error()), {}, task->id().value);
    }
}

void report_hang(Loop& loop) {
  for (const auto& task : loop.all_tasks()) loop.diagnose(Diagnosis::hang, task->name(), {}, task->id().value);
}

}  // namespace

RunResult run(const std::function<Task<void>()>& main, const RunOptions& options) {
  if (Loop* outer = Loop::running_or_null()) {
    outer->diagnose(Diagnosis::nested_run, "asyncio.run() cannot be called from a running event loop");
    throw RuntimeError("asyncio.run() cannot be called from a running event loop");
  }
  RunResult result;
  Recorder recorder(options.sink);
  {
    Loop loop(recorder, options.schedule, options.steady, options.gate, options.limits);
    loop.emit(Kind::run_begin, {}, 0, {});
    {
      TaskHandle<void> task = create_task(main(), "main", Place{});
      loop.run_until_complete(*task.state());
      if (task.done()) result.error = task.state()->error();
      if (loop.outcome() == RunOutcome::ok) cancel_leftovers(loop);
    }
    if (loop.outcome() == RunOutcome::hang) report_hang(loop);
    result.outcome = loop.outcome();
    if (result.outcome == RunOutcome::ok && result.error)
      result.outcome = is_cancelled_error(result.error) ? RunOutcome::cancelled : RunOutcome::raised;
    result.end = loop.now();
    loop.emit(Kind::run_end, {}, 0,
              {.a = recorder.text(describe(result.error)).value, .c = static_cast<std::uint8_t>(result.outcome)});
    recorder.close();  // the frames that are destroyed now are not part of the run
    loop.close();
  }
  result.lost = recorder.lost();
  return result;
}

}  // namespace awaitscope::runtime
