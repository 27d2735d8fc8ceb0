#include "app/panels/widgets.h"

#include <cmath>

#include "app/platform/compat.h"
#include "app/view/action.h"
#include "app/view/break_lines.h"

namespace awaitscope::panels {
namespace {

ImFont* face(const Painter& painter, Font font) {
  return font == Font::mono ? painter.fonts().mono : font == Font::bold ? painter.fonts().bold : painter.fonts().ui;
}

void write(const Painter& painter, std::string_view words) {
  painter.ui.hear(words);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
}

/// Broken at the window's right edge.  ImGui itself breaks at spaces only.
void write_wrapped(const Painter& painter, std::string_view words) {
  if (view::breaks_anywhere(words)) {
    ImFont* font = ImGui::GetFont();
    return write(painter, view::break_lines(words, ImGui::GetContentRegionAvail().x, [&](std::string_view part) {
                   return font->CalcTextSizeA(font->FontSize, 1e9F, 0, part.data(), part.data() + part.size()).x;
                 }));
  }
  ImGui::PushTextWrapPos(0);
  write(painter, words);
  ImGui::PopTextWrapPos();
}

view::Rect last_item() {
  const ImVec2 least = ImGui::GetItemRectMin(), most = ImGui::GetItemRectMax();
  return {least.x, least.y, most.x - least.x, most.y - least.y};
}

ImVec2 extent(ImFont* font, std::string_view words) {
  return font->CalcTextSizeA(font->FontSize, 1e9F, 0, words.data(), words.data() + words.size());
}

/// An invisible button of this size under a name that is data: ids are made by hashing, never by parsing it for "##".
bool hot_area(const Painter& painter, std::string_view name, ImVec2 size) {
  ImGui::PushID(name.data(), name.data() + name.size());
  const bool clicked = ImGui::InvisibleButton("area", size);
  ImGui::PopID();
  painter.place(name, last_item());
  return clicked;
}

}  // namespace

view::Rect rest_of_window() {
  const ImVec2 at = ImGui::GetCursorScreenPos(), size = ImGui::GetContentRegionAvail();
  return {at.x, at.y, std::max(size.x, 1.0F), std::max(size.y, 1.0F)};
}

void text(const Painter& painter, std::string_view words, Role role, Font font) {
  ImGui::PushFont(face(painter, font));
  ImGui::PushStyleColor(ImGuiCol_Text, painter.tint(role));
  write(painter, words);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void small(const Painter& painter, std::string_view words, Role role) {
  ImGui::PushFont(painter.fonts().small);
  ImGui::PushStyleColor(ImGuiCol_Text, painter.tint(role));
  write_wrapped(painter, words);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void wrapped(const Painter& painter, std::string_view words, Role role, Font font) {
  ImGui::PushFont(face(painter, font));
  ImGui::PushStyleColor(ImGuiCol_Text, painter.tint(role));
  write_wrapped(painter, words);
  ImGui::PopStyleColor();
  ImGui::PopFont();
}

void chip(const Painter& painter, std::string_view words, Role role) {
  painter.ui.hear(words);
  ImFont* font = painter.fonts().small;
  const float pad = painter.em() * 0.4F, height = std::round(font->FontSize + painter.em() * 0.16F);
  const ImVec2 size{extent(font, words).x + 2 * pad, height};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, painter.color(role, 0.24F), height * 0.3F);
  list.AddText(font, font->FontSize, {std::round(at.x + pad), std::round(at.y + (height - font->FontSize) / 2)},
               painter.color(Role::text), words.data(), words.data() + words.size());
  ImGui::Dummy(size);
}

void nothing(const Painter& painter, std::string_view words, std::string_view below) {
  const view::Rect rest = rest_of_window();
  const float line = painter.metrics().line_height;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = rest.y + rest.h * 0.38F;
  painter.text(list, {{rest.x, y, rest.w, line}, std::string(words), Role::text_dim, Font::ui, view::Align::center, 1});
  painter.text(list,
               {{rest.x, y + line, rest.w, line}, std::string(below), Role::text_dim, Font::ui, view::Align::center, 0.85F});
}

void on_panel(view::DrawList& picture) {
  if (!picture.boxes.empty() && picture.boxes.front().role == Role::background &&
      picture.boxes.front().rect.w >= picture.canvas.w - 1)
    picture.boxes.erase(picture.boxes.begin());
}

bool button(const Painter& painter, std::string_view name, std::string_view words, bool on) {
  painter.ui.hear(words);
  ImFont* font = painter.fonts().ui;
  const float pad = painter.em() * 0.7F, height = std::round(painter.em() * 1.75F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{std::round(extent(font, words).x + 2 * pad), height};
  const bool clicked = hot_area(painter, name, size);
  const ImU32 back = ImGui::GetColorU32(ImGui::IsItemActive()    ? ImGuiCol_ButtonActive
                                        : ImGui::IsItemHovered() ? ImGuiCol_ButtonHovered
                                                                 : ImGuiCol_Button);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = painter.em() * 0.38F;
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, on ? painter.color(Role::accent, 0.3F) : back, rounding);
  list.AddText(font, font->FontSize, {std::round(at.x + pad), std::round(at.y + (height - font->FontSize) / 2)},
               painter.color(Role::text), words.data(), words.data() + words.size());
  return clicked;
}

int choice(const Painter& painter, std::string_view name, const std::vector<std::string>& words, int chosen) {
  ImFont* font = painter.fonts().ui;
  const float pad = painter.em() * 0.75F, height = std::round(painter.em() * 1.75F), inset = std::round(painter.em() * 0.14F);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  float width = 0;
  for (const std::string& word : words) width += std::round(extent(font, word).x + 2 * pad);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = painter.em() * 0.42F;
  list.AddRectFilled(at, {at.x + width, at.y + height}, ImGui::GetColorU32(ImGuiCol_FrameBg), rounding);
  int clicked = -1;
  float x = at.x;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const float w = std::round(extent(font, words[i]).x + 2 * pad);
    ImGui::SetCursorScreenPos({x, at.y});
    painter.ui.hear(words[i]);
    if (hot_area(painter, std::string(name) + ":" + words[i], {w, height})) clicked = static_cast<int>(i);
    const bool on = static_cast<int>(i) == chosen;
    if (on)
      list.AddRectFilled({x + inset, at.y + inset}, {x + w - inset, at.y + height - inset}, painter.color(Role::accent, 0.3F),
                         rounding - inset * 0.6F);
    const Role role = on || ImGui::IsItemHovered() ? Role::text : Role::text_dim;
    list.AddText(font, font->FontSize, {std::round(x + pad), std::round(at.y + (height - font->FontSize) / 2)},
                 painter.color(role), words[i].data(), words[i].data() + words[i].size());
    x += w;
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({width, height});
  return clicked;
}

void hint(const Painter& painter, std::string_view words, std::string_view key) {
  if (!ImGui::IsItemHovered()) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {painter.em() * 0.6F, painter.em() * 0.35F});
  ImGui::BeginTooltip();
  text(painter, words);
  if (!key.empty()) {
    ImGui::SameLine(0, painter.em() * 0.7F);
    text(painter, key, Role::text_dim);
  }
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

std::string_view key_of(const Painter& painter, view::Act act) {
  for (const view::ActionInfo& info : view::all_actions())
    if (info.act == act) return painter.keys ? keys_of(*painter.keys, info, painter.presenting) : info.keys(painter.presenting);
  return {};
}

bool scrubber(const Painter& painter, std::string_view name, float width, float height, double& at) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float radius = std::round(painter.em() * 0.42F), bar = std::max(3.0F, std::round(painter.em() * 0.22F));
  hot_area(painter, name, {std::max(width, 4 * radius), height});
  const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive(), dragging = ImGui::IsItemActive();
  const float left = corner.x + radius, length = std::max(width - 2 * radius, 1.0F), y = std::round(corner.y + height / 2);
  if (dragging) at = std::clamp(static_cast<double>((mouse().x - left) / length), 0.0, 1.0);
  const float x = left + length * static_cast<float>(std::clamp(at, 0.0, 1.0));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({left, y - bar / 2}, {left + length, y + bar / 2}, painter.color(Role::text, 0.14F), bar / 2);
  list.AddRectFilled({left, y - bar / 2}, {x, y + bar / 2}, painter.color(Role::accent), bar / 2);
  if (hot) list.AddCircleFilled({x, y}, radius * 1.5F, painter.color(Role::accent, 0.22F));
  list.AddCircleFilled({x, y}, radius, painter.color(Role::accent));
  return dragging;
}

}  // namespace awaitscope::panels
