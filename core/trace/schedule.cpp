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
  for (const Hand& hand : schedule.hands) out += "@" + to_text(hand);
  return out;
}

namespace {

/// What follows the choices: `@HAND@HAND`, with the first @ taken off.
Result<std::vector<Hand>> read_hands(std::string_view text) {
  std::vector<Hand> out;
  for (bool more = true; more;) {
    const std::size_t end = text.find('@');
    auto hand = read_hand(text.substr(0, end));
    if (!hand) return Error{hand.error()};
    if (!out.empty() && hand->step < out.back().step) return Error{"hands stand in the order of their steps"};
    out.push_back(*hand);
    if ((more = end != std::string_view::npos)) text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

Result<Schedule> read_schedule(const std::string& text) {
  const Error bad{"schedule '" + text + "' is not " + std::string(schedule_form)};
  Schedule out;
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0) return bad;
  out.policy = text.substr(0, colon);
  const char* at = text.data() + colon + 1;
  const std::size_t hands = std::min(text.find('@', colon), text.size());
  const char* end = text.data() + hands;
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
  if (hands == text.size()) return out;
  auto read = read_hands(std::string_view(text).substr(hands + 1));
  if (!read) return Error{"schedule '" + text + "': " + read.error()};
  out.hands = std::move(*read);
  return out;
}

}  // namespace awaitscope
