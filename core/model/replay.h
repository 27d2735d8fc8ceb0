#pragma once
// Time travel by reading: the model at any event is the nearest keyframe plus the events since.
#include <vector>

#include "core/model/model.h"

namespace awaitscope {

/// Gives the model at any event of a trace that may still be growing.  `trace` must outlive it.
class Replay {
 public:
  explicit Replay(const Trace& trace) : trace_(&trace) {}
  /// The model after event `seq` (0: before the first).  Valid until the next call.
  const Model& at(Seq seq);
  const Model& last() { return at(trace_->size()); }

 private:
  const Trace* trace_;
  Model current_;
  std::vector<Model> keyframes_;  ///< in order of seq; spaced wider as the state grows
};

}  // namespace awaitscope
