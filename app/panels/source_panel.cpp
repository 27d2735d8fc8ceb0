// The code that runs, with the tasks at the lines where they stand.
#include <cmath>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/highlight.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Rect;
using view::SourceLine;

void language_choice(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const view::Lesson& lesson = session.lesson;
  const view::SourceFile* shown = view::shown_source(session);
  if (!shown) return;
  if (lesson.sources.size() > 1) {
    constexpr const char* names[] = {"C++", "Python", "JavaScript"};
    constexpr const char* words[] = {"cpp", "py", "js"};
    std::vector<std::string> buttons;
    for (const view::SourceFile& one : lesson.sources) buttons.emplace_back(names[static_cast<int>(one.language)]);
    const int asked = choice(painter, "language", buttons, static_cast<int>(shown - lesson.sources.data()));
    hint(painter, painter.in({"The same program in each language", "同一个程序的各种语言写法"}),
         key_of(painter, view::Act::lesson_language));
    if (asked >= 0) {
      const view::SourceFile& wanted = lesson.sources[static_cast<std::size_t>(asked)];
      actions.push_back(view::action(view::Act::lesson_language, 0, words[static_cast<int>(wanted.language)]));
    }
    ImGui::SameLine(0, painter.em() * 0.8F);
  }
  const std::string& file = shown->path;
  const view::Rect room = rest_of_window();
  const float tall = std::round(painter.em() * 1.75F);
  painter.text(
      *ImGui::GetWindowDrawList(),
      {{room.x, room.y, room.w, tall}, file.substr(file.rfind('/') + 1), Role::text_dim, Font::mono, view::Align::left, 0.9F});
  ImGui::Dummy({1, tall});
  ImGui::Dummy({1, painter.em() * 0.1F});
}

struct Chip {
  std::string words;
  Role role;
  float share = 0.4F;  ///< of the role in its colour
};

/// Who is here and the line's mark, at the right end of the row.
std::vector<Chip> chips_of(const SourceLine& line, std::size_t most) {
  std::vector<Chip> out;
  for (std::size_t i = 0; i < std::min(line.tasks.size(), most); ++i)
    out.push_back({line.tasks[i], line.running && i == 0 ? Role::running : Role::waiting_request});
  if (line.tasks.size() > most) out.push_back({"+" + std::to_string(line.tasks.size() - most), Role::waiting_request});
  if (!line.mark.empty()) out.push_back({line.mark, Role::border, 0.8F});
  return out;
}

/// They cover the end of a long line: who is here matters more than its last words.
void draw_chips(const SourceLine& line, Rect row, ImU32 ground, const Painter& painter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* font = painter.fonts().small;
  const float pad = painter.em() * 0.4F, gap = painter.em() * 0.25F, h = std::round(font->FontSize + painter.em() * 0.1F);
  const auto width = [&](const Chip& chip) {
    return std::round(font->CalcTextSizeA(font->FontSize, 1e9F, 0, chip.words.data(), chip.words.data() + chip.words.size()).x +
                      2 * pad);
  };
  const auto total_width = [&](const std::vector<Chip>& chips) {
    float total = 0;
    for (const Chip& chip : chips) total += width(chip) + gap;
    return total;
  };
  std::size_t most = 3;
  std::vector<Chip> chips = chips_of(line, most);
  while (most > 1 && total_width(chips) > row.w * 0.55F) chips = chips_of(line, --most);
  if (chips.empty()) return;
  const float total = total_width(chips);
  float x = std::round(row.right() - total);
  list.AddRectFilled({x - gap, row.y}, {row.right(), row.bottom()}, ground);
  const float y = std::round(row.y + (row.h - h) / 2);
  for (const Chip& chip : chips) {
    const float w = width(chip);
    list.AddRectFilled({x, y}, {x + w, y + h}, ImGui::ColorConvertFloat4ToU32(painter.mix(Role::panel, chip.role, chip.share)),
                       h * 0.32F);
    list.AddText(font, font->FontSize, {x + pad, std::round(y + (h - font->FontSize) / 2)}, painter.color(Role::text),
                 chip.words.data(), chip.words.data() + chip.words.size());
    x += w + gap;
  }
}

