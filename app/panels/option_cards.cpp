#include "app/panels/option_cards.h"

#include <cmath>

#include "app/view/break_lines.h"
#include "app/view/teaching_walk.h"
#include "app/view/text.h"

namespace awaitscope::panels {

using Phase = view::Teaching::Phase;

float write_lines(const Painter& painter, ImFont* font, std::string_view words, Role role, view::Point at, float width,
                  bool measure_only) {
  if (words.empty()) return 0;
  if (!measure_only) painter.ui.hear(words);
  // Dear ImGui's own breaking also splits "4.0 s" after the point.
  const auto lines = view::lines_of(words, std::max(width, font->FontSize), [&](std::string_view part) {
    return font->CalcTextSizeA(font->FontSize, 1e9F, 0, part.data(), part.data() + part.size()).x;
  });
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < lines.size() && !measure_only; ++i)
    list.AddText(font, font->FontSize, {std::round(at.x), std::round(at.y + font->FontSize * static_cast<float>(i))},
                 painter.color(role), lines[i].data(), lines[i].data() + lines[i].size());
  return font->FontSize * static_cast<float>(lines.size());
}

void paragraph(const Painter& painter, ImFont* font, std::string_view words, Role role, float indent) {
  if (words.empty()) return;
  const view::Rect room = rest_of_window();
  ImGui::Dummy({1, write_lines(painter, font, words, role, {room.x + indent, room.y}, room.w - indent)});
}

void space(const Painter& painter, float ems) { ImGui::Dummy({1, std::round(painter.em() * ems)}); }

namespace {

using Card = view::OptionCard;

struct Shape {
  float em, pad, badge, left, right, bar, gap;
};
Shape shape_of(const Painter& painter, float width) {
  const float em = painter.em();
  const float counts = painter.fonts().bold->CalcTextSizeA(painter.fonts().bold->FontSize, 1e9F, 0, "99 → 99").x;
  Shape s{em, std::round(em * 0.6F), std::round(em * 1.75F), 0, 0, std::round(em * 0.34F), std::round(em * 0.2F)};
  s.left = s.pad + s.badge + std::round(em * 0.65F);
  s.right = s.pad + (width > em * 16 ? counts + em * 0.4F : 0);
  return s;
}

/// Both rounds as shares of their votes: the first hatched, the second solid.
float draw_bars(const Painter& painter, const Card& card, const Shape& s, float x, float y, float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float round = s.bar * 0.5F;
  const auto track = [&](float top) {
    list.AddRectFilled({x, top}, {x + width, top + s.bar}, painter.color(Role::text, 0.08F), round);
  };
  const auto share = [&](int count, int all) {
    return all > 0 ? std::max(width * static_cast<float>(count) / static_cast<float>(all), count ? s.bar : 0.0F) : 0.0F;
  };
  track(y);
  track(y + s.bar + s.gap);
  const float a = share(card.first, card.all_first), b = share(card.second, card.all_second), top = y + s.bar + s.gap;
  if (a > 0) {
    list.AddRect({x + 0.5F, y + 0.5F}, {x + a - 0.5F, y + s.bar - 0.5F}, painter.color(Role::accent), round, 0,
                 std::max(1.0F, s.em * 0.06F));
    list.PushClipRect({x, y}, {x + a, y + s.bar}, true);
    for (float at = x - s.bar; at < x + a; at += s.em * 0.32F)
      list.AddLine({at, y + s.bar}, {at + s.bar, y}, painter.color(Role::accent, 0.8F), std::max(1.0F, s.em * 0.06F));
    list.PopClipRect();
  }
  if (b > 0) list.AddRectFilled({x, top}, {x + b, top + s.bar}, painter.color(Role::accent), round);
  return 2 * s.bar + s.gap;
}

/// The typed count in a field with a caret, the others as they may be shown.
void draw_count(const Painter& painter, const Card& card, const Shape& s, view::Rect rect, bool counted) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float h = std::round(s.em * 1.75F), w = std::min(rect.w, std::round(s.em * 3.1F));
  const view::Rect field{rect.right() - w, rect.y, w, h};
  if (card.marked) {
    const float rounding = s.em * 0.3F;
    list.AddRectFilled({field.x, field.y}, {field.right(), field.bottom()}, painter.color(Role::background), rounding);
    list.AddRect({field.x, field.y}, {field.right(), field.bottom()}, painter.color(Role::accent), rounding, 0,
                 std::max(1.5F, s.em * 0.1F));
    const float text = painter.fonts().bold->CalcTextSizeA(painter.fonts().bold->FontSize, 1e9F, 0, card.count.c_str()).x;
    painter.text(list, {field, card.count, Role::text, Font::bold, view::Align::center, 1});
    const float caret = std::round(field.x + (field.w + text) / 2 + s.em * 0.12F);
    list.AddLine({caret, field.y + h * 0.22F}, {caret, field.bottom() - h * 0.22F}, painter.color(Role::accent),
                 std::max(1.5F, s.em * 0.1F));
  } else if (!card.count.empty()) {
    painter.text(list, {{rect.x, rect.y, rect.w, h}, card.count, Role::text, Font::bold, view::Align::right, 1});
  } else if (counted) {
    const float size = s.em * 0.95F;
    painter.icon(list, view::Glyph::done, {rect.right() - size, rect.y + (h - size) / 2, size, size},
                 painter.color(Role::text_dim));
  }
}

