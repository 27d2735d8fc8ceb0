#include "core/runtime/run.h"

#include "core/runtime/async_generator.h"
#include "core/runtime/gather.h"
#include "core/runtime/hands.h"
#include "core/runtime/intervened.h"
#include "core/runtime/workers.h"

namespace awaitscope::runtime {
namespace {

void report(const std::string& name, const std::exception_ptr& error, TaskId task) {
  Loop::running().diagnose(
      {.what = Diagnosis::shutdown_error, .text = name + ": " + describe(error), .object = task.value, .error = error});
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

RunResult Runner::run(const Main& main, std::string_view name, Place at) {
  refuse_nested("Runner.run() cannot be called from a running event loop", at);
  return run_until_complete(*detail::spawn(main(), name, {}, Place{}), at);
}

RunResult Runner::run_until_complete(TaskBase& task, Place at) {
  refuse_nested("This event loop is already running", at);
  const Ref<TaskBase> alive(&task);
  clean_ = false;
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

void Runner::refuse_nested(const std::string& message, const Place& at) {
  if (!loop_->is_running()) return;
  loop_->diagnose({.what = Diagnosis::nested_run, .text = message, .site = loop_->site(at)});
  throw RuntimeError(message, at);
}

void Runner::shutdown() {
  if (std::exchange(clean_, true)) return;
  if (Intervened* on = loop_->intervened()) on->main_ended();
  cancel_all_tasks();
  // What asyncio does now takes iterations of its own.  They are left out where nothing would happen in them.
  if (loop_->idle() && loop_->generators.empty() && loop_->workers().unfinished() == 0) return;
  run_to_end(shutdown_asyncgens(), "shutdown_asyncgens");
  run_to_end(shutdown_workers(), "shutdown_default_executor");
}

void Runner::run_to_end(Task<void> coroutine, std::string_view name) {
  if (loop_->outcome() != RunOutcome::ok) return coroutine.close();
  const auto task = detail::spawn(std::move(coroutine), name, {}, Place{});
  loop_->run_until_complete(*task);
}

void Runner::cancel_all_tasks() {
  /// Done when all of them are, as asyncio's gather would be.
  class AllEnded final : public FutureBase {
   public:
    explicit AllEnded(std::size_t left) : left_(left) {}
    static void one_ended(Counted& self, FutureBase&) {
      auto& all = static_cast<AllEnded&>(self);
      if (--all.left_ == 0) all.set_finished();
    }

   private:
    std::size_t left_;
  };
  const auto left = loop_->all_tasks();
  if (left.empty()) return;
  for (const auto& task : left) task->cancel({{}, CancelReason::shutdown, {}, Place{}});
  const Ref<AllEnded> all(new AllEnded(left.size()));
  for (const auto& task : left) task->add_done_callback({&AllEnded::one_ended, Ref<Counted>(all.get())});
  loop_->run_until_complete(*all);
  if (loop_->outcome() != RunOutcome::ok) return;
  for (const auto& task : left)  // rule N5
    if (task->state() == FutureBase::State::failed) report(task->name(), task->error(), task->id());
}

Task<void> Runner::shutdown_asyncgens() {  // rule Y5
  if (loop_->generators.empty()) co_return;
  std::vector<Task<void>> closings;
  const auto open = std::exchange(loop_->generators, {});
  for (GeneratorBase* generator : open) closings.push_back(generator->aclose(Place{}));
  const auto settled = co_await gather_settled(std::move(closings));
  for (const auto& one : settled)
    if (one.error && !is_cancelled_error(one.error)) report("async generator", one.error, {});
}

Task<void> Runner::shutdown_workers() {
  if (loop_->workers().unfinished() > 0) co_await Waiting(loop_->workers().joined(), Place{});
}

RunResult Runner::close() {
  if (!loop_) return result_;
  recorder_->resume();
  if (loop_->outcome() == RunOutcome::ok && !loop_->closed()) shutdown();
  collect_garbage();
  if (Hands* hands = loop_->hands()) hands->tell_unused();
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

void Runner::collect_garbage() { loop_->collect_garbage(); }

RunResult run(const Main& main, const RunOptions& options, Place at) {
  Runner runner(options, at);
  runner.run(main);
  return runner.close();
}

RunResult run(Task<void> main, const RunOptions& options, Place at) {
  return run([&] { return std::move(main); }, options, at);
}

}  // namespace awaitscope::runtime
