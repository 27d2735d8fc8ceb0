#pragma once
// Who runs next.  FIFO is asyncio's promise and built into the loop; the others stand in core/policies.
#include <cstddef>

namespace awaitscope::runtime {

/// Chooses among handles that are ready in one iteration.  Iterations, timers and the clock stay as they are.
class Policy {
 public:
  virtual ~Policy() = default;
  /// The place in the queue of the one to run next, 0 to `ready` - 1; `ready` is 2 or more.
  virtual std::size_t choose(std::size_t ready) = 0;
};

}  // namespace awaitscope::runtime
