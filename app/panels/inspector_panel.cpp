// Everything known about the selection, in sections.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/term.h"
#include "app/view/inspect.h"

namespace awaitscope::panels {
namespace {

using view::Detail;
using view::Hit;
using Type = Detail::Type;

struct Sheet {
  const view::Session& session;
  view::Actions& actions;
  const Painter& painter;

  float em() const { return painter.em(); }

  void title(const Detail& detail) const {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const view::Rect room = rest_of_window();
    const float tall = std::round(em() * 1.5F), mark = std::round(em() * 0.28F);
    list.AddRectFilled({room.x, room.y + em() * 0.12F}, {room.x + mark, room.y + tall}, painter.color(detail.role), mark / 2);
    ImGui::Indent(mark + em() * 0.5F);
    term_text(painter, detail.label, detail.term);
    ImGui::SameLine(0, em() * 0.6F);
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - em() * 2);
    text(painter, detail.text, Role::text, Font::bold);
    ImGui::PopTextWrapPos();
    if (!detail.meaning.empty()) explain_last_item(painter, detail.meaning);
    ImGui::Unindent(mark + em() * 0.5F);
    if (&detail == &view::inspect(session).front()) help(room);
  }

  /// The words on this sheet, by mouse.
  void help(const view::Rect& room) const {
    const ImVec2 back = ImGui::GetCursorScreenPos();
    const float size = std::round(em() * 1.4F);
    const ImVec2 at{room.right() - size, room.y};
    ImGui::SetCursorScreenPos(at);
    if (ImGui::InvisibleButton("explain", {size, size})) actions.push_back(view::action(view::Act::explain));
    painter.place("explain", {at.x, at.y, size, size});
    const bool hot = ImGui::IsItemHovered();
    hint(painter, painter.in({"What the words mean", "这些词是什么意思"}), key_of(painter, view::Act::explain));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddCircleFilled({at.x + size / 2, at.y + size / 2}, size / 2, painter.color(Role::text, hot ? 0.16F : 0.07F));
    painter.text(list,
                 {{at.x, at.y, size, size}, "?", hot ? Role::text : Role::text_dim, Font::bold, view::Align::center, 0.85F});
    ImGui::SetCursorScreenPos(back);
    ImGui::Dummy({0, 0});
  }

  void heading(const Detail& detail) const {
    ImGui::Dummy({1, em() * 0.15F});
    term_text(painter, detail.label, detail.term, Role::accent, Font::bold);
    const view::Rect room = rest_of_window();
    const float y = std::floor(room.y - ImGui::GetStyle().ItemSpacing.y * 0.3F) + 0.5F;
    ImGui::GetWindowDrawList()->AddLine({room.x, y}, {room.right(), y}, painter.color(Role::border, 0.6F));
  }

  /// Text that leads somewhere: what is another thing shows it, a moment only under the pointer.
  void value(const Detail& detail, std::size_t index) const {
    const bool leads = detail.hit.kind != Hit::Kind::none;
    const bool thing = leads && detail.hit.kind != Hit::Kind::event;
    wrapped(painter, detail.text, detail.role);
    if (detail.hit.kind == Hit::Kind::none) return explain_last_item(painter, detail.meaning);
    const ImVec2 least = ImGui::GetItemRectMin(), most = ImGui::GetItemRectMax();
    if (ImGui::IsItemVisible())
      painter.place("detail:" + (detail.label.empty() ? std::to_string(index) : detail.label),
                    {least.x, least.y, most.x - least.x, most.y - least.y});
    if (thing)
      ImGui::GetWindowDrawList()->AddLine({least.x, std::floor(most.y) + 0.5F}, {most.x, std::floor(most.y) + 0.5F},
                                          painter.color(Role::accent));
    if (ImGui::IsItemHovered()) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      ImGui::GetWindowDrawList()->AddRectFilled({least.x - em() * 0.2F, least.y}, {most.x + em() * 0.2F, most.y},
                                                painter.color(Role::accent, 0.14F), em() * 0.2F);
    }
    if (ImGui::IsItemClicked()) {
      view::Action action =
          view::action(detail.hit.kind == Hit::Kind::finding ? view::Act::select_finding : view::Act::select, detail.hit.value);
      action.hit = detail.hit;
      actions.push_back(std::move(action));
    }
    if (!thing) explain_last_item(painter, detail.meaning);
  }

