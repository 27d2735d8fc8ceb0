// One task's lane: its name and state, a bar for each phase of its life, steps for requests one after another, its end.
#include <cmath>

#include <fmt/format.h>

#include "app/view/lane_choice.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

double begin_of(const Stage& stage, const Span& span) { return stage.axis.value(span.begin, span.first); }
double end_of(const Stage& stage, const Span& span) {
  if (waits_forever(stage.history, span)) return std::max(stage.axis.end, begin_of(stage, span) + 1);
  return stage.axis.value(span.end, span.last ? span.last : stage.trace.size());
}

using Spans = std::vector<Span>;
/// The first span that reaches into the window; they are in order.
Spans::const_iterator first_visible(const Stage& stage, const Spans& spans) {
  return std::partition_point(spans.begin(), spans.end(), [&](const Span& s) { return end_of(stage, s) < stage.axis.begin; });
}

std::string request_words(const Stage& stage, const awaitscope::Request& r) {
  std::string out(stage.trace.text(r.what.value));
  if (out.empty()) out = resource_words(stage.trace, stage.history.model, r.service);
  if (r.ended && r.status != RequestStatus::ok) out += fmt::format(" · {}", name(r.status));
  return out;
}

/// The function a thread runs: the job was submitted just before the step ended.
std::string job_words(const Stage& stage, const Span& span) {
  for (Seq seq = span.first, n = 0; seq > 0 && seq <= stage.trace.size() && n < 8; --seq, ++n)
    if (const Event e = stage.trace[seq]; e.kind == Kind::job_submitted && e.a == span.object)
      return filled({"{} in a thread", "在线程里运行 {}"}, stage.language(), stage.trace.text(e.b));
  return std::string(Phrase{"worker thread", "工作线程"}.in(stage.language()));
}

/// A lane's bar for a span.
Rect bar_of(const Stage& stage, const Row& row, const Span& span, const Look& look) {
  const float x0 = stage.axis.at(begin_of(stage, span)), x1 = stage.axis.at(end_of(stage, span));
  const float full = stage.cells() ? 1 : row.bar * 0.8f, h = stage.cells() ? 1 : full * look.height;
  return {x0, row.y + (row.bar - h) / 2, x1 - x0, h};
}

Look look_on(const Stage& stage, const Row& row, std::uint32_t lane, const Span& span) {
  Look look = look_in(stage, lane, span);
  // Where a request has its own step below, the task's bar only shows that it waits.
  if (row.steps > 0 && look.role == Role::waiting_request) look = {Role::waiting, Pattern::outline, 0.34f, 2};
  return look;
}

/// Draws bars, those below a pixel merged: the most severe of a pixel wins.
void draw_bars(Stage& stage, const Row& row, std::uint32_t lane) {
  const Spans& spans = stage.history.lanes[lane].spans;
  struct Thin {
    float x = -1;
    Rect rect;
    Look look;
    Hit hit;
  } thin;
  const float least = stage.cells() ? 1 : std::max(2.0f, stage.lh() * 0.12f);
  std::vector<Thin> marks;  // above the wide bars
  const auto flush = [&] {
    if (thin.x >= 0) marks.push_back(thin);
    thin.x = -1;
  };
  auto i = first_visible(stage, spans);
  const bool skip = spans.end() - i > 20000;  // far too many to look at each: sample one a pixel
  for (; i != spans.end() && begin_of(stage, *i) <= stage.axis.end; ++i) {
    const Look look = look_on(stage, row, lane, *i);
    const Rect r = bar_of(stage, row, *i, look);
    const Hit hit{Hit::Kind::span, lane + 1, i->first};
    if (r.w >= (stage.cells() ? 0.5f : 1.0f)) {
      stage.box(stage.snapped(r), look.role, look.pattern, hit, 2);
      // An arrow out of the picture: there is no end to draw.
      if (waits_forever(stage.history, *i) && r.w > stage.lh())
        stage.line({{r.right() - stage.lh() * 0.8f, row.y + row.bar / 2}, {r.right(), row.y + row.bar / 2}}, Role::text, 2,
                   true);
      continue;
    }
    if (look.severity < 4 && begin_of(stage, *i) == end_of(stage, *i)) continue;  // ready for no time at all: nothing to see
    const float pixel = std::floor(r.x);
    if (pixel != thin.x) {
      flush();
      thin = {pixel, {std::min(r.x, stage.axis.x + stage.axis.w - least), r.y, least, r.h}, look, hit};
    } else if (look.severity > thin.look.severity) {
      thin.look = look, thin.hit = hit;
      thin.rect.y = r.y, thin.rect.h = r.h;
    }
    if (skip) {
      const double next = stage.axis.begin +
                          (stage.axis.end - stage.axis.begin) * static_cast<double>((pixel + 1 - stage.axis.x) / stage.axis.w);
      const auto to = std::partition_point(i, spans.end(), [&](const Span& s) { return end_of(stage, s) < next; });
      if (to > i + 1) i = to - 1;
    }
  }
  flush();
  for (const Thin& t : marks) stage.box(stage.snapped(t.rect), t.look.role, t.look.pattern, t.hit);
}

