// The ruler, the playhead and the loop's own lane: ticks, busy, idle, and stalls that cross everything.
#include <cmath>

#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {

float loop_height(const FontMetrics& m) { return m.cells ? 1 : std::round(m.line_height * 1.5f); }

bool stalls(const Stage& stage, Instant begin, Instant end) { return end - begin >= stage.options.stall; }

void draw_ruler(Stage& stage, Rect ruler) {
  const float bottom = stage.rows.bottom;
  if (ruler.h > 0) {
    stage.box(ruler, Role::header);
    const float pad = stage.cells() ? 0 : stage.cw();
    stage.label({ruler.x + pad, ruler.y, stage.header.w - pad, stage.cells() ? 1 : ruler.h}, stage.options.title, Role::text,
                Font::bold);
  }
  const Axis& axis = stage.axis;
  for (const RulerTick& tick :
       ruler_ticks({static_cast<std::int64_t>(axis.begin)}, {static_cast<std::int64_t>(axis.end)}, axis.x, axis.w)) {
    if (!stage.cells()) stage.box({tick.x, ruler.bottom(), 1, bottom - ruler.bottom()}, Role::grid);
    if (!stage.options.ruler) continue;
    const std::string text = axis.order ? std::to_string(tick.time.ns) : tick.label;
    const float w = stage.options.metrics.width(text) + stage.cw() * (stage.cells() ? 1 : 2);
    const float left = std::clamp(stage.cells() ? std::round(tick.x - (w - 1) / 2) : tick.x - w / 2, stage.plot.x,
                                  std::max(stage.plot.x, stage.options.canvas.right() - w));
    const Rect place{left, ruler.y, w, stage.cells() ? 1 : stage.lh() * 1.15f};
    // With a space beside it; where the playhead's time stands, that is the label.
    if (stage.places.free(place))
      stage.label(place, text, Role::text_dim, Font::ui, stage.cells() ? Align::left : Align::center);
    if (stage.cells()) stage.box({std::round(tick.x), ruler.y + 1, 1, 1}, Role::tick);
    else stage.box({tick.x, ruler.bottom() - stage.lh() * 0.35f, 1, stage.lh() * 0.35f}, Role::tick);
  }
  if (!stage.options.findings || !stage.options.ruler) return;
  const float size = stage.cells() ? 1 : stage.lh() * 0.62f;
  for (std::uint32_t i = 0; i < stage.options.findings->size(); ++i) {
    const Finding& finding = (*stage.options.findings)[i];
    const Seq seq = finding.evidence.empty() ? 0 : finding.evidence.front();
    const double at = axis.value(seq && seq <= stage.trace.size() ? stage.trace[seq].at() : finding.begin, seq);
    if (!axis.shows(at)) continue;
    const Role role = finding.severity == Severity::error     ? Role::error
                      : finding.severity == Severity::warning ? Role::warning
                                                              : Role::info;
    stage.icon({axis.at(at) - size / 2, ruler.bottom() - size, size, size}, Glyph::warning, role, {Hit::Kind::finding, i, seq});
  }
}

void draw_playhead(Stage& stage, Rect ruler, float bottom) {
  if (!stage.options.playhead) return;
  const Seq seq = std::min(*stage.options.playhead, stage.trace.size());
  const Instant now = seq ? stage.trace[seq].at() : Instant{};
  const Axis& axis = stage.axis;
  if (!axis.shows(axis.value(now, seq))) return;
  const float x = axis.at(now, seq);
  stage.line({{x, ruler.bottom()}, {x, bottom}}, Role::playhead, 1.5f);
  if (!stage.options.ruler) return;
  const std::string text = axis.order ? filled({"event {}", "事件 {}"}, stage.language(), seq) : moment_words(now);
  const float w = stage.options.metrics.width(text) + (stage.cells() ? 0 : stage.cw());
  const float left = std::clamp(x - w / 2, stage.plot.x, std::max(stage.plot.x, stage.options.canvas.right() - w));
  if (stage.cells()) {
    stage.label({left, ruler.y, w, 1}, text, Role::text, Font::bold);
    return;
  }
  // The ruler's own box comes later and would hide a plate: the line's foot and bold text are enough.
  stage.label({left, ruler.y, w, stage.lh() * 1.15f}, text, Role::text, Font::bold, Align::center);
  stage.line({{x, ruler.y + stage.lh() * 1.15f}, {x, ruler.bottom()}}, Role::playhead, 3);
}

