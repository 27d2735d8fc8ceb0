// A lesson: read, vote, talk, vote again, run, and only then the answer.  Whoever does not teach reads here what it is about.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/option_cards.h"
#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::panels {
namespace {

using view::Act;
using Phase = view::Teaching::Phase;

float width_of(ImFont* font, std::string_view words) {
  return font->CalcTextSizeA(font->FontSize, 1e9F, 0, words.data(), words.data() + words.size()).x;
}

void small_heading(const Painter& painter, std::string_view words) {
  paragraph(painter, painter.fonts().small, words, Role::text_dim);
}

/// A dot a lesson: filled where it was taught, ringed where it is now.
void course_dots(const view::Session& session, const Painter& painter) {
  const view::Teaching& t = session.teaching;
  const auto here = station_of(session);
  if (!here || t.course.size() < 2) return;
  const view::Rect room = rest_of_window();
  const float em = painter.em(), size = painter.fonts().small->FontSize;
  const std::string words = fmt::format("{} / {}", *here + 1, t.course.size());
  const float words_w = width_of(painter.fonts().small, words) + em * 0.6F;
  const float step = std::min(em * 0.85F, (room.w - words_w) / static_cast<float>(t.course.size()));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float y = std::round(room.y + size * 0.55F), radius = std::max(1.5F, std::min(em * 0.2F, step * 0.34F));
  for (std::size_t i = 0; i < t.course.size(); ++i) {
    const ImVec2 at{room.x + radius * 1.7F + step * static_cast<float>(i), y};
    const bool taught = t.taught.count(t.course[i].name) > 0, now = i == *here;
    if (taught || now) list.AddCircleFilled(at, radius, painter.color(now ? Role::accent : Role::text_dim));
    else list.AddCircle(at, radius, painter.color(Role::text_dim, 0.7F), 0, 1.2F);
    if (now) list.AddCircle(at, radius * 1.75F, painter.color(Role::accent), 0, std::max(1.2F, em * 0.07F));
  }
  const float x = room.x + radius * 3.4F + step * static_cast<float>(t.course.size() - 1) + em * 0.6F;
  painter.ui.hear(words);
  list.AddText(painter.fonts().small, size, {std::round(x), std::round(room.y)}, painter.color(Role::text_dim), words.c_str());
  ImGui::Dummy({1, size});
}

void heading(const view::Session& session, const Painter& painter) {
  if (session.teaching.course.size() > 1 && station_of(session)) {
    course_dots(session, painter);
    space(painter, 0.1F);
  }
  paragraph(painter, painter.fonts().bold, session.lesson.id + "  " + lesson_title(session), Role::text);
}

/// "read · vote · talk · vote · run · answer · fix": what was is full, what is is bold; dots alone where words have no room.
void phase_line(const view::Session& session, const Painter& painter) {
  const auto phases = phases_of(session, session.teaching.question);
  const bool fixed = asked_side(session) == 1;
  ImFont *plain = painter.fonts().small, *bold = painter.fonts().bold;
  const float em = painter.em(), dot = em * 0.5F, gap = em * 0.45F;
  const view::Rect room = rest_of_window();
  std::vector<std::string_view> words;
  float wanted = 0;
  for (const Phase phase : phases) {
    words.push_back(painter.in(view::phase_words(phase, fixed)));
    wanted += dot + em * 0.25F + gap + width_of(phase == session.teaching.phase ? bold : plain, words.back());
  }
  const bool roomy = wanted - gap <= room.w;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = std::round(em * 1.3F), middle = std::round(room.y + height / 2);
  float x = room.x;
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const bool now = phases[i] == session.teaching.phase, past = phases[i] < session.teaching.phase;
    const ImVec2 at{x + dot / 2, middle};
    if (now) list.AddCircleFilled(at, dot * 0.5F, painter.color(Role::accent));
    else if (past) list.AddCircleFilled(at, dot * 0.34F, painter.color(Role::text_dim));
    else list.AddCircle(at, dot * 0.32F, painter.color(Role::text_dim, 0.7F), 0, 1.2F);
    x += dot + em * 0.25F;
    if (!roomy && !now) continue;
    ImFont* font = now ? bold : plain;
    painter.ui.hear(words[i]);
    list.AddText(font, font->FontSize, {std::round(x), std::round(middle - font->FontSize * 0.52F)},
                 painter.color(now ? Role::text : Role::text_dim), words[i].data(), words[i].data() + words[i].size());
    x += width_of(font, words[i]) + gap;
  }
  ImGui::Dummy({1, height});
}

/// The question: large while it is open, a reminder once it runs.
void question(const view::Session& session, const Painter& painter, bool large, bool tight = false) {
  const view::Question& open = *open_question(session);
  const std::size_t all = session.lesson.questions.size(), index = session.teaching.question;
  if (large && all > 1 && !tight)
    small_heading(painter, index == 0
                               ? fmt::format("{} 1 / {}", painter.in({"Question", "问题"}), all)
                               : fmt::format("{} · {} / {}", painter.in({"Predict again", "再预测一次"}), index + 1, all));
  paragraph(painter, large ? painter.fonts().title : painter.fonts().ui, open.question.in(session.language),
            large ? Role::text : Role::text_dim);
  space(painter, large ? 0.45F : 0.25F);
}

