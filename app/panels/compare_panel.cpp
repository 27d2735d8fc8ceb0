// What changed from the first side to the second: numbers, tasks, and where they part.
#include <fmt/format.h>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "core/trace/text.h"

namespace awaitscope::panels {
namespace {

constexpr double margin = 0.1;
constexpr std::size_t most_tasks = 100;

std::string shown(const Measure& m, std::int64_t value) { return m.is_time ? show(Duration{value}) : std::to_string(value); }

Role verdict(const Measure& m) {
  return !m.judged ? Role::text : m.worse(margin) ? Role::error : m.better(margin) ? Role::accent : Role::text;
}

void cell(const Painter& painter, std::string_view words, Role role = Role::text) {
  ImGui::TableNextColumn();
  text(painter, words, role);
}

/// Asks for the badges, as long as nobody has.
void ask_for_badges(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (session.lesson.empty() || !session.badges.empty()) return;
  if (session.judging) return small(painter, painter.in({"Judging both versions ...", "正在评判两个版本……"}));
  if (button(painter, "badges", painter.in({"Judge both versions", "评判两个版本"})))
    actions.push_back(view::action(view::Act::badges));
  hint(painter,
       painter.in({"Correct, efficient, resilient, maintainable: 50 runs of each", "正确、高效、健壮、易维护：各运行 50 次"}));
}

void measures(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!ImGui::BeginTable("measures", 3, ImGuiTableFlags_SizingStretchProp)) return;
  ImGui::TableNextColumn();
  ask_for_badges(session, actions, painter);
  for (const auto& side : session.sides) cell(painter, side->label, Role::text_dim);
  for (const Measure& m : session.comparison->measures) {
    if (m.a == 0 && m.b == 0) continue;
    cell(painter, m.name, Role::text_dim);
    cell(painter, shown(m, m.a));
    cell(painter, shown(m, m.b), verdict(m));
  }
  ImGui::EndTable();
}

void tasks(const view::Session& session, const Painter& painter) {
  if (!ImGui::BeginTable("tasks", 3, ImGuiTableFlags_SizingStretchProp)) return;
  std::size_t rows = 0;
  const auto alive = [](const TaskModel* task, Duration life) { return task ? show(life) : std::string("-"); };
  for (const TaskPair& pair : session.comparison->tasks) {
    if (pair.a && pair.b && pair.life_a == pair.life_b) continue;
    if (++rows > most_tasks) break;
    cell(painter, pair.id, Role::text_dim);
    cell(painter, alive(pair.a, pair.life_a));
    cell(painter, alive(pair.b, pair.life_b));
  }
  ImGui::EndTable();
}

void parting(const view::Session& session, view::Actions& actions, const Painter& painter) {
  const auto& order = session.comparison->order;
  if (!order) return small(painter, painter.in({"Event by event both do the same", "两者逐个事件都相同"}));
  small(painter, painter.in({"First to go another way", "最先走上不同的路的"}));
  for (std::size_t i = 0; i < 2; ++i) {
    const Seq seq = i ? order->b : order->a;
    const Trace& trace = session.sides[i]->trace;
    wrapped(painter, seq ? to_text(trace, trace[seq]) : std::string(painter.in({"(the end of the trace)", "（记录的结尾）"})),
            Role::text, Font::mono);
  }
  const Seq here = session.active ? order->b : order->a;
  if (here && button(painter, "first-difference", painter.in({"Show that moment", "显示那一刻"})))
    actions.push_back(view::action(view::Act::seek_event, static_cast<double>(here)));
}

Phrase badge_words(std::string_view name) {
  if (name == "correct") return {"correct", "正确"};
  if (name == "efficient") return {"efficient", "高效"};
  if (name == "resilient") return {"resilient", "健壮"};
  return {"maintainable", "易维护"};
}

/// Four marks a version: which it earns, and why not.
void badges(const view::Session& session, const Painter& painter) {
  if (session.badges.empty()) return;
  if (!ImGui::BeginTable("badges", 5, ImGuiTableFlags_SizingStretchProp)) return;
  for (const view::BadgeRow& row : session.badges) {
    cell(painter, row.label, Role::text_dim);
    for (const auto& badge : row.badges) {
      cell(painter, std::string(badge.earned ? "✓ " : "✗ ") + std::string(painter.in(badge_words(badge.name))),
           badge.earned ? Role::text : Role::text_warning);
      hint(painter, badge.why);
    }
  }
  ImGui::EndTable();
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.comparison)
    return nothing(painter, painter.in({"Nothing to compare", "没有可对比的"}),
                   painter.in({"Two runs of one program that have ended", "需要同一程序的两次已结束的运行"}));
  badges(session, painter);
  // Where there is room, what changed stands beside whom it changed for.
  const bool wide = ImGui::GetContentRegionAvail().x > painter.em() * 50;
  if (wide && !ImGui::BeginTable("columns", 2, ImGuiTableFlags_SizingStretchSame)) return;
  if (wide) ImGui::TableNextColumn();
  measures(session, actions, painter);
  if (wide) ImGui::TableNextColumn();
  parting(session, actions, painter);
  ImGui::Dummy({1, painter.em() * 0.35F});
  small(painter, painter.in({"How long the tasks lived", "任务各活了多久"}));
  tasks(session, painter);
  if (wide) ImGui::EndTable();
}

}  // namespace

Panel compare_panel() { return {{"Compare", "对比"}, Panel::Slot::below, 2, draw}; }

}  // namespace awaitscope::panels
