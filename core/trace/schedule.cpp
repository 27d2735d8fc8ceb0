#include "core/trace/schedule.h"

#include <charconv>

namespace awaitscope {

std::string to_text(const Schedule& schedule) {
  std::string out = schedule.policy + ":" + std::to_string(schedule.seed);
  char separator = ':';
  for (std::uint32_t choice : schedule.choices) {
    out += separator + std::to_string(choice);
    separator = '.';
  }
  return out;
}

Result<Schedule> read_schedule(const std::string& text) {
  const Error bad{"schedule '" + text + "' is not POLICY:SEED[:CHOICE.CHOICE...], e.g. fifo:1"};
  Schedule out;
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0) return bad;
  out.policy = text.substr(0, colon);
  const char* at = text.data() + colon + 1;
  const char* end = text.data() + text.size();
  auto seed = std::from_chars(at, end, out.seed);
  if (seed.ec != std::errc{}) return bad;
  at = seed.ptr;
  for (char separator = ':'; at != end; separator = '.') {
    std::uint32_t choice = 0;
    if (*at != separator) return bad;
    auto read = std::from_chars(at + 1, end, choice);
    if (read.ec != std::errc{}) return bad;
    out.choices.push_back(choice);
    at = read.ptr;
  }
  return out;
}

}  // namespace awaitscope
