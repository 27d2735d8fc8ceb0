#pragma once
// asyncio.run: a loop for one main coroutine, from its first step to the last clean-up (rules R1 to R5).
#include "core/runtime/task.h"

namespace awaitscope::runtime {

struct RunOptions {
  Sink* sink = nullptr;  ///< where events go; null records nothing
  bool steady = false;   ///< the machine's clock instead of the virtual one
  Schedule schedule;
  Gate* gate = nullptr;  ///< to pause, step and stop the run from another thread
  Limits limits;
};

struct RunResult {
  RunOutcome outcome = RunOutcome::ok;
  std::exception_ptr error;  ///< what main threw
  Instant end;
  std::uint64_t lost = 0;  ///< events that a bounded sink could not take
};

/// Runs `main` (a function that makes the coroutine, called once the loop exists) until it and everything it left behind has
/// ended.  RuntimeError where a loop runs on this thread already (rule R1).
RunResult run(const std::function<Task<void>()>& main, const RunOptions& options = {});

}  // namespace awaitscope::runtime
