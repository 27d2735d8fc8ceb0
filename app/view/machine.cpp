// The machine at the playhead: one running slot, the ready queue, the timers to come, and who waits for what.
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "app/view/card.h"
#include "app/view/stage.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

struct Card {
  std::string name, note;
  Role role = Role::ready;
  Pattern pattern = Pattern::outline;
  Glyph glyph = Glyph::dot;
  Hit hit;
};

/// A column of cards under a heading, as many as fit, and how many more there are.
void column(Cards& cards, Rect r, const std::string& heading, const std::vector<Card>& list, std::size_t total,
            std::string_view none) {
  const auto text = [&](float y, std::string_view words) {
    if (y + cards.lh() <= r.bottom() + 0.01f)
      cards.text({r.x, y, r.w - (cards.cells() ? 1 : cards.cw()), cards.lh()}, words, Role::text_dim);
  };
  const float lh = cards.lh(), cw = cards.cells() ? 1 : cards.cw(), pad = cards.cells() ? 0 : cw * 0.6f;
  cards.text({r.x, r.y, r.w - cw, lh}, heading, Role::text_dim, Font::bold);
  float y = r.y + lh * (cards.cells() ? 1 : 1.3f);
  if (list.empty()) { return text(y, none); }
  const float card = cards.cells() ? 1 : lh * 2.35f, gap = cards.cells() ? 0 : lh * 0.25f;
  std::size_t shown = 0;
  for (const Card& each : list) {
    const bool last = y + 2 * card + gap > r.bottom() - (cards.cells() ? 0 : lh) && shown + 1 < total;
    if (y + card > r.bottom() || (last && y + card + lh > r.bottom() + 0.01f)) break;
    const Rect place{r.x, y, r.w - cw, card};
    if (!cards.cells()) cards.box(place, each.role, each.pattern, each.hit, 5);
    const float size = cards.cells() ? 1 : lh * 0.6f;
    cards.icon({place.x + pad, cards.cells() ? y : y + lh * 0.35f, size, size}, each.glyph, each.role, each.hit);
    const float left = place.x + pad + size + (cards.cells() ? 1 : cw * 0.5f), w = place.right() - left - pad;
    if (cards.cells()) {
      cards.text({left, y, w, 1}, each.note.empty() ? each.name : each.name + "  " + each.note);
    } else {
      cards.text({left, y + lh * 0.15f, w, lh}, each.name, Role::text, Font::bold);
      cards.text({place.x + pad, y + lh * 1.2f, place.w - 2 * pad, lh}, each.note, Role::text_dim);
    }
    y += card + gap;
    ++shown;
  }
  if (shown < total) text(y, filled({"+{} more", "还有 {} 个"}, cards.language(), counted(total - shown)));
}

Card running_card(const Trace& trace, const Model& model, Language language) {
  const auto in = [&](const Phrase& words) { return std::string(words.in(language)); };
  if (model.blocking)
    return {task_words(trace, model, model.running, language),
            filled({"holds the loop: {}", "占住事件循环：{}"}, language, printable(trace.text(model.blocking_what.value))),
            Role::stall,
            Pattern::outline,
            Glyph::warning,
            {Hit::Kind::task, model.running.value, 0}};
  if (const TaskModel* task = model.task(model.running)) {
    std::string note = place_words(trace, task->site);
    if (!task->frames.empty()) note = fmt::format("{}() {}", printable(trace.text(task->frames.back().function.value)), note);
    return {task_name(trace, model, task->id),   note, Role::running, Pattern::outline, Glyph::play,
            {Hit::Kind::task, task->id.value, 0}};
  }
  if (model.in_callback) return {in({"a callback", "一个回调"}), "", Role::running, Pattern::outline, Glyph::play, {}};
  if (model.ended)
    return {in({"the run has ended", "运行已结束"}),
            std::string(name(model.outcome)),
            Role::done,
            Pattern::outline,
            Glyph::done,
            {}};
  if (model.idle)
    return {in({"nobody: the loop is idle", "没有：事件循环空闲"}),
            model.idle_until ? filled({"until {}", "直到 {}"}, language, moment_words({model.idle_until}))
                             : in({"until something happens", "直到有事发生"}),
            Role::idle,
            Pattern::outline,
            Glyph::pause,
            {}};
  return {in({"nobody", "没有"}), "", Role::idle, Pattern::outline, Glyph::pause, {}};
}

std::vector<Card> ready_cards(const Trace& trace, const Model& model, std::size_t most, Language language) {
  std::vector<Card> out;
  for (const TaskId id : model.ready) {
    if (out.size() >= most) break;
    const TaskModel* task = model.task(id);
    if (!task) continue;
    std::string why(name(task->why));
    why = why == "start" ? std::string(Phrase{"to start", "待启动"}.in(language))
          : task->woken_by
              ? filled({"{} by {}", "{}，由 {}"}, language, why, task_words(trace, model, task->woken_by, language))
              : why;
    out.push_back({task_name(trace, model, id),
                   why,
                   task->cancel_requested && task->cancels ? Role::cancelling : Role::ready,
                   Pattern::outline,
                   Glyph::dot,
                   {Hit::Kind::task, id.value, task->woken}});
  }
  return out;
}

std::vector<Card> timer_cards(const Trace& trace, const Model& model, std::size_t most, Language language) {
  std::vector<Card> out;
  for (const TimerModel& timer : model.timers) {
    if (out.size() >= most) break;
    const Duration left = Instant{timer.when} - model.now;
    const std::string who = timer.task ? task_words(trace, model, timer.task, language) : place_words(trace, timer.site);
    const std::string note = left.count() < 0 ? filled({"late by {}", "晚了 {}"}, language, show(-left))
                                              : filled({"in {}", "还有 {}"}, language, show(left));
    out.push_back({moment_words({timer.when}),
                   fmt::format("{}{}{} · {}", enum_name(Field::timer_use, static_cast<std::uint8_t>(timer.use)),
                               who.empty() ? "" : Phrase{" of ", "："}.in(language), who, note),
                   left.count() < 0 ? Role::warning : Role::waiting_sleep,
                   Pattern::outline,
                   Glyph::dot,
                   {Hit::Kind::task, timer.task.value, 0}});
  }
  return out;
}

