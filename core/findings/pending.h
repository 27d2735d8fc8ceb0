#pragma once
// Which requests and jobs were under way during a stretch of the run.
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

/// A request, or a call on a worker, from its begin to its end; one without an end reaches to the end of the trace.
struct Operation {
  Instant begin, end;
  Seq begun = 0;
};

class Pending {
 public:
  explicit Pending(const Run& run);
  /// How many were under way all the time from `begin` to `end`, which takes a look at each of them.
  std::size_t count(Instant begin, Instant end) const;
  /// Whether one was, in logarithmic time.
  bool any(Instant begin, Instant end) const;

 private:
  std::vector<Operation> all_;         ///< by begin
  std::vector<Instant> latest_end_{};  ///< of each and all before it
};

}  // namespace awaitscope
