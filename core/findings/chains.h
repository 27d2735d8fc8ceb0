#pragma once
// Requests that one task makes one after another although none needs another's result.
#include <string>
#include <vector>

#include "core/findings/words.h"

namespace awaitscope {

/// In order, at least two.
using Chain = std::vector<const Request*>;

/// The chains of every task.  A retry belongs to none, and neither a request that failed nor one that waited for something else
/// goes on with one.
struct IndependentChains {
  explicit IndependentChains(const Run& run);
  std::vector<Chain> all;
};
inline const std::vector<Chain>& independent_chains(const Run& run) { return run.once<IndependentChains>().all; }

/// All begin at one known place: a loop.
bool one_place(const Chain& chain);
/// Their lengths together, and the longest: what they would take if started together.
struct Lengths {
  Duration sum{}, longest{};
  /// Whether starting them together saves that much.
  bool saves(double share, double ms) const;
};
Lengths lengths(const Chain& chain);
/// "user, posts and comments", "5 requests (item)".
std::string named(const Run& run, const Chain& chain);
/// "although none needs another's result", as far as the trace knows.
std::string independence(const Run& run, const Chain& chain);
/// What findings about a chain share: sureness, time, task, services, and its requests as evidence, the second one first.
Finding about(const Run& run, const Chain& chain);

}  // namespace awaitscope
