#pragma once
// Many findings that say the same: a loop that blocks four hundred times is one thing to repair.
#include "core/findings/lint.h"

namespace awaitscope {

/// Of findings of one rule that share severity, advice, place, the function to blame (the task's name without a number) and
/// the resource, the worst remains: the surest, then the longest, then the first.  It counts the others, and names tasks and
/// a first event of each, up to a hundred.  Where neither the place nor the task is known, nothing is shared.
/// `adds_up`: their lengths may be added.
std::vector<Finding> folded(const Run& run, std::vector<Finding> findings, bool adds_up);

}  // namespace awaitscope
