#include "app/panels/term.h"

#include <cmath>

#include "app/view/glossary.h"

namespace awaitscope::panels {

void term_text(const Painter& painter, std::string_view words, std::string_view term, Role role, Font font) {
  wrapped(painter, words, role, font);
  explain_last_item(painter, term);
}

void explain_last_item(const Painter& painter, std::string_view term) {
  const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  explain_place(painter, term, {least.x, least.y, size.x, size.y}, ImGui::IsItemHovered());
}

void explain_place(const Painter& painter, std::string_view term, view::Rect place, bool hot) {
  const view::Term* known = term.empty() ? nullptr : view::term_named(term);
  if (!known) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = std::floor(place.bottom()) + 0.5F, dot = std::max(1.0F, std::round(painter.em() * 0.07F));
  const ImU32 color = painter.color(hot ? Role::accent : Role::text_dim, hot ? 1.0F : 0.6F);
  for (float x = std::floor(place.x); x < place.right(); x += 3 * dot) list.AddRectFilled({x, y}, {x + dot, y + dot}, color);
  if (!hot) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {painter.em() * 0.8F, painter.em() * 0.55F});
  ImGui::SetNextWindowSize({painter.em() * 25, 0});
  ImGui::BeginTooltip();
  write_term(painter, known->name);
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

void write_term(const Painter& painter, std::string_view name) {
  const view::Term* term = view::term_named(name);
  if (!term) return;
  wrapped(painter, painter.in(term->word), Role::text, Font::bold);
  wrapped(painter, painter.in(term->sentence));
  for (const auto& [where, words] : {std::pair{"asyncio", term->asyncio}, std::pair{"trio", term->trio}}) {
    if (words.en.empty()) continue;
    small(painter, std::string(where) + ": " + std::string(painter.in(words)));
  }
}

}  // namespace awaitscope::panels
