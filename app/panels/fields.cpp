#include "app/panels/fields.h"

#include <cmath>
#include <imgui_stdlib.h>

#include "app/view/filter.h"
#include "app/view/search.h"

namespace awaitscope::panels {
namespace {

using view::Act;
using view::Hunt;

void ask(view::Actions& actions, Act act, std::string text = {}, double y = 0) {
  view::Action action = view::action(act, 0, std::move(text));
  action.y = y;
  actions.push_back(action);
}

void draw_glass(ImDrawList& list, ImVec2 centre, float r, ImU32 color) {
  const float line = std::max(1.4F, r * 0.28F);
  list.AddCircle({centre.x - r * 0.2F, centre.y - r * 0.2F}, r * 0.6F, color, 0, line);
  list.AddLine({centre.x + r * 0.25F, centre.y + r * 0.25F}, {centre.x + r * 0.8F, centre.y + r * 0.8F}, color, line * 1.15F);
}

void draw_funnel(ImDrawList& list, ImVec2 centre, float r, ImU32 color) {
  const float line = std::max(1.4F, r * 0.26F);
  for (const auto& [y, half] : {std::pair{-0.55F, 0.8F}, std::pair{0.0F, 0.5F}, std::pair{0.55F, 0.2F}})
    list.AddLine({centre.x - r * half, centre.y + r * y}, {centre.x + r * half, centre.y + r * y}, color, line);
}

struct Look {
  void (*sign)(ImDrawList&, ImVec2, float, ImU32);
  std::string behind;  ///< what stands at the right end
  bool on = false;     ///< it does something now
  bool nothing = false;
};

/// A field with its sign, and words at its right end.
Typed signed_field(const Painter& painter, LineField field, std::string& text, const Look& look) {
  const float em = painter.em(), tall = std::round(em * 1.75F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float behind = look.behind.empty() ? 0 : painter.metrics().width(look.behind) * 0.85F + em * 0.5F;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + field.width, at.y + tall}, ImGui::GetColorU32(ImGuiCol_FrameBg), em * 0.38F);
  if (look.on)
    list.AddRect(at, {at.x + field.width, at.y + tall}, painter.color(look.nothing ? Role::error : Role::accent, 0.8F),
                 em * 0.38F);
  painter.place(field.name, {at.x, at.y, field.width, tall});
  look.sign(list, {at.x + em * 0.9F, at.y + tall / 2}, em * 0.5F, painter.color(look.on ? Role::accent : Role::text_dim));
  ImGui::SetCursorScreenPos({at.x + em * 1.6F, at.y});
  const float width = field.width;
  field.width = std::max(em * 2, width - em * 1.6F - behind);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, ImVec4{0, 0, 0, 0});
  const Typed typed = line_field(painter, field, text);
  ImGui::PopStyleColor();
  if (behind > 0)
    painter.text(list, {{at.x + width - behind, at.y, behind - em * 0.4F, tall},
                        look.behind,
                        look.nothing ? Role::text_warning : Role::text_dim,
                        Font::ui,
                        view::Align::right,
                        0.85F});
  ImGui::SetCursorScreenPos({at.x + width, at.y});
  return typed;
}

void search(const view::Session& session, view::Actions& actions, const Painter& painter, float width) {
  std::string& text = painter.ui.drafts["search"];
  const view::Search& now = session.hunt.search;
  const bool asked = newly_asked(session, Hunt::Field::search);
  if (view::small_letters(text) != now.query && !painter.ui.places.contains("search:typing")) text = now.query;
  const bool over = !view::searching(session);
  Look look{draw_glass, search_words(now, over), !now.query.empty(), over && !now.query.empty() && now.matches.empty()};
  const Typed typed = signed_field(painter, {"search", painter.in({"Search", "搜索"}), width, asked}, text, look);
  if (typed == Typed::changed) ask(actions, Act::find, text, 1);
  if (typed == Typed::entered) ask(actions, ImGui::GetIO().KeyShift ? Act::find_previous : Act::find_next);
  if (typed == Typed::given_up) text.clear(), ask(actions, Act::find, {}, 1);
}

void filter(const view::Session& session, view::Actions& actions, const Painter& painter, float width) {
  std::string& text = painter.ui.drafts["filter"];
  const std::string& now = session.hunt.filter;
  const bool asked = newly_asked(session, Hunt::Field::filter);
  if (text != now && !painter.ui.places.contains("filter:typing")) text = now;
  Look look{draw_funnel, {}, !now.empty(), false};
  if (!now.empty() && session.has_runs()) {
    const view::HiddenLanes lanes = hidden_lanes(session, session.side());
    look.behind = std::to_string(lanes.hidden) + std::string(painter.in({" hidden", " 行隐藏"}));
    look.nothing = lanes.hidden == lanes.all;
  }
  const Typed typed = signed_field(painter, {"filter", painter.in({"Lanes", "筛选行"}), width, asked}, text, look);
  if (typed == Typed::changed) ask(actions, Act::filter_lanes, text, 1);
  if (typed == Typed::given_up) text.clear(), ask(actions, Act::filter_lanes, {}, 1);
}

}  // namespace

bool newly_asked(const view::Session& session, Hunt::Field field) {
  int& seen = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("asked") + static_cast<ImGuiID>(field), 0);
  return std::exchange(seen, session.hunt.asked) != session.hunt.asked && session.hunt.field == field;
}

Typed line_field(const Painter& painter, const LineField& field, std::string& text) {
  const float em = painter.em(), font = painter.fonts().ui->FontSize;
  const std::string before = text, typing = std::string(field.name) + ":typing";
  ImGui::PushID(field.name.data(), field.name.data() + field.name.size());
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {em * 0.4F, std::max(1.0F, (std::round(em * 1.75F) - font) / 2)});
  ImGui::SetNextItemWidth(field.width);
  if (field.asked) ImGui::SetKeyboardFocusHere();
  const bool entered = ImGui::InputTextWithHint("##line", std::string(field.hint).c_str(), &text,
                                                ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  const bool active = ImGui::IsItemActive(), left = ImGui::IsItemDeactivated();
  if (entered) ImGui::SetKeyboardFocusHere(-1);
  ImGui::PopStyleVar();
  ImGui::PopID();
  if (active || entered) painter.place(typing, {});
  else painter.ui.places.erase(typing);
  if (left && !entered && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) return Typed::given_up;
  if (text != before) return Typed::changed;
  return entered ? Typed::entered : Typed::nothing;
}

float fields_width(const view::Session& session, const Painter& painter, float bar) {
  const float em = painter.em();
  const bool both = bar > em * 62 || !session.hunt.filter.empty() || session.hunt.field == Hunt::Field::filter;
  const float each = bar > em * 76 ? em * 10.5F : em * 8.5F;
  return both ? 2 * each + em * 0.5F : each;
}

void search_and_filter(const view::Session& session, view::Actions& actions, const Painter& painter, float width) {
  const float em = painter.em();
  const bool both = width > em * 12;
  const float each = both ? (width - em * 0.5F) / 2 : width;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  search(session, actions, painter, each);
  if (!both) return;
  ImGui::SetCursorScreenPos({at.x + each + em * 0.5F, at.y});
  filter(session, actions, painter, each);
}

}  // namespace awaitscope::panels
