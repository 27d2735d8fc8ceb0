// Alone with a lesson: goals to reach with its knobs and schedules, and what was reached so far.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;
using view::Goal;
using view::Rect;

view::Progress progress_of(const view::Session& session, const std::string& id) {
  const auto lesson = session.student.progress.find(session.lesson.name);
  if (lesson == session.student.progress.end()) return {};
  const auto one = lesson->second.find(id);
  return one == lesson->second.end() ? view::Progress{} : one->second;
}

std::string tries_words(const Painter& painter, const view::Progress& progress) {
  if (painter.language == Language::chinese)
    return progress.solved ? fmt::format("完成，试了 {} 次", progress.tries) : fmt::format("试了 {} 次", progress.tries);
  const std::string tries = fmt::format("{} {}", progress.tries, progress.tries == 1 ? "try" : "tries");
  return progress.solved ? "done in " + tries : progress.tries ? tries : "not tried yet";
}

/// A ring, filled with a tick once it is done: told apart without colour.
void state_mark(const Painter& painter, ImVec2 at, bool solved, bool offered) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = painter.em(), r = em * 0.5F;
  const ImVec2 middle{at.x + r, at.y + r};
  if (!solved) {
    list.AddCircle(middle, r * 0.86F, painter.color(offered ? Role::accent : Role::border), 0, std::max(1.5F, em * 0.1F));
    return;
  }
  list.AddCircleFilled(middle, r, painter.color(Role::done));
  const ImVec2 tick[] = {{middle.x - r * 0.45F, middle.y},
                         {middle.x - r * 0.1F, middle.y + r * 0.38F},
                         {middle.x + r * 0.5F, middle.y - r * 0.38F}};
  list.AddPolyline(tick, 3, painter.color(Role::panel), 0, std::max(2.0F, em * 0.14F));
}

/// Title, goal, the last run and the tries, on a surface as high as they need.
void challenge_card(const Painter& painter, const view::Challenge& challenge, const view::Progress& progress) {
  const float em = painter.em(), pad = std::round(em * 0.7F);
  const Rect room = rest_of_window();
  const bool offered = challenge.goal != Goal::none;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.ChannelsSplit(2);
  list.ChannelsSetCurrent(1);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x + pad, at.y + pad});
  state_mark(painter, ImGui::GetCursorScreenPos(), progress.solved, offered);
  ImGui::SetCursorScreenPos({at.x + pad + em * 1.6F, at.y + pad - em * 0.1F});
  ImGui::BeginGroup();
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + std::max(em * 6, room.w - 2 * pad - em * 1.6F));
  text(painter, challenge.title.in(painter.language), offered ? Role::text : Role::text_dim, Font::bold);
  text(painter, challenge.words.in(painter.language), offered ? Role::text : Role::text_dim);
  const std::string& last = challenge.last.in(painter.language);
  if (offered && !last.empty()) text(painter, last, Role::text_dim);
  if (offered) text(painter, tries_words(painter, progress), progress.solved ? Role::text : Role::text_dim);
  ImGui::PopTextWrapPos();
  ImGui::EndGroup();
  const float bottom = ImGui::GetItemRectMax().y + pad;
  list.ChannelsSetCurrent(0);
  list.AddRectFilled(at, {at.x + room.w, bottom}, painter.color(Role::text, offered ? 0.055F : 0.03F), em * 0.42F);
  list.ChannelsMerge();
  painter.place("challenge:" + challenge.id, {at.x, at.y, room.w, bottom - at.y});
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({room.w, bottom - at.y});
}

/// Lessons with something solved, of all.
void overall(const view::Session& session, const Painter& painter) {
  int lessons = 0, challenges = 0;
  for (const auto& [lesson, all] : session.student.progress) {
    const auto solved = std::count_if(all.begin(), all.end(), [](const auto& one) { return one.second.solved; });
    challenges += static_cast<int>(solved);
    lessons += solved > 0;
  }
  const std::string words = painter.language == Language::chinese
                                ? fmt::format("共 {} 课中的 {} 课，完成 {} 个挑战。记录只保存在这台机器上。",
                                              session.catalogue.size(), lessons, challenges)
                                : fmt::format("{} done in {} of {} lessons. The record stays on this machine.", challenges,
                                              lessons, session.catalogue.size());
  small(painter, words);
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const view::Student& student = session.student;
  if (session.lesson.empty())
    return nothing(painter, painter.in({"No scenario is open", "没有打开场景"}),
                   painter.in({"Challenges belong to lessons", "挑战属于课程"}));
  if (!student.on) {
    text(painter, painter.in({"Alone with this lesson?", "自己学这一课？"}), Role::text, Font::bold);
    wrapped(painter,
            painter.in({"Challenges give you goals to reach with its knobs and schedules. Runs are counted, time is not.",
                        "挑战给你目标，用参数和调度去实现。只数次数，不计时间。"}));
    ImGui::Dummy({1, painter.em() * 0.2F});
    if (button(painter, "student", painter.in({"Open the challenges", "打开挑战"}), true))
      actions.push_back(view::action(Act::student, 0, "on"));
    return;
  }
  if (student.lesson != session.lesson.name)
    return nothing(painter, painter.in({"Running the lesson to find its challenges", "正在运行本课以找出挑战"}));
  for (const view::Challenge& challenge : student.challenges) {
    challenge_card(painter, challenge, progress_of(session, challenge.id));
    ImGui::Dummy({1, painter.em() * 0.2F});
  }
  const view::Progress order = progress_of(session, "order");
  const view::Challenge cards{
      "order",
      Goal::keep_bad,
      {"Order the lines", "排列代码行"},
      {"Put the lines of the fix in order, in the tab beside this one.", "在旁边的标签页里把修正版的代码行排好。"},
      {}};
  challenge_card(painter, cards, order);
  ImGui::Dummy({1, painter.em() * 0.2F});
  if (button(painter, "student-off", painter.in({"Close the challenges", "关闭挑战"})))
    actions.push_back(view::action(Act::student, 0, "off"));
  overall(session, painter);
}

/// It comes forward when challenges are opened.
std::uint32_t opened(const view::Session& session) { return session.student.on; }

}  // namespace

Panel challenge_panel() { return {{"Challenge", "挑战"}, Panel::Slot::upper, 6, draw, opened}; }

}  // namespace awaitscope::panels
