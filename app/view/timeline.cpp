// The timeline: ruler, loop lane, task lanes, strips, and what crosses them all.
#include <cmath>
#include <limits>

#include "app/view/glide.h"
#include "app/view/stage.h"
#include "app/view/statistics.h"
#include "app/view/teaching_walk.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

float ruler_height(const FontMetrics& m) { return m.cells ? 2 : std::round(m.line_height * 1.6f); }
float marks_height(const FontMetrics& m) { return m.cells ? 1 : std::round(m.line_height * 1.4f); }
float title_height(const FontMetrics& m) { return m.cells ? 1 : std::round(m.line_height * 1.35f); }

Axis axis_of(const Rect& canvas, const FontMetrics& m, Instant begin, Instant end, bool order, float header) {
  const float left = canvas.x + header, pad = m.cells ? 1 : m.char_width;
  return {static_cast<double>(begin.ns), static_cast<double>(std::max(end.ns, begin.ns + 1)), left + pad,
          std::max(1.0f, canvas.right() - rail_width(canvas, m) - left - 2 * pad), order};
}

std::string title_of(const Session& session, const Side& side) {
  const std::vector<TaskId>* only = brushed(session);
  return printable(side.label) +
         (side.seen_trace().empty() ? std::string() : " · " + show(side.seen_trace().end() - Instant{})) +
         (side.running ? " …" : "") +
         (only && &side == &session.side()
              ? " · " + std::to_string(only->size()) + " / " + std::to_string(side.seen().lanes.size())
              : "") +
         (side.seen().model.dropped
              ? filled({" · {} events lost", " · 丢失 {} 个事件"}, session.language, side.seen().model.dropped)
              : "") +
         (session.sides.size() > 1 && &side == &session.side() && session.show == Show::both ? " ◂" : "");
}

/// The same for all sides: they stand on one ruler, also when they are shown in turn.
float header_of(const Session& session, const Rect& canvas, const FontMetrics& m) {
  float out = 0;
  // Names that nobody can read tell a room nothing.
  const float share = session.presenting ? 0.34f : 0.25f;
  for (const auto& side : session.sides)
    out = std::max(out, header_width(side->trace, side->history, canvas, m, nullptr, share));
  return m.cells ? out : std::round(std::min(out + triangle_width(m), canvas.w * share));
}

TimelineOptions options_of(const Session& session, const Side& side, Rect canvas, const FontMetrics& metrics, float header,
                           bool both) {
  TimelineOptions o;
  o.canvas = canvas;
  o.metrics = metrics;
  std::tie(o.begin, o.end) = shown_window(session);
  o.lane_scroll = session.lane_scroll;
  o.fold = session.fold;
  o.order_ruler = session.order_ruler;
  o.playhead = side.step;
  o.hunt = &session.hunt;
  const auto searched = static_cast<std::size_t>(session.hunt.search.side);
  o.matches = searched < session.sides.size() && session.sides[searched].get() == &side;
  if (&side == &session.side()) {
    o.arrow = session.hunt.arrow;
    o.reveal = session.hunt.reveal;
    o.selected = session.selected;
    o.hovered = session.hovered;
    o.brushed = brushed(session);
  }
  if (!keeps_ahead(session) && !side.past) o.findings = &side.findings;
  o.marks = ruler_marks(session, side);
  o.veil = side.past != nullptr;
  if (locked(session)) o.curtain = Phrase{"First the prediction, then the run", "先预测，再运行"}.in(session.language);
  o.header = header;
  o.title = title_of(session, side);
  if (session.presenting) o.most_lanes = both ? room_lanes / 2 : room_lanes;
  return o;
}

/// The lanes of the first `shown` worker threads; the last tells how many have none.
void draw_workers(Stage& stage, std::size_t shown, Rect row) {
  for (std::size_t i = 0; i < std::min(shown, stage.workers.size()); ++i) {
    draw_worker(stage, stage.workers[i], i + 1 == shown ? stage.workers.size() - shown : 0, row);
    row.y += row.h;
  }
}

