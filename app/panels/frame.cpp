#include "app/panels/frame.h"

#include <cmath>

#include "app/panels/keys.h"
#include "app/panels/panel.h"
#include "app/panels/prompt.h"
#include "app/panels/widgets.h"
#include "app/platform/compat.h"

namespace awaitscope::panels {
namespace {

using Slot = Panel::Slot;
using view::Rect;

struct Layout {
  Rect top, strip, center, upper, lower, transport, status;
};

/// Fixed proportions: the timeline is what people came for, the column beside it says why.
Layout lay_out(float w, float h, float em) {
  const float gap = std::round(em * 0.5F);
  const float bar = std::round(em * 3.1F), strip = std::round(em * 2.6F), controls = std::round(em * 3.2F), line = std::round(em * 1.7F);
  const float side = std::round(std::clamp(w * 0.31F, std::min(em * 20, w * 0.42F), em * 42));
  Layout out;
  out.top = {0, 0, w, bar};
  out.status = {0, h - line, w, line};
  const float y = bar + gap, bottom = h - line - gap, left = w - side - 3 * gap;
  out.strip = {gap, y, left, strip};
  out.transport = {gap, bottom - controls, left, controls};
  out.center = {gap, y + strip + gap, left, std::max(1.0F, bottom - controls - gap - (y + strip + gap))};
  const float half = std::round((bottom - y - gap) * 0.54F);
  out.upper = {w - side - gap, y, side, half};
  out.lower = {w - side - gap, y + half + gap, side, std::max(1.0F, bottom - y - half - gap)};
  return out;
}

std::vector<const Panel*> panels_of(Slot slot) {
  std::vector<const Panel*> out;
  for (const Panel& panel : all_panels())
    if (panel.slot == slot) out.push_back(&panel);
  std::sort(out.begin(), out.end(), [](const Panel* a, const Panel* b) { return a->order < b->order; });
  return out;
}

struct Frame {
  const view::Session& session;
  view::Actions& actions;
  const Painter& painter;

  /// A rounded surface with one panel.
  void surface(Slot slot, const char* id, Rect rect, bool padded, bool flat = false) const {
    begin(id, rect, padded, flat);
    for (const Panel* panel : panels_of(slot)) panel->draw(session, actions, painter);
    ImGui::EndChild();
  }

  /// A surface whose panels are tabs.
  void tabs(Slot slot, const char* id, Rect rect) const {
    begin(id, rect, true, false);
    if (ImGui::BeginTabBar("tabs")) {
      for (const Panel* panel : panels_of(slot)) {
        const bool open = ImGui::BeginTabItem(panel->title);
        const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
        painter.place(std::string("tab:") + panel->title, {least.x, least.y, size.x, size.y});
        if (!open) continue;
        ImGui::Dummy({1, painter.em() * 0.1F});
        platform::compat::begin_child(panel->title, {0, 0}, false);
        panel->draw(session, actions, painter);
        ImGui::EndChild();
        ImGui::EndTabItem();
      }
      ImGui::EndTabBar();
    }
    ImGui::EndChild();
  }

  void begin(const char* id, Rect rect, bool padded, bool flat) const {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    if (flat) ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0F);
    ImGui::PushStyleColor(ImGuiCol_ChildBg, painter.tint(Role::panel));
    platform::compat::begin_child(id, {rect.w, rect.h}, padded, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleColor();
    if (flat) ImGui::PopStyleVar();
    painter.place(id, rect);
  }
};

}  // namespace

view::Actions draw_frame(const view::Session& session, platform::Ui& ui) {
  view::Actions actions = pressed_actions();
  const Painter painter{ui, session.theme};
  platform::apply_style(painter);

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::Begin("awaitscope", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(2);

  const Layout at = lay_out(size.x, size.y, painter.em());
  const Frame frame{session, actions, painter};
  frame.surface(Slot::top, "top", at.top, true, true);
  frame.surface(Slot::strip, "strip", at.strip, false);
  frame.surface(Slot::center, "center", at.center, false);
  frame.tabs(Slot::upper, "upper", at.upper);
  frame.tabs(Slot::lower, "lower", at.lower);
  frame.surface(Slot::transport, "transport", at.transport, true);
  frame.surface(Slot::status, "status", at.status, true, true);
  ask_for_paths(actions, painter);
  ImGui::End();

  for (const Panel* panel : panels_of(Slot::overlay)) panel->draw(session, actions, painter);
  return actions;
}

}  // namespace awaitscope::panels