  void bar(const Detail& detail) const {
    const view::Rect room = rest_of_window();
    const float tall = std::round(em() * 0.62F), gap = std::max(1.0F, std::round(em() * 0.1F));
    double all = 0;
    for (const Detail::Share& share : detail.shares) all += static_cast<double>(share.time.count());
    ImDrawList& list = *ImGui::GetWindowDrawList();
    float x = room.x;
    for (const Detail::Share& share : detail.shares) {
      const float w =
          std::max(2.0F, room.w * static_cast<float>(static_cast<double>(share.time.count()) / std::max(1.0, all)) - gap);
      list.AddRectFilled({x, room.y}, {std::min(x + w, room.right()), room.y + tall}, painter.color(share.role), tall * 0.3F);
      x += w + gap;
    }
    ImGui::Dummy({room.w, tall});
    painter.place("time-by-state", {room.x, room.y, room.w, tall});
    for (std::size_t i = 0; i < detail.shares.size(); ++i) {
      const Detail::Share& share = detail.shares[i];
      if (i) ImGui::SameLine(0, em() * 0.9F);
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float dot = std::round(em() * 0.5F);
      ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + em() * 0.2F}, {at.x + dot, at.y + em() * 0.2F + dot},
                                                painter.color(share.role), dot * 0.25F);
      ImGui::Dummy({dot, 1});
      ImGui::SameLine(0, em() * 0.3F);
      small(painter, share.name + " " + show(share.time), Role::text);
    }
  }

  void code(const Detail& detail) const {
    const view::Rect room = rest_of_window();
    ImFont* font = painter.fonts().mono;
    const float tall = std::round(font->FontSize * 1.2F), gutter = em() * 2.6F;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (detail.here) {
      list.AddRectFilled({room.x, room.y}, {room.right(), room.y + tall}, painter.color(Role::accent, 0.16F), em() * 0.2F);
      list.AddRectFilled({room.x, room.y}, {room.x + std::round(em() * 0.2F), room.y + tall}, painter.color(Role::accent),
                         em() * 0.1F);
    }
    painter.text(list, {{room.x, room.y, gutter, tall}, detail.label, Role::text_dim, Font::mono, view::Align::right, 0.85F});
    painter.text(list, {{room.x + gutter + em() * 0.6F, room.y, room.w - gutter - em() * 0.6F, tall},
                        detail.text,
                        detail.here ? Role::text : Role::text_dim,
                        Font::mono,
                        view::Align::left,
                        1});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    ImGui::Dummy({room.w, tall});
    ImGui::PopStyleVar();
  }

  /// Lines with a label, and what goes on below them, up to the next of another kind; returns where that is.
  std::size_t lines(const std::vector<Detail>& all, std::size_t from) const {
    ImGui::PushID(static_cast<int>(from));
    std::size_t i = from;
    if (ImGui::BeginTable("lines", 2, ImGuiTableFlags_SizingFixedFit)) {
      ImGui::TableSetupColumn("label", ImGuiTableColumnFlags_WidthFixed, em() * 7);
      ImGui::TableSetupColumn("text", ImGuiTableColumnFlags_WidthStretch);
      for (; i < all.size() && all[i].type == Type::line; ++i) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        if (!all[i].label.empty()) term_text(painter, all[i].label, all[i].term);
        ImGui::TableNextColumn();
        value(all[i], i);
      }
      ImGui::EndTable();
    }
    ImGui::PopID();
    return std::max(i, from + 1);
  }

  /// A line of a section of its own: as wide as the sheet, further in the further behind.
  void sentence(const Detail& detail, std::size_t index) const {
    const float indent = em() * static_cast<float>(std::clamp(detail.depth, 0, 6));
    if (indent > 0) ImGui::Indent(indent);
    value(detail, index);
    if (indent > 0) ImGui::Unindent(indent);
  }
};

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const std::vector<Detail>& all = view::inspect(session);
  if (all.empty())
    return nothing(painter, painter.in({"Nothing is selected", "没有选择"}),
                   painter.in({"Click a bar, a lane's name, an arrow or a finding", "点击横条、行名、箭头或诊断"}));
  const Sheet sheet{session, actions, painter};
  for (std::size_t i = 0; i < all.size();) {
    const Detail& detail = all[i];
    switch (detail.type) {
      case Type::title:
        if (i) ImGui::Dummy({1, painter.em() * 0.3F});
        sheet.title(detail);
        break;
      case Type::heading: sheet.heading(detail); break;
      case Type::bar: sheet.bar(detail); break;
      case Type::code: sheet.code(detail); break;
      case Type::line:
        if (!detail.label.empty()) {
          i = sheet.lines(all, i);
          continue;
        }
        sheet.sentence(detail, i);
        break;
    }
    ++i;
  }
}

/// A new selection brings the details forward; a finding has its own tab, which stays.
std::uint32_t selected(const view::Session& session) {
  const Hit& hit = session.selected;
  if (hit.kind == Hit::Kind::none || session.selected_finding >= 0) return 0;
  return static_cast<std::uint32_t>(hit.kind) + 16 * hit.value + 65536 * hit.seq;
}

}  // namespace

Panel inspector_panel() { return {{"Details", "详情"}, Panel::Slot::lower, 3, draw, selected}; }

}  // namespace awaitscope::panels
