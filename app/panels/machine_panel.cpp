// The machine at the playhead: who runs, who is ready, who waits for what.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const platform::Painter& painter) {
  if (!session.has_runs()) return panels::nothing(painter, "Nothing has run yet");
  const view::Rect canvas = panels::rest_of_window();
  const view::DrawList picture = machine(session.side().trace, session.side().model, canvas, painter.metrics());
  painter.paint(picture);
  if (!ImGui::InvisibleButton("machine", {canvas.w, canvas.h})) return;
  view::Action action;
  action.act = view::Act::select;
  action.hit = picture.hit(panels::mouse());
  if (action.hit.kind != view::Hit::Kind::none) actions.push_back(action);
}

}  // namespace

Panel machine_panel() { return {"Machine", Panel::Slot::lower, 1, draw}; }

}  // namespace awaitscope::panels
