// What a hunt adds to the timeline: matches on their lanes, marks and notes on the ruler.
#include <cmath>

#include "app/view/stage.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

/// The row that a match lies in: 0 the loop's lane, else one more than its index; nothing where it is scrolled away.
std::optional<std::size_t> row_of(const Stage& stage, TaskId task) {
  if (!task) return 0;
  if (task.value > stage.rows.of_lane.size() || stage.rows.of_lane[task.value - 1] < 0) return {};
  return static_cast<std::size_t>(stage.rows.of_lane[task.value - 1]) + 1;
}
Rect lane_of(const Stage& stage, std::size_t row) {
  if (row == 0) return {stage.plot.x, stage.plot.y, stage.plot.w, std::min(stage.plot.h, loop_height(stage.options.metrics))};
  return {stage.plot.x, stage.rows.rows[row - 1].y, stage.plot.w, stage.rows.rows[row - 1].bar};
}

/// The first event at or after a place on the ruler.
Seq first_from(const Stage& stage, double place) {
  if (place <= 0) return 1;
  const Seq end = stage.trace.size() + 1;
  const double last = stage.axis.order ? static_cast<double>(end) : static_cast<double>(stage.trace.end().ns);
  if (place > last) return end;
  const auto whole = static_cast<std::int64_t>(std::ceil(place));
  return stage.axis.order ? static_cast<Seq>(whole) : stage.trace.at_or_before(Instant{whole - 1}) + 1;
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

/// The names that match, also where their tasks begin out of sight.
void draw_names(Stage& stage, const std::vector<Match>& all) {
  const auto named = [&](std::uint32_t lane) {
    const Seq created = lane < stage.history.model.tasks.size() ? stage.history.model.tasks[lane].created : 0;
    const auto match = std::partition_point(all.begin(), all.end(), [&](const Match& each) { return each.seq < created; });
    return created && created <= stage.trace.size() && match != all.end() && match->seq == created &&
           match->task == TaskId{lane + 1};
  };
  for (std::size_t i = 0; i < stage.rows.rows.size(); ++i) {
    const std::vector<std::uint32_t>& lanes = stage.rows.rows[i].lanes;
    if (std::any_of(lanes.begin(), lanes.end(), named)) draw_name(stage, lane_of(stage, i + 1));
  }
}

}  // namespace

void draw_matches(Stage& stage) {
  if (!stage.options.hunt || !stage.options.matches || stage.options.hunt->search.matches.empty()) return;
  const std::vector<Match>& all = stage.options.hunt->search.matches;
  const Axis& axis = stage.axis;
  draw_names(stage, all);
  const auto from = [&](Seq seq) {
    return std::partition_point(all.begin(), all.end(), [&](const Match& match) { return match.seq < seq; });
  };
  // A pixel of a row is marked once: the first event of each row that may be marked next.
  std::vector<Seq> next(stage.rows.rows.size() + 1, 0);
  std::vector<float> last(next.size(), -100);
  const float apart = stage.cells() ? 1 : 4;
  const auto place = [&](Seq seq) { return axis.at(stage.trace[seq].at(), seq); };
  const auto end = from(std::min(first_from(stage, std::nextafter(axis.end, HUGE_VAL)), stage.trace.size() + 1));
  for (auto match = from(first_from(stage, axis.begin)); match < end; ++match) {
    const std::optional<std::size_t> row = row_of(stage, match->task);
    if (!row || match->seq < next[*row]) continue;
    const float x = place(match->seq);
    if (x - last[*row] < apart) continue;
    last[*row] = x;
    // A pixel early, as floats round.
    next[*row] = first_from(stage, axis.begin + static_cast<double>(x + apart - 1 - axis.x) / static_cast<double>(axis.w) *
                                                    (axis.end - axis.begin));
    draw_one(stage, lane_of(stage, *row), x, false, match->seq);
  }
  const std::size_t at = stage.options.hunt->search.at;
  if (at == 0 || at > all.size() || all[at - 1].seq > stage.trace.size()) return;
  const Match& now = all[at - 1];
  const std::optional<std::size_t> row = row_of(stage, now.task);
  if (row && axis.shows(axis.value(stage.trace[now.seq].at(), now.seq)))
    draw_one(stage, lane_of(stage, *row), place(now.seq), true, now.seq);
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
