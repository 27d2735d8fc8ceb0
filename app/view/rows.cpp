// Which lanes get a row, which are folded together, and how high each is.
#include <cmath>
#include <map>

#include "app/view/lane_choice.h"
#include "app/view/stage.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr int most_steps = 6;         // sub-rows of a staircase
constexpr float step_weight = 0.85f;  // of a lane's height
constexpr float terminal_rows = 30;   // a terminal picture folds beyond this

struct Heights {
  float least, ideal, most;
};
Heights heights(const FontMetrics& m) {
  if (m.cells) return {1, 1, 1};
  return {m.line_height * 1.05f, m.line_height * 1.6f, m.line_height * 3};
}

/// A row's height in lanes.
float weight(const Row& row) { return 1 + step_weight * static_cast<float>(row.steps); }
float weight(const Row& row, const FontMetrics& m) { return m.cells ? 1 + static_cast<float>(row.steps) : weight(row); }

/// Lanes of equal (folded parent, name) become one row, the largest groups first, until `enough`.
std::vector<Row> folded(const Stage& stage, const std::vector<std::uint32_t>& order, std::size_t enough) {
  const auto& tasks = stage.history.model.tasks;
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> groups;  // -> group number
  std::vector<std::uint32_t> group_of(tasks.size() + 1, 0);                    // by task id; 0: none
  std::vector<std::vector<std::uint32_t>> members(1);
  for (const std::uint32_t lane : order) {  // parents come first
    const TaskModel& task = tasks[lane];
    const std::uint32_t parent = task.parent.value < group_of.size() ? group_of[task.parent.value] : 0;
    const auto [found, fresh] =
        groups.try_emplace({parent, stem(stage.trace.text(task.name.value))}, static_cast<std::uint32_t>(members.size()));
    if (fresh) members.emplace_back();
    members[found->second].push_back(lane);
    group_of[lane + 1] = found->second;
  }
  std::vector<std::uint32_t> by_size;
  const auto opened = [&](std::uint32_t g) {
    if (!stage.options.hunt || stage.options.hunt->opened.empty() || members[g].size() < 2) return false;
    const auto& names = stage.options.hunt->opened;
    return std::find(names.begin(), names.end(), group_id(stage.trace, stage.history.model, members[g].front())) != names.end();
  };
  for (std::uint32_t g = 1; g < members.size(); ++g)
    if (members[g].size() > 1 && !opened(g)) by_size.push_back(g);
  std::stable_sort(by_size.begin(), by_size.end(), [&](auto a, auto b) { return members[a].size() > members[b].size(); });
  std::vector<bool> fold(members.size(), false);
  std::size_t rows = order.size();
  for (const std::uint32_t g : by_size) {
    if (rows <= enough) break;
    fold[g] = true;
    rows -= members[g].size() - 1;
    if (!stage.cells()) rows += 2;  // a density row is three lanes high
  }
  std::vector<Row> out;
  for (const std::uint32_t lane : order) {
    const std::uint32_t g = group_of[lane + 1];
    if (fold[g] && members[g].front() != lane) continue;
    Row row;
    row.lanes = fold[g] ? members[g] : std::vector<std::uint32_t>{lane};
    row.depth = tasks[lane].depth;
    row.heads_group = !fold[g] && members[g].front() == lane && opened(g);
    out.push_back(std::move(row));
  }
  return out;
}

/// The first row to show below the pinned ones, so that the lane to reveal is among them.
std::size_t first_row(const Stage& stage, const std::vector<Row>& all, std::size_t pinned, float height) {
  auto skip = std::min(all.size() - pinned, static_cast<std::size_t>(std::max(0.0f, stage.options.lane_scroll)));
  const std::uint32_t lane = stage.options.reveal.value - 1;
  const auto target = std::find_if(all.begin() + static_cast<std::ptrdiff_t>(pinned), all.end(), [&](const Row& row) {
    return std::find(row.lanes.begin(), row.lanes.end(), lane) != row.lanes.end();
  });
  if (!stage.options.reveal || target == all.end()) return skip;
  const auto index = static_cast<std::size_t>(target - all.begin()) - pinned;
  if (index < skip) return index;
  for (std::size_t i = 0; i < pinned; ++i) height -= all[i].h;
  for (std::size_t i = skip; i <= index; ++i) height -= all[pinned + i].h;
  for (; height < 0 && skip < index; ++skip) height += all[pinned + skip].h;
  return skip;
}

