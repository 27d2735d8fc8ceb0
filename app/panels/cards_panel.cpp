// Order the lines: the fix's lines as cards, to be put into a program by the arrows and Enter, or by hand.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/keys.h"
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/text.h"
#include "app/view/break_lines.h"
#include "app/view/highlight.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;
using view::LineCards;
using view::Placed;
using view::Rect;

void ask(view::Actions& actions, Act act, double x = 0, double y = 0, std::string text = {}) {
  actions.push_back({act, x, y, std::move(text), {}});
}

struct Hand {
  const view::Session& session;
  view::Actions& actions;
  const Painter& painter;
  const LineCards& cards;
  view::SourceLanguage language;
  bool keyboard;  ///< the panel has it
};

void take_keys(const Hand& hand) {
  const auto taken = [&](std::string_view key) { return take_key(hand.session, hand.actions, key); };
  if (taken("Up")) ask(hand.actions, Act::cards_choose, 0, 0, "up");
  if (taken("Down")) ask(hand.actions, Act::cards_choose, 0, 0, "down");
  if (taken("Ctrl+Up")) ask(hand.actions, Act::cards_move, 0, 0, "up");
  if (taken("Ctrl+Down")) ask(hand.actions, Act::cards_move, 0, 0, "down");
  if (taken("Enter")) ask(hand.actions, Act::cards_put);
  if (taken("Ctrl+Enter")) ask(hand.actions, Act::cards_check);
  // What moves the playhead must not, while a hand is on the cards.
  for (const char* key : {"Left", "Right", "Ctrl+Left", "Ctrl+Right"}) (void)taken(key);
  // Esc gives the keyboard back, and clears the selection as ever.
  view::Actions kept = hand.actions;
  if (take_key(hand.session, kept, "Esc")) ImGui::SetWindowFocus(nullptr);
}

float mono_width(const Painter& painter, std::string_view text) {
  ImFont* font = painter.fonts().mono;
  return font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x;
}

void code(const Hand& hand, ImDrawList& list, std::string_view text, Rect room) {
  ImFont* font = hand.painter.fonts().mono;
  const std::string shown = view::elide(text, room.w, {font->FontSize, mono_width(hand.painter, "x"), false, nullptr, nullptr});
  float x = room.x;
  const float y = std::round(room.y + (room.h - font->FontSize) / 2);
  for (const view::Piece& piece : highlight(shown, hand.language)) {
    const char *from = piece.text.data(), *to = from + piece.text.size();
    list.AddText(font, font->FontSize, {x, y}, hand.painter.color(piece.role), from, to);
    x += font->CalcTextSizeA(font->FontSize, 1e9F, 0, from, to).x;
  }
}

/// What a check has said of a card: a glyph, and a band whose pattern tells the same without colour.
void mark(const Painter& painter, ImDrawList& list, Placed placed, Rect row) {
  const float em = painter.em(), band = std::round(em * 0.32F), size = em * 0.85F;
  const Role role = placed == Placed::right ? Role::done : placed == Placed::elsewhere ? Role::warning : Role::error;
  const ImU32 color = painter.color(role);
  if (placed == Placed::right) {
    list.AddRectFilled({row.x, row.y}, {row.x + band, row.bottom()}, color, band * 0.5F);
  } else {
    const float step = placed == Placed::elsewhere ? em * 0.36F : em * 0.2F;
    list.PushClipRect({row.x, row.y}, {row.x + band, row.bottom()}, true);
    for (float y = row.y - band; y < row.bottom(); y += step)
      list.AddLine({row.x, y + band}, {row.x + band, y}, color, std::max(1.5F, em * 0.09F));
    list.PopClipRect();
  }
  const float x = row.x + em * 0.62F, middle = row.y + row.h / 2;
  if (placed == Placed::right) {  // a tick
    const ImVec2 points[] = {{x, middle}, {x + size * 0.34F, middle + size * 0.32F}, {x + size * 0.9F, middle - size * 0.36F}};
    list.AddPolyline(points, 3, color, 0, std::max(2.0F, em * 0.14F));
  } else if (placed == Placed::elsewhere) {  // up and down
    for (const float way : {-1.0F, 1.0F})
      list.AddTriangleFilled({x + size * 0.1F, middle + way * size * 0.12F}, {x + size * 0.8F, middle + way * size * 0.12F},
                             {x + size * 0.45F, middle + way * size * 0.5F}, color);
  } else {
    painter.icon(list, view::Glyph::cross, {x, middle - size / 2, size, size}, color);
  }
}

/// What a card looks like at this width.
struct Face {
  int index = 0;  ///< in the deck
  float left = 0, width = 0;
  std::size_t first = 0;  ///< letters in its first line
  float tall = 0;
};

