// All tasks at the playhead, to sort and to filter.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/table.h"

namespace awaitscope::panels {
namespace {

/// The state's colour beside its word: colours alone are hard to read.
void state(const Painter& painter, const view::CellText& cell, view::Rect place) {
  const float dot = std::round(painter.em() * 0.5F), y = std::round(place.y + (place.h - dot) / 2),
              left = dot + painter.em() * 0.4F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({place.x, y}, {place.x + dot, y + dot}, painter.color(cell.role), dot * 0.25F);
  painter.text(list,
               {{place.x + left, place.y, place.w - left, place.h}, cell.text, Role::text, Font::ui, view::Align::left, 1});
}

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
        return hit.is_lane() && hit.value == rows[row].value;
      },
      SIZE_MAX,
      true,
      [&](std::size_t row, int column, view::Rect place) {
        if (static_cast<view::TaskColumn>(column) != view::TaskColumn::state) return false;
        state(painter, view::task_cell(session, rows[row], view::TaskColumn::state), place);
        return true;
      }};
  draw_table(table, actions, painter);
}

}  // namespace

Panel tasks_panel() { return {{"Tasks", "任务"}, Panel::Slot::below, 3, draw}; }

}  // namespace awaitscope::panels
