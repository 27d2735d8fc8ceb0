// The bar at the top: which scenario, what to watch for, which of its two versions.
#include <cmath>

#include "app/panels/fields.h"
#include "app/panels/icons.h"
#include "app/panels/panel.h"
#include "app/view/teaching_walk.h"
#include "app/view/text.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;

void ask(view::Actions& actions, Act act, std::string text = {}) {
  view::Action action;
  action.act = act;
  action.text = std::move(text);
  actions.push_back(action);
}

/// The mark of the program: three lanes, one of them held.
void draw_mark(const Painter& painter, view::Rect rect) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float bar = rect.h / 4.6F, rounding = bar * 0.45F;
  const auto lane = [&](float row, float from, float to, Role role) {
    list.AddRectFilled({std::round(rect.x + rect.w * from), std::round(rect.y + row * bar * 1.8F)},
                       {std::round(rect.x + rect.w * to), std::round(rect.y + row * bar * 1.8F + bar)}, painter.color(role),
                       rounding);
  };
  lane(0, 0, 0.45F, Role::running);
  lane(0, 0.55F, 1, Role::waiting_request);
  lane(1, 0.2F, 0.8F, Role::stall);
  lane(2, 0, 0.3F, Role::waiting_request);
  lane(2, 0.4F, 1, Role::running);
}

/// The files opened last, those that are gone in grey.
void recent_files(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (session.recent.empty()) return;
  small(painter, painter.in({"Recent files", "最近的文件"}));
  for (std::size_t i = 0; i < session.recent.size(); ++i) {
    const view::RecentFile& file = session.recent[i];
    ImGui::PushID(static_cast<int>(i));
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::Selectable("##recent", false, file.there ? 0 : ImGuiSelectableFlags_Disabled,
                          {0, std::round(painter.em() * 1.5F)})) {
      actions.push_back(view::action(Act::open_recent, static_cast<double>(i + 1)));
      ImGui::CloseCurrentPopup();
    }
    const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
    painter.place("recent:" + std::to_string(i + 1), {least.x, least.y, size.x, size.y});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::size_t slash = file.path.rfind('/');
    const float name = size.x * 0.42F;
    painter.text(list, {{at.x, at.y, name - painter.em(), size.y},
                        view::printable(file.path.substr(slash + 1)),
                        file.there ? Role::text : Role::text_dim,
                        Font::ui,
                        view::Align::left,
                        1});
    const std::string where =
        file.there ? view::printable(file.path.substr(0, slash)) : std::string(painter.in({"no longer there", "已不存在"}));
    painter.text(list, {{at.x + name, at.y, size.x - name, size.y}, where, Role::text_dim, Font::ui, view::Align::left, 0.85F});
    ImGui::PopID();
  }
  ImGui::Dummy({1, painter.em() * 0.3F});
}

void scenario_list(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const float wide = painter.em() * 38;
  ImGui::SetNextWindowSizeConstraints({wide, 0}, {wide, ImGui::GetIO().DisplaySize.y * 0.8F});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {painter.em() * 0.8F, painter.em() * 0.7F});
  const bool open = ImGui::BeginPopup("scenarios");
  ImGui::PopStyleVar();
  if (!open) return;
  recent_files(session, actions, painter);
  std::string_view topic;
  const auto in = [&](const Words& words) -> const std::string& { return words.in(session.language); };
  for (const view::CatalogueRow& row : session.catalogue) {
    if (in(row.topic) != topic) {
      ImGui::Dummy({1, painter.em() * 0.15F});
      small(painter, in(row.topic));
      topic = in(row.topic);
    }
    ImGui::PushID(row.name.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::Selectable("##row", row.name == session.lesson.name, 0, {0, std::round(painter.em() * 1.5F)})) {
      ask(actions, Act::load_scenario, row.name);
      ImGui::CloseCurrentPopup();
    }
    const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
    painter.place("scenario:" + row.name, {least.x, least.y, size.x, size.y});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float id = painter.em() * 2.6F;
    painter.text(list, {{at.x, at.y, id, size.y}, row.id, Role::text_dim, Font::mono, view::Align::left, 1});
    painter.text(list, {{at.x + id, at.y, size.x - id, size.y},
                        in(row.title).empty() ? row.name : in(row.title),
                        Role::text,
                        Font::ui,
                        view::Align::left,
                        1});
    ImGui::PopID();
  }
  ImGui::EndPopup();
}

