#include "app/panels/prompt.h"

#include <imgui_stdlib.h>

namespace awaitscope::panels {
namespace {

using view::Act;

struct Question {
  Act act;
  const char *popup, *verb;  ///< the name of its button in scripts
  Phrase words, agree, hint;
};
constexpr Question questions[] = {
    {Act::open_file,
     "open",
     "Open",
     {"Open a trace", "打开记录"},
     {"Open", "打开"},
     {"path of a trace: .awtrace, .trace.json, .pftrace, ...", "记录的路径：.awtrace、.trace.json、.pftrace 等"}},
    {Act::save_file,
     "save",
     "Save",
     {"Save the trace", "保存记录"},
     {"Save", "保存"},
     {"path, e.g. run.awtrace", "路径，例如 run.awtrace"}},
    {Act::save_session,
     "session",
     "Save",
     {"Save the session", "保存会话"},
     {"Save", "保存"},
     {"path, e.g. lesson.awsession", "路径，例如 lesson.awsession"}},
    {Act::export_file,
     "export",
     "Export",
     {"Export", "导出"},
     {"Export", "导出"},
     {"the ending decides: .svg .png .trace.json .pftrace .txt .csv", "由后缀决定：.svg .png .trace.json .pftrace .txt .csv"}},
};

}  // namespace

void ask_for_paths(view::Actions& actions, const Painter& painter) {
  for (const Question& question : questions) {
    const auto lacks_path = [&](const view::Action& action) { return action.act == question.act && action.text.empty(); };
    std::string& path = painter.ui.drafts[question.popup];
    if (std::erase_if(actions, lacks_path) > 0) ImGui::OpenPopup(question.popup);

    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({size.x / 2, size.y * 0.32F}, ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::SetNextWindowSize({std::min(size.x * 0.8F, painter.em() * 36), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {painter.em() * 1.2F, painter.em()});
    const bool open = ImGui::BeginPopupModal(question.popup, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    ImGui::PopStyleVar();
    if (!open) continue;
    text(painter, painter.in(question.words), Role::text, Font::bold);
    if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1);
    const bool entered =
        ImGui::InputTextWithHint("##path", painter.in(question.hint).data(), &path, ImGuiInputTextFlags_EnterReturnsTrue);
    ImGui::Dummy({1, painter.em() * 0.2F});
    const bool agreed = button(painter, question.verb, painter.in(question.agree), true) || entered;
    ImGui::SameLine();
    const bool cancelled =
        button(painter, "cancel", painter.in({"Cancel", "取消"})) || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape));
    if (agreed && !path.empty()) {
      view::Action action;
      action.act = question.act;
      action.text = path;
      actions.push_back(action);
    }
    if ((agreed && !path.empty()) || cancelled) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
}

}  // namespace awaitscope::panels
