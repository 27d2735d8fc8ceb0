// What the three tables share, and the table of tasks.
#include "app/view/tables.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "app/view/search.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

/// "job-9" before "job-10".
bool comes_before(std::string_view a, std::string_view b) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto number = [&](std::string_view& text) {
    const std::size_t zeros = std::min(text.find_first_not_of('0'), text.size());
    text.remove_prefix(zeros);
    const auto end = std::find_if_not(text.begin(), text.end(), digit);
    const std::string_view out = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(out.size());
    return out;
  };
  while (!a.empty() && !b.empty()) {
    if (digit(a[0]) && digit(b[0])) {
      const std::string_view x = number(a), y = number(b);
      if (x != y) return x.size() != y.size() ? x.size() < y.size() : x < y;
    } else {
      if (a[0] != b[0]) return a[0] < b[0];
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.size() < b.size();
}

/// Names do not depend on the playhead: they are those of the whole run.
struct TaskNames {
  std::vector<std::string> names;   ///< task id - 1
  std::vector<std::int64_t> ranks;  ///< in the order of names
};

const TaskNames& names_of(const Side& side) {
  return side.memo.of<TaskNames>(std::to_string(side.seen_trace().size()), [&] {
    TaskNames out;
    const std::size_t n = side.seen().model.tasks.size();
    out.names.reserve(n);
    for (std::uint32_t id = 1; id <= n; ++id) out.names.push_back(task_name(side.seen_trace(), side.seen().model, TaskId{id}));
    std::vector<std::uint32_t> order(n);
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return comes_before(out.names[a], out.names[b]); });
    out.ranks.resize(n);
    for (std::size_t i = 0; i < n; ++i) out.ranks[order[i]] = static_cast<std::int64_t>(i);
    return out;
  });
}

struct LongestSteps {
  std::vector<Duration> of;  ///< task id - 1
};

/// Up to the playhead.
const LongestSteps& longest_of(const Side& side) {
  return side.memo.of<LongestSteps>(fmt::format("{} {}", side.seen_trace().size(), side.step), [&] {
    LongestSteps out;
    out.of.resize(side.model.tasks.size());
    for (const Stall& step : side.seen().steps) {
      if (step.begin > side.model.now) break;
      if (!step.task || step.task.value > out.of.size()) continue;
      Duration& longest = out.of[step.task.value - 1];
      longest = std::max(longest, std::min(step.end, side.model.now) - step.begin);
    }
    return out;
  });
}

/// The model's sums leave out the phase that still lasts.
Duration total(const Model& model, const TaskModel& task, Duration sum, Phase phase) {
  return task.phase == phase ? sum + (model.now - task.since_time) : sum;
}

/// What a row's place depends on, looked up once for the table.
struct TaskTable {
  explicit TaskTable(const Side& about) : side(about), names(names_of(about)), longest(longest_of(about)) {}
  const Side& side;
  const TaskNames& names;
  const LongestSteps& longest;

  std::int64_t key_of(const TaskModel& task, TaskColumn column) const;
  bool matches(const TaskModel& task, std::string_view filter) const;
};

std::int64_t TaskTable::key_of(const TaskModel& task, TaskColumn column) const {
  const auto rank = [&](TaskId id) { return id ? names.ranks[id.value - 1] : -1; };
  switch (column) {
    case TaskColumn::name: return rank(task.id);
    case TaskColumn::state: return static_cast<std::int64_t>(state_words(side.model, task).role);
    case TaskColumn::parent: return task.parent.value <= names.ranks.size() ? rank(task.parent) : -1;
    case TaskColumn::steps: return task.steps;
    case TaskColumn::running: return total(side.model, task, task.running, Phase::running).count();
    case TaskColumn::waiting: return total(side.model, task, task.waiting, Phase::waiting).count();
    case TaskColumn::longest: return longest.of[task.id.value - 1].count();
    case TaskColumn::wait: return task.phase == Phase::waiting ? (side.model.now - task.since_time).count() : -1;
  }
  return 0;
}

bool TaskTable::matches(const TaskModel& task, std::string_view filter) const {
  if (filter.empty()) return true;
  const StateWords state = state_words(side.model, task);
  std::string all = fmt::format("{} {} {}", names.names[task.id.value - 1], state.words.en, state.words.zh);
  if (task.phase == Phase::waiting)
    for (const Language language : {Language::english, Language::chinese})
      all += " " + wait_words(side.seen_trace(), side.model, task.wait, task.object, language);
  return holds_words(all, filter);
}

struct TaskRows {
  std::vector<TaskId> rows;
};

