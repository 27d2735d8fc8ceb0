// Who waits for whom at the playhead, as a graph.
#include "app/panels/panel.h"
#include "app/panels/term.h"
#include "app/view/inspector.h"
#include "app/view/waits.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  const view::Side& side = session.side();
  const WaitGraph* graph = view::graph_of(session);
  if (!graph)
    return nothing(painter, painter.in({"Too much to follow while it moves", "变化太快，暂时无法显示"}),
                   painter.in({"Pause, or let the run end", "请暂停，或等运行结束"}));
  const view::FontMetrics metrics = painter.metrics();
  const view::WaitPlan& plan = view::wait_plan(session, *graph);
  const float wanted = view::wait_graph_height(plan, metrics);
  if (wanted <= metrics.line_height * 1.5F)
    return nothing(painter, painter.in({"Nobody waits here", "此刻没有谁在等"}),
                   painter.in({"Move the playhead to a moment at which tasks wait", "把播放头移到有任务在等待的时刻"}));
  view::Rect canvas = rest_of_window();
  canvas.h = std::max(canvas.h, std::min(wanted, metrics.line_height * 400));
  view::DrawList picture =
      view::wait_graph_picture(side.trace, side.model, *graph, plan, canvas, metrics, session.language, session.selected);
  on_panel(picture);
  painter.paint(picture);
  painter.place("waits", canvas);
  for (std::size_t i = 0; i < picture.boxes.size(); ++i) painter.place("wait:" + std::to_string(i), picture.boxes[i].rect);
  if (!ImGui::InvisibleButton("waits", {canvas.w, canvas.h})) return;
  view::Action action = view::action(view::Act::select);
  action.hit = picture.hit(mouse());
  if (action.hit.kind != view::Hit::Kind::none) actions.push_back(action);
}

}  // namespace

Panel waits_panel() { return {{"Waits", "等待"}, Panel::Slot::lower, 5, draw}; }

}  // namespace awaitscope::panels
