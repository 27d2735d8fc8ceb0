// The log of all events; the playhead's row stays in view.
#include "app/panels/panel.h"
#include "app/panels/table.h"

namespace awaitscope::panels {
namespace {

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  const Table table{"Events",
                    view::event_columns(),
                    session.inspection.events,
                    view::event_count(session),
                    session.side().seen_trace().size(),
                    [&](std::size_t row, int column) {
                      return view::event_cell(session, view::event_at(session, row), static_cast<view::EventColumn>(column));
                    },
                    [&](std::size_t row) { return view::action(view::Act::seek_event, view::event_at(session, row)); },
                    [&](std::size_t row) { return view::event_at(session, row) == session.side().step; },
                    view::playhead_row(session),
                    false};
  draw_table(table, actions, painter);
}

}  // namespace

Panel events_panel() { return {{"Events", "事件"}, Panel::Slot::below, 5, draw}; }

}  // namespace awaitscope::panels