/// How the room did: only numbers, both rounds.
void gain(const view::Session& session, const Painter& painter) {
  const view::Question& open = *open_question(session);
  const view::Votes& votes = votes_of(session);
  if (!shows_counts(session) || open.answer >= votes.first.size()) return;
  std::string words =
      fmt::format("{} {} / {}", painter.in({"Chose it:", "选对："}), votes.first[open.answer], view::total(votes.first));
  if (open.answer < votes.second.size() && view::total(votes.second) > 0)
    words += fmt::format("  →  {} / {}", votes.second[open.answer], view::total(votes.second));
  small_heading(painter, words);
}

/// The sentence of the stop that the run stands at.
void narration(const view::Session& session, const Painter& painter) {
  const view::Stop* stop = stop_here(session);
  paragraph(
      painter, painter.fonts().title,
      stop ? std::string_view(stop->say.in(session.language)) : painter.in({"The run, from stop to stop", "一站一站地运行"}),
      stop ? Role::text : Role::text_dim);
  space(painter, 0.35F);
}

void answer(const view::Session& session, const Painter& painter) {
  const view::Question& open = *open_question(session);
  if (open.answer < open.options.size())
    paragraph(painter, painter.fonts().title,
              view::letter(open.answer) + "   " + open.options[open.answer].text.in(session.language), Role::text);
  space(painter, 0.2F);
  paragraph(painter, painter.fonts().ui, open.explain.in(session.language), Role::text);
  space(painter, 0.2F);
  if (!open.run.here)
    small_heading(painter, painter.in({"Only the Python twin can run this one", "这一题只有 Python 版能运行"}));
  else if (reveal_of(session) == 0)
    small_heading(painter, painter.in({"The parameters differ from the question's", "参数与题目不同"}));
  gain(session, painter);
  space(painter, 0.2F);
}

void what_was_seen(const view::Session& session, const Painter& painter) {
  paragraph(painter, painter.fonts().title, painter.in({"What did you see?", "你看到了什么？"}), Role::text);
  paragraph(
      painter, painter.fonts().ui,
      painter.in({"Say it in one sentence. The spot is marked in the timeline.", "用一句话说出来。时间线上已标出那个位置。"}),
      Role::text_dim);
  space(painter, 0.5F);
  paragraph(painter, painter.fonts().ui, session.lesson.watch.in(session.language), Role::text);
}

void other_version(const view::Session& session, const Painter& painter, bool tight) {
  small_heading(painter,
                painter.in(asked_side(session) == 1 ? Phrase{"The version with the bug, on the same ruler", "错误版，同一标尺"}
                                                    : Phrase{"The fixed version, on the same ruler", "修正版，同一标尺"}));
  if (!tight) narration(session, painter);
  paragraph(painter, painter.fonts().ui, session.lesson.explain.in(session.language), Role::text_dim);
}

void done(const view::Session& session, const Painter& painter) {
  paragraph(painter, painter.fonts().title, painter.in({"To take home", "带走这一点"}), Role::text);
  paragraph(painter, painter.fonts().ui, session.lesson.explain.in(session.language), Role::text);
  space(painter, 0.5F);
  const auto here = station_of(session);
  if (!here || *here + 1 >= session.teaching.course.size()) return;
  small_heading(painter, painter.in({"Next", "下一课"}));
  paragraph(painter, painter.fonts().bold, session.teaching.course[*here + 1].title.in(session.language), Role::text);
}

Phrase hint_of(Phase phase) {
  switch (phase) {
    case Phase::read: return {"PageDown: the question", "PageDown：看问题"};
    case Phase::vote:
    case Phase::revote:
      return {"Type a count  ·  Enter: next option  ·  Up, Down: choose  ·  V: show votes  ·  PageDown: go on",
              "输入票数 · Enter：下一个选项 · 上下键：选择 · V：显示票数 · PageDown：继续"};
    case Phase::talk: return {"PageDown: vote again", "PageDown：再投一次"};
    case Phase::run:
    case Phase::other: return {"PageDown: next stop  ·  PageUp: back", "PageDown：下一站 · PageUp：返回"};
    case Phase::reveal:
    case Phase::saw: return {"PageDown: go on  ·  V: hide votes", "PageDown：继续 · V：隐藏票数"};
    case Phase::done: return {"PageDown: next lesson", "PageDown：下一课"};
  }
  return {"", ""};
}

