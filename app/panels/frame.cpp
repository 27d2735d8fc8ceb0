#include "app/panels/frame.h"

#include <cmath>
#include <optional>

#include "app/panels/context_menu.h"
#include "app/panels/keys.h"
#include "app/panels/panel.h"
#include "app/panels/prompt.h"
#include "app/panels/room.h"
#include "app/panels/slots.h"
#include "app/panels/tab_bar.h"
#include "app/panels/widgets.h"
#include "app/platform/compat.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::panels {
namespace {

using Slot = Panel::Slot;
using view::Rect;

float wanted_height(const view::Session& session, const view::FontMetrics& metrics) {
  if (!session.has_runs()) return 0;
  const auto of = [&](const view::Side& side) { return timeline_height(side.trace, side.history, metrics); };
  if (session.show != view::Show::both || session.sides.size() < 2)
    return of(session.side()) + (session.deltas.empty() ? 0 : delta_height(metrics));
  return of(*session.sides[0]) + of(*session.sides[1]) + delta_height(metrics);
}

std::vector<const Panel*> panels_of(Slot slot, std::optional<Slot> also = {}) {
  std::vector<const Panel*> out;
  for (const Panel& panel : all_panels())
    if (panel.slot == slot || panel.slot == also) out.push_back(&panel);
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
  void tabs(Slot slot, const char* id, Rect rect, std::optional<Slot> also = {}) const {
    begin(id, rect, true, false);
    if (const Panel* panel = tab_bar(panels_of(slot, also), id, session, painter)) {
      platform::compat::begin_child(panel->title.en.data(), {0, 0}, false);
      if (closed(*panel, session))
        nothing(painter, painter.in({"After the answer", "答案之后"}),
                painter.in({"It would tell how the run goes on", "它会说出运行的后续"}));
      else panel->draw(session, actions, painter);
      ImGui::EndChild();
    }
    ImGui::EndChild();
  }

  void begin(const char* id, Rect rect, bool padded, bool flat) const {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    if (flat) ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0F);
    ImGui::PushStyleColor(ImGuiCol_ChildBg, painter.tint(Role::panel));
    platform::compat::begin_child(id, {rect.w, rect.h}, padded,
                                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleColor();
    if (flat) ImGui::PopStyleVar();
    painter.place(id, rect);
  }
};

/// What lies over it, and the size that its pictures are to have.
view::Actions over_the_room(const view::Session& session, view::Actions actions, const Painter& painter) {
  for (const Panel* panel : panels_of(Slot::overlay)) panel->draw(session, actions, painter);
  if (session.room.spotlight && !session.room.blank) draw_spotlight(painter);
  if (session.room.blank) draw_blank();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  // In a picture the text has its size without the screen's own scale.
  const float scale = std::round(session.room.text_size) / painter.em();
  for (view::Action& action : actions)
    if (action.act == view::Act::take_screenshot && action.x == 0)
      action.x = static_cast<double>(size.x * scale), action.y = static_cast<double>(size.y * scale);
  return actions;
}

}  // namespace

view::Actions draw_frame(const view::Session& session, platform::Ui& ui) {
  view::Actions actions = pressed_actions(session);
  if (ui.lacks_chinese()) actions.push_back(view::action(view::Act::language, 0, "no-font"));
  const Painter painter{ui, session.theme, ui.lacks_chinese() ? Language::english : session.language, session.presenting,
                        &session.keys};
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

  if (session.presenting) {
    draw_room(session, actions, painter);
    ask_for_paths(actions, painter);
    ImGui::End();
    return over_the_room(session, std::move(actions), painter);
  }
  view::Layout layout = session.layout;
  if (session.teaching.on && layout.upper <= 0) layout.upper = 0.74F;  // the question needs it
  const Slots at = lay_out(size.x, size.y, painter.em(), wanted_height(session, painter.metrics()), layout);
  const Frame frame{session, actions, painter};
  frame.surface(Slot::top, "top", at.top, true, true);
  frame.surface(Slot::strip, "strip", at.strip, false);
  frame.surface(Slot::center, "center", at.center, false);
  frame.tabs(Slot::upper, "upper", at.upper);
  if (at.roomy()) frame.tabs(Slot::below, "below", at.below);
  frame.tabs(Slot::lower, "lower", at.lower, at.roomy() ? std::nullopt : std::optional(Slot::below));
  frame.surface(Slot::transport, "transport", at.transport, true);
  frame.surface(Slot::status, "status", at.status, true, true);
  splitters(at, actions, painter);
  ask_for_paths(actions, painter);
  context_menu(session, actions, painter);
  ImGui::End();

  for (const Panel* panel : panels_of(Slot::overlay)) panel->draw(session, actions, painter);
  return actions;
}

}  // namespace awaitscope::panels
