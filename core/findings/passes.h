#pragma once
// Passes of the loop that are long although none of their steps is: what a limit for single steps cannot see.
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

/// The settings of iteration-stall and slow-step, where they are not set.
inline constexpr double stalled_pass_ms = 100, slow_step_ms = 50;

struct Pass {
  const Tick* tick = nullptr;
  std::size_t begin = 0, end = 0;  ///< its steps in the history, at least one; without `end`
  Duration sum{}, longest{};
  bool cut = false;  ///< the trace may have ended before it did
};

/// In order: those whose steps together take the limit of iteration-stall, each less than the warning of slow-step.
std::vector<Pass> stalled_passes(const Run& run);

}  // namespace awaitscope