/// The lanes that keep a row of their own where there are rows for `most` only: what is selected, what findings are about,
/// then the first ones.  The last row holds the others.
std::vector<Row> first_and_rest(const Stage& stage, const std::vector<std::uint32_t>& order, std::size_t most) {
  std::vector<bool> kept(stage.history.lanes.size(), false);
  std::size_t free = most - 1;
  const auto keep = [&](std::uint32_t task) {
    if (free == 0 || task == 0 || task > kept.size() || kept[task - 1]) return;
    if (std::find(order.begin(), order.end(), task - 1) == order.end()) return;
    kept[task - 1] = true;
    --free;
  };
  const Hit& selected = stage.options.selected;
  if (selected.kind == Hit::Kind::task || selected.kind == Hit::Kind::span) keep(selected.value);
  if (!order.empty()) keep(order.front() + 1);  // who began it all
  if (stage.options.findings)
    for (const Finding& finding : *stage.options.findings)
      if (!finding.tasks.empty()) keep(finding.tasks.front().value);
  for (const std::uint32_t lane : order) keep(lane + 1);
  std::vector<Row> out;
  Row rest;
  rest.rest = true;
  for (const std::uint32_t lane : order) {
    if (!kept[lane]) {
      rest.lanes.push_back(lane);
      continue;
    }
    Row row;
    row.lanes = {lane};
    row.depth = stage.history.model.tasks[lane].depth;
    out.push_back(std::move(row));
  }
  out.push_back(std::move(rest));
  return out;
}

bool in_focus(const Focus* focus, TaskId task) {
  return !focus || std::find(focus->tasks.begin(), focus->tasks.end(), task) != focus->tasks.end();
}

}  // namespace

float header_width(const Trace& trace, const History& history, const Rect& canvas, const FontMetrics& m, const Focus* focus,
                   float share) {
  // From the names, as far as a glance at them costs nothing.
  constexpr std::size_t most = 100;
  float wanted = (m.cells ? 15 : 18) * m.char_width;
  for (std::size_t i = 0; i < std::min(most, history.model.tasks.size()); ++i) {
    const TaskModel& task = history.model.tasks[i];
    if (!in_focus(focus, task.id)) continue;
    const float indent =
        m.char_width * (m.cells ? 1.6f * static_cast<float>(task.depth) + 4 : 1.6f * static_cast<float>(task.depth) + 5);
    wanted = std::max(wanted, indent + m.width(task_words(trace, history.model, task.id)));
  }
  if (!focus && history.model.tasks.size() > static_cast<std::size_t>(terminal_rows)) wanted += 7 * m.char_width;  // "9,990 × "
  return std::round(std::min({wanted, 36 * m.char_width, canvas.w * share}));
}

std::vector<std::uint32_t> spawn_order(const History& history, const Focus* focus) {
  const auto& tasks = history.model.tasks;
  const std::size_t n = std::min(tasks.size(), history.lanes.size());
  // Task ids (0: none) of each task's first child and next sibling; filled from the back, so that they come in order.
  std::vector<std::uint32_t> child(n + 1, 0), sibling(n + 1, 0);
  for (std::size_t id = n; id > 0; --id) {
    // A parent that is unknown or comes later (a cut or hostile trace) does not hide its child.
    const std::uint32_t parent = tasks[id - 1].parent.value < id ? tasks[id - 1].parent.value : 0;
    sibling[id] = child[parent];
    child[parent] = static_cast<std::uint32_t>(id);
  }
  std::vector<std::uint32_t> out, stack = {child[0]};
  out.reserve(n);
  while (!stack.empty()) {
    const std::uint32_t id = stack.back();
    stack.pop_back();
    if (id == 0) continue;
    const bool known = tasks[id - 1].created != 0 || !history.lanes[id - 1].spans.empty();
    if (known && in_focus(focus, TaskId{id})) out.push_back(id - 1);
    stack.push_back(sibling[id]);
    stack.push_back(child[id]);
  }
  return out;
}

int request_steps(const Stage& stage, std::uint32_t lane) {
  const std::size_t n = stage.requests.of(lane).size();
  return n < 2 ? 0 : static_cast<int>(std::min<std::size_t>(most_steps, n));
}

