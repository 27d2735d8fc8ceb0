#include "app/panels/table.h"

#include <imgui_stdlib.h>

#include <cmath>

#include "app/panels/term.h"
#include "app/view/stage.h"

namespace awaitscope::panels {
namespace {

using view::Act;
using view::Column;
using view::Rect;

void filter_field(const Table& table, view::Actions& actions, const Painter& painter) {
  std::string& draft = painter.ui.drafts["filter:" + std::string(table.name)];
  ImGui::PushID(table.name.data(), table.name.data() + table.name.size());
  ImGui::SetNextItemWidth(std::min(painter.em() * 18, ImGui::GetContentRegionAvail().x * 0.6F));
  const std::string hint_words(painter.in({"Filter", "筛选"}));
  const bool changed = ImGui::InputTextWithHint("###filter", hint_words.c_str(), &draft);
  const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  painter.place("filter:" + std::string(table.name), {least.x, least.y, size.x, size.y});
  if (changed) actions.push_back(view::action(Act::filter_table, 0, std::string(table.name) + " " + draft));
  else if (!ImGui::IsItemActive()) draft = table.view.filter;
  ImGui::PopID();
  ImGui::SameLine(0, painter.em() * 0.7F);
  ImGui::AlignTextToFramePadding();
  const std::string count =
      table.rows == table.of ? view::counted(table.of) : view::counted(table.rows) + " / " + view::counted(table.of);
  text(painter, count, Role::text_dim);
}

void header(const Table& table, int index, view::Actions& actions, const Painter& painter) {
  const Column& column = table.columns[static_cast<std::size_t>(index)];
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float w = ImGui::GetContentRegionAvail().x, h = std::round(painter.em() * 1.3F);
  ImGui::PushID(index);
  const bool clicked = ImGui::InvisibleButton("sort", {std::max(w, 1.0F), h});
  ImGui::PopID();
  const bool hot = ImGui::IsItemHovered() && table.sorts, sorted = table.sorts && table.view.column == index;
  if (clicked && table.sorts)
    actions.push_back(view::action(Act::sort_table, 0, std::string(table.name) + " " + std::string(column.name)));
  painter.place("sort:" + std::string(table.name) + ":" + std::string(column.name), {at.x, at.y, w, h});
  const bool pointed = ImGui::IsItemHovered();
  const float mark = sorted ? painter.em() * 0.8F : 0;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::string_view words = painter.in(column.title);
  ImFont* font = painter.fonts().small;
  const float wide =
                  std::min(w - mark, font->CalcTextSizeA(font->FontSize, 1e9F, 0, words.data(), words.data() + words.size()).x),
              left = column.align == view::Align::right ? at.x + w - mark - wide : at.x;
  explain_place(painter, column.term, {left, at.y, wide, h - painter.em() * 0.1F}, pointed);
  painter.text(list, {{at.x, at.y, w - mark, h},
                      std::string(words),
                      hot || sorted ? Role::text : Role::text_dim,
                      Font::bold,
                      column.align,
                      0.85F});
  if (!sorted) return;
  const float x = at.x + w - mark * 0.5F, y = at.y + h / 2, r = painter.em() * 0.22F;
  const ImU32 color = painter.color(Role::accent);
  if (table.view.down) list.AddTriangleFilled({x - r, y - r * 0.7F}, {x + r, y - r * 0.7F}, {x, y + r}, color);
  else list.AddTriangleFilled({x - r, y + r * 0.7F}, {x + r, y + r * 0.7F}, {x, y - r}, color);
}

void draw_row(const Table& table, std::size_t row, float height, view::Actions& actions, const Painter& painter) {
  ImGui::TableNextRow(ImGuiTableRowFlags_None, height);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (int c = 0; c < static_cast<int>(table.columns.size()); ++c) {
    if (!ImGui::TableSetColumnIndex(c) && c) continue;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float w = ImGui::GetContentRegionAvail().x;
    if (c == 0) {
      ImGui::PushID(static_cast<int>(row));
      const bool clicked = ImGui::Selectable("###row", table.chosen(row), ImGuiSelectableFlags_SpanAllColumns, {0, height});
      ImGui::PopID();
      if (clicked) actions.push_back(table.click(row));
      const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
      painter.place("row:" + std::string(table.name) + ":" + std::to_string(row),
                    {least.x, least.y, std::min(size.x, w), size.y});
    }
    if (table.paint && table.paint(row, c, {at.x, at.y, w, height})) continue;
    const view::CellText cell = table.cell(row, c);
    if (cell.text.empty()) continue;
    painter.text(
        list, {{at.x, at.y, w, height}, cell.text, cell.role, Font::ui, table.columns[static_cast<std::size_t>(c)].align, 1});
  }
}

/// Scrolls when the row has changed: else nobody could scroll away from it.
void follow(const Table& table, float height, float head) {
  if (table.keep_in_sight == SIZE_MAX) return;
  const int now = static_cast<int>(table.keep_in_sight);
  int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("kept in sight"), -1);
  if (std::exchange(last, now) == now) return;
  const float y = static_cast<float>(table.keep_in_sight) * height, seen = ImGui::GetScrollY(),
              room = ImGui::GetWindowHeight() - head;
  if (y < seen || y + height > seen + room) ImGui::SetScrollY(std::max(0.0F, y - room * 0.4F));
}

}  // namespace

void draw_table(const Table& table, view::Actions& actions, const Painter& painter) {
  filter_field(table, actions, painter);
  float wanted = 0;
  for (const Column& column : table.columns) wanted += column.width * painter.em();
  const bool narrow = ImGui::GetContentRegionAvail().x < wanted * 0.8F;
  ImGuiTableFlags flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_PadOuterX | ImGuiTableFlags_Resizable |
                          ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_BordersInnerH;
  flags |= narrow ? ImGuiTableFlags_ScrollX | ImGuiTableFlags_SizingFixedFit : ImGuiTableFlags_SizingStretchProp;
  ImGui::PushStyleColor(ImGuiCol_TableBorderLight, painter.tint(Role::grid));
  ImGui::PushStyleColor(ImGuiCol_TableHeaderBg, painter.tint(Role::panel));
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {painter.em() * 0.45F, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});  // a row's mark is as high as the row
  ImGui::PushID(narrow);
  const std::string id = "table " + std::string(table.name);
  if (ImGui::BeginTable(id.c_str(), static_cast<int>(table.columns.size()), flags)) {
    ImGui::TableSetupScrollFreeze(narrow ? 1 : 0, 1);
    for (const Column& column : table.columns)
      ImGui::TableSetupColumn(column.name.data(),
                              narrow ? ImGuiTableColumnFlags_WidthFixed : ImGuiTableColumnFlags_WidthStretch,
                              column.width * (narrow ? painter.em() : 1.0F));
    const float height = std::round(painter.em() * 1.5F), head = std::round(painter.em() * 1.4F);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, head);
    for (int c = 0; c < static_cast<int>(table.columns.size()); ++c)
      if (ImGui::TableSetColumnIndex(c)) header(table, c, actions, painter);
    follow(table, height, head);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(std::min<std::size_t>(table.rows, 100'000'000)), height);
    while (clipper.Step())
      for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row)
        draw_row(table, static_cast<std::size_t>(row), height, actions, painter);
    ImGui::EndTable();
  }
  ImGui::PopID();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
}

}  // namespace awaitscope::panels