TaskRows sorted_tasks(const Side& side, const TableView& view) {
  const TaskTable table(side);
  std::vector<std::pair<std::int64_t, TaskId>> keyed;
  for (const TaskModel& task : side.model.tasks)
    if (task.created && task.id.value <= table.names.names.size() && table.matches(task, view.filter))
      keyed.emplace_back(table.key_of(task, static_cast<TaskColumn>(view.column)), task.id);
  std::sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? (a.first < b.first) != view.down : a.second < b.second;
  });
  TaskRows out;
  out.rows.reserve(keyed.size());
  for (const auto& [key, task] : keyed) out.rows.push_back(task);
  return out;
}

}  // namespace

bool holds_words(std::string_view text, std::string_view filter) {
  const std::string low = small_letters(filter);
  std::string_view words = low;
  while (!words.empty()) {
    const std::size_t space = std::min(words.find(' '), words.size());
    if (!holds(text, words.substr(0, space))) return false;
    words.remove_prefix(std::min(space + 1, words.size()));
  }
  return true;
}

const std::vector<Column>& task_columns() {
  static const std::vector<Column> all = {
      {"name", {"Task", "任务"}, "task", 9, Align::left},
      {"state", {"State", "状态"}, "", 8, Align::left},
      {"parent", {"Parent", "父任务"}, "parent", 7, Align::left},
      {"steps", {"Steps", "步数"}, "step", 4, Align::right},
      {"running", {"Running", "运行"}, "running", 5, Align::right},
      {"waiting", {"Waiting", "等待"}, "waiting", 5, Align::right},
      {"longest", {"Longest step", "最长一步"}, "step", 7, Align::right},
      {"wait", {"Waits for", "正在等"}, "waiting", 13, Align::left},
  };
  return all;
}

const std::vector<TaskId>& task_rows(const Session& session) {
  const Side& side = session.side();
  const TableView& view = session.inspection.tasks;
  const std::string key = fmt::format("{} {} {} {} {}", side.seen_trace().size(), side.step, view.column, view.down, view.filter);
  return side.memo.of<TaskRows>(key, [&] { return sorted_tasks(side, view); }).rows;
}

CellText task_cell(const Session& session, TaskId id, TaskColumn column) {
  const Side& side = session.side();
  const Model& model = side.model;
  const TaskModel* task = model.task(id);
  const TaskNames& names = names_of(side);
  if (!task || id.value > names.names.size()) return {};
  switch (column) {
    case TaskColumn::name: return {names.names[id.value - 1], Role::text};
    case TaskColumn::state: {
      const StateWords state = state_words(model, *task);
      return {std::string(state.words.in(session.language)), state.role};
    }
    case TaskColumn::parent:
      return {task->parent && task->parent.value <= names.names.size() ? names.names[task->parent.value - 1] : "",
              Role::text_dim};
    case TaskColumn::steps: return {counted(task->steps), Role::text};
    case TaskColumn::running: return {length_words(total(model, *task, task->running, Phase::running)), Role::text};
    case TaskColumn::waiting: return {length_words(total(model, *task, task->waiting, Phase::waiting)), Role::text};
    case TaskColumn::longest: {
      const Duration longest = longest_of(side).of[id.value - 1];
      return {length_words(longest), longest >= Duration{50'000'000} ? Role::text_warning : Role::text};
    }
    case TaskColumn::wait: {
      if (task->phase != Phase::waiting) return {};
      const std::string what = awaited_words(side.seen_trace(), model, task->wait, task->object, session.language);
      return {fmt::format("{} · {}", what, length_words(model.now - task->since_time)), Role::text};
    }
  }
  return {};
}

StateWords state_words(const Model& model, const TaskModel& task) {
  if (task.phase == Phase::done) switch (task.outcome) {
      case Outcome::returned: return {{"returned", "已返回"}, Role::done};
      case Outcome::raised: return {{"failed", "失败"}, Role::failed};
      case Outcome::cancelled: return {{"cancelled", "已取消"}, Role::cancelled};
    }
  if (task.swallowed) return {{"swallowed a cancel", "吞掉了取消"}, Role::cancelling};
  if (task.asked_to_stop()) return {{"cleaning up", "正在清理"}, Role::cancelling};
  switch (task.phase) {
    case Phase::created: return {{"not started", "未开始"}, Role::created};
    case Phase::ready: return {{"ready", "就绪"}, Role::ready};
    case Phase::running:
      if (model.blocking && model.running == task.id) return {{"holds the loop", "占住循环"}, Role::stall};
      return {{"running", "运行中"}, Role::running};
    default: return {{"waiting", "等待中"}, Role::waiting};
  }
}

}  // namespace awaitscope::view
