// What a hunt adds to the timeline: matches on their lanes, marks and notes on the ruler.
#include <cmath>
#include <map>

#include "app/view/stage.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

/// The lane of a match, or the loop's.
std::optional<Rect> lane_of(const Stage& stage, TaskId task) {
  const FontMetrics& m = stage.options.metrics;
  if (!task) return Rect{stage.plot.x, stage.plot.y, stage.plot.w, std::min(stage.plot.h, loop_height(m))};
  if (task.value > stage.rows.of_lane.size() || stage.rows.of_lane[task.value - 1] < 0) return {};
  const Row& row = stage.rows.rows[static_cast<std::size_t>(stage.rows.of_lane[task.value - 1])];
  return Rect{stage.plot.x, row.y, stage.plot.w, row.bar};
}

/// The header of a lane whose own name is the match.
void draw_name(Stage& stage, const Rect& lane) {
  if (!stage.cells())
    stage.box({stage.header.x + 2, lane.y + 2, stage.header.w - 4, lane.h - 4}, Role::accent, Pattern::outline, {}, 4);
}

void draw_one(Stage& stage, const Rect& lane, float x, bool now, Seq seq) {
  const float w = stage.cells() ? 1 : now ? 5 : 3, inset = stage.cells() ? 0 : lane.h * (now ? 0.02f : 0.1f);
  const Rect tick{std::min(x - (stage.cells() ? 0 : w / 2), stage.plot.right() - w), lane.y + inset, w, lane.h - 2 * inset};
  if (!stage.cells()) stage.box({tick.x - 1, tick.y, tick.w + 2, tick.h}, Role::background);
  stage.box(tick, Role::accent, Pattern::solid, {Hit::Kind::event, seq, seq}, 1.5f);
  if (now && !stage.cells()) stage.box({tick.x - 4, tick.y - 1, tick.w + 8, tick.h + 2}, Role::accent, Pattern::outline, {}, 4);
}

}  // namespace

void draw_matches(Stage& stage) {
  if (!stage.options.hunt || !stage.options.matches || stage.options.hunt->search.matches.empty()) return;
  const Search& search = stage.options.hunt->search;
  std::map<float, float> last;  // by lane: the last place that is marked, so that a pixel is marked once
  const Rect* current = nullptr;
  Rect kept;
  float current_x = 0;
  Seq current_seq = 0;
  for (std::size_t i = 0; i < search.matches.size(); ++i) {
    const Match& match = search.matches[i];
    if (match.seq > stage.trace.size()) break;
    const std::optional<Rect> lane = lane_of(stage, match.task);
    if (!lane) continue;
    const bool names = stage.trace.kind(match.seq) == Kind::task_created;
    if (names && !last.count(-1 - lane->y)) last[-1 - lane->y] = 0, draw_name(stage, *lane);
    const double at = stage.axis.value(stage.trace[match.seq].at(), match.seq);
    if (!stage.axis.shows(at)) continue;
    const float x = stage.axis.at(at);
    if (i + 1 == search.at) kept = *lane, current = &kept, current_x = x, current_seq = match.seq;
    const auto found = last.find(lane->y);
    if (found != last.end() && x - found->second < (stage.cells() ? 1 : 4)) continue;
    last[lane->y] = x;
    draw_one(stage, *lane, x, false, match.seq);
  }
  if (current) draw_one(stage, *current, current_x, true, current_seq);
}

void draw_notes(Stage& stage, Rect ruler, float bottom) {
  const Axis& axis = stage.axis;
  const float size = stage.cells() ? 1 : stage.lh() * 0.72f;
  float last = -100;
  for (std::uint32_t i = 0; i < stage.trace.notes.size(); ++i) {
    const Note& note = stage.trace.notes[i];
    const double begin = axis.value(note.begin, note.first), end = axis.value(note.end, note.last);
    if (!axis.shows(begin, end)) continue;
    const float x0 = axis.at(begin), x1 = axis.at(end);
    if (x0 - last < 1 && x1 - x0 < 2) continue;  // on top of another
    last = x0;
    const Hit hit{Hit::Kind::note, i, note.first};
    if (!stage.cells()) {
      stage.line({{x0, ruler.bottom()}, {x0, bottom}}, Role::bookmark, 1.25f, false, true);
      if (!note.is_mark()) {
        stage.line({{x1, ruler.bottom()}, {x1, bottom}}, Role::bookmark, 1.25f, false, true);
        const float thick = std::max(3.0f, std::round(stage.lh() * 0.16f));
        stage.box({x0, ruler.bottom(), std::max(x1 - x0, 2.0f), thick}, Role::bookmark, Pattern::solid, hit, 1);
      }
    }
    if (!stage.options.ruler || !axis.shows(begin)) continue;
    stage.icon({stage.cells() ? x0 : x0 - size * 0.25f, ruler.bottom() - size, size, size}, Glyph::flag, Role::bookmark, hit);
    if (note.text.empty()) continue;
    const float h = stage.cells() ? 1 : stage.lh(), left = x0 + (stage.cells() ? 1 : stage.cw() * 0.6f);
    stage.chip({left, ruler.bottom() + (stage.cells() ? 0 : 2), stage.cw() * 28, h}, {note.text}, Role::text, Role::bookmark);
  }
}

}  // namespace awaitscope::view
