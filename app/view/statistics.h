#pragma once
// Histograms of a whole run: how long steps were, how long tasks stood in the ready queue, how long they waited for resources.
#include "app/view/session.h"

namespace awaitscope::view {

/// One length that a task took.
struct Sample {
  TaskId task;
  Duration length;
};

/// Lengths in bins that grow 1, 2, 5, 10; the first takes what has no length.
struct Histogram {
  struct Bin {
    std::int64_t low = 0, high = 0;  ///< nanoseconds, high not included
    std::size_t count = 0;
  };
  std::vector<Bin> bins;  ///< without holes, from the least to the greatest that has any
  std::size_t total = 0, tallest = 0;
  Duration median{}, worst{};
};

/// The resource whose waits the chart of waits shows: the selected one; 0: any.
ResourceId charted(const Session& session);
/// Of the active side.
const Histogram& histogram(const Session& session, Chart chart);
Histogram histogram_of(const std::vector<Sample>& samples);
/// The only lanes to show of the active side, those with a sample in the brushed part, by id; null where nothing is brushed.
const std::vector<TaskId>* brushed(const Session& session);

/// "step", "delay", "wait": the chart's name in scripts.
std::string_view name(Chart chart);
std::optional<Chart> chart_named(std::string_view name);
/// What the chart shows, in the session's words: "Wait for semaphore db".
std::string title_of(const Session& session, Chart chart);

}  // namespace awaitscope::view
