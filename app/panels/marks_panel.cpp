// The marks and notes of the run: a click goes there.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/marks.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;

struct Asked {
  bool go = false, remove = false;
};

Asked row(const Painter& painter, const Note& note, std::size_t index, bool here) {
  const float em = painter.em(), height = std::round(em * 2.9F);
  const view::Rect room = rest_of_window();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(static_cast<int>(index));
  Asked asked;
  asked.go = ImGui::InvisibleButton("go", {room.w - em * 2, height});
  const bool hot = ImGui::IsItemHovered();
  painter.place("mark:" + std::to_string(index), {at.x, at.y, room.w - em * 2, height});
  ImGui::SameLine(0, 0);
  asked.remove = ImGui::InvisibleButton("delete", {em * 2, height});
  const bool over_cross = ImGui::IsItemHovered();
  hint(painter, painter.in({"Delete", "删除"}));
  painter.place("delete-mark:" + std::to_string(index), {at.x + room.w - em * 2, at.y, em * 2, height});
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + room.w, at.y + height},
                     painter.color(Role::text, here                ? 0.1F
                                               : hot || over_cross ? 0.075F
                                                                   : 0.045F),
                     em * 0.42F);
  painter.icon(list, view::Glyph::flag, {at.x + em * 0.5F, at.y + em * 0.5F, em * 0.95F, em * 0.95F},
               painter.color(Role::bookmark));
  const float left = at.x + em * 1.8F, width = room.w - em * 4;
  const std::string words = note.text.empty() ? std::string(painter.in({"no words", "没有文字"})) : view::printable(note.text);
  painter.text(list, {{left, at.y + em * 0.25F, width, em * 1.3F},
                      words,
                      note.text.empty() ? Role::text_dim : Role::text,
                      Font::ui,
                      view::Align::left,
                      1});
  painter.text(list, {{left, at.y + em * 1.45F, width, em * 1.2F},
                      view::note_moment(note, painter.language),
                      Role::text_dim,
                      Font::ui,
                      view::Align::left,
                      0.85F});
  painter.icon(list, view::Glyph::cross, {at.x + room.w - em * 1.4F, at.y + em, em * 0.8F, em * 0.8F},
               painter.color(Role::text_dim, over_cross ? 1.0F : 0.45F));
  return asked;
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs() || session.side().trace.notes.empty())
    return nothing(painter, painter.in({"Nothing is marked", "还没有标记"}),
                   painter.in({"M marks the playhead's moment, Shift+M notes something on the selected range",
                               "按 M 标记这一刻，按 Shift+M 给所选时间段写注释"}));
  const view::Side& side = session.side();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(side.trace.notes.size()));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const auto index = static_cast<std::size_t>(i);
      const Asked asked = row(painter, side.trace.notes[index], index, side.trace.notes[index].first == side.step);
      if (asked.remove) actions.push_back(view::action(Act::delete_mark, static_cast<double>(i)));
      if (!asked.go) continue;
      view::Action action = view::action(Act::select);
      action.hit = {view::Hit::Kind::note, static_cast<std::uint32_t>(i), 0};
      actions.push_back(action);
    }
  }
}

std::uint32_t subject(const view::Session& session) {
  return session.has_runs() ? static_cast<std::uint32_t>(session.side().trace.notes.size()) : 0;
}

}  // namespace

Panel marks_panel() { return {{"Marks", "标记"}, Panel::Slot::lower, 8, draw, subject}; }

}  // namespace awaitscope::panels
