#pragma once
// The pictures, each a pure function of what is known and where to draw.  Painters and panels only paint them.
#include <functional>

#include "app/view/draw_list.h"
#include "app/view/session.h"

namespace awaitscope::view {

/// A part of a run: the lanes and strips to draw.
struct Focus {
  std::vector<TaskId> tasks;
  std::vector<ResourceId> resources;
};

/// A moment that somebody predicted, or the one that answers them.
struct RulerMark {
  Instant at;
  std::vector<std::string> words;  ///< the first that fits
  bool answer = false;
};

/// The version that a picture is switched with in place.
struct Counterpart {
  const Trace& trace;
  const History& history;
  bool first = false;  ///< of the two
};

/// How to draw one run's timeline.
struct TimelineOptions {
  Rect canvas;
  FontMetrics metrics;
  Instant begin, end;  ///< the window of time; with the order ruler, event numbers
  float lane_scroll = 0;
  bool fold = true;  ///< fold lanes into a density picture where they would be too thin to read
  bool order_ruler = false;
  std::optional<Seq> playhead;  ///< draws the playhead at this event
  Hit selected, hovered;
  const std::vector<Finding>* findings = nullptr;  ///< marks their moments
  const Focus* focus = nullptr;                    ///< draws these lanes and strips only
  const Hunt* hunt = nullptr;                      ///< lanes that are pinned, hidden and folded
  TaskId reveal;                                   ///< a lane that is scrolled to
  bool matches = false;                            ///< ... and its search is about this run
  std::optional<std::uint32_t> arrow;              ///< the flow that is followed
  const std::vector<TaskId>* brushed = nullptr;    ///< draws these lanes only, by id
  const Counterpart* beside = nullptr;             ///< lanes and strips leave room for its, so that both lie alike
  std::string title;                               ///< "bad · 3.0 s", "" for none
  bool ruler = true;
  std::size_t most_lanes = 0;    ///< rows at most: the last one holds the rest as "+12 more"; 0: as many as there is room for
  float header = 0;              ///< width of the column of names, 0: from the names
  std::vector<RulerMark> marks;  ///< below the ruler
  bool veil = false;             ///< what is right of the playhead has not been seen yet
  std::string curtain;           ///< what to say there
  Duration stall{50'000'000};    ///< a step that holds the loop this long is a stall
};
/// Ruler, loop lane with stall bands, task lanes, arrows, occupancy strips.
DrawList timeline(const Trace& trace, const History& history, const TimelineOptions& options);
/// Where the ruler of `timeline(..., options)` lies: begin to end over x to x + w.  The options must say how wide the header
/// is.
struct Plot {
  float x = 0, w = 1, ruler = 0;  ///< ruler: its height
};
Plot plot_of(const TimelineOptions& options);
/// What a picture of the whole run shows: to its end, and beyond it where tasks wait for ever.
Instant shown_end(const History& history);
/// The height at which nothing has to fold or scroll but what `most_lanes` folds.
float timeline_height(const Trace& trace, const History& history, const FontMetrics& metrics, const Focus* focus = nullptr,
                      std::size_t most_lanes = 0);
/// The window's timeline: one side, or both stacked on one ruler, and what differs between them.
DrawList timeline(const Session& session, Rect canvas, const FontMetrics& metrics);
/// How many rows of the active run's lanes are scrolled out above.
std::size_t rows_above(const Session& session, Rect canvas, const FontMetrics& metrics);
/// Whether that picture stacks both sides: else it shows the active one alone.
bool shows_both(const Session& session, Rect canvas, const FontMetrics& metrics);
/// The ruler of `timeline(session, canvas, metrics)`.  With the order ruler its places are event numbers: what seek_time,
/// select_range and show_range take is always a place on the ruler.
struct Scale {
  double begin = 0, end = 1;
  float x = 0, w = 1;  ///< where begin lies, and how far it is from there to end
  Instant time_at(float at) const;
  float x_of(double place) const;  ///< also out of sight
};
Scale scale_of(const Session& session, Rect canvas, const FontMetrics& metrics);

/// Who asked whom to stop, why, through which scope, when it arrived, and who swallowed it.
DrawList cancel_tree(const Trace& trace, const History& history, Rect canvas, const FontMetrics& metrics,
                     std::optional<Seq> playhead);
/// The machine at the playhead: the running slot, the ready queue as cards, timers, who waits for what.
DrawList machine(const Trace& trace, const Model& model, Rect canvas, const FontMetrics& metrics);
/// Strips of outcomes: one mark a schedule for each version, struck through where it broke its promise.
DrawList schedules(const Session& session, Rect canvas, const FontMetrics& metrics);
/// The strip above the timeline that always shows the whole run and the visible window.
DrawList overview(const Session& session, Rect canvas, const FontMetrics& metrics);

/// What the overview's canvas spans, from 0 to this, on the ruler.
double overview_end(const Session& session);

/// One sentence of an answer to "why is nothing happening": what the panel shows.
struct WhyLine {
  std::string text;
  int depth = 0;
  Seq event = 0;      ///< that proves it, 0: none
  bool head = false;  ///< begins a paragraph
};
/// The state of all tasks at the playhead, deadlocks first; empty while the run goes on, and at a playhead among so many tasks
/// that each frame would have to look at too much.
std::vector<WhyLine> why_nothing(const Session& session);
/// Whether the active run hangs: then that is the first thing to read.
bool hangs(const Session& session);

/// A source file with the lines where tasks stand at the playhead.
struct SourceLine {
  int number = 0;
  std::string text;
  std::string mark;                ///< "a" of `// @a`, shown as a chip and cut from the text; "" for none
  std::vector<std::string> tasks;  ///< display names of tasks whose current line this is
  bool running = false;            ///< one of them is the running task
};
/// The part of the file that shows the active variant (between `// @begin bad` and `// @end bad`; the whole file without).
std::vector<SourceLine> source_view(const Session& session);
/// The lines of a source file that show one version, without tasks.
std::vector<SourceLine> version_lines(std::string_view source, std::string_view variant);

/// Whether two paths mean the same file: "scenarios/a.cpp" is also meant by "a.cpp".
bool same_file(std::string_view a, std::string_view b);

/// Positions of ruler lines: 2 to 10 over the window, at 1, 2 or 5 times a power of ten.
struct RulerTick {
  Instant time;
  float x = 0;
  std::string label;
};
std::vector<RulerTick> ruler_ticks(Instant begin, Instant end, float x, float width);

/// Metrics that fit what paint_svg writes, at a font size in pixels.
FontMetrics svg_metrics(float font_size);
/// What a page with several pictures adds to each.
struct SvgExtras {
  std::string prefix{};  ///< of its ids
  /// What a shape that can be hit is: shown where the pointer rests on it, "" for nothing.
  std::function<std::string(const Hit& hit, const Rect& rect)> title{};
  /// Shapes that can be hit stand in a <g class="b"> (boxes) or <g class="i"> (icons), lines in a <g class="l">: for a script.
  bool groups = false;
};
/// Painters.
std::string paint_svg(const DrawList& picture, Theme theme, const FontMetrics& metrics, const SvgExtras& extras = {});
/// `columns` x lines of text; with `color`, ANSI colours.  The picture must have been made with cell metrics.
std::string paint_text(const DrawList& picture, bool color);

struct Color {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
};
/// Okabe-Ito hues; text at least 7:1 against the background in both themes.
Color color(Role role, Theme theme);

}  // namespace awaitscope::view