Rows lay_out_rows(const Stage& stage, float top, float height) {
  const FontMetrics& m = stage.options.metrics;
  const Heights h = heights(m);
  if (m.cells) height = std::min(height, terminal_rows);
  std::vector<std::uint32_t> spawned = spawn_order(stage.history, stage.options.focus);
  if (const std::vector<TaskId>* brushed = stage.options.brushed)
    std::erase_if(spawned,
                  [&](std::uint32_t lane) { return !std::binary_search(brushed->begin(), brushed->end(), TaskId{lane + 1}); });
  const LaneChoice choice =
      choose_lanes(stage.trace, stage.history, stage.options.hunt, stage.playhead(), std::move(spawned));
  const std::vector<std::uint32_t>& order = choice.lanes;
  const std::size_t pinned = choice.pinned.size();
  std::vector<Row> all;
  const auto total = [&] {
    float sum = 0;
    for (const Row& row : all) sum += weight(row, m);
    return sum;
  };
  const auto put = [&](std::uint32_t lane, bool on_top) {
    Row row;
    row.lanes = {lane};
    row.pinned = on_top;
    row.depth = on_top ? 0 : stage.history.model.tasks[lane].depth;
    row.steps = request_steps(stage, lane);
    all.push_back(std::move(row));
  };
  const auto put_pinned = [&] {
    std::vector<Row> others = std::exchange(all, {});
    for (const std::uint32_t lane : choice.pinned) put(lane, true);
    for (Row& row : all) row.steps = 0;
    all.insert(all.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
  };
  const bool too_many = static_cast<float>(order.size() + pinned) * h.least > height;
  // Where even these do not fit, fewer: a row that nobody can read tells nothing.
  const std::size_t most =
      std::min(stage.options.most_lanes, static_cast<std::size_t>(std::max(2.0f, height / h.least - (m.cells ? 1 : 1.5f))));
  if (most && order.size() > most) {
    all = first_and_rest(stage, order, most);
    put_pinned();
  } else if (too_many && stage.options.fold) {
    all = folded(stage, order, static_cast<std::size_t>(std::max(1.0f, height / h.least - static_cast<float>(pinned))));
    put_pinned();
  } else {
    for (const std::uint32_t lane : choice.pinned) put(lane, true);
    for (const std::uint32_t lane : order) put(lane, false);
    if (total() * h.least > height)
      for (Row& row : all) row.steps = 0;  // no room for staircases: the bars' labels must do
  }

  Rows out;
  out.of_lane.assign(stage.history.lanes.size(), -1);
  // What is left beside lanes of ideal height goes to the folded rows, by the root of how many they hold.
  float plain = 0, shares = 0;
  for (const Row& row : all)
    row.folded() ? void(shares += std::sqrt(static_cast<float>(row.lanes.size()))) : void(plain += weight(row, m));
  const float unit = std::clamp(height / std::max(0.01f, total()), h.least, shares > 0 ? h.ideal : h.most);
  const float spare = std::max(0.0f, height - plain * std::min(unit, h.ideal));
  const float fold_least = m.cells ? 2 : m.line_height * 2.6f;
  for (Row& row : all) {
    const std::uint32_t lane = row.lanes.front();
    if (row.folded()) {
      row.h = std::max(fold_least, spare * std::sqrt(static_cast<float>(row.lanes.size())) / shares);
      row.h = row.bar = m.cells ? std::clamp(std::floor(row.h), 2.0f, 6.0f) : std::min(row.h, m.line_height * 14);
    } else {
      row.h = unit * weight(row, m);
      row.bar = unit;
      row.parent = choice.parents[lane];
      if (const Tally* tally = choice.closed_at(lane)) row.closed = *tally;
    }
  }
  const std::size_t skip = stage.options.most_lanes ? 0 : first_row(stage, all, pinned, height);  // else all are in sight
  float y = top;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i == pinned) i += skip;  // pinned rows do not scroll
    if (i >= all.size()) break;
    Row& row = all[i];
    if (y + row.h > top + height + 0.01f) {
      // A folded row that only just fails to fit is worth more cramped than missing.
      if (!row.folded() || top + height - y < h.least) {
        out.below = all.size() - i;
        break;
      }
      row.h = row.bar = top + height - y;
    }
    row.y = y;
    y += row.h;
    for (const std::uint32_t lane : row.lanes) out.of_lane[lane] = static_cast<int>(out.rows.size());
    out.rows.push_back(std::move(row));
  }
  out.above = skip;
  out.bottom = y;
  return out;
}

float rows_height(const Trace& trace, const History& history, const FontMetrics& metrics, const Focus* focus,
                  std::size_t most_lanes) {
  TimelineOptions options;
  options.metrics = metrics;
  DrawList none;
  Stage stage{trace, history, options, none};
  stage.requests = Requests(history);
  float sum = 0;
  std::size_t count = 0;
  for (std::uint32_t lane = 0; lane < history.lanes.size(); ++lane) {
    if (!in_focus(focus, TaskId{lane + 1})) continue;
    if (most_lanes && ++count > most_lanes) {
      sum += 1;  // the rest is twice as high as a lane
      break;
    }
    Row row;
    row.steps = request_steps(stage, lane);
    sum += weight(row, metrics);
  }
  sum *= heights(metrics).ideal;
  return metrics.cells ? std::min(sum, terminal_rows) : sum;
}

}  // namespace awaitscope::view