void draw_line(const SourceLine& line, view::SourceLanguage language, Rect row, float gutter, const Painter& painter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool occupied = !line.tasks.empty();
  const Role role = line.running ? Role::running : Role::waiting_request;
  const ImU32 ground = ImGui::ColorConvertFloat4ToU32(painter.mix(Role::panel, role,
                                                                  !occupied      ? 0.0F
                                                                  : line.running ? 0.2F
                                                                                 : 0.1F));
  if (occupied) {
    list.AddRectFilled({row.x, row.y}, {row.right(), row.bottom()}, ground, painter.em() * 0.25F);
    list.AddRectFilled({row.x, row.y}, {row.x + std::round(painter.em() * 0.2F), row.bottom()}, painter.color(role),
                       painter.em() * 0.1F);
  }
  const float left = row.x + painter.em() * 0.4F;
  painter.text(list, {{left, row.y, gutter, row.h},
                      std::to_string(line.number),
                      occupied ? Role::text : Role::text_dim,
                      Font::mono,
                      view::Align::right,
                      0.85F});

  ImFont* font = painter.fonts().mono;
  const float y = std::round(row.y + (row.h - font->FontSize) / 2);
  float x = left + gutter + painter.em() * 0.8F;
  for (const view::Piece& piece : highlight(line.text, language)) {
    list.AddText(font, font->FontSize, {x, y}, painter.color(piece.role), piece.text.data(),
                 piece.text.data() + piece.text.size());
    x += font->CalcTextSizeA(font->FontSize, 1e9F, 0, piece.text.data(), piece.text.data() + piece.text.size()).x;
  }
  draw_chips(line, row, ground, painter);
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const std::vector<SourceLine> lines = source_view(session);
  if (lines.empty())
    return nothing(painter, painter.in({"No source to show", "没有源码可显示"}),
                   painter.in({"A trace names its places; a scenario brings its code", "记录只有位置；场景自带代码"}));
  language_choice(session, actions, painter);
  const view::SourceLanguage language = view::shown_source(session)->language;
  ImGui::BeginChild("code", {0, 0}, false, ImGuiWindowFlags_HorizontalScrollbar);
  const float height = std::round(painter.fonts().mono->FontSize * 1.16F);
  const float gutter = painter.fonts().mono->CalcTextSizeA(painter.fonts().mono->FontSize, 1e9F, 0, "0000").x * 0.85F;
  const float width = ImGui::GetContentRegionAvail().x;
  int running = -1;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const float top = ImGui::GetCursorPosY();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::IsRectVisible({width, height})) draw_line(lines[i], language, {at.x, at.y, width, height}, gutter, painter);
    ImGui::Dummy({width, height});
    if (lines[i].running) running = static_cast<int>(i);
  }
  ImGui::PopStyleVar();
  // Follow the running line, but only when it has moved: else nobody could scroll away from it.
  const ImGuiID last = ImGui::GetID("last running line");
  if (running >= 0 && ImGui::GetStateStorage()->GetInt(last, -1) != running) {
    ImGui::GetStateStorage()->SetInt(last, running);
    const float y = top + static_cast<float>(running) * height, seen = ImGui::GetScrollY(), view = ImGui::GetWindowHeight();
    if (y < seen + height || y > seen + view - 3 * height) ImGui::SetScrollY(std::max(0.0F, y - view * 0.4F));
  }
  ImGui::EndChild();
}

/// Whoever teaches begins with the code.
std::uint32_t to_read(const view::Session& session) {
  return session.teaching.on && session.teaching.phase == view::Teaching::Phase::read ? 1 : 0;
}

}  // namespace

Panel source_panel() { return {{"Source", "源码"}, Panel::Slot::upper, 0, draw, to_read, false}; }

}  // namespace awaitscope::panels
