// Who asked whom to stop, and what became of it.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const platform::Painter& painter) {
  if (!session.has_runs()) return panels::nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  const view::Side& side = session.side();
  if (side.seen().cancellations.empty())
    return panels::nothing(painter, painter.in({"Nobody was asked to stop", "没有谁被要求停止"}));
  view::Rect canvas = panels::rest_of_window();
  // A request is a few lines: a long list scrolls.
  const float wanted = painter.metrics().line_height * (2 + 3.2F * static_cast<float>(side.seen().cancellations.size()));
  canvas.h = std::max(canvas.h, std::min(wanted, painter.metrics().line_height * 400));
  view::DrawList picture = cancel_tree(side.seen_trace(), side.seen(), canvas, painter.metrics(), side.step);
  panels::on_panel(picture);
  painter.paint(picture);
  if (!ImGui::InvisibleButton("cancellations", {canvas.w, canvas.h})) return;
  view::Action action;
  action.act = view::Act::select;
  action.hit = picture.hit(panels::mouse());
  if (action.hit.kind != view::Hit::Kind::none) actions.push_back(action);
}

}  // namespace

Panel cancel_panel() { return {{"Cancels", "取消"}, Panel::Slot::lower, 2, draw}; }

}  // namespace awaitscope::panels