Rect step_rect(const Stage& stage, const Row& row, std::size_t index, const awaitscope::Request& r) {
  const float h = (row.h - row.bar) / static_cast<float>(row.steps);
  const float y = row.y + row.bar + h * static_cast<float>(index % static_cast<std::size_t>(row.steps));
  const float x0 = stage.axis.at(r.begin, r.begun),
              x1 = r.ended ? stage.axis.at(r.end, r.ended) : stage.axis.at(stage.history.end, stage.trace.size());
  return {x0, y + (stage.cells() ? 0 : h * 0.1f), std::max(x1 - x0, 2.0f), stage.cells() ? 1 : h * 0.8f};
}

void draw_steps(Stage& stage, const Row& row, std::uint32_t lane) {
  if (row.steps == 0) return;
  const auto list = stage.requests.of(lane);
  for (std::size_t i = 0; i < list.size(); ++i) {
    const awaitscope::Request& r = stage.history.requests[list[i]];
    const Rect rect = step_rect(stage, row, i, r);
    if (!stage.axis.shows(stage.axis.value(r.begin, r.begun), r.ended ? stage.axis.value(r.end, r.ended) : stage.axis.end))
      continue;
    const bool bad = r.ended && (r.status == RequestStatus::failed || r.status == RequestStatus::refused);
    stage.box(stage.snapped(rect), bad ? Role::failed : Role::waiting_request, Pattern::hatch,
              {Hit::Kind::span, lane + 1, r.begun}, 2);
  }
}

std::vector<std::string> span_texts(const Stage& stage, const Row& row, std::uint32_t lane, const Span& span) {
  const bool forever = waits_forever(stage.history, span);
  const auto in = [&](const Phrase& words) { return std::string(words.in(stage.language())); };
  const std::string length = forever ? in({"forever", "永远"}) : show(span.end - span.begin);
  const Phrase runs{"runs", "运行"}, ready{"ready", "就绪"}, waits{"not started", "未启动"},
      holds{"holds the loop", "占住事件循环"};
  if (forever && span.phase == Phase::running) return {in({"holds the loop forever", "永远占住事件循环"})};
  // With the order ruler a bar may be wide and yet have taken no time.
  if (!forever && span.end == span.begin && span.phase != Phase::waiting)
    return {in(span.phase == Phase::running ? runs : span.phase == Phase::ready ? ready : waits)};
  if (span.phase == Phase::ready) return {in(ready) + " " + length};
  if (span.phase == Phase::created) return {in(waits) + " " + length};
  if (span.phase == Phase::running) {
    if (!stalls(stage, span.begin, span.end)) return {in(runs) + " " + length};
    const std::string at = place_words(stage.trace, span.site);
    return {at.empty() ? in(holds) : filled({"holds the loop at {}", "在 {} 占住事件循环"}, stage.language(), at), in(holds)};
  }
  if (span.phase == Phase::done) return {};
  std::string what;
  if (const awaitscope::Request* r = request_of(stage, lane, span)) {
    if (row.steps > 0) return {};
    what = request_words(stage, *r);
    return {what + " · " + length, what};
  } else if (span.wait == Wait::job) {
    what = job_words(stage, span);
  } else {
    what = wait_words(stage.trace, stage.history.model, span.wait, span.object, stage.language());
  }
  if (span.cleanup)
    return {filled({"cleaning up: {} {}", "清理：{} {}"}, stage.language(), what, length), in({"cleaning up", "清理"}),
            in({"clean-up", "清理"})};
  if (span.wait == Wait::sleep) return {what + " " + length, what};
  return {what + " · " + length, what};
}

