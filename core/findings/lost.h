#pragma once
// Cancels that were lost: by the program, which swallowed them, or by the old wait_for, which mislaid them.
#include "core/findings/lint.h"

namespace awaitscope {

/// The wait_for (of Python 3.11 and before) that dropped this request because what it waited for was done when the
/// CancelledError reached it; null where none did.
const ScopeModel* lost_in_wait_for(const Run& run, const Cancellation& request);

/// What a task did that was asked to stop and did not: "went on for 3.0 s and returned as if nothing had been asked".  `raised`
/// is said of one that ended with an error: "raised another error".
std::string afterwards(const Run& run, const Cancellation& request, std::string_view raised);

}  // namespace awaitscope
