// What the rules say about the run: a sentence with names and numbers, and what to do.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "core/findings/block.h"

namespace awaitscope::panels {
namespace {

using namespace panels;

struct Mark {
  view::Glyph glyph;
  Role role;
};
Mark mark_of(Severity severity) {
  switch (severity) {
    case Severity::info: return {view::Glyph::dot, Role::info};
    case Severity::warning: return {view::Glyph::warning, Role::warning};
    case Severity::error: return {view::Glyph::cross, Role::error};
  }
  return {view::Glyph::dot, Role::info};
}

float wrapped_height(const Painter& painter, std::string_view words, float width, ImFont* font) {
  if (words.empty()) return 0;
  return font->CalcTextSizeA(font->FontSize, 1e9F, width, words.data(), words.data() + words.size()).y + painter.em() * 0.25F;
}

/// A card; its height is measured before its words are drawn, because the surface lies below them.
bool card(const Painter& painter, const Finding& finding, std::size_t index, bool chosen) {
  const float em = painter.em(), pad = std::round(em * 0.6F), gutter = std::round(em * 1.7F);
  const view::Rect room = rest_of_window();
  const float width = room.w - gutter - pad;
  const std::string place = finding.site.file.empty() ? finding.rule : finding.rule + "  ·  " + show(finding.site);
  const float height = 2 * pad + wrapped_height(painter, finding.sentence, width, painter.fonts().ui) +
                       wrapped_height(painter, finding.advice, width, painter.fonts().small) + painter.fonts().small->FontSize;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(static_cast<int>(index));
  const bool clicked = ImGui::InvisibleButton("card", {room.w, height});
  ImGui::PopID();
  const bool hot = ImGui::IsItemHovered();
  painter.place("finding:" + std::to_string(index), {at.x, at.y, room.w, height});

  const Mark mark = mark_of(finding.severity);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = em * 0.42F;
  list.AddRectFilled(at, {at.x + room.w, at.y + height},
                     painter.color(Role::text, chosen ? 0.1F
                                               : hot  ? 0.075F
                                                      : 0.045F),
                     rounding);
  if (chosen)
    list.AddRectFilled(at, {at.x + std::round(em * 0.22F), at.y + height}, painter.color(mark.role), rounding,
                       ImDrawFlags_RoundCornersLeft);
  painter.icon(list, mark.glyph, {at.x + em * 0.5F, at.y + pad + em * 0.08F, em * 0.95F, em * 0.95F}, painter.color(mark.role));

  float y = at.y + pad;
  const auto lines = [&](std::string_view words, ImFont* font, Role role) {
    list.AddText(font, font->FontSize, {at.x + gutter, std::round(y)}, painter.color(role), words.data(),
                 words.data() + words.size(), width);
    y += wrapped_height(painter, words, width, font);
  };
  lines(finding.sentence, painter.fonts().ui, Role::text);
  lines(finding.advice, painter.fonts().small, Role::text_dim);
  painter.text(list, {{at.x + gutter, std::round(y), width, painter.fonts().small->FontSize},
                      place,
                      Role::text_dim,
                      Font::mono,
                      view::Align::left,
                      0.85F});
  return clicked;
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs()) return nothing(painter, painter.in({"No run to judge", "没有可判断的运行"}));
  const view::Side& side = session.side();
  if (side.findings.empty()) {
    return nothing(painter,
                   painter.in(side.running ? Phrase{"The run has not ended", "运行还没结束"}
                                           : Phrase{"Nothing to complain about", "没有可指出的问题"}),
                   side.running ? "" : std::string(painter.in({"No rule fired in ", "没有规则触发："})) + side.label);
  }
  if (const auto chosen = static_cast<std::size_t>(session.selected_finding); chosen < side.findings.size()) {
    if (button(painter, "copy-finding", painter.in({"Copy as text", "复制为文字"})))
      ImGui::SetClipboardText(finding_block(view::run_of(side), side.findings[chosen]).c_str());
    hint(painter, painter.in({"A block to paste into an issue", "可以贴到问题单里的一段文字"}));
  }
  for (std::size_t i = 0; i < side.findings.size(); ++i) {
    if (!card(painter, side.findings[i], i, static_cast<int>(i) == session.selected_finding)) continue;
    view::Action action;
    action.act = view::Act::select_finding;
    action.x = static_cast<double>(i);
    actions.push_back(action);
  }
}

std::uint32_t selected(const view::Session& session) { return static_cast<std::uint32_t>(session.selected_finding + 1); }

}  // namespace

Panel findings_panel() { return {{"Findings", "诊断"}, Panel::Slot::lower, 0, draw, selected}; }

}  // namespace awaitscope::panels
