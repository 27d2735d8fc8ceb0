// The scenario under many schedules: which of them break it.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/text.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (session.lesson.empty())
    return nothing(painter, painter.in({"No scenario is open", "没有打开场景"}),
                   painter.in({"An opened trace cannot be run again", "打开的记录不能重新运行"}));
  if (session.exploring) return nothing(painter, painter.in({"Running ...", "运行中……"}));
  if (button(painter, "explore", painter.in({"Try 50 schedules", "试 50 种调度"})))
    actions.push_back(view::action(view::Act::explore));
  hint(painter, painter.in({"Runs both versions in 50 random orders", "两个版本各按 50 种随机顺序运行"}),
       key_of(painter, view::Act::explore));
  if (session.schedules.empty())
    return small(painter, painter.in({"A bug that hides in the order of tasks shows under some of them",
                                      "藏在任务次序里的错误，会在其中一些调度下显现"}));
  ImGui::Dummy({1, painter.em() * 0.3F});
  view::Rect canvas = rest_of_window();
  view::DrawList picture = view::schedules(session, canvas, painter.metrics());
  on_panel(picture);
  painter.paint(picture);
  const bool clicked = ImGui::InvisibleButton("schedules", {canvas.w, std::max(canvas.h, painter.em())});
  const view::Hit hit = picture.hit(mouse());
  if (hit.kind != view::Hit::Kind::schedule) return;
  const auto& one = session.schedules[hit.seq].tried[hit.value];
  hint(painter, one.schedule +
                    (one.broken.empty() ? std::string(painter.in({" keeps its promise", " 守住了承诺"})) : ": " + one.broken));
  if (clicked) {
    view::Action action;
    action.act = view::Act::select;
    action.hit = hit;
    actions.push_back(action);
  }
}

std::uint32_t explored(const view::Session& session) { return static_cast<std::uint32_t>(session.schedules.size()); }

}  // namespace

Panel schedules_panel() { return {{"Schedules", "调度"}, Panel::Slot::lower, 3, draw, explored}; }

}  // namespace awaitscope::panels
