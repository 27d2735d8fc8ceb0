#pragma once
// What must hold of every trace, in whatever order the loop ran what was ready.
#include <string>
#include <vector>

#include "core/trace/trace.h"

namespace awaitscope::testing {

/// A sentence for each rule that the trace of a whole run breaks:
/// permits are conserved; no child outlives its group or nursery; a cancel reaches its task (which runs again, or ends, after
/// it); no waiter is lost (at the end nobody waits for what is there); steps nest and time does not go back.
std::vector<std::string> broken_invariants(const Trace& trace);

}  // namespace awaitscope::testing
