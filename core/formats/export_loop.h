#pragma once
// The loop's own lane.
#include <string>
#include <vector>

#include "core/formats/export_flows.h"
#include "core/formats/export_names.h"

namespace awaitscope::exporting {

struct LoopSlice {
  Seq first = 0, last = 0;  ///< the events it is about; last 0: to the end
  std::int64_t begin = 0, end = 0;
  std::string name;
  const char* category = "loop";
};
/// One slice over the whole run, in it the ticks and idle times, in those callbacks, steps that held the loop, and a moment
/// around each event of the loop that an arrow starts from.  They nest, and stand in order, parents first.
///
/// The moments are there for Perfetto: it binds an arrow to the slice that began last on the lane, be it over or not.
std::vector<LoopSlice> loop_slices(const Trace& trace, const History& history, const Layout& layout, const Names& names,
                                   const std::vector<Arrow>& arrows);

}  // namespace awaitscope::exporting
