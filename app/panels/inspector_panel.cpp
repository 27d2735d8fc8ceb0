// Everything known about the selection.
#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

void draw(const view::Session& session, view::Actions&, const Painter& painter) {
  const std::vector<view::Detail> details = inspect(session);
  if (details.empty()) return nothing(painter, "Nothing is selected", "Click a bar, a lane's name, an arrow or a finding");
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

}  // namespace

Panel inspector_panel() { return {"Inspector", Panel::Slot::upper, 2, draw}; }

}  // namespace awaitscope::panels
