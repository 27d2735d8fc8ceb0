// What a hunt asks for over everything else: the lane to go to, the words of a mark.  And what was copied goes to the
// clipboard.
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cmath>

#include "app/panels/fields.h"
#include "app/panels/panel.h"
#include "app/platform/compat.h"
#include "app/view/filter.h"
#include "app/view/marks.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;
using Field = view::Hunt::Field;

void ask(view::Actions& actions, Act act, std::string text, double y, view::Hit hit = {}) {
  view::Action action = view::action(act, 0, std::move(text));
  action.y = y;
  action.hit = hit;
  actions.push_back(action);
}

void copy(const view::Session& session) {
  int& seen = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("copies"), 0);
  if (std::exchange(seen, session.hunt.copies) != session.hunt.copies && session.hunt.copies > 0)
    ImGui::SetClipboardText(session.hunt.clipboard.c_str());
}

/// A small window near the top; false: nothing is to be drawn in it.
bool begin(const Painter& painter, const char* name, float width) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float em = painter.em();
  ImGui::SetNextWindowPos({std::round(screen.x / 2), std::round(screen.y * 0.16F)}, ImGuiCond_Always, {0.5F, 0});
  ImGui::SetNextWindowSize({std::min(screen.x * 0.9F, width), 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {em * 0.9F, em * 0.8F});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, em * 0.6F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::GetStyleColorVec4(ImGuiCol_PopupBg));
  const bool open = ImGui::Begin(
      name, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar(3);
  return open;
}

void mark_field(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const bool note = session.hunt.field == Field::note;
  const Act act = note ? Act::note_range : Act::mark;
  std::string& text_typed = painter.ui.drafts["mark"];
  if (begin(painter, "mark", painter.em() * 30)) {
    const bool asked = newly_asked(session, session.hunt.field);
    if (asked) text_typed.clear();
    std::string title(note ? painter.in({"Note on ", "注释："}) : painter.in({"Mark ", "标记："}));
    if (note && session.range && !session.order_ruler)
      title += view::moment_words(session.range->first) + " … " + view::moment_words(session.range->second);
    else if (!note) title += view::moment_words(playhead(session));
    text(painter, title, Role::text, Font::bold);
    const LineField field{"mark-words", painter.in({"a word, or nothing", "写一个词，也可以不写"}), rest_of_window().w, asked};
    const Typed typed = line_field(painter, field, text_typed);
    small(painter, painter.in({"Enter keeps it in the trace, Esc gives it up", "回车保存到记录，Esc 放弃"}));
    if (typed == Typed::entered) ask(actions, act, text_typed, 1);
    if (typed == Typed::given_up) ask(actions, act, {}, -1);
  }
  ImGui::End();
}

/// The lanes whose names are like the letters; Up and Down choose, Enter goes there.
void lane_field(const view::Session& session, view::Actions& actions, const Painter& painter) {
  constexpr std::size_t most = 9;
  std::string& letters = painter.ui.drafts["lane"];
  if (begin(painter, "lanes", painter.em() * 30)) {
    int& chosen = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("chosen"), 0);
    const bool asked = newly_asked(session, Field::lane);
    if (asked) letters.clear(), chosen = 0;
    const LineField field{"lane-letters", painter.in({"a few letters of a lane's name", "行名中的几个字母"}),
                          rest_of_window().w, asked};
    const Typed typed = line_field(painter, field, letters);
    if (typed == Typed::changed) chosen = 0;
    static const std::vector<view::LaneFound> none;
    const std::vector<view::LaneFound>& found = session.has_runs() ? lanes_like(session.side(), letters, most) : none;
    if (platform::compat::key_pressed(GLFW_KEY_DOWN, true)) ++chosen;
    if (platform::compat::key_pressed(GLFW_KEY_UP, true)) --chosen;
    chosen = std::clamp(chosen, 0, std::max(0, static_cast<int>(found.size()) - 1));
    const float line = std::round(painter.em() * 1.6F);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGui::PushID(static_cast<int>(i));
      const bool clicked = ImGui::Selectable("##lane", static_cast<int>(i) == chosen, 0, {0, line});
      ImGui::PopID();
      const float pad = painter.em() * 0.4F;
      const view::Rect row{at.x + pad, at.y, rest_of_window().w - pad, line};
      painter.place("lane:" + found[i].name, row);
      painter.text(*ImGui::GetWindowDrawList(), {row, found[i].name, Role::text, Font::ui, view::Align::left, 1});
      if (clicked || (typed == Typed::entered && static_cast<int>(i) == chosen))
        ask(actions, Act::find_lane, {}, 0, {view::Hit::Kind::task, found[i].task.value, 0});
    }
    if (found.empty()) small(painter, painter.in({"no lane is named like this", "没有这样命名的行"}));
    if (typed == Typed::given_up) ask(actions, Act::find_lane, {}, -1);
  }
  ImGui::End();
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  copy(session);
  switch (session.hunt.field) {
    case Field::mark:
    case Field::note: return mark_field(session, actions, painter);
    case Field::lane: return lane_field(session, actions, painter);
    default: return;
  }
}

}  // namespace

Panel hunt_panel() { return {{"Hunt", "查找"}, Panel::Slot::overlay, 1, draw}; }

}  // namespace awaitscope::panels
