#include "core/trace/hand.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace awaitscope {
namespace {

constexpr std::array<std::string_view, 5> names = {"cancel", "fail", "delay", "release", "set"};

/// A length as a whole number of the largest unit that leaves nothing over.
std::string exact(Duration length) {
  constexpr std::pair<std::int64_t, const char*> units[] = {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}};
  for (const auto& [size, unit] : units)
    if (length.count() % size == 0) return std::to_string(length.count() / size) + unit;
  return {};
}

/// The text up to the next colon, which is taken away with it.
std::string_view next_part(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find(':'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

template <class Number>
bool whole(std::string_view text, Number& out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

}  // namespace

std::string_view name(Hand::What what) { return names[static_cast<std::size_t>(what)]; }

std::string to_text(const Hand& hand) {
  std::string out = std::to_string(hand.step);
  out.append(":").append(name(hand.what)).append(":").append(std::to_string(hand.target));
  if (hand.what == Hand::What::delay) out += ":" + exact(hand.amount);
  return out;
}

Result<Hand> read_hand(std::string_view text) {
  const Error bad{
      "a hand is STEP:cancel:TASK, STEP:fail:REQUEST, STEP:delay:REQUEST:TIME, STEP:release:SEMAPHORE or STEP:set:EVENT, "
      "e.g. 37:cancel:7 or 52:delay:3:500ms"};
  if (text.ends_with(':')) return bad;
  Hand out;
  if (!whole(next_part(text), out.step)) return bad;
  const std::string_view what = next_part(text);
  std::size_t kind = 0;
  while (kind < names.size() && names[kind] != what) ++kind;
  if (kind == names.size()) return bad;
  out.what = static_cast<Hand::What>(kind);
  if (!whole(next_part(text), out.target) || out.target == 0) return bad;
  if (out.what == Hand::What::delay) {
    if (!read_duration(std::string(next_part(text)), out.amount)) return bad;
    if (out.amount.count() <= 0 || out.amount > longest_delay) return Error{"a delay is more than 0 and at most a day"};
  }
  if (!text.empty()) return bad;
  return out;
}

}  // namespace awaitscope