/// For whoever has a mouse in hand; in front of a room the keys do it.
void controls(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const auto ask = [&](std::string_view name, Phrase words, Act act, bool on = false) {
    const float wanted = width_of(painter.fonts().ui, painter.in(words)) + painter.em() * 1.5F;
    if (ImGui::GetCursorPosX() + wanted > ImGui::GetWindowContentRegionMax().x) ImGui::NewLine();
    if (button(painter, name, painter.in(words), on)) actions.push_back(view::action(act));
    hint(painter, painter.in(words), key_of(painter, act));
    ImGui::SameLine(0, painter.em() * 0.4F);
  };
  ask("lesson-back", {"Back", "返回"}, Act::bookmark_back);
  ask("lesson-on", {"Go on", "继续"}, Act::bookmark_forward, true);
  if (locked(session)) ask("lesson-unlock", {"Run without votes", "不投票直接运行"}, Act::unlock);
  ask("lesson-leave", {"Stop teaching", "结束讲课"}, Act::teach);
  ImGui::NewLine();
}

/// `tight`: only what stands nowhere else in the room.
void body(const view::Session& session, view::Actions& actions, const Painter& painter, bool tight) {
  const bool votes = session.teaching.votes;
  switch (session.teaching.phase) {
    case Phase::read:
      paragraph(painter, painter.fonts().title, painter.in({"Read the code. What will it do?", "读代码。它会做什么？"}),
                Role::text);
      return;
    case Phase::vote:
      question(session, painter, true, tight);
      if (votes) small_heading(painter, painter.in({"First vote: everybody alone", "第一轮投票：各自独立"}));
      return option_cards(session, actions, painter);
    case Phase::talk:
      paragraph(painter, painter.fonts().title,
                painter.in({"Talk to your neighbour: who is right, and why?", "和邻座讨论：谁对，为什么？"}), Role::text);
      space(painter, 0.3F);
      question(session, painter, false);
      return option_cards(session, actions, painter);
    case Phase::revote:
      question(session, painter, true, tight);
      small_heading(painter, painter.in({"Second vote: after talking", "第二轮投票：讨论之后"}));
      return option_cards(session, actions, painter);
    case Phase::run:
      if (!tight) narration(session, painter);
      question(session, painter, false);
      return option_cards(session, actions, painter);
    case Phase::reveal: answer(session, painter); return option_cards(session, actions, painter);
    case Phase::saw: return what_was_seen(session, painter);
    case Phase::other: return other_version(session, painter, tight);
    case Phase::done: return done(session, painter);
  }
}

/// Nobody teaches: what the lesson is about, and the way in.
void about(const view::Session& session, view::Actions& actions, const Painter& painter) {
  heading(session, painter);
  space(painter, 0.4F);
  small_heading(painter, painter.in({"What to look for", "看点"}));
  paragraph(painter, painter.fonts().ui, session.lesson.watch.in(session.language), Role::text);
  space(painter, 0.4F);
  small_heading(painter, painter.in({"Why", "为什么"}));
  paragraph(painter, painter.fonts().ui, session.lesson.explain.in(session.language), Role::text);
  space(painter, 0.6F);
  if (button(painter, "teach", painter.in({"Predict, then see", "先预测，再观察"}), true))
    actions.push_back(view::action(Act::teach));
  hint(painter, painter.in({"Question, votes, run, answer", "问题、投票、运行、答案"}), key_of(painter, Act::teach));
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (session.lesson.questions.empty())
    return nothing(painter, painter.in({"No lesson here", "这里没有课"}),
                   painter.in({"A scenario brings one", "场景自带一课"}));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {painter.em() * 0.4F, std::round(painter.em() * 0.25F)});
  if (!open_question(session)) {
    about(session, actions, painter);
  } else {
    // Each phase begins at its top.
    const ImGuiID id = ImGui::GetID("phase");
    const int now = static_cast<int>(session.teaching.question * 16 + static_cast<std::size_t>(session.teaching.phase)) + 1;
    if (std::exchange(*ImGui::GetStateStorage()->GetIntRef(id, 0), now) != now) ImGui::SetScrollY(0);
    // A small room is for the question: which lesson it is, everybody knows.
    const bool tight = painter.presenting && rest_of_window().h < painter.em() * 26;
    if (!tight) heading(session, painter);
    phase_line(session, painter);
    space(painter, 0.35F);
    body(session, actions, painter, tight);
    space(painter, 0.5F);
    if (painter.presenting) small_heading(painter, painter.in(hint_of(session.teaching.phase)));
    else {
      controls(session, actions, painter);
      small_heading(painter, painter.in(hint_of(session.teaching.phase)));
    }
  }
  ImGui::PopStyleVar();
}

/// It comes forward with each new phase but the first, in which the code is read.
std::uint32_t phase(const view::Session& session) {
  const view::Teaching& t = session.teaching;
  return t.on && t.phase != Phase::read ? static_cast<std::uint32_t>(t.question * 16) + static_cast<std::uint32_t>(t.phase) : 0;
}

}  // namespace

Panel lesson_panel() { return {{"Lesson", "课程"}, Panel::Slot::upper, -1, draw, phase, false}; }

}  // namespace awaitscope::panels
