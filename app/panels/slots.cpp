#include "app/panels/slots.h"

#include <cmath>

namespace awaitscope::panels {
namespace {

using view::Rect;

/// A part of `whole` in pixels: what a person chose, or the standard; neither part gets less than `least`.
float part(float whole, float share, float standard, float least) {
  const float wanted = share > 0 ? whole * share : standard;
  return std::round(std::clamp(wanted, std::min(least, whole / 2), std::max(whole - least, whole / 2)));
}

struct Splitter {
  const char* name;
  Rect rect;
  bool upright;  ///< it moves to the left and right
};

void splitter(const Splitter& one, float share, view::Actions& actions, const Painter& painter) {
  ImGui::SetCursorScreenPos({one.rect.x, one.rect.y});
  ImGui::PushID(one.name);
  ImGui::InvisibleButton("splitter", {one.rect.w, one.rect.h});
  ImGui::PopID();
  painter.place(std::string("split:") + one.name, one.rect);
  const bool hot = ImGui::IsItemHovered(), held = ImGui::IsItemActive();
  const auto ask = [&](float x) { actions.push_back(view::action(view::Act::split, static_cast<double>(x), one.name)); };
  if (hot && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) ask(0);
  else if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) ask(share);
  if (!hot && !held) return;
  ImGui::SetMouseCursor(one.upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
  const float thick = std::round(painter.em() * 0.18F), x = std::round(one.rect.x + (one.rect.w - thick) / 2),
              y = std::round(one.rect.y + (one.rect.h - thick) / 2);
  const ImVec2 from{one.upright ? x : one.rect.x, one.upright ? one.rect.y : y};
  const ImVec2 to{one.upright ? x + thick : one.rect.right(), one.upright ? one.rect.bottom() : y + thick};
  ImGui::GetWindowDrawList()->AddRectFilled(from, to, painter.color(Role::accent, held ? 0.9F : 0.5F), thick / 2);
}

}  // namespace

// The timeline is what people came for, the column beside it says why.
Slots lay_out(float w, float h, float em, float lanes, const view::Layout& layout) {
  const float gap = std::round(em * 0.5F);
  const float bar = std::round(em * 3.1F), strip = std::round(em * 2.6F), controls = std::round(em * 3.2F),
              line = std::round(em * 1.7F);
  const float standard = std::clamp(w * 0.31F, std::min(em * 20, w * 0.42F), em * 42);
  const float side = part(w, layout.side, standard, std::min(em * 14, w * 0.3F));
  Slots out;
  out.top = {0, 0, w, bar};
  out.status = {0, h - line, w, line};
  const float y = bar + gap, bottom = h - line - gap, left = std::max(w - side - 3 * gap, 1.0F);
  out.strip = {gap, y, left, strip};
  out.transport = {gap, bottom - controls, left, controls};
  out.left = {gap, y + strip + gap, left, std::max(1.0F, bottom - controls - gap - (y + strip + gap))};
  out.center = out.left;
  const float spare = out.left.h - std::max(lanes, out.left.h * 0.6F) - gap;
  if (out.left.h > em * 30 && left > em * 46) {  // four columns of cards
    const float height = part(out.left.h - gap, layout.below, std::clamp(spare, em * 14.5F, em * 18), em * 8);
    out.center.h -= height + gap;
    out.below = {gap, out.center.bottom() + gap, left, height};
  }
  out.column = {w - side - gap, y, side, std::max(1.0F, bottom - y)};
  const float half = part(out.column.h - gap, layout.upper, (out.column.h - gap) * 0.54F, em * 8);
  out.upper = {out.column.x, y, side, half};
  out.lower = {out.column.x, y + half + gap, side, std::max(1.0F, out.column.h - half - gap)};
  return out;
}

void splitters(const Slots& at, view::Actions& actions, const Painter& painter) {
  const float gap = std::round(painter.em() * 0.5F), window = at.status.w;
  const view::Point hand = mouse();
  splitter({"side", {at.column.x - gap, at.column.y, gap, at.column.h}, true}, (window - hand.x - gap * 1.5F) / window, actions,
           painter);
  splitter({"upper", {at.column.x, at.upper.bottom(), at.column.w, gap}, false},
           (hand.y - at.column.y - gap / 2) / std::max(at.column.h - gap, 1.0F), actions, painter);
  if (at.roomy())
    splitter({"below", {at.left.x, at.center.bottom(), at.left.w, gap}, false},
             (at.left.bottom() - hand.y - gap / 2) / std::max(at.left.h - gap, 1.0F), actions, painter);
}

}  // namespace awaitscope::panels
