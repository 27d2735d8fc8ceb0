#pragma once
// The value that reproduces a run.
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace awaitscope {

/// {policy, seed, choices}.  With the same program and parameters it gives the same trace, byte for byte.
/// Its text form is `policy:seed` or `policy:seed:c.c.c`, e.g. `fifo:1`.
struct Schedule {
  std::string policy = "fifo";
  std::uint64_t seed = 1;
  std::vector<std::uint32_t> choices;  ///< index into the ready queue, where the policy had a choice
  bool operator==(const Schedule&) const = default;
};

std::string to_text(const Schedule& schedule);
Result<Schedule> read_schedule(const std::string& text);

}  // namespace awaitscope