std::vector<Face> faces(const Hand& hand) {
  const float em = hand.painter.em(), letter = mono_width(hand.painter, " "), code = mono_width(hand.painter, "x"),
              room = rest_of_window().w;
  std::vector<Face> out;
  for (const auto* pile : {&hand.cards.in, &hand.cards.out})
    for (const int index : *pile) {
      const view::LineCard& card = hand.cards.deck[static_cast<std::size_t>(index)];
      Face face{index, em * 1.8F + letter * 0.5F * static_cast<float>(std::min(card.indent, 12)), 0, 0, 0};
      face.width = std::max(1.0F, room - face.left - em * 1.7F);
      face.first = view::code_break(card.text, static_cast<std::size_t>(std::max(face.width / code, 8.0F)));
      face.tall = std::round(em * (face.first < card.text.size() ? 2.75F : 1.7F));
      out.push_back(face);
    }
  return out;
}

/// The row of the program that lies at a height.
int row_at(const std::vector<Face>& faces, int in, float y) {
  int row = 0;
  for (; row + 1 < in && y >= faces[static_cast<std::size_t>(row)].tall; ++row) y -= faces[static_cast<std::size_t>(row)].tall;
  return row;
}

/// A hand on a card: a click puts a line in, a drag moves one that is in, the right end takes it out.
void handle(const Hand& hand, const std::vector<Face>& faces, int row, bool in, float top) {
  const double number = row + 1;
  if (in && ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
    const int over = row_at(faces, static_cast<int>(hand.cards.in.size()), mouse().y - top);
    if (over != row) ask(hand.actions, Act::cards_move, number, over - row);
  } else if (ImGui::IsItemDeactivated() && ImGui::IsItemHovered() && !ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
    const bool away = mouse().x > ImGui::GetItemRectMax().x - hand.painter.em() * 2.2F;
    ask(hand.actions, in && !away ? Act::cards_choose : Act::cards_put, number);
  }
}

void card(const Hand& hand, const std::vector<Face>& faces, int row, float top) {
  const Painter& painter = hand.painter;
  const bool in = row < static_cast<int>(hand.cards.in.size()), chosen = row == hand.cards.chosen;
  const Face& look = faces[static_cast<std::size_t>(row)];
  const view::LineCard& card = hand.cards.deck[static_cast<std::size_t>(look.index)];
  const float em = painter.em();
  const Rect room = rest_of_window();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushID(look.index);
  ImGui::InvisibleButton("card", {room.w, look.tall});
  ImGui::PopID();
  const bool hot = ImGui::IsItemHovered();
  handle(hand, faces, row, in, top);
  const Rect face{at.x, at.y + em * 0.08F, room.w, look.tall - em * 0.16F};
  painter.place("card:" + std::to_string(row + 1), face);
  painter.place("line:" + std::to_string(card.line + 1), face);

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = em * 0.34F;
  list.AddRectFilled({face.x, face.y}, {face.right(), face.bottom()},
                     painter.color(Role::text, hot  ? 0.1F
                                               : in ? 0.075F
                                                    : 0.04F),
                     rounding);
  if (chosen)
    list.AddRect({face.x, face.y}, {face.right(), face.bottom()}, painter.color(Role::accent, hand.keyboard ? 1 : 0.5F),
                 rounding, 0, hand.keyboard ? 2.0F : 1.0F);
  const auto seen = static_cast<std::size_t>(row);
  if (in && seen < hand.cards.marks.size()) mark(painter, list, hand.cards.marks[seen], face);
  else if (in)
    painter.text(list, {{face.x + em * 0.4F, face.y, em * 1.1F, face.h},
                        std::to_string(row + 1),
                        Role::text_dim,
                        Font::mono,
                        view::Align::right,
                        0.85F});
  const std::string_view words = card.text;
  const bool two = look.first < words.size();
  const float line = two ? face.h / 2 : face.h;
  code(hand, list, words.substr(0, look.first), {face.x + look.left, face.y, look.width, line});
  if (two)
    code(hand, list, words.substr(look.first),
         {face.x + look.left + em * 1.2F, face.y + line, std::max(1.0F, look.width - em * 1.2F), line});
  if (in && (hot || chosen)) {
    const float size = em * 0.6F;
    painter.icon(list, view::Glyph::cross, {face.right() - em * 1.4F, face.y + (face.h - size) / 2, size, size},
                 painter.color(Role::text_dim));
  } else if (!in) {
    painter.text(list, {{face.right() - em * 1.6F, face.y, em * 1.4F, face.h},
                        "+",
                        hot ? Role::text : Role::text_dim,
                        Font::bold,
                        view::Align::center,
                        1});
  }
  if (hot && two) hint(painter, words);
}

