#pragma once
// asyncio.run and asyncio.Runner: a loop for main coroutines, from their first step to the last clean-up (rules R1 to R5).
#include <memory>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

struct RunResult {
  RunOutcome outcome = RunOutcome::ok;
  std::exception_ptr error;  ///< what main threw
  Instant end;
  std::uint64_t lost = 0;  ///< events that a bounded sink could not take
};

/// A function that makes the main coroutine, called once the loop exists.
using Main = std::function<Task<void>()>;

/// asyncio.Runner: several mains one after the other on one loop, whose clock, tasks and timers carry over (rule R4).
class Runner {
 public:
  /// RuntimeError where a loop runs on this thread already (rule R1).
  explicit Runner(const RunOptions& options = {}, Place at = Place::current());
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// Runs until this main is done.  What it threw is in the result.  RuntimeError from inside a run (rule R1).
  RunResult run(const Main& main, std::string_view name = "main", Place at = Place::current());
  /// The same for a task that exists: loop.run_until_complete.
  RunResult run_until_complete(TaskBase& task, Place at = Place::current());
  /// The clean-up: cancels tasks that are left and waits for them, closes generators, waits for workers (rule R2).
  void shutdown();
  /// Its first part alone, with the reports of those that fail (rule N5).
  void cancel_all_tasks();
  /// shutdown(), then the end of the trace.  The destructor does the same.
  RunResult close();
  /// loop.close() without a clean-up: tasks that are pending stay so, and each is reported when it is destroyed (rule N7):
  /// with its last handle, or by collect_garbage() where it has none.
  void close_loop();
  /// gc.collect(), of which C++ has none, after close_loop(); close() does it too.
  void collect_garbage();

  Loop& loop() { return *loop_; }

 private:
  void refuse_nested(const std::string& message, const Place& at);
  Task<void> shutdown_asyncgens();
  Task<void> shutdown_workers();
  void run_to_end(Task<void> coroutine, std::string_view name);

  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Loop> loop_;
  RunResult result_;
  bool clean_ = false;  ///< nothing has run since shutdown()
};

/// Runs `main` until it and everything it left behind has ended (rules R2, R3).  RuntimeError where a loop runs on this thread
/// already (rule R1).
RunResult run(const Main& main, const RunOptions& options = {}, Place at = Place::current());
/// The same for a coroutine that was made before: asyncio.run(main()).  One that is refused is never awaited (rule N1).
RunResult run(Task<void> main, const RunOptions& options = {}, Place at = Place::current());

}  // namespace awaitscope::runtime
