#pragma once
// The tables of tasks, resources and events: which rows in which order, and what stands in a cell.  Nothing here is made anew
// while the run, the playhead and the table's settings stay as they are.
#include "app/view/draw_list.h"
#include "app/view/session.h"

namespace awaitscope::view {

struct Column {
  std::string_view name;  ///< in scripts: "steps"
  Phrase title;
  std::string_view term;  ///< the glossary's word for it, "" for none
  float width = 6;        ///< in the size of the text
  Align align = Align::left;
};

/// A cell's text is printable().
struct CellText {
  std::string text;
  Role role = Role::text;
};

// ------------------------------------------------------------------------------------------------------------- tasks

enum class TaskColumn : std::uint8_t { name, state, parent, steps, running, waiting, longest, wait };
const std::vector<Column>& task_columns();
/// The tasks that exist at the playhead and whose name, parent or state holds all words of the filter.
const std::vector<TaskId>& task_rows(const Session& session);
CellText task_cell(const Session& session, TaskId task, TaskColumn column);
/// What a task is at the playhead: "waits for its turn", "swallowed a cancel"; one of the state words of the glossary.
struct StateWords {
  Phrase words;
  Role role = Role::waiting;
};
StateWords state_words(const Model& model, const TaskModel& task);

// --------------------------------------------------------------------------------------------------------- resources

enum class ResourceColumn : std::uint8_t { name, kind, free, waiters, peak, mean_wait, longest_wait, occupancy };
const std::vector<Column>& resource_columns();
const std::vector<ResourceId>& resource_rows(const Session& session);
CellText resource_cell(const Session& session, ResourceId resource, ResourceColumn column);
/// How much of a resource was used over the whole run: one value from 0 to 1 for each of `occupancy_bins` stretches of equal
/// length.
inline constexpr std::size_t occupancy_bins = 96;
const std::vector<float>& occupancy(const Side& side, ResourceId resource);

/// What the whole run says of a resource.
struct ResourceUse {
  std::uint32_t peak = 0;  ///< most permits, items or requests at once
  std::size_t waits = 0;   ///< that are over or last to the end
  Duration total{}, longest{};
  Duration mean() const { return waits ? total / static_cast<std::int64_t>(waits) : Duration{}; }
};
const ResourceUse& use_of(const Side& side, ResourceId resource);

// ------------------------------------------------------------------------------------------------------------ events

enum class EventColumn : std::uint8_t { seq, time, task, what, place };
const std::vector<Column>& event_columns();
/// The events whose kind, family or task holds each word of the filter; empty where there is no filter: then all of them.
const std::vector<Seq>& event_rows(const Session& session);
std::size_t event_count(const Session& session);
Seq event_at(const Session& session, std::size_t row);
/// The row of the playhead, or of the last event before it.
std::size_t playhead_row(const Session& session);
CellText event_cell(const Session& session, Seq seq, EventColumn column);

/// Whether `text` holds each word of a filter, whatever their case.
bool holds_words(std::string_view text, std::string_view filter);

}  // namespace awaitscope::view
