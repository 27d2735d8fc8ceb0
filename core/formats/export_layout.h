#pragma once
// Where events stand on the time axis of an export.
//
// In virtual time a step has length zero, and viewers bind arrows between such slices of one instant to the wrong ones.  So
// an export lays out the events of one instant in sequence order, a step or a moment of the loop 1 us each, and shifts what
// follows; events within a step are 2 ns apart, which leaves room for both ends of an arrow strictly inside their slices.
// The true time travels in the arguments.  A steady clock's times are kept as far as they are as wide apart as that.
#include <vector>

#include "core/trace/trace.h"

namespace awaitscope::exporting {

inline constexpr std::int64_t least_gap = 2;  ///< nanoseconds: so that there is one strictly between two events

class Layout {
 public:
  explicit Layout(const Trace& trace);
  /// Nanoseconds since the first event; strictly rising with `seq`, 1 <= seq <= size.
  std::int64_t at(Seq seq) const { return at_[seq - 1]; }
  std::int64_t end() const { return at_.empty() ? 0 : at_.back() + least_gap; }

 private:
  std::vector<std::int64_t> at_;
};

}  // namespace awaitscope::exporting