void head(const Hand& hand) {
  const Painter& painter = hand.painter;
  if (button(painter, "cards-check", painter.in({"Check", "检查"}), true)) ask(hand.actions, Act::cards_check);
  hint(painter, painter.in({"Which lines are where the fix has them", "哪些行的位置和修正版一样"}), "Ctrl+Enter");
  ImGui::SameLine(0, painter.em() * 0.5F);
  if (button(painter, "cards-shuffle", painter.in({"Shuffle", "洗牌"}))) ask(hand.actions, Act::cards_shuffle);
  ImGui::SameLine(0, painter.em() * 0.8F);
  const Rect room = rest_of_window();
  const auto& marks = hand.cards.marks;
  const auto right = std::count(marks.begin(), marks.end(), Placed::right);
  const std::string words = marks.empty() ? fmt::format("{} / {}", hand.cards.in.size(), hand.cards.solution())
                            : painter.language == Language::chinese
                                ? fmt::format("{} 行中 {} 行正确", hand.cards.solution(), right)
                                : fmt::format("{} of {} right", right, hand.cards.solution());
  painter.text(*ImGui::GetWindowDrawList(), {{room.x, room.y, room.w, std::round(painter.em() * 1.75F)},
                                             words,
                                             marks.empty() ? Role::text_dim : Role::text,
                                             Font::ui,
                                             view::Align::left,
                                             1});
  ImGui::NewLine();
}

/// The whole fix, once it is solved.
void solution(const Hand& hand, const view::SourceFile& source) {
  const Painter& painter = hand.painter;
  ImGui::Dummy({1, painter.em() * 0.3F});
  text(painter, painter.in({"The whole fix", "完整的修正版"}), Role::text, Font::bold);
  const float tall = std::round(painter.fonts().mono->FontSize * 1.2F);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const view::SourceLine& line : view::version_lines(source.text, "fixed")) {
    const Rect room = rest_of_window();
    ImGui::Dummy({room.w, tall});
    if (ImGui::IsItemVisible()) code(hand, *ImGui::GetWindowDrawList(), line.text, {room.x, room.y, room.w, tall});
  }
  ImGui::PopStyleVar();
}

void rows(const Hand& hand) {
  const Painter& painter = hand.painter;
  const float tall = std::round(painter.em() * 1.7F);
  const int in = static_cast<int>(hand.cards.in.size());
  const std::vector<Face> looks = faces(hand);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  small(painter, painter.in({"Your program", "你的程序"}));
  if (in == 0) {
    const Rect room = rest_of_window();
    ImGui::Dummy({room.w, tall});
    painter.text(*ImGui::GetWindowDrawList(), {{room.x + painter.em() * 0.6F, room.y, room.w, tall},
                                               std::string(painter.in({"put its first line here", "把第一行放在这里"})),
                                               Role::text_dim,
                                               Font::ui,
                                               view::Align::left,
                                               1});
  }
  const float top = ImGui::GetCursorScreenPos().y;
  for (int row = 0; row < hand.cards.rows(); ++row) {
    if (row == in) {
      ImGui::Dummy({1, painter.em() * 0.35F});
      small(painter, painter.in({"Lines (two do not belong)", "代码行（有两行不属于它）"}));
    }
    card(hand, looks, row, top);
    // A card chosen by key comes into sight.
    const ImGuiID last = ImGui::GetID("last chosen");
    if (row == hand.cards.chosen && ImGui::GetStateStorage()->GetInt(last, row) != row && !ImGui::IsItemVisible())
      ImGui::SetScrollHereY(0.5F);
    if (row == hand.cards.chosen) ImGui::GetStateStorage()->SetInt(last, row);
  }
  ImGui::PopStyleVar();
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const LineCards& cards = view::cards_of(session);
  const view::SourceFile* source = view::shown_source(session);
  if (cards.empty() || !source)
    return nothing(painter, painter.in({"No lines to order", "没有可排列的代码行"}),
                   painter.in({"A lesson brings the lines of its fix", "课程会带来修正版的代码行"}));
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  const Hand hand{session, actions, painter, cards, source->language, ImGui::IsWindowFocused()};
  if (hand.keyboard) take_keys(hand);
  head(hand);
  rows(hand);
  if (cards.solved) return solution(hand, *source);
  ImGui::Dummy({1, painter.em() * 0.2F});
  small(painter, painter.in({"Up Down choose · Enter in or out · Ctrl+Up Down move",
                             "Up Down 选择 · Enter 放入或取出 · Ctrl+Up Down 移动"}));
}

}  // namespace

Panel cards_panel() { return {{"Order the lines", "排列代码行"}, Panel::Slot::upper, 5, draw}; }

}  // namespace awaitscope::panels
