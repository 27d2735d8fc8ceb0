#pragma once
// What the parts of the timeline share while one picture is made: the ruler's mapping, the rows, and which places are
// taken by text.
#include <span>
#include <unordered_map>
#include <vector>

#include "app/view/pictures.h"

namespace awaitscope::view {

/// Ruler to picture: linear in time, or in the order of events.
struct Axis {
  double begin = 0, end = 1;
  float x = 0, w = 1;
  bool order = false;

  double value(Instant t, Seq s) const { return order ? static_cast<double>(s) : static_cast<double>(t.ns); }
  bool shows(double from, double to) const { return to >= begin && from <= end; }
  bool shows(double at) const { return shows(at, at); }
  /// Clamped to the plot, so that whatever is drawn stays inside.
  float at(double value) const;
  float at(Instant t, Seq s) const { return at(value(t, s)); }
};

/// Keeps labels off each other.
class Places {
 public:
  /// Takes the rectangle if no other has any of it.
  bool take(const Rect& wanted);
  bool free(const Rect& wanted) const;

 private:
  static int bucket(float y) { return static_cast<int>(y / 64); }
  std::unordered_map<int, std::vector<Rect>> taken_;
};

/// What stands behind a closed row.
struct Tally {
  std::uint32_t tasks = 0, failed = 0, cancelled = 0;
  std::uint64_t steps = 0;
  void add(const TaskModel& task);
};

/// One lane, or lanes of equal parent and name folded into one row.
struct Row {
  std::vector<std::uint32_t> lanes;  ///< indices into History::lanes; more than one: folded
  std::uint32_t depth = 0;
  int steps = 0;                ///< sub-rows for requests one after another, below the bar
  float y = 0, h = 0, bar = 0;  ///< top, height, and the height of the part without sub-rows
  bool pinned = false;
  bool parent = false;          ///< its task made others
  bool heads_group = false;     ///< the first of equal tasks that are shown one by one
  std::optional<Tally> closed;  ///< what it made is hidden
  bool rest = false;            ///< holds what `most_lanes` leaves no row for: lanes of any kind
  int ghost = -1;  ///< index into History::unstarted: the row of a coroutine that never ran, after its maker's; no lanes
  bool folded() const { return lanes.size() > 1; }
};

struct Rows {
  std::vector<Row> rows;             ///< the visible ones, from top to bottom
  std::vector<int> of_lane;          ///< index into rows for each lane, -1: scrolled away
  std::size_t above = 0, below = 0;  ///< rows that are scrolled out
  float bottom = 0;
};

/// The lane of a worker thread.
struct WorkerRow {
  std::uint32_t worker = 0;
  std::vector<std::uint32_t> jobs;  ///< indices into History::jobs, in their order
};

/// Which requests a task made: indices into History::requests by task, in order.  Flat, because it is made for each picture.
class Requests {
 public:
  Requests() = default;
  explicit Requests(const History& history);
  std::span<const std::uint32_t> of(std::uint32_t lane) const {
    return lane + 1 < first_.size() ? std::span(index_).subspan(first_[lane], first_[lane + 1] - first_[lane])
                                    : std::span<const std::uint32_t>{};
  }

 private:
  std::vector<std::uint32_t> first_, index_;
};

/// Everything that a part of the picture reads, and the list it adds to.
struct Stage {
  const Trace& trace;
  const History& history;
  const TimelineOptions& options;
  DrawList& out;
  Places places{};
  Axis axis{};
  Rect header{}, plot{};  ///< the column of names and the area right of it, both from the ruler's bottom to the canvas's end
  Rows rows{};
  Requests requests{};
  std::vector<WorkerRow> workers{};
  std::vector<Rect> idle{};  ///< stretches of the loop's lane wide enough for the word

  float lh() const { return options.metrics.line_height; }
  float cw() const { return options.metrics.char_width; }
  bool cells() const { return options.metrics.cells; }
  Language language() const { return options.metrics.language; }
  Seq playhead() const { return options.playhead ? *options.playhead : trace.size(); }

