#include "core/findings/longest_step.h"

#include <algorithm>
#include <bit>

namespace awaitscope {
namespace {

constexpr std::size_t block = 16;

}  // namespace

LongestStep::LongestStep(const std::vector<Stall>& steps) : steps_(steps), up_to_(steps.size()), from_(steps.size()) {
  for (std::size_t i = 0; i < steps.size(); ++i)
    up_to_[i] = i % block == 0 ? static_cast<std::uint32_t>(i) : longer(up_to_[i - 1], i);
  for (std::size_t i = steps.size(); i-- > 0;)
    from_[i] = i % block == block - 1 || i + 1 == steps.size() ? static_cast<std::uint32_t>(i) : longer(i, from_[i + 1]);
  std::vector<std::uint32_t> level;
  for (std::size_t first = 0; first < steps.size(); first += block) level.push_back(from_[first]);
  for (std::size_t reach = 1; !level.empty(); reach *= 2) {
    levels_.push_back(level);
    const std::size_t count = level.size() > reach ? level.size() - reach : 0;
    for (std::size_t i = 0; i < count; ++i) level[i] = longer(level[i], level[i + reach]);
    level.resize(count);
  }
}

std::uint32_t LongestStep::longer(std::size_t a, std::size_t b) const {
  return static_cast<std::uint32_t>(steps_[b].end - steps_[b].begin > steps_[a].end - steps_[a].begin ? b : a);
}

std::size_t LongestStep::of(std::size_t from, std::size_t to) const {
  const std::size_t first = from / block, last = (to - 1) / block;
  if (first == last) {
    std::size_t longest = from;
    while (++from < to) longest = longer(longest, from);
    return longest;
  }
  std::size_t longest = from_[from];
  if (const std::size_t whole = last - first - 1; whole > 0) {
    const auto level = static_cast<std::size_t>(std::bit_width(whole) - 1);
    longest = longer(longest, levels_[level][first + 1]);
    longest = longer(longest, levels_[level][last - (std::size_t{1} << level)]);
  }
  return longer(longest, up_to_[to - 1]);
}

}  // namespace awaitscope
