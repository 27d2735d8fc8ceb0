#pragma once
// How a person looks at a run's things: sorted and filtered tables, what is brushed in a histogram, which word is explained.
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/ids.h"

namespace awaitscope::view {

/// How one of the tables is shown.
struct TableView {
  int column = 0;  ///< it is sorted by
  bool down = false;
  std::string filter;
  bool operator==(const TableView&) const = default;
};

enum class Chart : std::uint8_t { step_length, scheduling_delay, resource_wait };
/// A part of a histogram, in nanoseconds: from `low` on, below `high`.
struct Brush {
  Chart chart = Chart::step_length;
  std::int64_t low = 0, high = 0;
  ResourceId only;  ///< whose waits they are, where the chart was of one resource
  bool operator==(const Brush&) const = default;
};

struct Inspection {
  std::string tab;               ///< the tab that was asked for last
  std::uint32_t tabs_asked = 0;  ///< how often: the same may be asked for again
  TableView tasks, resources, events;
  std::optional<Brush> brush;
  bool explaining = false;  ///< the glossary is open
  std::string explained;    ///< at this word, "": at the selection's
  std::string source_root;  ///< where files of traces from elsewhere may be read, "": nowhere
};

}  // namespace awaitscope::view
