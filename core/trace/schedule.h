#pragma once
// The value that reproduces a run.
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/trace/hand.h"

namespace awaitscope {

/// {policy, seed, choices, hands}.  With the same program and parameters it gives the same trace, byte for byte.
/// Its text form is `policy:seed` or `policy:seed:c.c.c`, and then `@` and its text for each hand: `fifo:1`,
/// `fifo:1@37:cancel:7@52:delay:3:500ms`.
struct Schedule {
  std::string policy = "fifo";
  std::uint64_t seed = 1;
  std::vector<std::uint32_t> choices;  ///< index into the ready queue, where the policy had a choice
  std::vector<Hand> hands{};           ///< what was done to the run from outside, in the order of their steps
  bool operator==(const Schedule&) const = default;
};

inline constexpr std::string_view schedule_form =
    "POLICY:SEED[:CHOICE.CHOICE...][@STEP:WHAT:TARGET...], e.g. fifo:1 or fifo:1@37:cancel:7";
std::string to_text(const Schedule& schedule);
Result<Schedule> read_schedule(const std::string& text);

}  // namespace awaitscope
