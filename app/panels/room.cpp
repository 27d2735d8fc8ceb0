#include "app/panels/room.h"

#include <array>
#include <cmath>

#include "app/panels/widgets.h"
#include "app/platform/compat.h"
#include "app/view/room_picture.h"

namespace awaitscope::panels {
namespace {

using view::Rect;

/// As the painter's, with the exact width of a letter of code.
view::FontMetrics room_metrics(const Painter& painter) {
  view::FontMetrics metrics = painter.metrics();
  ImFont* mono = painter.fonts().mono;
  metrics.char_width = mono->CalcTextSizeA(mono->FontSize, 1e9F, 0, "0").x;
  return metrics;
}

void panel_in(const Panel& panel, Rect rect, bool padded, const view::Session& session, view::Actions& actions,
              const Painter& painter) {
  ImGui::SetCursorScreenPos({rect.x, rect.y});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, painter.tint(Role::panel));
  platform::compat::begin_child(panel.title.en.data(), {rect.w, rect.h}, padded,
                                ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleColor();
  panel.draw(session, actions, painter);
  ImGui::EndChild();
}

const Panel* panel_of(Panel::Slot slot) {
  for (const Panel& panel : all_panels())
    if (panel.slot == slot) return &panel;
  return nullptr;
}

/// An arrow one and a half letters high, its tip at the pointer.
void draw_arrow(ImDrawList& list, ImVec2 tip, float size, const Painter& painter) {
  const ImVec2 shape[] = {{0, 0}, {0, 1}, {0.23F, 0.78F}, {0.38F, 1.12F}, {0.53F, 1.05F}, {0.38F, 0.73F}, {0.7F, 0.7F}};
  ImVec2 points[std::size(shape)];
  for (std::size_t i = 0; i < std::size(shape); ++i) points[i] = {tip.x + shape[i].x * size, tip.y + shape[i].y * size};
  const ImU32 fill = painter.color(Role::text), edge = painter.color(Role::background);
  // Concave: the head and the shaft.
  list.AddTriangleFilled(points[0], points[1], points[6], fill);
  list.AddQuadFilled(points[2], points[3], points[4], points[5], fill);
  platform::compat::polyline(list, points, static_cast<int>(std::size(points)), edge, true, std::max(1.5F, size * 0.05F));
}

}  // namespace

const Panel* instead_of_code(const std::vector<Panel>& panels, const view::Session& session) {
  for (const Panel& panel : panels)
    if (panel.title.en == "Lesson" && panel.subject && panel.subject(session) != 0) return &panel;
  return nullptr;
}

namespace {

/// The code, then the question have all the room while there is no run to see yet; the answer has most of it.  Where code and
/// lanes do not stand side by side, the question also has the sentence's place, which has nothing to say yet.
view::RoomLayout with_question(const view::Session& session, view::RoomLayout at) {
  using Phase = view::Teaching::Phase;
  const Phase phase = session.teaching.phase;
  const bool beside = at.code.h > 0 && at.code.y == at.lanes.y;
  const float gap = at.narration.y - at.lanes.bottom();
  const Rect first = at.code.h > 0 ? at.code : at.lanes;
  const Rect whole{first.x, first.y, at.lanes.right() - first.x, at.lanes.bottom() - first.y};
  const bool asks = phase == Phase::vote || phase == Phase::talk || phase == Phase::revote;
  if (phase == Phase::read || asks) {
    at.code = whole;
    at.lanes = {};
    if (asks && !beside && !session.message_is_error) {
      at.code.h = at.narration.bottom() - at.code.y;
      at.narration = {};
    }
  } else if ((phase == Phase::reveal || phase == Phase::saw) && !beside) {
    at.code = whole;
    at.code.h = std::round(whole.h * 0.6F);
    at.lanes.y = at.code.bottom() + gap;
    at.lanes.h = std::max(1.0F, whole.bottom() - at.lanes.y);
  }
  return at;
}

}  // namespace

void draw_room(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const view::FontMetrics metrics = room_metrics(painter);
  view::RoomLayout at = lay_out_room(session, {0, 0, size.x, size.y}, metrics);
  if (session.teaching.on) at = with_question(session, at);
  const Panel* panel = at.code.h > 0 ? instead_of_code(all_panels(), session) : nullptr;
  if (panel) {
    panel_in(*panel, at.code, true, session, actions, painter);
  } else if (at.code.h > 0) {
    painter.paint(code_picture(session, at.code, metrics));
    painter.place("code", at.code);
  }
  if (const Panel* timeline = panel_of(Panel::Slot::center); timeline && at.lanes.h > 0)
    panel_in(*timeline, at.lanes, false, session, actions, painter);
  if (at.narration.h > 0) {
    painter.paint(narration_picture(session, at.narration, metrics));
    painter.place("narration", at.narration);
  }
  if (at.bar.h > 0) {
    painter.paint(bar_picture(session, at.bar, metrics));
    painter.place("bar", at.bar);
  }
}

void draw_blank() {
  ImGui::GetForegroundDrawList()->AddRectFilled({0, 0}, ImGui::GetIO().DisplaySize, IM_COL32_BLACK);
  ImGui::SetMouseCursor(ImGuiMouseCursor_None);
}

void draw_spotlight(const Painter& painter) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool inside =
      io.MousePos.x >= 0 && io.MousePos.y >= 0 && io.MousePos.x < io.DisplaySize.x && io.MousePos.y < io.DisplaySize.y;
  if (!inside) return;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const float radius = painter.em() * 4.5F, beyond = std::hypot(io.DisplaySize.x, io.DisplaySize.y);
  const ImU32 shade = IM_COL32(0, 0, 0, 150);
  // A ring from the halo to beyond the corners; lines of ImGui are laid about their middle.
  std::array<ImVec2, 96> ring{};
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const float angle = 2 * 3.14159265F * static_cast<float>(i) / static_cast<float>(ring.size());
    ring[i] = {io.MousePos.x + (radius + beyond / 2) * std::cos(angle),
               io.MousePos.y + (radius + beyond / 2) * std::sin(angle)};
  }
  platform::compat::polyline(list, ring.data(), static_cast<int>(ring.size()), shade, true, beyond);
  list.AddCircle(io.MousePos, radius, painter.color(Role::accent), 96, std::max(2.0F, painter.em() * 0.12F));
  draw_arrow(list, io.MousePos, painter.em() * 1.5F, painter);
  ImGui::SetMouseCursor(ImGuiMouseCursor_None);
}

}  // namespace awaitscope::panels
