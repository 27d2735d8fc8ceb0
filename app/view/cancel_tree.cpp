// Cancellations as a tree of requests: who asked whom, why, through which scope, when it arrived and what became of it.
#include <cmath>

#include <fmt/format.h>

#include "app/view/card.h"
#include "app/view/stage.h"
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

Verdict verdict_of(const Trace& trace, const Cancellation& c, Duration passed) {
  const auto at = [&](Seq seq) {
    const SiteId site = seq && seq <= trace.size() ? trace[seq].where() : SiteId{};
    if (site.value && site == c.delivered_at) return std::string(" there");
    const std::string place = place_words(trace, site);
    return place.empty() ? place : " at " + place;
  };
  const std::string late = show(passed);
  switch (c.end) {
    case Cancellation::End::cancelled:
      return {fmt::format("cancelled after {}", late), Role::text, Glyph::cancelled, Role::cancelled};
    case Cancellation::End::swallowed:
      return {fmt::format("swallowed{}, {} {} later", at(c.ended), c.task_over ? "ended" : "still runs", late),
              Role::text_warning, Glyph::swallowed, Role::error};
    case Cancellation::End::caught:
      return {fmt::format("caught by its scope{} after {}", at(c.ended), show(c.ended_time - c.requested_time)), Role::text,
              Glyph::done, Role::done};
    case Cancellation::End::lost:
      return {fmt::format("lost: it ended{} on its own", c.task_over ? " " + late + " later" : ""), Role::text_warning,
              Glyph::warning, Role::warning};
    case Cancellation::End::pending: break;
  }
  return {fmt::format("not answered yet, {} later", late), Role::text_warning, Glyph::warning, Role::warning};
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
  const float lh = metrics.line_height, cw = metrics.char_width, pad = metrics.cells ? 0 : cw;
  if (history.cancellations.empty()) {
    cards.text({canvas.x + pad, canvas.y + (metrics.cells ? 0 : lh * 0.3f), canvas.w - 2 * pad, lh},
               "Nobody was asked to stop.", Role::text_dim);
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
                 fmt::format("+{} more requests", counted(chapters.size() - i)), Role::text_dim);
      break;
    }
    const Cancellation& c = history.cancellations[chapters[i].index];
    const int depth = static_cast<int>(std::min<std::size_t>(chapters[i].depth, 8));
    const float x = canvas.x + pad + indent * static_cast<float>(depth);
    const Rect card{x, y, canvas.right() - pad - x, height};
    const Verdict verdict = verdict_of(trace, c, chapters[i].late);
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
    std::string scope = scope_words(trace, model, c.scope);
    const std::string target = task_words(trace, model, c.target);
    const Cancellation* parent = chapters[i].depth ? &history.cancellations[chapters[chapters[i].parent].index] : nullptr;
    const std::string asked = parent ? fmt::format("{} passed it on to {}", task_words(trace, model, parent->target), target)
                                     : fmt::format("{} asked {} to stop", task_words(trace, model, c.by), target);
    // "timeout 1.0 s" says it all; "sibling failed through group" needs both.
    const bool same = scope.starts_with(reason_words(c.why));
    std::string why = moment_words(c.requested_time);
    if (!parent) why += " · " + (same ? scope : reason_words(c.why) + (scope.empty() ? "" : " through " + scope));
    if (const auto message = trace.text(c.message.value); !message.empty()) why += fmt::format(" · “{}”", printable(message));
    if (const std::string place = place_words(trace, c.asked_at); !place.empty()) why += " · " + place;
    std::string end = "never delivered";
    if (c.delivered) {
      const std::string place = place_words(trace, c.delivered_at);
      end = fmt::format("delivered{}{}",
                        chapters[i].until_delivered.count() > 0 ? " " + show(chapters[i].until_delivered) + " later" : "",
                        place.empty() ? "" : " at " + place);
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