/// The strips in their order, those of both versions where they are to lie alike; 0 where this one has no such resource.
std::vector<ResourceId> strips_of(const Stage& stage) {
  const auto named = [](const Trace& trace, const History& history, const Focus* focus) {
    std::vector<std::pair<std::string, ResourceId>> out;
    for (const ResourceId id : strip_resources(history, focus)) {
      const ResourceModel& r = *history.model.resource(id);
      out.emplace_back(std::to_string(static_cast<int>(r.type)) + std::string(trace.text(r.name.value)), id);
    }
    return out;
  };
  const auto own = named(stage.trace, stage.history, stage.options.focus);
  const Counterpart* beside = stage.options.beside;
  const auto other = beside ? named(beside->trace, beside->history, stage.options.focus) : decltype(own){};
  const bool other_first = beside && beside->first;
  std::vector<std::string> keys;
  for (const auto& [key, id] : other_first ? other : own) keys.push_back(key);
  for (const auto& [key, id] : other_first ? own : other)
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  std::vector<ResourceId> out;
  for (const std::string& key : keys) {
    const auto found = std::find_if(own.begin(), own.end(), [&](const auto& each) { return each.first == key; });
    out.push_back(found == own.end() ? ResourceId{} : found->second);
  }
  return out;
}

}  // namespace

bool shows_both(const Session& session, Rect canvas, const FontMetrics& metrics) {
  if (session.show != Show::both || session.sides.size() < 2 || session.sides[1]->trace.empty()) return false;
  // In front of a room two pictures without lanes are worth less than one with them.
  return !session.presenting || metrics.cells || canvas.h >= 15 * metrics.line_height;
}

DrawList timeline(const Trace& trace, const History& history, const TimelineOptions& options) {
  return timeline(trace, history, options, nullptr);
}

