#pragma once
// A picture as a list of shapes with roles.  Painters give it colours: ImGui on screen, SVG in reports, text in a terminal.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/words.h"

namespace awaitscope::view {

struct Point {
  float x = 0, y = 0;
};
struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
};

/// What a shape stands for.  A theme maps each to a colour; states also differ by pattern and glyph, never by hue alone.
enum class Role : std::uint8_t {
  background,
  panel,
  header,
  border,
  grid,
  text,
  text_dim,
  text_on_fill,
  text_warning,
  created,
  ready,
  running,
  waiting,
  cancelling,
  done,
  failed,
  cancelled,  // states of a task
  waiting_sleep,
  waiting_request,
  waiting_semaphore,  // what a wait is for, shades of waiting
  busy,
  idle,
  tick,
  stall,
  stall_band,  // the loop lane
  flow_spawn,
  flow_wake,
  flow_cancel,  // arrows
  counter,
  counter_waiters,
  capacity,  // strips
  playhead,
  selection,
  hover,
  bookmark,
  info,
  warning,
  error,
  accent,
  density,
};
inline constexpr int role_count = static_cast<int>(Role::density) + 1;
std::string_view name(Role role);

/// How a box is filled.  Told apart in greyscale and in a terminal.
enum class Pattern : std::uint8_t { solid, outline, hatch, cross_hatch, dots, half };

/// What a click at a shape means; 0 is nothing.  kind: see Hit::Kind; value: an id or sequence number.
struct Hit {
  enum class Kind : std::uint8_t {
    none,
    task,
    span,
    event,
    resource,
    scope,
    finding,
    loop,
    schedule,
    fold,
    note,
    worker
  } kind = Kind::none;
  std::uint32_t value = 0;  ///< task id, resource id, ...; of a schedule: which run of ScheduleRow `seq`
  std::uint32_t seq = 0;    ///< the event to go to, 0: none; of a fold: 1 for rows that stand for equal tasks
  /// A lane or a stretch of it: `value` is its task.
  bool is_lane() const { return kind == Kind::task || kind == Kind::span; }
  bool operator==(const Hit&) const = default;
};

struct Box {
  Rect rect;
  Role role = Role::panel;
  Pattern pattern = Pattern::solid;
  Hit hit;
  float rounding = 0;  ///< corner radius
};
/// A straight or stepped line; an arrow has a head at its last point.
struct Line {
  std::vector<Point> points;
  Role role = Role::border;
  float width = 1;
  bool arrow = false, dashed = false;
};
enum class Align : std::uint8_t { left, center, right };
enum class Font : std::uint8_t { ui, bold, mono };
struct Label {
  Rect rect;         ///< text is clipped to it, one line, vertically centred
  std::string text;  ///< data: never a format string
  Role role = Role::text;
  Font font = Font::ui;
  Align align = Align::left;
  float scale = 1;  ///< of the font's size
};
/// A small mark drawn by the painter, since no font has them all.
enum class Glyph : std::uint8_t {
  cross,
  cancelled,
  done,
  warning,
  play,
  pause,
  flag,
  dot,
  arrow_down,
  swallowed,
  closed,
  opened,
  pin
};
struct Icon {
  Rect rect;
  Glyph glyph = Glyph::dot;
  Role role = Role::text;
  Hit hit;
};

/// Shapes in layers: boxes below lines below icons below labels, each in order.  `clip` is the picture's canvas.
struct DrawList {
  Rect canvas;
  std::vector<Box> boxes;
  std::vector<Line> lines;
  std::vector<Icon> icons;
  std::vector<Label> labels;

  /// The topmost hit at a point, with `slack` around thin boxes.
  Hit hit(Point at, float slack = 2) const;
};
/// Over what is there, layer by layer; the canvas stays.
void append(DrawList& to, DrawList&& from);

/// Sizes of text, in the units of the picture: pixels on a screen, cells in a terminal; and the language of its words.
struct FontMetrics {
  float line_height = 20;
  float char_width = 8;  ///< of the mono font, and the average of the others
  bool cells = false;    ///< a character grid: rects are rounded to whole cells
  /// The width of a text; a painter with real glyph widths may pass a function.
  float (*measure)(std::string_view text, const void* context) = nullptr;
  const void* context = nullptr;
  Language language = Language::english;
  std::string_view in(const Phrase& words) const { return words.in(language); }
  float width(std::string_view text) const;
};

}  // namespace awaitscope::view
