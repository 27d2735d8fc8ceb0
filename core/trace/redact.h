#pragma once
// A trace that tells nothing of the program it came from but its structure.
#include "core/trace/trace.h"

namespace awaitscope {

/// Every name, message and path replaced by a placeholder ("task-1", "resource-2", "function-3", "text-4", "file-5.py"); equal
/// ones by the same, in the order in which they come.  Times, numbers and lines stay.  Of the header the clock and known
/// runtimes' names stay; scenario, variant, parameters and schedule only where `keep_header` is true: when they are known to
/// be the program's own and hold nothing of the user's.
Trace redacted(const Trace& trace, bool keep_header);

}  // namespace awaitscope
