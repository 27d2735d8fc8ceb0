// The machine at the playhead: who runs, who is ready, who waits for what.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const platform::Painter& painter) {
  if (!session.has_runs()) return panels::nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  view::Rect canvas = panels::rest_of_window();
  // In a narrow column its four parts stand two by two: better to scroll than to count what is missing.
  if (canvas.w < painter.em() * 40) canvas.h = std::max(canvas.h, painter.metrics().line_height * 15);
  view::DrawList picture = machine(session.side().trace, session.side().model, canvas, painter.metrics());
  panels::on_panel(picture);
  painter.paint(picture);
  const bool clicked = ImGui::InvisibleButton("machine", {canvas.w, canvas.h});
  const bool menu = ImGui::IsItemHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
  if (!clicked && !menu) return;
  view::Action action;
  action.act = menu ? view::Act::hands : view::Act::select;
  action.hit = picture.hit(panels::mouse());
  if (action.hit.kind != view::Hit::Kind::none) actions.push_back(action);
}

}  // namespace

Panel machine_panel() { return {{"Machine", "机器"}, Panel::Slot::below, 1, draw, nullptr, false}; }

}  // namespace awaitscope::panels