/// Its last word stands behind the glyph of its end.
bool at_end(const Stage& stage, std::uint32_t lane, Seq seq) {
  const auto& spans = stage.history.lanes[lane].spans;
  const TaskModel& task = stage.history.model.tasks[lane];
  return task.phase == Phase::done && !spans.empty() &&
         stage.axis.at(task.ended, spans.back().last) - stage.axis.at(stage.trace[seq].at(), seq) < stage.lh() * 0.4f;
}

void draw_lane_marks(Stage& stage, const Row& row, std::uint32_t lane) {
  const auto& marks = stage.history.marks;
  auto i = std::partition_point(marks.begin(), marks.end(),
                                [&](const Mark& m) { return stage.axis.value(m.time, m.seq) < stage.axis.begin; });
  float last = -10;
  for (; i != marks.end() && stage.axis.value(i->time, i->seq) <= stage.axis.end; ++i) {
    if (i->task.value != lane + 1) continue;
    const float x = stage.axis.at(i->time, i->seq);
    if (x - last < (stage.cells() ? 1 : 3)) continue;
    last = x;
    const bool by_hand = i->kind == Kind::intervened;
    const Role role = i->kind == Kind::diagnosed  ? Role::warning
                      : i->kind == Kind::bookmark ? Role::bookmark
                      : by_hand                   ? Role::accent
                                                  : Role::text;
    const float size = stage.cells() ? 1 : stage.lh() * 0.42f;
    const Hit hit{Hit::Kind::event, i->seq, i->seq};
    const Glyph glyph = i->kind == Kind::diagnosed             ? Glyph::warning
                        : i->kind == Kind::bookmark || by_hand ? Glyph::flag
                                                               : Glyph::dot;
    stage.icon({x - (stage.cells() ? 0 : size / 2), row.y + (row.bar - size) / 2, size, size}, glyph, role, hit);
    const float left = x + (stage.cells() ? 1 : size * (at_end(stage, lane, i->seq) ? 1.8f : 0.8f));
    stage.chip({left, row.y, std::min(stage.cw() * 32, stage.axis.x + stage.axis.w - left), row.bar},
               {(by_hand ? std::string(Phrase{"by hand: ", "手动："}.in(stage.language())) : std::string()) +
                std::string(stage.trace.text(i->text.value))},
               Role::text);
  }
}

