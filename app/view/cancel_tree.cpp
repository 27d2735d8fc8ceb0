// Cancellations as a tree of requests: who asked whom, why, through which scope, when it arrived and what became of it.
#include <cmath>

#include <fmt/format.h>

#include "app/view/card.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"
#include "core/findings/cancel_story.h"

namespace awaitscope::view {
namespace {

struct Verdict {
  std::string text;
  Role role = Role::text;
  Glyph glyph = Glyph::cancelled;
  Role color = Role::cancelled;
};

Verdict verdict_of(const Trace& trace, const Cancellation& c, Duration passed, Language language) {
  const auto at = [&](Seq seq) {
    const SiteId site = seq && seq <= trace.size() ? trace[seq].where() : SiteId{};
    if (site.value && site == c.delivered_at) return std::string(Phrase{" there", "（就在那里）"}.in(language));
    const std::string place = place_words(trace, site);
    return place.empty() ? place : filled({" at {}", "（{}）"}, language, place);
  };
  const std::string late = show(passed);
  switch (c.end) {
    case Cancellation::End::cancelled:
      return {filled({"cancelled after {}", "{} 后已取消"}, language, late), Role::text, Glyph::cancelled, Role::cancelled};
    case Cancellation::End::swallowed:
      return {c.task_over
                  ? filled({"swallowed{}, ended {} later", "被吞掉{}，{} 后才结束"}, language, at(c.ended), late)
                  : filled({"swallowed{}, still runs {} later", "被吞掉{}，{} 后仍在运行"}, language, at(c.ended), late),
              Role::text_warning, Glyph::swallowed, Role::error};
    case Cancellation::End::caught:
      return {filled({"caught by its scope{} after {}", "由它的作用域接住{}，用时 {}"}, language, at(c.ended),
                     show(c.ended_time - c.requested_time)),
              Role::text, Glyph::done, Role::done};
    case Cancellation::End::lost:
      return {c.task_over ? filled({"lost: it ended {} later on its own", "丢失：{} 后自行结束"}, language, late)
                          : std::string(Phrase{"lost: it ended on its own", "丢失：自行结束"}.in(language)),
              Role::text_warning, Glyph::warning, Role::warning};
    case Cancellation::End::pending: break;
  }
  return {filled({"not answered yet, {} later", "{} 后仍无回应"}, language, late), Role::text_warning, Glyph::warning,
          Role::warning};
}

/// From the request to the end of the task, as a small bar under the text.
void draw_bar(Cards& cards, const Cancellation& c, Rect r, Instant end) {
  const double length = std::max(1.0, static_cast<double>(end.ns));
  const auto x = [&](Instant t) {
    return r.x + r.w * static_cast<float>(std::clamp(static_cast<double>(t.ns) / length, 0.0, 1.0));
  };
  cards.box({r.x, r.y + r.h * 0.45f, r.w, std::max(1.0f, r.h * 0.1f)}, Role::grid);
  const float x0 = x(c.requested_time), x1 = x(c.task_over ? c.task_ended : end);
  const bool harm = c.end == Cancellation::End::swallowed || c.end == Cancellation::End::pending;
  cards.box({x0, r.y + r.h * 0.15f, std::max(3.0f, std::min(x1, r.right()) - x0), r.h * 0.7f},
            harm ? Role::cancelling : Role::cancelled, harm ? Pattern::cross_hatch : Pattern::half, {}, 2);
}

}  // namespace

DrawList cancel_tree(const Trace& trace, const History& history, Rect canvas, const FontMetrics& metrics,
                     std::optional<Seq> playhead) {
  Cards cards(canvas, metrics);
  const Model& model = history.model;
  const Language language = metrics.language;
  const float lh = metrics.line_height, cw = metrics.char_width, pad = metrics.cells ? 0 : cw;
  if (history.cancellations.empty()) {
    cards.text({canvas.x + pad, canvas.y + (metrics.cells ? 0 : lh * 0.3f), canvas.w - 2 * pad, lh},
               metrics.in({"Nobody was asked to stop.", "没有谁被要求停止。"}), Role::text_dim);
    return std::move(cards.list);
  }
  const std::vector<CancelChapter> chapters = cancel_tree_of(history).chapters;
  const bool narrow = !metrics.cells && canvas.w < cw * 90;  // then delivery and verdict stand on lines of their own
  const float height = metrics.cells ? 3 : lh * (narrow ? 4.5f : 3.5f), gap = metrics.cells ? 0 : lh * 0.35f,
              indent = metrics.cells ? 3 : cw * 3;
  const float bar = metrics.cells ? 0 : std::min(canvas.w * 0.2f, cw * 30);
  std::vector<Point> last_at(64);  // the foot of the latest card of each depth, for the connecting lines
  float y = canvas.y + (metrics.cells ? 0 : lh * 0.3f);
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    const bool room_for_more = y + 2 * height + gap <= canvas.bottom();
    if (y + height > canvas.bottom() + 0.01f ||
        (!room_for_more && i + 1 < chapters.size() && y + height + lh > canvas.bottom() + 0.01f)) {
      cards.text({canvas.x + pad, std::min(y, canvas.bottom() - lh), canvas.w - 2 * pad, lh},
                 filled({"+{} more requests", "还有 {} 个请求"}, language, counted(chapters.size() - i)), Role::text_dim);
      break;
    }
    const Cancellation& c = history.cancellations[chapters[i].index];
    const int depth = static_cast<int>(std::min<std::size_t>(chapters[i].depth, 8));
    const float x = canvas.x + pad + indent * static_cast<float>(depth);
    const Rect card{x, y, canvas.right() - pad - x, height};
    const Verdict verdict = verdict_of(trace, c, chapters[i].late, language);
    const bool now = playhead && *playhead >= c.requested && *playhead <= std::max(c.ended, c.delivered);
    if (!metrics.cells)
      cards.box(card, now ? Role::selection : Role::border, Pattern::outline, {Hit::Kind::event, c.requested, c.requested}, 5);
    if (depth > 0) {
      const Point from = last_at[static_cast<std::size_t>(depth - 1)];
      if (!metrics.cells) cards.line({from, {from.x, y + lh * 0.7f}, {x, y + lh * 0.7f}}, Role::flow_cancel, 2, true);
      else cards.text({x - 3, y, 3, 1}, "└─ ", Role::text_dim);
    }
    last_at[static_cast<std::size_t>(depth)] = {x + indent / 2, y + height};

    const float size = metrics.cells ? 1 : lh * 0.9f, left = x + (metrics.cells ? 0 : cw * 0.7f),
                inset = metrics.cells ? 0 : lh * 0.25f;
    cards.icon({left, y + inset + (metrics.cells ? 0 : lh * 0.05f), size, size}, verdict.glyph, verdict.color,
               {Hit::Kind::event, c.requested, c.requested});
    const float text_x = left + size + (metrics.cells ? 1 : cw * 0.7f),
                all = card.right() - text_x - (metrics.cells ? 0 : cw * 0.5f),
                beside = all - bar - (metrics.cells ? 0 : cw * 0.5f), w = narrow ? all : beside;
    std::string scope = scope_words(trace, model, c.scope, language);
    const std::string target = task_words(trace, model, c.target, language);
    const Cancellation* parent = chapters[i].depth ? &history.cancellations[chapters[chapters[i].parent].index] : nullptr;
    const std::string asked =
        parent ? filled({"{} passed it on to {}", "{} 把它传给 {}"}, language,
                        task_words(trace, model, parent->target, language), target)
               : filled({"{} asked {} to stop", "{} 要求 {} 停止"}, language, task_words(trace, model, c.by, language), target);
    // "timeout 1.0 s" says it all; "sibling failed through group" needs both.
    const bool same = scope.starts_with(reason_words(c.why, Language::english));
    std::string why = moment_words(c.requested_time);
    if (!parent)
      why += " · " + (same ? scope
                           : reason_words(c.why, language) +
                                 (scope.empty() ? "" : filled({" through {}", "，通过 {}"}, language, scope)));
    if (const auto message = trace.text(c.message.value); !message.empty()) why += fmt::format(" · “{}”", printable(message));
    if (const std::string place = place_words(trace, c.asked_at); !place.empty()) why += " · " + place;
    std::string end(metrics.in({"never delivered", "从未送达"}));
    if (c.delivered) {
      const std::string place = place_words(trace, c.delivered_at);
      const Duration passed = chapters[i].until_delivered;
      end = filled({"delivered{}{}", "已送达{}{}"}, language,
                   passed.count() > 0 ? filled({" {} later", "，{} 之后"}, language, show(passed)) : "",
                   place.empty() ? "" : filled({" at {}", "，在 {}"}, language, place));
    }
    cards.text({text_x, y + inset, beside, lh}, asked, Role::text, Font::bold);
    cards.text({text_x, y + inset + lh, w, lh}, why, Role::text_dim);
    if (narrow) {
      cards.text({text_x, y + inset + 2 * lh, w, lh}, end, Role::text_dim);
      cards.text({text_x, y + inset + 3 * lh, w, lh}, verdict.text, verdict.role);
    } else {
      cards.text({text_x, y + inset + 2 * lh, w, lh}, end + " → " + verdict.text, verdict.role);
    }
    if (bar > 0)
      draw_bar(cards, c, {card.right() - bar - cw * 0.5f, narrow ? y + inset : y + height / 2 - lh * 0.5f, bar, lh},
               history.end);
    y += height + gap;
  }
  return std::move(cards.list);
}

}  // namespace awaitscope::view
