#include "app/view/lane_choice.h"

#include <charconv>

#include <fmt/format.h>

#include "app/view/filter.h"
#include "app/view/say.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

void toggle(Names& names, const std::string& name) {
  if (!has(names, name)) return names.push_back(name);
  std::erase(names, name);
}

/// The n of "main/fetch[n]"; 0 for a task that nobody made.
std::uint32_t ordinal_in(std::string_view id) {
  std::uint32_t n = 0;
  if (const std::size_t at = id.rfind('['); at != std::string_view::npos && id.ends_with(']'))
    std::from_chars(id.data() + at + 1, id.data() + id.size() - 1, n);
  return n;
}

/// The lanes of these logical ids, in their order.  Only tasks with the right name and number have theirs made.
std::vector<std::uint32_t> lanes_of(const Trace& trace, const Model& model, const Names& ids) {
  std::vector<std::uint32_t> out;
  for (const std::string& id : ids) {
    const std::uint32_t ordinal = ordinal_in(id);
    const std::string behind = "[" + std::to_string(ordinal) + "]";
    for (const TaskModel& task : model.tasks) {
      if (task.parent && task.ordinal != ordinal) continue;
      const std::string_view name = trace.text(task.name.value);
      if (!id.ends_with(task.parent ? std::string(name) + behind : std::string(name))) continue;
      if (logical_id(model, trace, task.id) != id) continue;
      out.push_back(task.id.value - 1);
      break;
    }
  }
  return out;
}

std::vector<bool> marked(const std::vector<std::uint32_t>& lanes, std::size_t n) {
  std::vector<bool> out(n, false);
  for (const std::uint32_t lane : lanes)
    if (lane < n) out[lane] = true;
  return out;
}

}  // namespace

void Tally::add(const TaskModel& task) {
  ++tasks;
  steps += task.steps;
  if (task.phase != Phase::done) return;
  failed += task.outcome == Outcome::raised;
  cancelled += task.outcome == Outcome::cancelled;
}

std::string tally_words(const Tally& tally, Language language) {
  const Phrase tasks = tally.tasks == 1 ? Phrase{"{} task", "{} 个任务"} : Phrase{"{} tasks", "{} 个任务"};
  std::string out = filled(tasks, language, counted(tally.tasks));
  out += filled({", {} steps", "，{} 步"}, language, counted(tally.steps));
  if (tally.failed) out += filled({", {} failed", "，{} 个失败"}, language, counted(tally.failed));
  if (tally.cancelled) out += filled({", {} cancelled", "，{} 个已取消"}, language, counted(tally.cancelled));
  return out;
}

const Tally* LaneChoice::closed_at(std::uint32_t lane) const {
  const auto found = std::find(closed.begin(), closed.end(), lane);
  return found == closed.end() ? nullptr : &behind[static_cast<std::size_t>(found - closed.begin())];
}

LaneChoice choose_lanes(const Trace& trace, const History& history, const Hunt* hunt, Seq playhead,
                        const std::vector<std::uint32_t>& order) {
  LaneChoice out;
  const auto& tasks = history.model.tasks;
  out.parents.assign(tasks.size(), false);
  for (const std::uint32_t lane : order)
    if (const std::uint32_t parent = tasks[lane].parent.value; parent && parent <= lane) out.parents[parent - 1] = true;
  if (!hunt) return out.lanes = order, out;
  if (!hunt->pins.empty()) out.pinned = lanes_of(trace, history.model, hunt->pins);
  const std::vector<bool> pinned = marked(out.pinned, tasks.size());
  const std::vector<bool> closed = marked(lanes_of(trace, history.model, hunt->folded), tasks.size());
  const LaneFilter filter(hunt->filter);
  std::vector<std::uint32_t> behind(tasks.size() + 1, 0);  // by task id: the closed one that hides it, 0: none
  for (const std::uint32_t lane : order) {
    const TaskModel& task = tasks[lane];
    const std::uint32_t parent = task.parent.value <= lane ? task.parent.value : 0;
    if (parent) behind[lane + 1] = behind[parent] ? behind[parent] : closed[parent - 1] ? parent : 0;
    if (const std::uint32_t hider = behind[lane + 1]) {
      auto at = std::find(out.closed.begin(), out.closed.end(), hider - 1);
      if (at == out.closed.end()) out.closed.push_back(hider - 1), out.behind.emplace_back(), at = std::prev(out.closed.end());
      out.behind[static_cast<std::size_t>(at - out.closed.begin())].add(task);
      continue;
    }
    if (!pinned[lane] && (filter.empty() || filter.passes(trace, history, lane, playhead))) out.lanes.push_back(lane);
  }
  return out;
}

std::string_view stem(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  if (last == std::string_view::npos || last + 1 == name.size()) return name;
  name = name.substr(0, last + 1);
  while (!name.empty() && (name.back() == '-' || name.back() == '_' || name.back() == '#' || name.back() == ' '))
    name.remove_suffix(1);
  return name;
}

std::string group_id(const Trace& trace, const Model& model, std::uint32_t first_lane) {
  const TaskModel& task = model.tasks[first_lane];
  return (task.parent ? logical_id(model, trace, task.parent) : std::string()) + "/" +
         std::string(stem(trace.text(task.name.value)));
}

void pin_lane(Session& session, TaskId task) {
  if (!session.has_runs() || !session.side().seen().model.task(task))
    return say(session, Phrase{"select a lane to pin it", "请先选择要固定的行"});
  const Side& side = session.side();
  const std::string id = logical_id(side.seen().model, side.seen_trace(), task);
  toggle(session.hunt.pins, id);
  constexpr Phrase pinned{"{} is pinned on top", "{} 已固定在顶部"}, back{"{} is back in its place", "{} 已回到原位"};
  say(session, has(session.hunt.pins, id) ? pinned : back, task_name(side.seen_trace(), side.seen().model, task));
}

void fold_lane(Session& session, const Hit& hit) {
  const TaskId task{hit.value};
  if (!session.has_runs() || !session.side().seen().model.task(task))
    return say(session, Phrase{"select a lane to fold what it made", "请先选择要折叠其子任务的行"});
  const Side& side = session.side();
  if (hit.kind == Hit::Kind::fold && hit.seq)
    return toggle(session.hunt.opened, group_id(side.seen_trace(), side.seen().model, hit.value - 1));
  const auto& tasks = side.seen().model.tasks;
  if (std::none_of(tasks.begin(), tasks.end(), [&](const TaskModel& t) { return t.parent == task; }))
    return say(session, Phrase{"{} made no tasks", "{} 没有创建任务"}, task_name(side.seen_trace(), side.seen().model, task));
  toggle(session.hunt.folded, logical_id(side.seen().model, side.seen_trace(), task));
}

}  // namespace awaitscope::view
