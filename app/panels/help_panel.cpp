// All keys on one sheet, made from the table of all actions.
#include <algorithm>
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::ActionInfo;
using view::Rect;

/// The keys of one action as caps, their right ends at `right`; where they begin.
float caps(const Painter& painter, ImDrawList& list, std::string_view keys, float right, float y, float line, float share) {
  ImFont* font = painter.fonts().small;
  const float em = painter.em() * share, size = font->FontSize * share;
  const float pad = em * 0.35F, h = std::round(size + em * 0.12F);
  while (!keys.empty()) {
    // The last one first: they grow to the left.
    const std::size_t space = keys.rfind(' ');
    const std::string_view key = space == std::string_view::npos ? keys : keys.substr(space + 1);
    keys = space == std::string_view::npos ? std::string_view() : keys.substr(0, space);
    const float w = std::round(font->CalcTextSizeA(size, 1e9F, 0, key.data(), key.data() + key.size()).x + 2 * pad);
    const float top = std::round(y + (line - h) / 2);
    list.AddRectFilled({right - w, top}, {right, top + h}, painter.color(Role::text, 0.12F), h * 0.28F);
    list.AddText(font, size, {right - w + pad, std::round(top + (h - size) / 2)}, painter.color(Role::text), key.data(),
                 key.data() + key.size());
    right -= w + em * 0.25F;
  }
  return right;
}

struct Entry {
  std::string_view words, keys;
  bool heading = false;
  std::string range{};  ///< instead of many keys
};

std::vector<Entry> entries(const view::Session& session) {
  std::vector<Entry> out;
  std::string_view group;
  const auto in = [&](const Phrase& words) { return words.in(session.language); };
  for (const ActionInfo& info : view::all_actions()) {
    const std::string_view keys = keys_of(session.keys, info, session.presenting);
    if (keys.empty()) continue;
    if (info.group.en != group) out.push_back({in(info.group), {}, true});
    group = info.group.en;
    out.push_back({in(info.label), keys});
    // Of many keys, as of the numbered tabs, the first and the last say it.
    if (std::count(keys.begin(), keys.end(), ' ') > 3)
      out.back().range = std::string(keys.substr(0, keys.find(' '))) + " … " + std::string(keys.substr(keys.rfind(' ') + 1));
  }
  for (const Entry& mouse :
       {Entry{in({"Mouse", "鼠标"}), {}, true}, Entry{in({"Zoom at the pointer", "在指针处缩放"}), "Ctrl+wheel"},
        Entry{in({"Pan", "平移"}), "Shift+wheel Shift+drag"}, Entry{in({"Select a range", "选择一段"}), "drag"},
        Entry{in({"Zoom to a range", "放大到一段"}), "Ctrl+drag"}, Entry{in({"Move the playhead", "移动播放头"}), "ruler-drag"},
        Entry{in({"Show all, or the bar", "显示全部，或那一条"}), "double-click"}})
    out.push_back(mouse);
  return out;
}

/// The measures of a sheet with so many lines: the largest share of the text's size at which they fit, in as few columns as
/// that takes.
struct Sheet {
  float share, em, gap, head, wide, line;
  int columns, rows;
};
Sheet sheet_for(float text, ImVec2 screen, int lines) {
  Sheet out{};
  for (const float share : {1.F, 0.92F, 0.85F, 0.78F, 0.7F, 0.6F, 0.5F}) {
    const float em = text * share, gap = em * 2, head = em * 3.4F, line = em * 1.5F;
    const float tall = screen.y * 0.96F - head - em * 1.4F;
    for (int columns = 1; columns <= 4; ++columns) {
      // Groups that end a column early cost a line or two in each.
      const int rows = (lines + columns - 1) / columns + 2;
      const float wide = static_cast<float>(columns) * em * 21 + static_cast<float>(columns + 1) * gap;
      out = {share, em, gap, head, std::min(wide, screen.x * 0.96F), line, columns, rows};
      if (wide <= screen.x * 0.96F && line * static_cast<float>(rows) <= tall) return out;
    }
  }
  return out;
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.help) return;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(screen);
  ImGui::SetNextWindowBgAlpha(0);
  ImGui::Begin(
      "keys", nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({0, 0}, screen, painter.color(Role::background, 0.72F));

  const std::vector<Entry> all = entries(session);
  const Sheet fits = sheet_for(painter.em(), screen, static_cast<int>(all.size()));
  const auto [share, em, gap, head, wide, line, columns, rows] = fits;
  const float used = head + em * 1.4F + line * static_cast<float>(rows);
  const Rect sheet{(screen.x - wide) / 2, (screen.y - used) / 2, wide, used};
  list.AddRectFilled({sheet.x, sheet.y}, {sheet.right(), sheet.bottom()}, painter.color(Role::panel), em * 0.8F);
  painter.text(list, {{sheet.x + gap, sheet.y + em * 0.9F, sheet.w, em * 2},
                      std::string(painter.in({"Keys", "按键"})),
                      Role::text,
                      Font::bold,
                      view::Align::left,
                      1.3F * share});

  const float column = (sheet.w - gap * static_cast<float>(columns + 1)) / static_cast<float>(columns);
  int row = 0, at = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    // A heading does not stand alone at the foot of a column.
    if (row >= rows || (all[i].heading && row >= rows - 2)) row = 0, at = std::min(at + 1, columns - 1);
    const float x = sheet.x + gap + static_cast<float>(at) * (column + gap),
                y = sheet.y + head + static_cast<float>(row) * line;
    const float end = caps(painter, list, all[i].range.empty() ? all[i].keys : all[i].range, x + column, y, line, share);
    if (all[i].heading)
      painter.text(list, {{x, y, column, line}, std::string(all[i].words), Role::accent, Font::bold, view::Align::left, share});
    else
      painter.text(
          list, {{x, y, end - x - em * 0.3F, line}, std::string(all[i].words), Role::text, Font::ui, view::Align::left, share});
    ++row;
  }
  painter.place("keys", sheet);
  if (ImGui::IsWindowHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    view::Action action;
    action.act = view::Act::toggle_help;
    actions.push_back(action);
  }
  ImGui::End();
}

}  // namespace

Panel help_panel() { return {{"Keys", "按键"}, Panel::Slot::overlay, 0, draw}; }

}  // namespace awaitscope::panels
