// All resources: what they are at the playhead, what the run says of them, and how much of them was in use when.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/table.h"

namespace awaitscope::panels {
namespace {

/// The run from left to right; where all of it is taken in the colour of a wait.
void strip(const view::Session& session, ResourceId resource, view::Rect place, const Painter& painter) {
  const std::vector<float>& bins = view::occupancy(session.side(), resource);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = place.y + std::round(place.h * 0.18F), bottom = place.bottom() - std::round(place.h * 0.18F);
  list.AddRectFilled({place.x, bottom}, {place.right(), bottom + 1}, painter.color(Role::border));
  const float w = place.w / static_cast<float>(bins.size());
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (bins[i] <= 0) continue;
    const float x = place.x + w * static_cast<float>(i), h = std::max(1.0F, (bottom - top) * bins[i]);
    list.AddRectFilled({std::floor(x), bottom - h}, {std::floor(x + w), bottom},
                       painter.color(bins[i] >= 0.999F ? Role::counter_waiters : Role::counter));
  }
  const double end = static_cast<double>(std::max<std::int64_t>(1, session.side().seen().end.ns));
  const float x = place.x + place.w * static_cast<float>(static_cast<double>(playhead(session).ns) / end);
  list.AddLine({std::floor(x) + 0.5F, top}, {std::floor(x) + 0.5F, bottom}, painter.color(Role::playhead, 0.7F));
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return nothing(painter, painter.in({"Nothing has run yet", "还没有运行"}));
  const std::vector<ResourceId>& rows = view::resource_rows(session);
  if (session.side().seen().model.resources.empty())
    return nothing(painter, painter.in({"This run shares nothing", "这次运行没有共享资源"}),
                   painter.in({"Locks, semaphores, queues and services would stand here", "锁、信号量、队列和服务会列在这里"}));
  const Table table{"Resources",
                    view::resource_columns(),
                    session.inspection.resources,
                    rows.size(),
                    session.side().seen().model.resources.size(),
                    [&](std::size_t row, int column) {
                      return view::resource_cell(session, rows[row], static_cast<view::ResourceColumn>(column));
                    },
                    [&](std::size_t row) { return view::action(view::Act::select_resource, rows[row].value); },
                    [&](std::size_t row) {
                      return session.selected.kind == view::Hit::Kind::resource && session.selected.value == rows[row].value;
                    },
                    SIZE_MAX,
                    true,
                    [&](std::size_t row, int column, view::Rect place) {
                      if (static_cast<view::ResourceColumn>(column) != view::ResourceColumn::occupancy) return false;
                      strip(session, rows[row], place, painter);
                      return true;
                    }};
  draw_table(table, actions, painter);
}

}  // namespace

Panel resources_panel() { return {{"Resources", "资源"}, Panel::Slot::below, 4, draw}; }

}  // namespace awaitscope::panels