  void box(Rect r, Role role, Pattern pattern = Pattern::solid, Hit hit = {}, float rounding = 0);
  void line(std::vector<Point> points, Role role, float width = 1, bool arrow = false, bool dashed = false);
  void icon(Rect r, Glyph glyph, Role role, Hit hit = {});
  /// A label in `r` if its place is free; elided to fit.  True if it was written.
  bool label(Rect r, std::string_view text, Role role = Role::text, Font font = Font::ui, Align align = Align::left);
  /// The first of `texts` that fits whole into `r` (`cut`: else the last, elided), on a plate that keeps patterns away from it.
  bool chip(Rect r, const std::vector<std::string>& texts, Role role = Role::text, Role border = Role::background,
            Align align = Align::left, bool cut = true);
  /// In cells: whole ones.
  Rect snapped(Rect r) const;
};

/// Names, glyphs and geometry.
Rows lay_out_rows(const Stage& stage, float top, float height);
float rows_height(const Trace& trace, const History& history, const FontMetrics& metrics, const Focus* focus,
                  std::size_t most_lanes = 0);
/// Whether a picture draws the task.
bool in_focus(const Focus* focus, TaskId task);
/// Lanes in the order of the spawn tree, parents before children.
std::vector<std::uint32_t> spawn_order(const History& history, const Focus* focus);
/// How many sub-rows the requests of a task need: 0 where its bar alone tells them.
int request_steps(const Stage& stage, std::uint32_t lane);

/// The resources that get a strip, the most telling first, and the height of one strip.
std::vector<ResourceId> strip_resources(const History& history, const Focus* focus);
float strip_height(const FontMetrics& metrics);
/// How wide the column of names has to be, at most this share of the picture.
float header_width(const Trace& trace, const History& history, const Rect& canvas, const FontMetrics& metrics,
                   const Focus* focus = nullptr, float share = 0.25f);
float loop_height(const FontMetrics& metrics);
/// The place of the triangles that fold, where there are some.
inline float triangle_width(const FontMetrics& metrics) { return metrics.char_width * 1.5f; }

/// The worker threads that ran something, and the height of one's lane.
std::vector<WorkerRow> worker_rows(const History& history, const Focus* focus);
float worker_height(const FontMetrics& metrics);
/// Worker threads that get a lane where both versions are to lie alike.
std::size_t workers_shown(const History& history, const TimelineOptions& options);
void draw_worker(Stage& stage, const WorkerRow& worker, std::size_t left_out, Rect row);

/// A span of a run that hangs, in which its task waits for what never comes: it has no end.
bool waits_forever(const History& history, const Span& span);
/// The width of the column at the right in which each lane tells how it ended, 0 where there is no room.
float rail_width(const Rect& canvas, const FontMetrics& metrics);
/// What has no span: regions, shared cells, errors without a reader, timers that outlive their task.
void draw_regions(Stage& stage, const Row& row, std::uint32_t lane);
void draw_cells(Stage& stage, const Row& row, std::uint32_t lane);
void draw_unseen(Stage& stage, const Row& row, std::uint32_t lane);
void draw_left_timers(Stage& stage, const Row& row, std::uint32_t lane);
void draw_ghost(Stage& stage, const Row& row);
/// How a task ended, in the column at the right.
void draw_rail(Stage& stage, const Row& row);

void draw_ruler(Stage& stage, Rect ruler);
void draw_loop_lane(Stage& stage, Rect row);
void draw_idle_words(Stage& stage);
void draw_stall_bands(Stage& stage, Rect row, float bottom);
/// Bars first, words last: the plates of words lie over the bars, and the important ones take their places first.
void draw_lane(Stage& stage, const Row& row);
void draw_lane_words(Stage& stage, const Row& row);
void draw_density(Stage& stage, const Row& row);
void draw_density_words(Stage& stage, const Row& row);
void draw_cancels(Stage& stage);
void draw_flows(Stage& stage);
void draw_strip(Stage& stage, ResourceId resource, Rect row);
void draw_playhead(Stage& stage, Rect ruler, float bottom);
/// What people wrote about the run: flags on the ruler, and the words where they fit.
void draw_notes(Stage& stage, Rect ruler, float bottom);
/// Where the search's matches lie.
void draw_matches(Stage& stage);
/// The picture, and which rows it has.
DrawList timeline(const Trace& trace, const History& history, const TimelineOptions& options, Rows* seen);
/// Predictions and the answer, in a band below the ruler.
void draw_marks(Stage& stage, Rect band, float bottom);
/// Over what has not been seen yet, below everything else.
void draw_curtain(Stage& stage, float bottom);

/// How a span looks.
struct Look {
  Role role = Role::waiting;
  Pattern pattern = Pattern::hatch;
  float height = 1;  ///< of the bar: a task that only waits for its children is thin
  int severity = 0;  ///< who wins a pixel that several share
};
Look look_of(const Span& span);
/// The request that a waiting span is part of, whatever the client awaits inside; nullptr: none.
const awaitscope::Request* request_of(const Stage& stage, std::uint32_t lane, const Span& span);
/// The same, with what the stage knows: a wait within a request looks like a request, a step that stalls like a stall.
Look look_in(const Stage& stage, std::uint32_t lane, const Span& span);
/// A step that holds the loop longer than this is a stall.
bool stalls(const Stage& stage, Instant begin, Instant end);
/// The glyph and role of a task at the playhead, for its header.
struct State {
  Glyph glyph = Glyph::dot;
  Role role = Role::created;
};
State state_of(const Stage& stage, std::uint32_t lane);
/// A name cut in its middle, so that the number of "process_limited-12" stays.
std::string elide_name(std::string_view name, float width, const FontMetrics& metrics);
/// "9,990": a count with thousands set apart.
std::string counted(std::size_t n);
/// The header cell of a row: indented name, glyph, background when selected.
void draw_row_header(Stage& stage, const Row& row, std::string_view name, const State& state);
/// The span of a lane that holds event `seq`, nullptr before its creation.
const Span* span_at(const Lane& lane, Seq seq);

}  // namespace awaitscope::view
