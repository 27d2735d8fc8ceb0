#include "core/runtime/run.h"

#include "core/runtime/async_generator.h"
#include "core/runtime/gather.h"

namespace awaitscope::runtime {
namespace {

void report(const std::string& name, const std::exception_ptr& error, TaskId task) {
  Loop::running().diagnose({.what = Diagnosis::shutdown_error,
                            .text = name + ": " + describe(error),
                            .object = task.value,
                            .error = error});
}

}  // namespace

Runner::Runner(const RunOptions& options, Place at) {
  if (Loop* outer = Loop::running_or_null()) {
    const std::string message = "asyncio.run() cannot be called from a running event loop";
    outer->diagnose({.what = Diagnosis::nested_run, .text = message, .site = outer->site(at)});
    throw RuntimeError(message, at);
  }
  recorder_ = std::make_unique<Recorder>(options.sink);
  loop_ = std::make_unique<Loop>(*recorder_, options);
  loop_->emit(Kind::run_begin, {}, 0, {});
}

Runner::~Runner() { close(); }

RunResult Runner::run(const Main& main, std::string_view name) {
  return run_until_complete(*detail::spawn(main(), name, {}, Place{}));
}

RunResult Runner::run_until_complete(TaskBase& task) {
  const Ref<TaskBase> alive(&task);
  loop_->run_until_complete(task);
  result_.error = nullptr;
  if (task.done()) try {
      task.check();
    } catch (...) { result_.error = std::current_exception(); }
  result_.outcome = loop_->outcome();
  if (result_.outcome == RunOutcome::ok && result_.error)
    result_.outcome = is_cancelled_error(result_.error) ? RunOutcome::cancelled : RunOutcome::raised;
  result_.end = loop_->now();
  return result_;
}

void Runner::shutdown() {
  const auto left = loop_->all_tasks();
  for (const auto& task : left) task->cancel({{}, CancelReason::shutdown, {}, Place{}});
  for (const auto& task : left)
    while (!task->done() && loop_->outcome() == RunOutcome::ok) loop_->run_until_complete(*task);
  if (loop_->outcome() != RunOutcome::ok) return;
  for (const auto& task : left)  // rule N5
    if (task->state() == FutureBase::State::failed) report(task->name(), task->error(), task->id());
  close_generators();
  loop_->run_until_workers_end();
}

void Runner::close_generators() {  // rule Y5
  if (loop_->generators.empty() || loop_->outcome() != RunOutcome::ok) return;
  const auto close_all = [](std::vector<GeneratorBase*> open) -> Task<void> {
    std::vector<Task<void>> closings;
    for (GeneratorBase* generator : open) closings.push_back(generator->aclose(Place{}));
    const auto settled = co_await gather_settled(std::move(closings));
    for (const auto& one : settled)
      if (one.error) report("async generator", one.error, {});
  };
  const auto closing = detail::spawn(close_all(std::exchange(loop_->generators, {})), "shutdown_asyncgens", {}, Place{});
  loop_->run_until_complete(*closing);
}

RunResult Runner::close() {
  if (!loop_) return result_;
  if (loop_->outcome() == RunOutcome::ok && !loop_->closed()) shutdown();
  if (loop_->outcome() == RunOutcome::hang)
    for (const auto& task : loop_->all_tasks())
      loop_->diagnose({.what = Diagnosis::hang, .text = task->name(), .object = task->id().value});
  if (loop_->outcome() != RunOutcome::ok) result_.outcome = loop_->outcome();
  result_.end = loop_->now();
  loop_->emit(Kind::run_end, {}, 0,
              {.a = recorder_->text(describe(result_.error)).value, .c = static_cast<std::uint8_t>(result_.outcome)});
  recorder_->close();  // the frames that are destroyed now are not part of the run
  loop_.reset();
  result_.lost = recorder_->lost();
  return result_;
}

void Runner::close_loop() { loop_->close(); }

RunResult run(const Main& main, const RunOptions& options, Place at) {
  Runner runner(options, at);
  runner.run(main);
  return runner.close();
}

}  // namespace awaitscope::runtime
