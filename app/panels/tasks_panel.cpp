// All tasks at the playhead, to sort and to filter.
#include "app/panels/panel.h"
#include "app/panels/table.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  const std::vector<TaskId>& rows = view::task_rows(session);
  const Table table{
      "Tasks",
      view::task_columns(),
      session.inspection.tasks,
      rows.size(),
      session.side().model.tasks.size(),
      [&](std::size_t row, int column) { return view::task_cell(session, rows[row], static_cast<view::TaskColumn>(column)); },
      [&](std::size_t row) { return view::action(view::Act::select_task, rows[row].value); },
      [&](std::size_t row) {
        const view::Hit& hit = session.selected;
        return (hit.kind == view::Hit::Kind::task || hit.kind == view::Hit::Kind::span) && hit.value == rows[row].value;
      }};
  draw_table(table, actions, painter);
}

}  // namespace

Panel tasks_panel() { return {{"Tasks", "任务"}, Panel::Slot::below, 3, draw}; }

}  // namespace awaitscope::panels