/// How it ended: a glyph, and what was raised.
void draw_end(Stage& stage, const Row& row, std::uint32_t lane) {
  const TaskModel& task = stage.history.model.tasks[lane];
  const auto& spans = stage.history.lanes[lane].spans;
  if (task.phase != Phase::done || spans.empty()) return;
  const double at = stage.axis.value(task.ended, spans.back().last);
  if (!stage.axis.shows(at)) return;
  const State end = task.outcome == Outcome::raised      ? State{Glyph::cross, Role::failed}
                    : task.outcome == Outcome::cancelled ? State{Glyph::cancelled, Role::cancelled}
                                                         : State{Glyph::done, Role::done};
  const float size = stage.cells() ? 1 : std::min(stage.lh() * (end.glyph == Glyph::done ? 0.5f : 0.8f), row.bar),
              x = stage.axis.at(at);
  stage.icon({stage.cells() ? x : x + 1, row.y + (row.bar - size) / 2, size, size}, end.glyph, end.role,
             {Hit::Kind::event, spans.back().last, spans.back().last});
  if (task.outcome == Outcome::returned || !task.error) return;
  const float left = x + size + (stage.cells() ? 1 : 3), right = stage.axis.x + stage.axis.w;
  const std::string_view error = stage.trace.text(task.error.value);
  // Where the lane ends at the picture's end, the words stand on its last bar.
  if (right - left < 12 * stage.cw())
    return void(stage.chip({right - 34 * stage.cw(), row.y, 34 * stage.cw() - size, row.bar}, {std::string(error)},
                           task.outcome == Outcome::raised ? Role::text_warning : Role::text_dim, Role::background,
                           Align::right, false));
  stage.label({left, row.y + (row.bar - (stage.cells() ? 1 : stage.lh())) / 2, right - left, stage.cells() ? 1 : stage.lh()},
              error, task.outcome == Outcome::raised ? Role::text_warning : Role::text_dim);
}

}  // namespace

State state_of(const Stage& stage, std::uint32_t lane) {
  const TaskModel& task = stage.history.model.tasks[lane];
  const Lane& spans = stage.history.lanes[lane];
  const Seq now = stage.playhead();
  if (task.phase == Phase::done && (spans.spans.empty() || now >= spans.spans.back().last)) {
    if (task.outcome == Outcome::raised) return {Glyph::cross, Role::failed};
    if (task.outcome == Outcome::cancelled) return {Glyph::cancelled, Role::cancelled};
    return {Glyph::done, Role::done};
  }
  const Span* span = span_at(spans, now);
  if (!span) return {Glyph::dot, Role::border};
  const Role role = look_in(stage, lane, *span).role;
  return {span->phase == Phase::running ? Glyph::play : span->phase == Phase::waiting ? Glyph::pause : Glyph::dot, role};
}

namespace {

/// What a click opens or closes: a task's children, or a row of equal tasks.
void draw_triangle(Stage& stage, const Row& row, float x, float size, float h) {
  const bool group = row.folded() || row.heads_group;
  if (!group && !row.parent) return;
  const bool closed = row.folded() || (!row.heads_group && row.closed);
  const float y = row.y + (row.folded() ? 0 : (row.bar - h) / 2) + (h - size) / 2;
  stage.icon({x, y, size, size}, closed ? Glyph::closed : Glyph::opened, Role::text_dim,
             {Hit::Kind::fold, row.lanes.front() + 1, group ? 1u : 0u});
}

}  // namespace

