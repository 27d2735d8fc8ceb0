#include "app/panels/icons.h"

#include <cmath>

namespace awaitscope::panels {
namespace {

/// A pen on a canvas from -1 to 1, which can be mirrored: back is forward seen in a glass.
struct Pen {
  ImDrawList& list;
  ImVec2 centre;
  float r;
  ImU32 color;
  float mirror;

  ImVec2 at(float x, float y) const { return {centre.x + x * r * mirror, centre.y + y * r}; }
  void triangle(float x, float width, float height) const {
    // Mirrored corners change their turn, which ImGui's smooth edges depend on.
    if (mirror > 0) list.AddTriangleFilled(at(x, -height), at(x + width, 0), at(x, height), color);
    else list.AddTriangleFilled(at(x, height), at(x + width, 0), at(x, -height), color);
  }
  void bar(float x, float width, float height) const {
    const ImVec2 a = at(x, -height), b = at(x + width, height);
    list.AddRectFilled({std::min(a.x, b.x), a.y}, {std::max(a.x, b.x), b.y}, color, r * 0.08F);
  }
  void chevron(float x, float width, float height) const {
    const ImVec2 points[] = {at(x, -height), at(x + width, 0), at(x, height)};
    list.AddPolyline(points, 3, color, 0, std::max(1.6F, r * 0.28F));
  }
};

}  // namespace

void draw_sign(ImDrawList& list, Sign sign, view::Rect rect, ImU32 color) {
  const bool back = sign == Sign::home || sign == Sign::tick_back || sign == Sign::step_back || sign == Sign::event_back;
  const float r = std::min(rect.w, rect.h) / 2;
  const Pen pen{list, {std::round(rect.x + rect.w / 2), std::round(rect.y + rect.h / 2)}, r, color, back ? -1.0F : 1.0F};
  const float line = std::max(1.6F, r * 0.24F);
  switch (sign) {
    case Sign::event_back:
    case Sign::event: pen.chevron(-0.26F, 0.56F, 0.58F); break;
    case Sign::step_back:
    case Sign::step:
      pen.triangle(-0.55F, 0.9F, 0.62F);
      pen.bar(0.42F, 0.2F, 0.62F);
      break;
    case Sign::tick_back:
    case Sign::tick:
      pen.triangle(-0.8F, 0.78F, 0.58F);
      pen.triangle(0.02F, 0.78F, 0.58F);
      break;
    case Sign::home:
    case Sign::end:
      pen.triangle(-0.86F, 0.72F, 0.58F);
      pen.triangle(-0.1F, 0.72F, 0.58F);
      pen.bar(0.66F, 0.2F, 0.6F);
      break;
    case Sign::play: pen.triangle(-0.5F, 1.2F, 0.78F); break;
    case Sign::pause:
      pen.bar(-0.58F, 0.4F, 0.7F);
      pen.bar(0.18F, 0.4F, 0.7F);
      break;
    case Sign::stop: pen.bar(-0.55F, 1.1F, 0.55F); break;
    case Sign::slower: list.AddLine(pen.at(-0.5F, 0), pen.at(0.5F, 0), color, line); break;
    case Sign::faster:
      list.AddLine(pen.at(-0.5F, 0), pen.at(0.5F, 0), color, line);
      list.AddLine(pen.at(0, -0.5F), pen.at(0, 0.5F), color, line);
      break;
    case Sign::theme:  // half of a disc
      list.AddCircle(pen.centre, r * 0.7F, color, 0, line * 0.8F);
      list.PathArcTo(pen.centre, r * 0.7F, -1.5708F, 1.5708F, 20);
      list.PathFillConvex(color);
      break;
    case Sign::help:
      list.PathArcTo(pen.at(0, -0.32F), r * 0.36F, -3.2F, 0.9F, 14);
      list.PathLineTo(pen.at(0, 0.26F));
      list.PathStroke(color, 0, line * 0.85F);
      list.AddCircleFilled(pen.at(0, 0.66F), line * 0.62F, color);
      break;
    case Sign::rerun:
      list.PathArcTo(pen.centre, r * 0.62F, -0.7F, 4.2F, 24);
      list.PathStroke(color, 0, line * 0.85F);
      list.AddTriangleFilled(pen.at(0.1F, -0.42F), pen.at(0.86F, -0.72F), pen.at(0.76F, 0.06F), color);
      break;
  }
}

bool sign_button(const Painter& painter, std::string_view name, Sign sign, bool strong) {
  const float side = std::round(painter.em() * (strong ? 2.3F : 2.0F));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(name.data(), name.data() + name.size());
  const bool clicked = ImGui::InvisibleButton("sign", {side, side});
  ImGui::PopID();
  const view::Rect rect{at.x, at.y, side, side};
  painter.place(name, rect);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool hot = ImGui::IsItemHovered(), down = ImGui::IsItemActive();
  if (strong) {
    list.AddCircleFilled({at.x + side / 2, at.y + side / 2}, side / 2,
                         painter.color(Role::accent, down  ? 0.75F
                                                     : hot ? 0.9F
                                                           : 1));
  } else if (hot || down) {
    list.AddRectFilled(at, {at.x + side, at.y + side},
                       ImGui::GetColorU32(down ? ImGuiCol_ButtonActive : ImGuiCol_ButtonHovered), painter.em() * 0.4F);
  }
  const float inset = side * (strong ? 0.27F : 0.23F);
  draw_sign(list, sign, {rect.x + inset, rect.y + inset, rect.w - 2 * inset, rect.h - 2 * inset},
            painter.color(strong ? Role::background : Role::text));
  return clicked;
}

}  // namespace awaitscope::panels
