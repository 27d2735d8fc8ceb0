// Everything known about the selection.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

void draw(const view::Session& session, view::Actions&, const Painter& painter) {
  const std::vector<view::Detail> details = inspect(session);
  if (details.empty())
    return nothing(painter, painter.in({"Nothing is selected", "没有选择"}),
                   painter.in({"Click a bar, a lane's name, an arrow or a finding", "点击横条、行名、箭头或诊断"}));
  if (!ImGui::BeginTable("details", 2, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("label", ImGuiTableColumnFlags_WidthFixed, painter.em() * 7);
  ImGui::TableSetupColumn("text", ImGuiTableColumnFlags_WidthStretch);
  for (const view::Detail& detail : details) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    wrapped(painter, detail.label, Role::text_dim);
    ImGui::TableNextColumn();
    wrapped(painter, detail.text);
  }
  ImGui::EndTable();
}

/// A new selection brings the details forward; a finding has its own tab, which stays.
std::uint32_t selected(const view::Session& session) {
  const view::Hit& hit = session.selected;
  if (hit.kind == view::Hit::Kind::none || session.selected_finding >= 0) return 0;
  return static_cast<std::uint32_t>(hit.kind) + 16 * hit.value + 65536 * hit.seq;
}

}  // namespace

Panel inspector_panel() { return {{"Details", "详情"}, Panel::Slot::lower, 3, draw, selected}; }

}  // namespace awaitscope::panels
