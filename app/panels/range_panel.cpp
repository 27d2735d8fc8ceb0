// What happened in the selected range of time.
#include <cmath>

#include <fmt/format.h>

#include "app/panels/panel.h"
#include "app/panels/widgets.h"
#include "app/view/range.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using namespace panels;
using view::Act;

struct State {
  Phrase name;
  Role role;
  Duration view::RangeSums::*time;
};
constexpr State states[] = {{{"running", "运行"}, Role::running, &view::RangeSums::running},
                            {{"ready", "就绪"}, Role::ready, &view::RangeSums::ready},
                            {{"waiting", "等待"}, Role::waiting_request, &view::RangeSums::waiting},
                            {{"not started", "未开始"}, Role::created, &view::RangeSums::created}};

/// One bar of all task time, a part for each state; its words stand below.
void time_bar(const Painter& painter, const view::RangeSums& all) {
  const float em = painter.em(), height = std::round(em * 0.9F);
  const view::Rect room = rest_of_window();
  double total = 0;
  for (const State& state : states) total += static_cast<double>((all.*state.time).count());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({room.x, room.y}, {room.right(), room.y + height}, ImGui::GetColorU32(ImGuiCol_FrameBg), em * 0.25F);
  float x = room.x;
  for (const State& state : states) {
    if (total <= 0) break;
    const float w = room.w * static_cast<float>(static_cast<double>((all.*state.time).count()) / total);
    if (w >= 1) list.AddRectFilled({x, room.y}, {x + w - 1, room.y + height}, painter.color(state.role), em * 0.2F);
    x += w;
  }
  ImGui::Dummy({room.w, height});
}

void fact(const Painter& painter, std::string_view label, std::string_view words, std::optional<Role> swatch = {}) {
  const float em = painter.em();
  ImGui::TableNextColumn();
  if (swatch) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float size = std::round(em * 0.55F), y = at.y + em * 0.35F;
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, y}, {at.x + size, y + size}, painter.color(*swatch), size * 0.25F);
    ImGui::SetCursorScreenPos({at.x + em * 0.85F, at.y});
  }
  text(painter, label, Role::text_dim);
  ImGui::TableNextColumn();
  text(painter, words);
}

std::string longest(const view::Side& side, Duration length, TaskId task) {
  return length.count() == 0 ? "–" : show(length) + " · " + view::task_name(side.seen_trace(), side.seen().model, task);
}

