#pragma once
// Whether a step works or only looks whether its task may go on.
#include "core/findings/lint.h"

namespace awaitscope {

/// Whether the task did anything in a running span of its lane that is recorded: requests, jobs, tasks made and woken,
/// resources taken and given back, values written, blocking calls, log lines.  Calling coroutines, setting timers and reading
/// shared values are nothing.  Takes a look at each event of the step.
bool did_something(const Run& run, TaskId task, const Span& step);

}  // namespace awaitscope
