#pragma once
// The longest of a stretch of steps, asked for many stretches of one run.
#include <vector>

#include "core/model/history.h"

namespace awaitscope {

/// Answers in constant time, after one pass over the steps, which it keeps a reference to.
class LongestStep {
 public:
  explicit LongestStep(const std::vector<Stall>& steps);
  /// The index of the longest of the steps from `from` up to and without `to`, the first of several; there is at least one.
  std::size_t of(std::size_t from, std::size_t to) const;

 private:
  std::uint32_t longer(std::size_t a, std::size_t b) const;

  const std::vector<Stall>& steps_;
  /// In blocks of steps: the longest from the block's first step up to each, and from each up to the block's last.
  std::vector<std::uint32_t> up_to_, from_;
  /// At level n, for each block, the longest of it and the 2^n - 1 blocks behind it.
  std::vector<std::vector<std::uint32_t>> levels_;
};

}  // namespace awaitscope
