#pragma once
// A cancel that the old wait_for mislaid, told apart from one that the program swallowed.
#include "core/findings/lint.h"

namespace awaitscope {

/// The wait_for (of Python 3.11 and before) that dropped this request because what it waited for was done when the
/// CancelledError reached it; null where none did.
const ScopeModel* lost_in_wait_for(const Run& run, const Cancellation& request);

}  // namespace awaitscope