void facts(const Painter& painter, const view::Side& side, const view::RangeFacts& range) {
  if (!ImGui::BeginTable("facts", 4, ImGuiTableFlags_SizingStretchProp)) return;
  const std::pair<Phrase, std::string> counts[] = {
      {{"steps", "步数"}, std::to_string(range.all.steps)},
      {{"switches", "切换"}, std::to_string(range.switches)},
      {{"requests", "请求"}, std::to_string(range.requests)},
      {{"cancels · errors", "取消 · 错误"}, fmt::format("{} · {}", range.cancels, range.errors)}};
  for (std::size_t i = 0; i < std::size(states); ++i) {
    ImGui::TableNextRow();
    fact(painter, painter.in(states[i].name), show(range.all.*states[i].time), states[i].role);
    fact(painter, painter.in(counts[i].first), counts[i].second);
  }
  ImGui::EndTable();
  if (!ImGui::BeginTable("longest", 2, ImGuiTableFlags_SizingFixedFit)) return;
  ImGui::TableSetupColumn("label", ImGuiTableColumnFlags_WidthFixed, painter.em() * 7);
  ImGui::TableSetupColumn("text", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableNextRow();
  fact(painter, painter.in({"longest step", "最长的一步"}), longest(side, range.all.longest_step, range.step_task));
  ImGui::TableNextRow();
  fact(painter, painter.in({"longest wait", "最长的等待"}), longest(side, range.all.longest_wait, range.wait_task));
  ImGui::EndTable();
}

void lanes(const view::Session& session, view::Actions& actions, const Painter& painter, const view::RangeFacts& range) {
  // Where the panel is low, it scrolls as a whole.
  const ImVec2 size{0, std::max(rest_of_window().h, painter.em() * 8)};
  if (!ImGui::BeginTable("lanes", 5, ImGuiTableFlags_ScrollY | ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_RowBg, size))
    return;
  ImGui::TableSetupScrollFreeze(0, 1);
  const Phrase heads[] = {{"lane", "行"}, {"running", "运行"}, {"ready", "就绪"}, {"waiting", "等待"}, {"steps", "步数"}};
  for (std::size_t i = 0; i < std::size(heads); ++i)
    ImGui::TableSetupColumn(heads[i].en.data(), ImGuiTableColumnFlags_WidthStretch, i == 0 ? 2.2F : i == 4 ? 0.8F : 1.1F);
  ImGui::TableNextRow();
  for (const Phrase& head : heads) {
    ImGui::TableNextColumn();
    small(painter, painter.in(head));
  }
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(range.lanes.size()));
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const view::RangeLane& lane = range.lanes[static_cast<std::size_t>(i)];
      ImGui::TableNextRow();
      ImGui::TableNextColumn();
      ImGui::PushID(i);
      const bool chosen = session.selected.kind == view::Hit::Kind::task && session.selected.value == lane.task.value;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      if (ImGui::Selectable("##lane", chosen, ImGuiSelectableFlags_SpanAllColumns)) {
        view::Action action = view::action(Act::select);
        action.hit = {view::Hit::Kind::task, lane.task.value, 0};
        actions.push_back(action);
      }
      ImGui::PopID();
      ImGui::SetCursorScreenPos(at);
      text(painter, view::task_name(session.side().seen_trace(), session.side().seen().model, lane.task));
      for (const std::string& words :
           {show(lane.sums.running), show(lane.sums.ready), show(lane.sums.waiting), std::to_string(lane.sums.steps)}) {
        ImGui::TableNextColumn();
        text(painter, words, words == "0 ns" || words == "0" || words.starts_with("0 ") ? Role::text_dim : Role::text);
      }
    }
  }
  ImGui::EndTable();
}

/// As many decimals as a thousandth of the range needs: more are the mouse's, not the run's.
std::string rounded(Instant t, const view::RangeFacts& range) {
  const double length = std::max(1.0, static_cast<double>((range.end - range.begin).count())) / 1e12;
  return seconds(t, std::clamp(static_cast<int>(std::ceil(-std::log10(length))), 0, 9));
}

void draw(const view::Session& session, view::Actions& actions, const Painter& painter) {
  if (!session.has_runs() || !session.range)
    return nothing(
        painter, painter.in({"No range is selected", "没有选择时间段"}),
        painter.in({"Drag over the timeline: what happened there is summed up here", "在时间线上拖动，这里汇总那段时间"}));
  const view::RangeFacts& range = range_facts(session);
  text(painter, rounded(range.begin, range) + " … " + rounded(range.end, range) + " s", Role::text, Font::bold);
  ImGui::SameLine(0, painter.em() * 0.6F);
  chip(painter, show(range.end - range.begin), Role::selection);
  time_bar(painter, range.all);
  facts(painter, session.side(), range);
  const auto tool = [&](std::string_view name, Phrase words, Act act) {
    if (button(painter, name, painter.in(words))) actions.push_back(view::action(act));
    hint(painter, painter.in(words), key_of(painter, act));
    ImGui::SameLine(0, painter.em() * 0.4F);
  };
  tool("copy-range", {"Copy", "复制"}, Act::copy_table);
  tool("zoom-range", {"Zoom", "放大"}, Act::fit_selection);
  tool("note-range", {"Note…", "注释…"}, Act::note_range);
  ImGui::NewLine();
  lanes(session, actions, painter, range);
}

std::uint32_t subject(const view::Session& session) {
  if (!session.range) return 0;
  const auto mixed =
      static_cast<std::uint64_t>(session.range->first.ns) * 31 + static_cast<std::uint64_t>(session.range->second.ns);
  return static_cast<std::uint32_t>(mixed ^ (mixed >> 32)) | 1;
}

}  // namespace

Panel range_panel() { return {{"Range", "时间段"}, Panel::Slot::lower, 7, draw, subject}; }

}  // namespace awaitscope::panels
