#pragma once
// Four badges of a program, computed from runs of it, never written down.
#include <array>
#include <optional>
#include <string>

#include "core/explore/explore.h"

namespace awaitscope {

struct Badge {
  std::string name;  ///< "correct", "efficient", "resilient", "maintainable"
  bool earned = false;
  std::string why;  ///< what was seen: "4.0 s against 1.0 s"
};

/// - correct: 50 random schedules keep its promise, and none ends with an error.
/// - efficient: it takes at most 1.2 times as long as `fixed_end`, the end of the fixed version.
/// - resilient: a failure of its first request, and a timeout at half its time, neither hang it nor bring out a finding above
///   info that the plain run has not.
/// - maintainable: no task without an owner, no error that nobody takes.
/// Where `interrupted` becomes true it ends early, with badges that mean nothing.
std::array<Badge, 4> badges_of(const Subject& subject, Instant fixed_end, const std::atomic<bool>* interrupted = nullptr);

}  // namespace awaitscope
