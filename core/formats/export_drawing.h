#pragma once
// What an export shows of a run, whatever the file it goes to: slices on lanes, marks, counters.
#include <functional>
#include <string>
#include <vector>

#include "core/formats/export_flows.h"
#include "core/formats/export_names.h"

namespace awaitscope::exporting {

/// A stretch of a task's lane.
struct Slice {
  std::string name;
  const char* category = "step";  ///< "step", "wait", "ready", "blocking", "rest"
  TaskId task;
  Seq first = 0, last = 0;  ///< the events it is about; last 0: to the end
  SiteId site;              ///< 0: that of the first event
  bool asked_to_stop = false;
};
/// Calls `put` for the slices of all tasks, lane by lane in order; they nest, parents first.  "rest" is what remains of a
/// step after a blocking call, where an arrow touches it.
void each_slice(const Trace& trace, const History& history, const Names& names, const std::vector<Arrow>& arrows,
                const std::function<void(const Slice&)>& put);

/// A moment that is marked on a lane.
struct Moment {
  Seq seq = 0;
  TaskId task;  ///< 0: the loop
  std::string name;
  const char* category = "mark";
  std::string_view text;  ///< the message, if there is one
  bool run_wide = false;
};
std::vector<Moment> moments(const Trace& trace, const History& history);

/// A resource's counter; its points are those of `counter` that have an event.
struct Series {
  std::string name;
  const char* unit = "used";
  bool waited = false;  ///< somebody waited for it: it has a second series, of waiters
  const Counter* counter = nullptr;
};
std::vector<Series> series(const History& history, const Names& names);

/// "scenario (variant)".
std::string title(const TraceInfo& info);

}  // namespace awaitscope::exporting