void draw_badge(const Painter& painter, const Card& card, const Shape& s, view::Point at) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 middle{at.x + s.badge / 2, at.y + s.badge / 2};
  const view::Rect rect{at.x, at.y, s.badge, s.badge};
  if (card.answer) {
    list.AddCircleFilled(middle, s.badge / 2, painter.color(Role::accent));
    painter.text(list, {rect, view::letter(card.index), Role::background, Font::bold, view::Align::center, 1});
    return;
  }
  list.AddCircle(middle, s.badge / 2 - 1, painter.color(card.marked ? Role::accent : Role::text, card.marked ? 1.0F : 0.35F), 0,
                 std::max(1.2F, s.em * 0.09F));
  painter.text(list, {rect, view::letter(card.index), Role::text, Font::bold, view::Align::center, 1});
}

void draw_card(const view::Session& session, view::Actions& actions, const Painter& painter, const Card& card) {
  const view::Rect room = rest_of_window();
  const Shape s = shape_of(painter, room.w);
  const float words_w = room.w - s.left - s.right, below_w = room.w - s.left - s.pad;
  const bool beside = s.right > s.pad;  // a narrow card has its count under the words
  const auto &ui = painter.fonts().ui, &little = painter.fonts().small;
  const std::string_view head =
      painter.in(card.answer ? Phrase{"The answer", "答案"} : Phrase{"Whoever chose it thinks", "选它的人认为"});
  const float words_h = std::max(write_lines(painter, ui, card.words, Role::text, {}, words_w, true), s.badge);
  const bool told = card.answer || !card.belief.empty();
  const float told_h = !told ? 0
                             : s.gap * 2 + little->FontSize * 1.1F +
                                   (card.answer ? 0 : write_lines(painter, ui, card.belief, Role::text, {}, below_w, true));
  const bool counts_below = !beside && (card.marked || !card.count.empty());
  const float bars_h = card.bars ? s.gap * 2 + 2 * s.bar + s.gap : 0;
  const float height = 2 * s.pad + words_h + bars_h + told_h + (counts_below ? std::round(s.em * 1.9F) : 0);

  ImGui::PushID(static_cast<int>(card.index));
  const bool clicked = ImGui::InvisibleButton("option", {room.w, height});
  ImGui::PopID();
  const bool hot = ImGui::IsItemHovered() && voting(session);
  painter.place("option:" + view::letter(card.index), {room.x, room.y, room.w, height});
  if (clicked && voting(session)) {
    view::Action vote = view::action(view::Act::set_vote, static_cast<double>(card.index + 1));
    vote.y = 1 + (card.revote ? card.second : card.first);
    actions.push_back(vote);
  }

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = s.em * 0.42F;
  list.AddRectFilled(
      {room.x, room.y}, {room.x + room.w, room.y + height},
      card.answer ? painter.color(Role::accent, 0.16F) : painter.color(Role::text, hot || card.marked ? 0.085F : 0.045F),
      rounding);
  if (card.answer || card.marked)
    list.AddRect({room.x + 1, room.y + 1}, {room.x + room.w - 1, room.y + height - 1},
                 painter.color(Role::accent, card.answer ? 1.0F : 0.7F), rounding, 0, std::max(1.5F, s.em * 0.1F));
  float y = room.y + s.pad;
  draw_badge(painter, card, s, {room.x + s.pad, y});
  const float text_h = write_lines(painter, ui, card.words, Role::text, {}, words_w, true);
  write_lines(painter, ui, card.words, Role::text, {room.x + s.left, y + std::max(0.0F, (s.badge - text_h) / 2)}, words_w);
  const int typed = card.revote ? card.second : card.first;
  if (beside) draw_count(painter, card, s, {room.right() - s.right, y, s.right - s.pad, s.badge}, voting(session) && typed > 0);
  y += words_h;
  if (counts_below) {
    draw_count(painter, card, s, {room.x + s.left, y + s.gap, below_w, s.badge}, false);
    y += std::round(s.em * 1.9F);
  }
  if (card.bars) y += s.gap * 2, y += s.gap + draw_bars(painter, card, s, room.x + s.left, y, below_w) - s.gap;
  if (told) {
    y += s.gap * 2;
    const float size = little->FontSize;
    painter.icon(list, card.answer ? view::Glyph::flag : view::Glyph::dot,
                 {room.x + s.left, y + size * 0.06F, size * 0.9F, size * 0.9F},
                 painter.color(card.answer ? Role::accent : Role::text_dim));
    painter.ui.hear(head);
    list.AddText(little, size, {std::round(room.x + s.left + size * 1.25F), std::round(y)},
                 painter.color(card.answer ? Role::text : Role::text_dim), head.data(), head.data() + head.size());
    y += size * 1.1F;
    if (!card.answer) write_lines(painter, ui, card.belief, Role::text, {room.x + s.left, y}, below_w);
  }
}

}  // namespace

void option_cards(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const std::vector<Card> cards = view::option_cards(session);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, std::round(painter.em() * 0.4F)});
  for (std::size_t i = 0; i < cards.size(); ++i) {
    draw_card(session, actions, painter, cards[i]);
    const bool follow = voting(session) && i == session.teaching.marked;
    // Nobody has a hand free to scroll: what is typed comes into view by itself.
    const ImGuiID id = ImGui::GetID("followed");
    const int now =
        static_cast<int>(i + 100 * static_cast<std::size_t>(session.teaching.phase) + 10000 * session.teaching.question);
    if (follow && ImGui::GetStateStorage()->GetInt(id, -1) != now) {
      ImGui::GetStateStorage()->SetInt(id, now);
      if (!ImGui::IsItemVisible() || ImGui::GetItemRectMax().y > ImGui::GetWindowPos().y + ImGui::GetWindowHeight())
        ImGui::SetScrollHereY(1.0F);
    }
  }
  ImGui::PopStyleVar();
}

}  // namespace awaitscope::panels