void chooser(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const std::string words =
      session.lesson.empty()
          ? (session.has_runs() ? session.side().label : std::string(painter.in({"Choose a scenario", "选择场景"})))
          : session.lesson.id + "  " + session.lesson.name;
  if (button(painter, "scenarios", words + "   ▾")) ImGui::OpenPopup("scenarios");
  const ImVec2 below = ImGui::GetItemRectMin();
  ImGui::SetNextWindowPos({below.x, ImGui::GetItemRectMax().y + painter.em() * 0.3F});
  scenario_list(session, actions, painter);
}

/// Title and what to watch for, in the room between the two groups of controls.
void headline(const view::Session& session, const Painter& painter, view::Rect room) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = room.h / 2;
  // What to watch for tells the answer, as many a title does.
  const std::string watch = keeps_ahead(session) ? "" : session.lesson.watch.in(session.language);
  const view::Rect upper = watch.empty() ? room : view::Rect{room.x, room.y, room.w, line};
  painter.text(list, {upper, lesson_title(session), Role::text, Font::bold, view::Align::left, 1});
  if (!watch.empty())
    painter.text(list, {{room.x, room.y + line, room.w, line}, watch, Role::text_dim, Font::ui, view::Align::left, 0.85F});
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const float em = painter.em(), tall = std::round(em * 1.75F);
  const view::Rect room = rest_of_window();
  const float y = std::round(room.y + (room.h - tall) / 2);
  draw_mark(painter, {room.x, y + tall * 0.12F, em * 1.7F, tall * 0.86F});
  ImGui::SetCursorScreenPos({room.x + em * 2.4F, y});
  chooser(session, actions, painter);
  const float left = ImGui::GetItemRectMax().x + em * 0.9F;

  const bool pair = session.sides.size() > 1;
  const float show_width = pair ? painter.metrics().width("BugForkBoth") + 3 * em * 1.5F : 0;
  const float fields = fields_width(session, painter, room.w);
  const float right = room.right() - show_width - 3 * em * 2.4F - fields - em * 0.8F;
  headline(session, painter, {left, room.y - em * 0.2F, std::max(right - left - em, 1.0F), room.h + em * 0.4F});

  ImGui::SetCursorScreenPos({right, y});
  search_and_filter(session, actions, painter, fields);
  ImGui::SetCursorScreenPos({right + fields + em * 0.8F, y});
  if (pair) {
    const bool forked = session.sides[1]->label == view::forked;
    const std::vector<std::string> words{std::string(painter.in(forked ? Phrase{"Run", "原来"} : Phrase{"Bug", "错误"})),
                                         std::string(painter.in(forked ? Phrase{"Fork", "分叉"} : Phrase{"Fix", "修正"})),
                                         std::string(painter.in({"Both", "两者"}))};
    const int now = session.show == view::Show::both ? 2 : session.active;
    const int asked = choice(painter, "show", words, now);
    hint(painter, painter.in({"Bug, fix, or both on one ruler", "错误版、修正版，或两者同一标尺"}),
         key_of(painter, Act::next_show));
    if (asked >= 0) ask(actions, asked == 0 ? Act::show_bad : asked == 1 ? Act::show_fixed : Act::show_both);
    ImGui::SameLine(0, em * 0.6F);
  }
  const float lift = std::round((em * 2.0F - tall) / 2);
  ImGui::SetCursorScreenPos({ImGui::GetCursorScreenPos().x, y - lift});
  if (sign_button(painter, "rerun", Sign::rerun)) ask(actions, Act::rerun);
  hint(painter, painter.in({"Run again", "重新运行"}), key_of(painter, Act::rerun));
  ImGui::SameLine(0, em * 0.2F);
  if (sign_button(painter, "theme", Sign::theme)) ask(actions, Act::toggle_theme);
  hint(painter, painter.in({"Dark or light", "深色或浅色"}), key_of(painter, Act::toggle_theme));
  ImGui::SameLine(0, em * 0.2F);
  if (sign_button(painter, "help", Sign::help)) ask(actions, Act::toggle_help);
  hint(painter, painter.in({"All keys", "所有按键"}), key_of(painter, Act::toggle_help));
}

}  // namespace

Panel top_panel() { return {{"Scenario", "场景"}, Panel::Slot::top, 0, draw}; }

}  // namespace awaitscope::panels
