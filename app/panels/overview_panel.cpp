// The strip that always shows the whole run; its window of time can be dragged.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return;
  const view::Rect canvas = rest_of_window();
  painter.paint(overview(session, canvas, painter.metrics()));
  painter.place("overview", canvas);
  ImGui::InvisibleButton("overview", {canvas.w, canvas.h});
  hint(painter, painter.in({"Drag to move through the run", "拖动以浏览整个运行"}));
  if (!ImGui::IsItemActive()) return;
  // The pointer's place becomes the middle of the window.
  const double end = static_cast<double>(horizon(session).ns),
               length = static_cast<double>(session.view_end.ns - session.view_begin.ns);
  const double middle = end * std::clamp(static_cast<double>((mouse().x - canvas.x) / canvas.w), 0.0, 1.0);
  view::Action action;
  action.act = view::Act::show_range;
  action.x = middle - length / 2;
  action.y = middle + length / 2;
  actions.push_back(action);
}

}  // namespace

Panel overview_panel() { return {{"Overview", "总览"}, Panel::Slot::strip, 0, draw}; }

}  // namespace awaitscope::panels