DrawList timeline(const Trace& trace, const History& history, const TimelineOptions& options, Rows* seen) {
  DrawList out;
  const Rect& canvas = out.canvas = options.canvas;
  const FontMetrics& m = options.metrics;
  if (canvas.w < 8 * m.char_width || canvas.h < m.line_height) return out;
  Stage stage{trace, history, options, out};
  stage.requests = Requests(history);
  const float head = options.header > 0 ? options.header : header_width(trace, history, canvas, m, options.focus);
  stage.axis = axis_of(canvas, m, options.begin, options.end, options.order_ruler, head);
  const float top_height = options.ruler ? ruler_height(m) : options.title.empty() ? 0 : title_height(m);
  const Rect ruler{canvas.x, canvas.y, canvas.w, std::min(canvas.h, top_height)};
  const float band = options.marks.empty() ? 0 : std::min(canvas.bottom() - ruler.bottom(), marks_height(m));
  const float body = ruler.bottom() + band, room = canvas.bottom() - body;
  stage.header = {canvas.x, body, head, room};
  stage.plot = {canvas.x + head, body, canvas.w - head - rail_width(canvas, m), room};

  // Strips keep to half of the picture: the lanes tell the story, the strips back it up.  Where a room can have all lanes, they
  // come first.
  stage.workers = worker_rows(history, options.focus);
  const float high = worker_height(m), plain = std::min(room, loop_height(m)), strip = strip_height(m);
  std::size_t workers = workers_shown(history, options);
  while (workers > 1 && high * static_cast<float>(workers) > room * 0.4f) --workers;
  if (plain + high * static_cast<float>(workers) > room) workers = 0;
  const float loop = plain + high * static_cast<float>(workers);
  std::vector<ResourceId> strips = strips_of(stage);
  const float lanes_wanted = rows_height(trace, history, m, options.focus, options.most_lanes);
  const bool all_lanes = options.most_lanes && spawn_order(history, options.focus).size() <= options.most_lanes;
  const float strip_room = std::max((room - loop) * (all_lanes ? 0.0f : 0.5f), room - loop - lanes_wanted);
  while (!strips.empty() && strip * static_cast<float>(strips.size()) > strip_room) strips.pop_back();
  const float strips_height = strip * static_cast<float>(strips.size());

  stage.box(canvas, Role::background);
  stage.box({canvas.x, canvas.y, head, canvas.h}, Role::panel);
  stage.rows = lay_out_rows(stage, body + loop, std::max(0.0f, room - loop - strips_height));
  // What is left over makes the strips higher, up to twice.
  const float spare =
      strips.empty() || m.cells ? 0 : (canvas.bottom() - stage.rows.bottom - strips_height) / static_cast<float>(strips.size());
  const float strip_h = strip + std::clamp(std::floor(spare), 0.0f, strip);
  const float bottom = stage.rows.bottom + strip_h * static_cast<float>(strips.size());

  if (options.veil) draw_curtain(stage, stage.rows.rows.empty() ? canvas.bottom() : bottom);
  draw_playhead(stage, ruler, bottom);  // first: its time is the one label that always has its place
  draw_ruler(stage, {ruler.x, ruler.y, ruler.w, ruler.h});
  draw_marks(stage, {canvas.x, ruler.bottom(), canvas.w, band}, bottom);
  const Rect loop_row{canvas.x, body, canvas.w, plain};
  for (const Row& row : stage.rows.rows) {
    if (row.ghost < 0) row.folded() ? draw_density(stage, row) : draw_lane(stage, row);
    draw_rail(stage, row);
  }
  draw_stall_bands(stage, loop_row, bottom);
  draw_loop_lane(stage, loop_row);
  draw_matches(stage);
  draw_notes(stage, ruler, bottom);
  draw_workers(stage, workers, {canvas.x, body + plain, canvas.w, high});
  for (const Row& row : stage.rows.rows)  // phases tell more than why somebody was cancelled
    if (row.ghost < 0 && !row.folded()) draw_regions(stage, row, row.lanes.front());
  draw_cancels(stage);
  draw_idle_words(stage);
  for (const Row& row : stage.rows.rows)
    row.ghost >= 0 ? draw_ghost(stage, row) : row.folded() ? draw_density_words(stage, row) : draw_lane_words(stage, row);
  draw_flows(stage);
  float y = stage.rows.bottom;
  for (const ResourceId resource : strips) {
    if (resource) draw_strip(stage, resource, {canvas.x, y, canvas.w, strip_h});
    y += strip_h;
  }
  if (!m.cells) stage.line({{canvas.x + head, canvas.y}, {canvas.x + head, bottom}}, Role::border);
  if (seen) *seen = std::move(stage.rows);
  return out;
}

Plot plot_of(const TimelineOptions& o) {
  const Axis axis = axis_of(o.canvas, o.metrics, o.begin, o.end, o.order_ruler, o.header);
  return {axis.x, axis.w, ruler_height(o.metrics)};
}

Instant shown_end(const History& history) {
  const Model& model = history.model;
  const auto left = [&](const TimerModel& timer) {
    const TaskModel* task = model.task(timer.task);
    return task && task->phase == Phase::done;
  };
  // What has no end needs room to show that it has none.
  if (!model.ended || history.end.ns > std::numeric_limits<std::int64_t>::max() / 2) return history.end;
  const bool hangs = model.outcome == RunOutcome::hang;
  if (!hangs && std::none_of(model.timers.begin(), model.timers.end(), left)) return history.end;
  return {history.end.ns + std::max<std::int64_t>(history.end.ns / (hangs ? 4 : 6), 1'000'000)};
}

float timeline_height(const Trace& trace, const History& history, const FontMetrics& m, const Focus* focus,
                      std::size_t most_lanes) {
  TimelineOptions options;
  options.focus = focus;
  return ruler_height(m) + loop_height(m) + worker_height(m) * static_cast<float>(workers_shown(history, options)) +
         rows_height(trace, history, m, focus, most_lanes) +
         strip_height(m) * static_cast<float>(strip_resources(history, focus).size());
}

