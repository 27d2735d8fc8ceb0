// Histograms of the whole run; a part of one that is brushed with the mouse leaves only its lanes in the timeline.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/term.h"
#include "app/view/histogram.h"
#include "app/view/stage.h"
#include "app/view/statistics.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using view::Act;
using view::Chart;

constexpr std::string_view terms[] = {"step", "scheduling delay", "waiting"};

void ask(view::Actions& actions, Chart chart, std::int64_t low, std::int64_t high) {
  view::Action action = view::action(Act::brush, static_cast<double>(low), std::string(name(chart)));
  action.y = static_cast<double>(high);
  actions.push_back(std::move(action));
}

/// A click takes a bar, or gives it back; a drag takes several.
void hand(const view::Session& session, view::Actions& actions, Chart chart, const view::Histogram& bars, view::Rect canvas,
          const Painter& painter) {
  const bool held = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  if (!held && !hovered) return;
  const std::size_t here = bin_at(bars, canvas, painter.metrics(), mouse().x);
  const auto& bin = bars.bins[here];
  const auto& brush = session.inspection.brush;
  if (held) {
    const std::size_t from = bin_at(bars, canvas, painter.metrics(), ImGui::GetIO().MouseClickedPos[0].x);
    const std::int64_t low = bars.bins[std::min(from, here)].low, high = bars.bins[std::max(from, here)].high;
    const bool same = brush && brush->chart == chart && brush->low == low && brush->high == high;
    if (ImGui::IsItemActivated() && same) actions.push_back(view::action(Act::brush));
    else if (!same && (ImGui::IsItemActivated() || from != here)) ask(actions, chart, low, high);
  }
  const std::string words = (bin.low ? show(Duration{bin.low}) : std::string("0")) + " – " + show(Duration{bin.high}) + ": " +
                            std::to_string(bin.count);
  hint(painter, bin.low == 0 ? std::string(painter.in({"no time", "不占时间"})) + ": " + std::to_string(bin.count) : words);
}

void chart(const view::Session& session, view::Actions& actions, Chart which, view::Rect place, const Painter& painter) {
  const view::Histogram& bars = view::histogram(session, which);
  const float em = painter.em(), line = painter.metrics().line_height;
  ImGui::SetCursorScreenPos({place.x, place.y});
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + place.w);
  text(painter, view::title_of(session, which), Role::text, Font::bold);
  explain_last_item(painter, terms[static_cast<int>(which)]);
  ImGui::PopTextWrapPos();
  ImGui::EndGroup();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string facts = bars.total ? view::counted(bars.total) + " · " + std::string(painter.in({"median ", "中位数 "})) +
                                             view::length_words(bars.median) + " · " +
                                             std::string(painter.in({"worst ", "最长 "})) + view::length_words(bars.worst)
                                       : std::string(painter.in({"none in this run", "这次运行中没有"}));
  painter.text(list,
               {{place.x, place.y + line * 1.05F, place.w, line}, facts, Role::text_dim, Font::ui, view::Align::left, 0.85F});
  const view::Rect canvas{place.x, place.y + line * 2.1F, place.w, std::max(em * 3, place.h - line * 2.1F)};
  if (bars.bins.empty()) return;
  const auto& brush = session.inspection.brush;
  view::DrawList picture =
      histogram_picture(bars, brush && brush->chart == which ? brush : std::nullopt, canvas, painter.metrics());
  on_panel(picture);
  painter.paint(picture);
  ImGui::SetCursorScreenPos({canvas.x, canvas.y});
  const std::string id = "histogram:" + std::string(name(which));
  ImGui::InvisibleButton(id.c_str(), {canvas.w, canvas.h});
  painter.place(id, canvas);
  hand(session, actions, which, bars, canvas, painter);
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  const float em = painter.em();
  if (const auto* brushed = view::brushed(session)) {
    if (button(painter, "all-lanes", painter.in({"Show all lanes", "显示所有行"}), true))
      actions.push_back(view::action(Act::brush));
    hint(painter, painter.in({"Only the lanes of the brushed part are shown", "现在只显示所选那段的行"}), "Esc");
    ImGui::SameLine(0, em * 0.8F);
    ImGui::AlignTextToFramePadding();
    text(painter, std::to_string(brushed->size()) + " / " + std::to_string(session.side().seen().lanes.size()),
         Role::text_dim);
  }
  view::Rect room = rest_of_window();
  const bool beside = room.w > em * 40;
  const float gap = em * 1.6F;
  const float w = beside ? std::floor((room.w - 2 * gap) / 3) : room.w;
  const float h = beside ? std::max(em * 8, room.h - em * 0.4F) : em * 10;
  float x = room.x, y = room.y;
  for (const Chart which : {Chart::step_length, Chart::scheduling_delay, Chart::resource_wait}) {
    chart(session, actions, which, {x, y, w, h}, painter);
    if (beside) x += w + gap;
    else y += h + em * 1.2F;
  }
  ImGui::SetCursorScreenPos({room.x, beside ? room.y + h : y});
  ImGui::Dummy({1, 1});
}

}  // namespace

Panel statistics_panel() { return {{"Statistics", "统计"}, Panel::Slot::below, 6, draw}; }

}  // namespace awaitscope::panels
