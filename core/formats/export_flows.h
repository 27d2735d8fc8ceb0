#pragma once
// Arrows between steps: where each must begin and end so that every viewer binds it to the right two slices.
#include <vector>

#include "core/formats/export_layout.h"
#include "core/model/history.h"

namespace awaitscope::exporting {

struct Arrow {
  FlowType type = FlowType::wake;
  TaskId source, target;          ///< source 0: the loop
  Seq first = 0, last = 0;        ///< the events at its ends
  Seq out_of = 0, into = 0;       ///< the events that begin the steps there; out_of 0: the loop
  std::int64_t from = 0, to = 0;  ///< strictly inside the source's and the target's slice
};
/// Whether an export marks this event on its task's lane.
bool is_instant(const Event& event);
/// Those of the run's flows whose two ends were drawn: a task that never ran again after it was woken has no slice to point at.
std::vector<Arrow> arrows(const Trace& trace, const History& history, const Layout& layout);

}  // namespace awaitscope::exporting