void draw_stall_bands(Stage& stage, Rect row, float bottom) {
  float last = -1;
  for (const Stall& stall : stage.history.steps) {
    if (!stalls(stage, stall.begin, stall.end)) continue;
    const Axis& axis = stage.axis;
    if (!axis.shows(axis.value(stall.begin, stall.first), axis.value(stall.end, stall.last))) continue;
    const float x0 = axis.at(stall.begin, stall.first), x1 = std::max(x0 + 1, axis.at(stall.end, stall.last));
    if (x1 <= last + 0.5f) continue;  // several within a pixel: one band
    last = x1;
    stage.box({x0, row.bottom(), x1 - x0, bottom - row.bottom()}, Role::stall_band, Pattern::solid,
              {Hit::Kind::event, stall.first, stall.first});
    if (stage.cells()) continue;
    stage.line({{x0, row.y}, {x0, bottom}}, Role::stall, 1.5f);
    stage.line({{x1, row.y}, {x1, bottom}}, Role::stall, 1.5f);
  }
}

namespace {

void draw_ticks(Stage& stage, Rect row) {
  const Axis& axis = stage.axis;
  const auto& ticks = stage.history.ticks;
  const auto end_of = [&](std::size_t i) {
    return axis.order ? static_cast<double>(i + 1 < ticks.size() ? ticks[i + 1].first : stage.trace.size())
                      : static_cast<double>(ticks[i].end.ns);
  };
  auto from =
      std::partition_point(ticks.begin(), ticks.end(), [&](const Tick& t) { return axis.value(t.end, t.first) < axis.begin; });
  if (from != ticks.begin() && axis.order) --from;
  const float mid = row.y + row.h / 2, thin = stage.cells() ? 1 : row.h * 0.26f, full = stage.cells() ? 1 : row.h * 0.72f;
  float last_mark = -10;
  for (auto i = static_cast<std::size_t>(from - ticks.begin()); i < ticks.size(); ++i) {
    const Tick& tick = ticks[i];
    if (axis.value(tick.begin, tick.first) > axis.end) break;
    const float x0 = axis.at(tick.begin, tick.first), x1 = axis.at(end_of(i));
    const float busy = axis.order ? x1 : axis.at(tick.busy_end, 0);
    const Hit hit{Hit::Kind::loop, tick.number, tick.first};
    if (x1 - busy > 20 * stage.cw()) stage.idle.push_back({busy, row.y, x1 - busy, row.h});
    if (x1 - busy >= 1) stage.box(stage.snapped({busy, mid - thin / 2, x1 - busy, thin}), Role::idle, Pattern::solid, hit);
    if (busy - x0 >= 1) stage.box(stage.snapped({x0, mid - full / 2, busy - x0, full}), Role::busy, Pattern::solid, hit);
    // Where passes follow each other faster than pixels, they are one.
    if (x0 - last_mark < (stage.cells() ? 1 : 2)) continue;
    last_mark = x0;
    stage.box(stage.snapped({x0 - (stage.cells() ? 0.0f : 1.0f), mid - full / 2, stage.cells() ? 1.0f : 2.0f, full}),
              Role::tick, Pattern::solid, hit);
  }
}

/// Behind the end of a run that hangs the loop has nothing to do, for ever, or one step never ends.
void draw_hang(Stage& stage, Rect row) {
  const Model& model = stage.history.model;
  if (!model.ended || model.outcome != RunOutcome::hang) return;
  const double end = stage.axis.value(stage.history.end, stage.trace.size());
  if (end >= stage.axis.end) return;
  const float x0 = stage.axis.at(end), w = stage.axis.x + stage.axis.w - x0;
  const bool held = static_cast<bool>(model.running);
  const float inset = stage.cells() ? 0 : row.h * (held ? 0.06f : 0.37f);
  stage.box(stage.snapped({x0, row.y + inset, w, row.h - 2 * inset}), held ? Role::stall : Role::idle,
            held ? Pattern::cross_hatch : Pattern::outline, {Hit::Kind::event, stage.trace.size(), stage.trace.size()});
  const auto in = [&](const Phrase& words) { return std::string(words.in(stage.language())); };
  const std::string who = task_words(stage.trace, model, model.running, stage.language());
  const std::vector<std::string> texts =
      held ? std::vector{filled({"{} holds the loop forever", "{} 永远占住事件循环"}, stage.language(), who),
                         in({"held forever", "永远被占住"})}
           : std::vector{in({"nothing can ever run again", "再也没有什么能运行"}), in({"hangs", "卡死"})};
  const float back = std::min(w + 16 * stage.cw(), stage.axis.w);
  const Role border = held ? Role::stall : Role::error;
  if (!stage.chip({x0, row.y, w, row.h}, {texts[0]}, Role::text_warning, border, Align::center, false))
    stage.chip({stage.axis.x + stage.axis.w - back, row.y, back, row.h}, texts, Role::text_warning, border, Align::right,
               false);
}

}  // namespace

