#pragma once
// A change that a person made to a run from outside, while it stood between two steps.
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"

namespace awaitscope {

/// Its text form is `STEP:WHAT:TARGET` or `STEP:delay:TARGET:TIME`, e.g. `37:cancel:7` or `52:delay:3:500ms`.
struct Hand {
  enum class What : std::uint8_t {
    cancel,   ///< asks a task to stop
    fail,     ///< a request that is on its way fails
    delay,    ///< a request that is on its way takes longer by `amount`
    release,  ///< gives a semaphore a permit
    set,      ///< sets an event
  };
  std::uint64_t step = 0;  ///< how many steps and callbacks the loop had begun by then
  What what = What::cancel;
  std::uint32_t target = 0;  ///< the number of a task, of a request, of a resource
  Duration amount{};         ///< of delay
  bool operator==(const Hand&) const = default;
};

/// The longest delay: a day.
inline constexpr Duration longest_delay = std::chrono::hours(24);

std::string_view name(Hand::What what);
std::string to_text(const Hand& hand);
/// The error says what a hand looks like; it does not repeat the text.
Result<Hand> read_hand(std::string_view text);

}  // namespace awaitscope