void draw_row_header(Stage& stage, const Row& row, std::string_view name, const State& state) {
  const Rect& canvas = stage.options.canvas;
  const Hit hit{Hit::Kind::task, row.lanes.front() + 1, 0};
  const auto is = [&](const Hit& h) { return h.is_lane() && h.value == hit.value; };
  if (!stage.cells()) {
    stage.box({canvas.x, row.y, stage.header.w, row.h}, Role::panel, Pattern::solid, hit);
    if (is(stage.options.selected)) stage.box({canvas.x, row.y, canvas.w, row.h}, Role::selection, Pattern::outline);
    else if (is(stage.options.hovered)) stage.box({canvas.x, row.y, canvas.w, row.h}, Role::hover, Pattern::outline);
    stage.box({canvas.x, row.y + row.h - 1, canvas.w, 1}, Role::grid);
  }
  const float unit = stage.cells() ? 1 : stage.cw(), size = stage.cells() ? 1 : stage.lh() * 0.55f;
  const float indent =
      std::min((stage.cells() ? 0 : unit) + unit * 1.6f * static_cast<float>(row.depth), stage.header.w * 0.4f);
  const float triangle = stage.options.hunt && !stage.cells() ? triangle_width(stage.options.metrics) : 0;
  const float x = canvas.x + (stage.cells() ? std::round(indent) : indent + triangle),
              h = stage.cells() ? 1 : std::min(row.bar, stage.lh() * 1.4f);
  if (triangle > 0) draw_triangle(stage, row, x - triangle * 1.05f, triangle, h);
  stage.icon({x, row.y + (h - size) / 2 + (stage.cells() ? 0 : (row.bar - h) / 2), size, size}, state.glyph, state.role, hit);
  const float left = x + size + unit * (stage.cells() ? 1 : 0.6f);
  float room = canvas.x + stage.header.w - left - (stage.cells() ? 1 : unit * 0.4f);
  if (row.pinned) {
    room -= size + unit * 0.3f;
    stage.icon({left + room + unit * 0.3f, row.y + (row.bar - size) / 2, size, size}, Glyph::pin, Role::accent, hit);
  }
  stage.label({left, row.y + (row.folded() ? 0 : (row.bar - h) / 2), room, h}, elide_name(name, room, stage.options.metrics));
}

void draw_lane(Stage& stage, const Row& row) {
  const std::uint32_t lane = row.lanes.front();
  draw_row_header(stage, row, task_name(stage.trace, stage.history.model, TaskId{lane + 1}), state_of(stage, lane));
  draw_bars(stage, row, lane);
  draw_steps(stage, row, lane);
}

void draw_lane_words(Stage& stage, const Row& row) {
  const std::uint32_t lane = row.lanes.front();
  if (row.closed)
    stage.chip({stage.axis.x + stage.axis.w * 0.5f, row.y, stage.axis.w * 0.5f, row.bar},
               {tally_words(*row.closed, stage.language())}, row.closed->failed ? Role::text_warning : Role::text, Role::border,
               Align::right);
  draw_unseen(stage, row, lane);
  draw_end(stage, row, lane);
  draw_left_timers(stage, row, lane);
  draw_cells(stage, row, lane);
  if (row.steps > 0) {
    const auto list = stage.requests.of(lane);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const awaitscope::Request& r = stage.history.requests[list[i]];
      const Rect rect = step_rect(stage, row, i, r);
      const std::string what = request_words(stage, r);
      if (rect.w > 5 * stage.cw())
        stage.chip(rect, {what + " · " + show(r.end - r.begin), what}, Role::text, Role::background, Align::center);
    }
  }
  draw_lane_marks(stage, row, lane);
  const Spans& spans = stage.history.lanes[lane].spans;
  const float least = stage.cw() * 5;
  for (auto i = first_visible(stage, spans); i != spans.end() && begin_of(stage, *i) <= stage.axis.end; ++i) {
    const float x0 = stage.axis.at(begin_of(stage, *i)), x1 = stage.axis.at(end_of(stage, *i));
    if (x1 - x0 < least) {  // a bar too short for words: on to the first that could be long enough
      const double next = begin_of(stage, *i) + (stage.axis.end - stage.axis.begin) * static_cast<double>(1 / stage.axis.w);
      const auto to = std::partition_point(i, spans.end(), [&](const Span& s) { return end_of(stage, s) < next; });
      if (to > i + 1) i = to - 1;
      continue;
    }
    const auto texts = span_texts(stage, row, lane, *i);
    if (texts.empty()) continue;
    const Rect bar{x0, row.y, x1 - x0, row.bar};
    if (!stage.chip(bar, texts, Role::text, Role::background, Align::center, false) && bar.w > 30 * stage.cw() &&
        !i->asked_to_stop)
      stage.chip({x0 + bar.w * 0.4f, row.y, bar.w * 0.59f, row.bar}, texts, Role::text, Role::background, Align::right, false);
  }
}

}  // namespace awaitscope::view
