// The whole run above the timeline: how many tasks were alive, where the loop was held, and the window that is shown.
#include <cmath>

#include "app/view/glide.h"
#include "app/view/navigate.h"
#include "app/view/pictures.h"

namespace awaitscope::view {
namespace {

struct Strip {
  const Side& side;
  Rect rect;
  double end = 1;
  bool order = false;
  float at(Instant t, Seq s) const {
    return rect.x + rect.w * static_cast<float>(
                                 std::clamp((order ? static_cast<double>(s) : static_cast<double>(t.ns)) / end, 0.0, 1.0));
  }
};

void draw_alive(DrawList& out, const Strip& strip, const FontMetrics& m) {
  // Tasks alive at each column's middle, as one row of bars; equal neighbours are one box.
  const float width = m.cells ? 1 : 2;
  const auto n = static_cast<std::size_t>(std::max(1.0f, strip.rect.w / width));
  std::vector<std::int32_t> change(n + 1, 0);
  const auto& lanes = strip.side.seen().lanes;
  for (const Lane& lane : lanes) {
    if (lane.spans.empty()) continue;
    const Span &first = lane.spans.front(), &last = lane.spans.back();
    const float c0 = (strip.at(first.begin, first.first) - strip.rect.x) / width;
    const float c1 = (strip.at(last.end, last.last ? last.last : strip.side.seen_trace().size()) - strip.rect.x) / width;
    const auto from = std::min(n - 1, static_cast<std::size_t>(c0));
    ++change[from];
    --change[std::clamp(static_cast<std::size_t>(std::ceil(c1)), from + 1, n)];
  }
  std::int32_t most = 1, now = 0;
  for (std::size_t c = 0; c < n; ++c) most = std::max(most, now += change[c]);
  now = 0;
  for (std::size_t c = 0; c < n;) {
    now += change[c];
    std::size_t next = c + 1;
    while (next < n && change[next] == 0) ++next;
    const float h = strip.rect.h * static_cast<float>(now) / static_cast<float>(most);
    if (now > 0)
      out.boxes.push_back(
          {{strip.rect.x + width * static_cast<float>(c), strip.rect.bottom() - h, width * static_cast<float>(next - c), h},
           Role::density,
           Pattern::solid,
           {},
           0});
    c = next;
  }
}

void draw_harm(DrawList& out, const Strip& strip) {
  constexpr std::size_t most = 500;
  std::size_t n = 0;
  float last = -1;
  for (const Stall& stall : strip.side.seen().steps) {
    if (stall.end - stall.begin < TimelineOptions{}.stall || n >= most) continue;
    const float x0 = strip.at(stall.begin, stall.first), x1 = std::max(x0 + 1, strip.at(stall.end, stall.last));
    if (x1 <= last + 1) continue;
    last = x1, ++n;
    out.boxes.push_back({{x0, strip.rect.y, std::min(x1, strip.rect.right()) - x0, strip.rect.h},
                         Role::stall,
                         Pattern::cross_hatch,
                         {Hit::Kind::event, stall.first, stall.first},
                         0});
  }
  const float size = std::min(strip.rect.h, 10.0f);
  n = 0;
  if (strip.side.past) return;  // they tell of what has not been seen yet
  for (std::uint32_t i = 0; i < strip.side.findings.size() && n < most; ++i) {
    const Finding& finding = strip.side.findings[i];
    const Seq seq = finding.evidence.empty() ? 0 : std::min(finding.evidence.front(), strip.side.seen_trace().size());
    const float x =
        std::clamp(strip.at(finding.begin, seq) - size / 2, strip.rect.x, std::max(strip.rect.x, strip.rect.right() - size));
    ++n;
    out.icons.push_back({{x, strip.rect.y, size, size},
                         Glyph::warning,
                         finding.severity == Severity::error ? Role::error : Role::warning,
                         {Hit::Kind::finding, i, seq}});
  }
}

}  // namespace

double overview_end(const Session& session) {
  // The whole run, and the window where that is larger.
  return std::max<double>({1.0, static_cast<double>(horizon(session).ns) * 1.04, static_cast<double>(session.view_end.ns)});
}

DrawList overview(const Session& session, Rect canvas, const FontMetrics& m) {
  DrawList out;
  out.canvas = canvas;
  out.boxes.push_back({canvas, Role::panel, Pattern::solid, {}, 0});
  if (!session.has_runs() || canvas.w < 1 || canvas.h < 1) return out;
  const double end = overview_end(session);
  std::vector<const Side*> sides;
  if (session.show == Show::both) {
    for (const auto& side : session.sides)
      if (!side->trace.empty()) sides.push_back(side.get());
  } else {
    sides.push_back(&session.side());
  }
  const float each = canvas.h / static_cast<float>(std::max<std::size_t>(1, sides.size()));
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const float gap = m.cells || each < 8 ? 0 : 2;
    const Strip strip{*sides[i],
                      {canvas.x, canvas.y + each * static_cast<float>(i) + gap, canvas.w, each - 2 * gap},
                      end,
                      session.order_ruler};
    draw_alive(out, strip, m);
    draw_harm(out, strip);
  }
  const auto x_of = [&](Instant t) {
    return canvas.x + canvas.w * static_cast<float>(std::clamp(static_cast<double>(t.ns) / end, 0.0, 1.0));
  };
  const auto [begin, until] = shown_window(session);
  const float x0 = x_of(begin), x1 = std::max(x0 + 2, x_of(until));
  out.boxes.push_back({{x0, canvas.y, std::min(x1, canvas.right()) - x0, canvas.h},
                       Role::selection,
                       Pattern::outline,
                       {},
                       m.cells ? 0.0f : 3.0f});
  const float x = x_of(on_ruler(session));
  out.lines.push_back({{{x, canvas.y}, {x, canvas.bottom()}}, Role::playhead, 1.5f, false, false});
  return out;
}

}  // namespace awaitscope::view
