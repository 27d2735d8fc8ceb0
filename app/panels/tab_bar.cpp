#include "app/panels/tab_bar.h"

#include "app/view/teaching_walk.h"

#include <cmath>

namespace awaitscope::panels {
namespace {

/// Whether somebody has asked for this tab since the last frame.
bool asked_for(const Panel& panel, const view::Session& session) {
  if (panel.title.en != session.inspection.tab) return false;
  int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("tabs asked for"), 0);
  const int now = static_cast<int>(session.inspection.tabs_asked);
  return std::exchange(last, now) != now;
}

/// Whether the panel's subject has changed since the last frame, to something.
bool news(const Panel& panel, const view::Session& session) {
  if (!panel.subject || closed(panel, session)) return false;
  int& last = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID(panel.title.en.data()), 0);
  const int now = static_cast<int>(panel.subject(session));
  return std::exchange(last, now) != now && now != 0;
}

struct Bar {
  const std::vector<const Panel*>& tabs;
  const Painter& painter;
  std::vector<float> widths{};
  float pad = 0, gap = 0, height = 0, more = 0;

  Bar(const std::vector<const Panel*>& all, const Painter& with) : tabs(all), painter(with) {
    const float em = painter.em();
    pad = std::round(em * 0.55F), gap = std::round(em * 0.15F), height = std::round(em * 1.85F), more = std::round(em * 2.1F);
    for (const Panel* panel : tabs) widths.push_back(width(painter.in(panel->title)));
  }

  float width(std::string_view words) const {
    const ImFont* font = painter.fonts().ui;
    return std::round(font->CalcTextSizeA(font->FontSize, 1e9F, 0, words.data(), words.data() + words.size()).x + 2 * pad);
  }

  /// Which tabs stand in the bar, in their order: the first ones, and the open one in any case.
  std::vector<std::size_t> fitting(float room, std::size_t open) const {
    float all = 0;
    for (const float w : widths) all += w + gap;
    std::vector<std::size_t> out;
    const bool fits = all - gap <= room;
    float left = fits ? all : room - more - (widths[open] + gap);
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      if (i == open && !fits) {
        out.push_back(i);
        continue;
      }
      left -= widths[i] + gap;
      if (left >= -gap) out.push_back(i);
      else left = -1e9F;  // and none behind it, so that the bar holds the first ones
    }
    return out;
  }

  /// True when clicked.
  bool tab(std::size_t i, float x, float y, float w, bool open) const {
    const Panel& panel = *tabs[i];
    ImGui::SetCursorScreenPos({x, y});
    ImGui::PushID(panel.title.en.data());
    const bool clicked = ImGui::InvisibleButton("tab", {w, height});
    ImGui::PopID();
    const bool hot = ImGui::IsItemHovered();
    painter.place("tab:" + std::string(panel.title.en), {x, y, w, height});
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (hot && !open) list.AddRectFilled({x, y}, {x + w, y + height}, painter.color(Role::text, 0.07F), painter.em() * 0.38F);
    if (open) {
      const float line = std::max(2.0F, std::round(painter.em() * 0.14F));
      list.AddRectFilled({x + pad * 0.6F, y + height - line}, {x + w - pad * 0.6F, y + height}, painter.color(Role::accent),
                         line / 2);
    }
    painter.text(list, {{x, y, w, height},
                        std::string(painter.in(panel.title)),
                        open || hot ? Role::text : Role::text_dim,
                        Font::ui,
                        view::Align::center,
                        1});
    return clicked;
  }

  /// The tabs that are not in the bar; the one chosen, or none.
  std::optional<std::size_t> menu(std::string_view slot, const std::vector<std::size_t>& in_bar, float x, float y) const {
    std::optional<std::size_t> chosen;
    ImGui::SetCursorScreenPos({x, y});
    const bool clicked = ImGui::InvisibleButton("more", {more, height});
    const bool hot = ImGui::IsItemHovered();
    const view::Rect place{x, y, more, height};
    painter.place("more:" + std::string(slot), place);
    hint(painter, painter.in({"More", "更多"}));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (hot) list.AddRectFilled({x, y}, {x + more, y + height}, painter.color(Role::text, 0.07F), painter.em() * 0.38F);
    painter.text(list, {place, "»", hot ? Role::text : Role::text_dim, Font::bold, view::Align::center, 1});
    if (clicked) ImGui::OpenPopup("tabs");
    // Below the bar, or as far above its foot as the window needs.
    const float wanted =
        static_cast<float>(tabs.size() - in_bar.size()) * (painter.em() * 1.5F + ImGui::GetStyle().ItemSpacing.y) +
        2 * ImGui::GetStyle().WindowPadding.y;
    const float top = std::max(0.0F, std::min(y + height + gap, ImGui::GetIO().DisplaySize.y - wanted));
    ImGui::SetNextWindowPos({x + more, top}, ImGuiCond_Always, {1, 0});
    if (!ImGui::BeginPopup("tabs")) return chosen;
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      if (std::find(in_bar.begin(), in_bar.end(), i) != in_bar.end()) continue;
      const std::string name(painter.in(tabs[i]->title));
      if (ImGui::Selectable((name + "###" + std::string(tabs[i]->title.en)).c_str(), false, 0,
                            {std::max(painter.em() * 9, width(name)), std::round(painter.em() * 1.5F)}))
        chosen = i;
      const ImVec2 least = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
      painter.place("tab:" + std::string(tabs[i]->title.en), {least.x, least.y, size.x, size.y});
    }
    ImGui::EndPopup();
    return chosen;
  }
};

}  // namespace

bool closed(const Panel& panel, const view::Session& session) { return panel.ahead && view::keeps_ahead(session); }

const Panel* tab_bar(const std::vector<const Panel*>& tabs, std::string_view slot, const view::Session& session,
                     const Painter& painter) {
  if (tabs.empty()) return nullptr;
  const auto id = [](const Panel* panel) { return static_cast<int>(ImGui::GetID(panel->title.en.data())); };
  const Panel* forward = nullptr;
  for (const Panel* panel : tabs) {
    const bool changed = news(*panel, session), asked = asked_for(*panel, session);
    if (changed || asked) forward = panel;
  }
  // Remembered by name: which tabs there are depends on the window's size.  Fetched last: what is new moves the others.
  int& kept = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("open"), 0);
  if (forward) kept = id(forward);
  std::size_t open = 0;
  for (std::size_t i = 0; i < tabs.size(); ++i)
    if (id(tabs[i]) == kept) open = i;

  const Bar bar(tabs, painter);
  const view::Rect room = rest_of_window();
  const std::vector<std::size_t> in_bar = bar.fitting(room.w, open);
  float x = room.x;
  for (const std::size_t i : in_bar) {
    const float w = std::min(bar.widths[i], std::max(room.right() - x, 1.0F));
    if (bar.tab(i, x, room.y, w, i == open)) kept = id(tabs[i]);
    x += w + bar.gap;
  }
  if (in_bar.size() < tabs.size())
    if (const auto chosen = bar.menu(slot, in_bar, room.right() - bar.more, room.y)) kept = id(tabs[*chosen]);
  ImGui::SetCursorScreenPos({room.x, room.y + bar.height + std::round(painter.em() * 0.3F)});
  return tabs[open];
}

}  // namespace awaitscope::panels
