#pragma once
// Trace events sorted out by thread, between reading them and telling a run from them.
#include <map>

#include "core/formats/import_event.h"

namespace awaitscope::importing {

struct Slice {
  std::int64_t begin = 0, end = 0;            ///< as shown; the order of everything
  std::int64_t true_begin = 0, true_end = 0;  ///< the same but for our own exports
  std::string name, category, site;
  std::int64_t woken_by = -1;  ///< index of the lane whose arrow ends here
};
struct ImportedLane {
  std::string name;
  bool named = false;
  std::vector<Slice> slices;                  ///< the outermost ones, in order
  std::vector<Slice> nested;                  ///< all others
  std::int64_t parent = -1, spawned_at = -1;  ///< where a "spawn" arrow says so
  std::vector<std::int64_t> cancelled_by;     ///< sources of "cancel" arrows, in order
  bool is_loop() const { return name == "loop" && !slices.empty() && slices.front().category == "loop"; }
};
struct Sorted {
  std::string process;
  std::vector<ImportedLane> lanes;                           ///< in order of appearance
  std::vector<std::pair<std::size_t, TraceEvent>> instants;  ///< lane, event
  std::vector<TraceEvent> counters;
  std::size_t unclosed = 0;  ///< B without E
};
Sorted sort_out(std::vector<TraceEvent> events);

}  // namespace awaitscope::importing
