// The scenario under many schedules: which of them break it.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (session.lesson.empty()) return nothing(painter, "No scenario is open", "An opened trace cannot be run again");
  if (session.exploring) return nothing(painter, "Running ...");
  if (button(painter, "explore", "Try 50 schedules")) actions.push_back(view::action(view::Act::explore));
  hint(painter, "Runs both versions in 50 random orders", key_of(view::Act::explore));
  if (session.schedules.empty()) return small(painter, "A bug that hides in the order of tasks shows under some of them");
  ImGui::Dummy({1, painter.em() * 0.3F});
  view::Rect canvas = rest_of_window();
  view::DrawList picture = view::schedules(session, canvas, painter.metrics());
  on_panel(picture);
  painter.paint(picture);
  const bool clicked = ImGui::InvisibleButton("schedules", {canvas.w, std::max(canvas.h, painter.em())});
  const view::Hit hit = picture.hit(mouse());
  if (hit.kind != view::Hit::Kind::schedule) return;
  const auto& one = session.schedules[hit.seq].tried[hit.value];
  hint(painter, one.schedule + (one.broken.empty() ? " keeps its promise" : ": " + one.broken));
  if (clicked) {
    view::Action action;
    action.act = view::Act::select;
    action.hit = hit;
    actions.push_back(action);
  }
}

std::uint32_t explored(const view::Session& session) { return static_cast<std::uint32_t>(session.schedules.size()); }

}  // namespace

Panel schedules_panel() { return {"Schedules", Panel::Slot::lower, 3, draw, explored}; }

}  // namespace awaitscope::panels
