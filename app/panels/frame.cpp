#include "app/panels/frame.h"

#include <cmath>
#include <optional>

#include "app/panels/context_menu.h"
#include "app/panels/keys.h"
#include "app/panels/panel.h"
#include "app/panels/prompt.h"
#include "app/panels/room.h"
#include "app/panels/widgets.h"
#include "app/platform/compat.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::panels {
namespace {

using Slot = Panel::Slot;
using view::Rect;

struct Layout {
  Rect top, strip, center, below, upper, lower, transport, status;
};

/// The timeline is what people came for, the column beside it says why.  `lanes`: the height the timeline would like to have;
/// what it leaves goes to the machine.
Layout lay_out(float w, float h, float em, float lanes, bool teaching) {
  const float gap = std::round(em * 0.5F);
  const float bar = std::round(em * 3.1F), strip = std::round(em * 2.6F), controls = std::round(em * 3.2F),
              line = std::round(em * 1.7F);
  const float side = std::round(std::clamp(w * 0.31F, std::min(em * 20, w * 0.42F), em * 42));
  Layout out;
  out.top = {0, 0, w, bar};
  out.status = {0, h - line, w, line};
  const float y = bar + gap, bottom = h - line - gap, left = w - side - 3 * gap;
  out.strip = {gap, y, left, strip};
  out.transport = {gap, bottom - controls, left, controls};
  out.center = {gap, y + strip + gap, left, std::max(1.0F, bottom - controls - gap - (y + strip + gap))};
  const float spare = out.center.h - std::max(lanes, out.center.h * 0.6F) - gap;
  if (out.center.h > em * 30 && left > em * 46) {  // four columns of cards
    const float machine = std::round(std::clamp(spare, em * 14.5F, em * 18));
    out.center.h -= machine + gap;
    out.below = {gap, out.center.bottom() + gap, left, machine};
  }
  const float half = std::round((bottom - y - gap) * (teaching ? 0.74F : 0.54F));
  out.upper = {w - side - gap, y, side, half};
  out.lower = {w - side - gap, y + half + gap, side, std::max(1.0F, bottom - y - half - gap)};
  return out;
}

float wanted_height(const view::Session& session, const view::FontMetrics& metrics) {
  if (!session.has_runs()) return 0;
  const auto of = [&](const view::Side& side) { return timeline_height(side.trace, side.history, metrics); };
  if (session.show == view::Show::one || session.sides.size() < 2)
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
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {painter.em() * 0.5F, painter.em() * 0.34F});
    const bool bar = ImGui::BeginTabBar("tabs", ImGuiTabBarFlags_FittingPolicyScroll);
    ImGui::PopStyleVar();
    if (bar) {
      for (const Panel* panel : panels_of(slot, also)) {
        const bool open =
            ImGui::BeginTabItem(tab_name(*panel).c_str(), nullptr, forward(*panel) ? ImGuiTabItemFlags_SetSelected : 0);
        const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
        painter.place("tab:" + std::string(panel->title.en), {least.x, least.y, size.x, size.y});
        if (!open) continue;
        ImGui::Dummy({1, painter.em() * 0.1F});
        platform::compat::begin_child(panel->title.en.data(), {0, 0}, false);
        if (closed(*panel))
          nothing(painter, painter.in({"After the answer", "答案之后"}),
                  painter.in({"It would tell how the run goes on", "它会说出运行的后续"}));
        else panel->draw(session, actions, painter);
        ImGui::EndChild();
        ImGui::EndTabItem();
      }
      ImGui::EndTabBar();
    }
    ImGui::EndChild();
  }

  /// Its words change with the language, its identity does not.
  std::string tab_name(const Panel& panel) const {
    return std::string(painter.in(panel.title)) + "###" + std::string(panel.title.en);
  }

  bool closed(const Panel& panel) const { return panel.ahead && view::keeps_ahead(session); }

  bool forward(const Panel& panel) const {
    const bool changed = news(panel), asked = asked_for(panel);
    return changed || asked;
  }

  /// Whether somebody has asked for this tab since the last frame.
  bool asked_for(const Panel& panel) const {
    if (panel.title.en != session.inspection.tab) return false;
    int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("tabs asked for"), 0);
    const int now = static_cast<int>(session.inspection.tabs_asked);
    return std::exchange(last, now) != now;
  }

  /// Whether the panel's subject has changed since the last frame, to something.
  bool news(const Panel& panel) const {
    if (!panel.subject || closed(panel)) return false;
    int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID(panel.title.en.data()), 0);
    const int now = static_cast<int>(panel.subject(session));
    return std::exchange(last, now) != now && now != 0;
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
  const Painter painter{ui, session.theme, session.language, session.presenting, &session.keys};
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
  const Layout at = lay_out(size.x, size.y, painter.em(), wanted_height(session, painter.metrics()), session.teaching.on);
  const bool roomy = at.below.h > 0;
  const Frame frame{session, actions, painter};
  frame.surface(Slot::top, "top", at.top, true, true);
  frame.surface(Slot::strip, "strip", at.strip, false);
  frame.surface(Slot::center, "center", at.center, false);
  frame.tabs(Slot::upper, "upper", at.upper);
  if (roomy) frame.tabs(Slot::below, "below", at.below);
  frame.tabs(Slot::lower, "lower", at.lower, roomy ? std::nullopt : std::optional(Slot::below));
  frame.surface(Slot::transport, "transport", at.transport, true);
  frame.surface(Slot::status, "status", at.status, true, true);
  ask_for_paths(actions, painter);
  context_menu(session, actions, painter);
  ImGui::End();

  for (const Panel* panel : panels_of(Slot::overlay)) panel->draw(session, actions, painter);
  return actions;
}

}  // namespace awaitscope::panels
