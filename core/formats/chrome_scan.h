#pragma once
// Where things lie in the text of a Chrome trace, which may be an object or an array and may be cut off anywhere: programs
// that crash leave such files, and the format allows the closing bracket to be missing.
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/reading.h"

namespace awaitscope::chrome {

struct Scan {
  std::string_view trace_events;         ///< the array, brackets included; to the end of the text where it is cut off
  std::vector<std::string_view> events;  ///< its elements
  std::string_view awaitscope;           ///< our own block, "" without
  bool cut = false;                      ///< the text ends too early
  std::size_t stopped_at = 0;            ///< where it was cut off or stopped making sense
  std::string problem;                   ///< why nothing can be made of it; "" otherwise
};

Scan scan(std::string_view text, const Stretch& progress = {});

}  // namespace awaitscope::chrome
