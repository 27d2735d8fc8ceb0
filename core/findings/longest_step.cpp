#include "core/findings/longest_step.h"

#include <algorithm>
#include <bit>

namespace awaitscope {
namespace {

constexpr std::size_t block = 16;

}  // namespace

LongestStep::LongestStep(const std::vector<Stall>& steps) : steps_(steps) {
  std::vector<std::uint32_t> level;
  for (std::size_t from = 0; from < steps.size(); from += block)
    level.push_back(static_cast<std::uint32_t>(one_by_one(from, std::min(from + block, steps.size()))));
  for (std::size_t reach = 1; !level.empty(); reach *= 2) {
    levels_.push_back(level);
    const std::size_t count = level.size() > reach ? level.size() - reach : 0;
    for (std::size_t i = 0; i < count; ++i) level[i] = static_cast<std::uint32_t>(longer(level[i], level[i + reach]));
    level.resize(count);
  }
}

std::size_t LongestStep::longer(std::size_t a, std::size_t b) const {
  return steps_[b].end - steps_[b].begin > steps_[a].end - steps_[a].begin ? b : a;
}

std::size_t LongestStep::one_by_one(std::size_t from, std::size_t to) const {
  std::size_t longest = from;
  while (++from < to) longest = longer(longest, from);
  return longest;
}

std::size_t LongestStep::of(std::size_t from, std::size_t to) const {
  const std::size_t first = (from + block - 1) / block, last = to / block;  // the whole blocks
  if (first >= last) return one_by_one(from, to);
  const auto level = static_cast<std::size_t>(std::bit_width(last - first) - 1);
  std::size_t longest = longer(levels_[level][first], levels_[level][last - (std::size_t{1} << level)]);
  if (from < first * block) longest = longer(one_by_one(from, first * block), longest);
  if (last * block < to) longest = longer(longest, one_by_one(last * block, to));
  return longest;
}

}  // namespace awaitscope