void draw_loop_lane(Stage& stage, Rect row) {
  const float pad = stage.cells() ? 0 : stage.cw();
  stage.label({row.x + pad, row.y, stage.header.w - pad, row.h}, Phrase{"loop", "事件循环"}.in(stage.language()), Role::text,
              Font::bold);
  draw_ticks(stage, row);
  if (!stage.cells()) stage.box({row.x, row.bottom() - 1, row.w, 1}, Role::border);
  draw_hang(stage, row);
  const Axis& axis = stage.axis;
  float last = -1;
  for (const Stall& stall : stage.history.steps) {
    if (!stalls(stage, stall.begin, stall.end)) continue;
    if (!axis.shows(axis.value(stall.begin, stall.first), axis.value(stall.end, stall.last))) continue;
    const float x0 = axis.at(stall.begin, stall.first), x1 = std::max(x0 + 1, axis.at(stall.end, stall.last));
    if (x1 <= last + 0.5f) continue;
    last = x1;
    const float inset = stage.cells() ? 0 : row.h * 0.06f;
    stage.box(stage.snapped({x0, row.y + inset, x1 - x0, row.h - 2 * inset}), Role::stall, Pattern::solid,
              {Hit::Kind::event, stall.first, stall.first});
    const std::string who = task_words(stage.trace, stage.history.model, stall.task, stage.language()),
                      length = show(stall.end - stall.begin);
    const std::string what =
        stall.what ? std::string(stage.trace.text(stall.what.value)) : place_words(stage.trace, stall.site);
    const std::string sentence = filled({"{} held the loop for {}", "{} 占住事件循环 {}"}, stage.language(), who, length);
    const std::vector<std::string> texts = {what.empty() ? sentence : sentence + ": " + what, sentence, who + " " + length,
                                            length};
    const auto inside = [&] { return stage.chip({x0, row.y, x1 - x0, row.h}, texts, Role::text, Role::stall, Align::center); };
    // The whole sentence beside a narrow band is better than a bare number on it.
    const float beside = x1 + stage.cw() * (stage.cells() ? 0 : 0.5f);
    const float need = stage.options.metrics.width(texts.front()) + stage.cw() * 2;
    // In a terminal the band is its own plate.
    if (need <= x1 - x0 ||
        !stage.chip({beside, row.y, std::min(need, axis.x + axis.w - beside), row.h}, {texts[0]}, Role::text, Role::stall))
      inside();
  }
}

void draw_idle_words(Stage& stage) {
  for (const Rect& r : stage.idle)
    stage.chip(r, {std::string(Phrase{"idle", "空闲"}.in(stage.language()))}, Role::text_dim, Role::background, Align::center,
               false);
}

}  // namespace awaitscope::view