/// Waiting tasks by what they wait for, the largest crowd first.
std::vector<Card> waiter_cards(const Trace& trace, const Model& model, std::size_t most, Language language) {
  struct Crowd {
    Wait wait;
    std::uint32_t object;
    std::vector<TaskId> tasks;
  };
  std::map<std::pair<Wait, std::uint32_t>, Crowd> crowds;
  for (const TaskModel& task : model.tasks) {
    if (task.phase != Phase::waiting) continue;
    // Each sleep has its own timer and each request its own number: they are one crowd of their kind.
    const bool shared = task.wait != Wait::sleep && task.wait != Wait::request && task.wait != Wait::job &&
                        task.wait != Wait::future && task.wait != Wait::other;
    Crowd& crowd = crowds[{task.wait, shared ? task.object : 0}];
    crowd.wait = task.wait;
    crowd.object = task.object;
    crowd.tasks.push_back(task.id);
  }
  std::vector<const Crowd*> order;
  for (const auto& [key, crowd] : crowds) order.push_back(&crowd);
  std::stable_sort(order.begin(), order.end(), [](auto a, auto b) { return a->tasks.size() > b->tasks.size(); });
  std::vector<Card> out;
  for (const Crowd* crowd : order) {
    if (out.size() >= most) break;
    Span span;
    span.phase = Phase::waiting;
    span.wait = crowd->wait;
    std::string who;
    for (std::size_t i = 0; i < crowd->tasks.size() && i < 6; ++i)
      who += (i ? ", " : "") + task_name(trace, model, crowd->tasks[i]);
    if (crowd->tasks.size() > 6) who += fmt::format(" +{}", counted(crowd->tasks.size() - 6));
    std::string what = wait_words(trace, model, crowd->wait, crowd->object, language);
    if (const ResourceModel* r =
            crowd->wait == Wait::semaphore || crowd->wait == Wait::lock ? model.resource(ResourceId{crowd->object}) : nullptr;
        r && r->capacity)
      what += filled({" ({} of {} used)", "（已用 {} / {}）"}, language, r->used(), r->capacity);
    const Hit hit{Hit::Kind::task, crowd->tasks.front().value, 0};
    out.push_back({crowd->tasks.size() > 1 ? fmt::format("{} × {}", counted(crowd->tasks.size()), what) : what, who,
                   look_of(span).role, Pattern::outline, Glyph::pause, hit});
  }
  return out;
}

}  // namespace

DrawList machine(const Trace& trace, const Model& model, Rect canvas, const FontMetrics& metrics) {
  constexpr Phrase events_lost{" · {} events lost", " · 丢失 {} 个事件"};
  const Language language = metrics.language;
  Cards cards(canvas, metrics);
  const float pad = metrics.cells ? 0 : metrics.char_width, lh = metrics.line_height;
  cards.text({canvas.x + pad, canvas.y, canvas.w - 2 * pad, lh * (metrics.cells ? 1.0f : 1.5f)},
             filled({"{} · tick {} · event {}{}", "{} · 第 {} 轮 · 事件 {}{}"}, language, moment_words(model.now), model.tick,
                    model.seq, model.dropped ? filled(events_lost, language, counted(model.dropped)) : ""),
             Role::text, Font::bold);
  const float top = canvas.y + lh * (metrics.cells ? 1.0f : 1.7f), height = canvas.bottom() - top;
  if (height < lh * 2) return std::move(cards.list);
  constexpr std::size_t most = 100;
  std::size_t waiting = 0;
  const std::vector<Card> running = {running_card(trace, model, language)}, ready = ready_cards(trace, model, most, language),
                          timers = timer_cards(trace, model, most, language),
                          waiters = waiter_cards(trace, model, most, language);
  for (const TaskModel& task : model.tasks) waiting += task.phase == Phase::waiting;
  const bool two_rows = canvas.w < metrics.char_width * 70;  // a narrow panel: two above two
  const float w = std::floor((canvas.w - 2 * pad) / (two_rows ? 2 : 4)), h = two_rows ? std::floor(height / 2) : height;
  const auto place = [&](int i) {
    const int x = two_rows ? i % 2 : i, y = two_rows ? i / 2 : 0;
    return Rect{canvas.x + pad + w * static_cast<float>(x), top + h * static_cast<float>(y), w,
                h - (two_rows && !metrics.cells ? lh * 0.3f : 0)};
  };
  const auto heading = [&](const Phrase& words, bool empty, std::size_t count) {
    return empty ? std::string(metrics.in(words)) : fmt::format("{} · {}", metrics.in(words), counted(count));
  };
  column(cards, place(0), std::string(metrics.in({"Running", "正在运行"})), running, 1, "");
  column(cards, place(1), heading({"Ready", "就绪"}, ready.empty(), model.ready.size()), ready, model.ready.size(),
         metrics.in({"empty", "空"}));
  column(cards, place(2), heading({"Waiting", "等待"}, waiters.empty(), waiting), waiters, waiters.size(),
         metrics.in({"nobody", "没有"}));
  column(cards, place(3), heading({"Timers", "定时器"}, timers.empty(), model.timers.size()), timers, model.timers.size(),
         metrics.in({"none", "没有"}));
  return std::move(cards.list);
}

}  // namespace awaitscope::view
