// The glossary on one sheet: first the words of what is inspected, then all of them.
#include <set>

#include "app/panels/panel.h"
#include "app/panels/term.h"
#include "app/view/glossary.h"
#include "app/view/inspect.h"

namespace awaitscope::panels {
namespace {

/// In the order in which the inspector shows them.
std::vector<std::string_view> inspected_words(const view::Session& session) {
  std::vector<std::string_view> out;
  std::set<std::string_view> known;
  for (const view::Detail& detail : view::inspect(session))
    for (const std::string_view term : {detail.term, detail.meaning})
      if (!term.empty() && known.insert(term).second) out.push_back(term);
  return out;
}

void entries(const Painter& painter, const std::vector<std::string_view>& words, const char* id, std::string_view sought) {
  const int columns = ImGui::GetContentRegionAvail().x > painter.em() * 44 ? 2 : 1;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {painter.em() * 0.8F, painter.em() * 0.45F});
  if (ImGui::BeginTable(id, columns, ImGuiTableFlags_SizingStretchSame | ImGuiTableFlags_PadOuterX)) {
    for (const std::string_view word : words) {
      ImGui::TableNextColumn();
      if (word == sought) {
        ImGui::TableSetBgColor(ImGuiTableBgTarget_CellBg, painter.color(Role::accent, 0.2F));
        if (ImGui::IsWindowAppearing()) ImGui::SetScrollHereY(0.3F);
      }
      ImGui::BeginGroup();
      write_term(painter, word);
      ImGui::EndGroup();
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.inspection.explaining) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float em = painter.em(), wide = std::min(screen.x * 0.92F, em * 62), tall = screen.y * 0.86F;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::SetNextWindowBgAlpha(0);
  ImGui::Begin("words", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({0, 0}, screen, painter.color(Role::background, 0.72F));
  const view::Rect sheet{(screen.x - wide) / 2, (screen.y - tall) / 2, wide, tall};
  list.AddRectFilled({sheet.x, sheet.y}, {sheet.right(), sheet.bottom()}, painter.color(Role::panel), em * 0.8F);
  painter.place("words", sheet);
  ImGui::SetCursorScreenPos({sheet.x + em * 1.4F, sheet.y + em * 1.2F});
  // Another word is another child, which begins at its top.
  ImGui::PushID(session.inspection.explained.c_str());
  ImGui::BeginChild("sheet", {sheet.w - 2 * em * 1.4F, sheet.h - 2 * em * 1.2F});
  const std::vector<std::string_view> here = inspected_words(session);
  if (!here.empty()) {
    text(painter, painter.in({"Words of what is selected", "所选内容的术语"}), Role::accent, Font::bold);
    entries(painter, here, "here", "");
    ImGui::Dummy({1, em * 0.6F});
  }
  text(painter, painter.in({"All words", "全部术语"}), Role::accent, Font::bold);
  std::vector<std::string_view> all;
  for (const view::Term& term : view::glossary()) all.push_back(term.name);
  entries(painter, all, "all", session.inspection.explained);
  ImGui::EndChild();
  ImGui::PopID();
  const ImVec2 at = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !sheet.contains({at.x, at.y}))
    actions.push_back(view::action(view::Act::explain));
  ImGui::End();
}

}  // namespace

Panel words_panel() { return {{"Words", "术语"}, Panel::Slot::overlay, 1, draw}; }

}  // namespace awaitscope::panels