namespace {

/// One version, or with blink in the place where the other one lies too.
DrawList one_side(const Session& session, Rect canvas, const FontMetrics& metrics, float header, Rows* seen) {
  const Side& side = session.side();
  TimelineOptions options = options_of(session, side, canvas, metrics, header, false);
  if (session.show != Show::blink || session.sides.size() != 2) return timeline(side.seen_trace(), side.seen(), options, seen);
  const Side& other = *session.sides[static_cast<std::size_t>(1 - session.active)];
  const Counterpart beside{other.seen_trace(), other.seen(), session.active == 1};
  options.beside = &beside;
  options.title += " ↔";
  return timeline(side.seen_trace(), side.seen(), options, seen);
}

/// `seen`: the rows of the active side.
DrawList draw(const Session& session, Rect canvas, const FontMetrics& metrics, Rows* seen) {
  DrawList out;
  out.canvas = canvas;
  if (!session.has_runs()) return out;
  const bool tells = !session.deltas.empty() && !keeps_ahead(session) && canvas.h >= 8 * delta_height(metrics);
  const float strip = tells ? delta_height(metrics) : 0;
  const float header = header_of(session, canvas, metrics);
  const auto strip_at = [&](float y) { append(out, delta_strip(session, {canvas.x, y, canvas.w, strip}, metrics, header)); };
  if (!shows_both(session, canvas, metrics)) {
    append(out, one_side(session, {canvas.x, canvas.y, canvas.w, canvas.h - strip}, metrics, header, seen));
    if (strip > 0) strip_at(canvas.bottom() - strip);
    return out;
  }

  // Each side gets what it needs where that fits, else in proportion, but never less than a third.
  const Side &first = *session.sides[0], &second = *session.sides[1];
  const float gap = strip > 0 ? strip : metrics.cells ? 1 : metrics.line_height * 0.4f;
  const std::size_t most = session.presenting ? room_lanes / 2 : 0;
  const float a = timeline_height(first.trace, first.history, metrics, nullptr, most);
  const float b =
      timeline_height(second.trace, second.history, metrics, nullptr, most) - ruler_height(metrics) + title_height(metrics);
  float split = (canvas.h - gap) * std::clamp(a / std::max(1.0f, a + b), 0.34f, 0.66f);
  if (metrics.cells) split = std::round(split);
  const Rect upper{canvas.x, canvas.y, canvas.w, split};
  const Rect lower{canvas.x, canvas.y + split + gap, canvas.w, canvas.h - split - gap};
  append(out, timeline(first.seen_trace(), first.seen(), options_of(session, first, upper, metrics, header, true),
                       session.active == 0 ? seen : nullptr));
  if (strip > 0) strip_at(upper.bottom());
  TimelineOptions below = options_of(session, second, lower, metrics, header, true);
  below.ruler = false;
  append(out, timeline(second.seen_trace(), second.seen(), below, session.active == 1 ? seen : nullptr));
  return out;
}

}  // namespace

DrawList timeline(const Session& session, Rect canvas, const FontMetrics& metrics) {
  return draw(session, canvas, metrics, nullptr);
}

std::size_t rows_above(const Session& session, Rect canvas, const FontMetrics& metrics) {
  Rows rows;
  draw(session, canvas, metrics, &rows);
  return rows.above;
}

Scale scale_of(const Session& session, Rect canvas, const FontMetrics& metrics) {
  const auto [begin, end] = shown_window(session);
  const Axis axis = axis_of(canvas, metrics, begin, end, session.order_ruler, header_of(session, canvas, metrics));
  return {axis.begin, axis.end, axis.x, axis.w};
}

Instant Scale::time_at(float at) const {
  const double fraction = (static_cast<double>(at) - static_cast<double>(x)) / static_cast<double>(w);
  return {static_cast<std::int64_t>(std::llround(begin + std::clamp(fraction, -1.0, 2.0) * (end - begin)))};
}

float Scale::x_of(double place) const { return x + w * static_cast<float>((place - begin) / (end - begin)); }

}  // namespace awaitscope::view
