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
constexpr std::size_t most_ghosts = 6;
constexpr std::size_t most_shared = 2000;  // rows of both versions
constexpr float terminal_rows = 30;        // a terminal picture folds beyond this

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
  if (selected.is_lane()) keep(selected.value);
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

}  // namespace

bool in_focus(const Focus* focus, TaskId task) {
  return !focus || std::find(focus->tasks.begin(), focus->tasks.end(), task) != focus->tasks.end();
}

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
    wanted = std::max(wanted, indent + m.width(task_name(trace, history.model, task.id)));
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

namespace {

/// The rows of a run, from top to bottom, without places yet.
std::vector<Row> listed(const Stage& stage, const LaneChoice& choice, float height, bool fold) {
  const FontMetrics& m = stage.options.metrics;
  const float least = heights(m).least;
  std::vector<Row> out;
  const auto put = [&](std::uint32_t lane, bool pinned) {
    Row row;
    row.lanes = {lane};
    row.pinned = pinned;
    row.depth = pinned ? 0 : stage.history.model.tasks[lane].depth;
    row.steps = request_steps(stage, lane);
    out.push_back(std::move(row));
  };
  for (const std::uint32_t lane : choice.pinned) put(lane, true);
  // Where even these do not fit, fewer: a row that nobody can read tells nothing.
  const std::size_t most =
      std::min(stage.options.most_lanes, static_cast<std::size_t>(std::max(2.0f, height / least - (m.cells ? 1 : 1.5f))));
  const bool few = most && choice.lanes.size() > most;
  if (few || fold) {
    for (Row& row : out) row.steps = 0;
    const float room = std::max(1.0f, height / least - static_cast<float>(choice.pinned.size()));
    std::vector<Row> others =
        few ? first_and_rest(stage, choice.lanes, most) : folded(stage, choice.lanes, static_cast<std::size_t>(room));
    out.insert(out.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
  } else {
    std::unordered_map<std::uint32_t, std::vector<int>> ghosts;  // by the task that made them
    const auto& unstarted = stage.history.unstarted;
    for (std::size_t i = 0; i < std::min(unstarted.size(), most_ghosts); ++i)
      ghosts[unstarted[i].task.value].push_back(static_cast<int>(i));
    for (const std::uint32_t lane : choice.lanes) {
      put(lane, false);
      const auto found = ghosts.find(lane + 1);
      if (found == ghosts.end()) continue;
      for (const int ghost : found->second) {
        Row below;
        below.ghost = ghost;
        below.depth = stage.history.model.tasks[lane].depth + 1;
        out.push_back(std::move(below));
      }
    }
  }
  for (Row& row : out) {
    if (row.lanes.size() != 1) continue;
    row.parent = choice.parents[row.lanes.front()];
    if (const Tally* tally = choice.closed_at(row.lanes.front())) row.closed = *tally;
  }
  return out;
}

/// Names for rows that are equal for rows of both versions that show the same: parent, kind of name, which of those.
std::vector<std::string> keys_of(const Stage& stage, const std::vector<Row>& rows) {
  const Model& model = stage.history.model;
  std::map<std::string, int> seen;
  std::vector<std::string> out;
  for (const Row& row : rows) {
    std::string key;
    if (row.ghost >= 0) {
      const Unstarted& ghost = stage.history.unstarted[static_cast<std::size_t>(row.ghost)];
      key = logical_id(model, stage.trace, ghost.task) + "/()" + std::string(stage.trace.text(ghost.function.value));
    } else {
      const TaskModel& task = model.tasks[row.lanes.front()];
      key = logical_id(model, stage.trace, task.parent) + "/" + std::string(stem(stage.trace.text(task.name.value)));
    }
    out.push_back(key + "#" + std::to_string(seen[key]++));
  }
  return out;
}

/// The keys of both, in an order that keeps each one's: what only the second has stands behind what it follows there.
std::vector<std::string> merged(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  std::unordered_map<std::string_view, std::size_t> place;  // in the first, from 1
  for (std::size_t i = 0; i < first.size(); ++i) place.try_emplace(first[i], i + 1);
  std::vector<std::vector<const std::string*>> behind(first.size() + 1);  // what follows each; [0]: what comes before all
  std::size_t at = 0;
  for (const std::string& key : second) {
    if (const auto known = place.find(key); known != place.end()) at = known->second;
    else behind[at].push_back(&key);
  }
  std::vector<std::string> out;
  for (std::size_t i = 0; i <= first.size(); ++i) {
    if (i > 0) out.push_back(first[i - 1]);
    for (const std::string* key : behind[i]) out.push_back(*key);
  }
  return out;
}

/// A place for a row, which the version at hand may have nothing for.
struct Slot {
  std::size_t lanes = 1;
  int steps = 0;
  int own = -1;
};

float weight(const Slot& slot, const FontMetrics& m) {
  Row row;
  row.steps = slot.steps;
  return weight(row, m);
}

std::vector<Slot> own_slots(const std::vector<Row>& rows) {
  std::vector<Slot> out;
  for (const Row& row : rows)
    out.push_back({std::max<std::size_t>(1, row.lanes.size()), row.steps, static_cast<int>(out.size())});
  return out;
}

std::vector<Slot> shared_slots(const std::vector<Row>& own, const std::vector<std::string>& own_keys,
                               const std::vector<Row>& other, const std::vector<std::string>& other_keys, bool other_first) {
  std::unordered_map<std::string, std::size_t> own_of, other_of;
  for (std::size_t i = 0; i < own.size(); ++i) own_of[own_keys[i]] = i;
  for (std::size_t i = 0; i < other.size(); ++i) other_of[other_keys[i]] = i;
  std::vector<Slot> out;
  for (const std::string& key : other_first ? merged(other_keys, own_keys) : merged(own_keys, other_keys)) {
    Slot slot;
    const auto add = [&](const Row& row) {
      slot.lanes = std::max(slot.lanes, row.lanes.size());
      slot.steps = std::max(slot.steps, row.steps);
    };
    if (const auto found = own_of.find(key); found != own_of.end()) {
      slot.own = static_cast<int>(found->second);
      add(own[found->second]);
    }
    if (const auto found = other_of.find(key); found != other_of.end()) add(other[found->second]);
    out.push_back(slot);
  }
  return out;
}

/// The first slot to show below the `fixed` ones, so that the lane to reveal is in sight.
std::size_t first_slot(const Stage& stage, const std::vector<Row>& all, const std::vector<Slot>& slots,
                       const std::vector<float>& high, std::size_t fixed, float height) {
  if (stage.options.most_lanes) return 0;  // all of them are in sight
  auto skip = std::min(slots.size() - fixed, static_cast<std::size_t>(std::max(0.0f, stage.options.lane_scroll)));
  const std::uint32_t lane = stage.options.reveal.value - 1;
  const auto target = std::find_if(slots.begin() + static_cast<std::ptrdiff_t>(fixed), slots.end(), [&](const Slot& slot) {
    if (slot.own < 0) return false;
    const auto& lanes = all[static_cast<std::size_t>(slot.own)].lanes;
    return std::find(lanes.begin(), lanes.end(), lane) != lanes.end();
  });
  if (!stage.options.reveal || target == slots.end()) return skip;
  const auto index = static_cast<std::size_t>(target - slots.begin()) - fixed;
  if (index < skip) return index;
  for (std::size_t i = 0; i < fixed; ++i) height -= high[i];
  for (std::size_t i = skip; i <= index; ++i) height -= high[fixed + i];
  for (; height < 0 && skip < index; ++skip) height += high[fixed + skip];
  return skip;
}

/// The lanes to show of a run.
LaneChoice chosen(const Stage& stage) {
  std::vector<std::uint32_t> spawned = spawn_order(stage.history, stage.options.focus);
  if (const std::vector<TaskId>* brushed = stage.options.brushed)
    std::erase_if(spawned,
                  [&](std::uint32_t lane) { return !std::binary_search(brushed->begin(), brushed->end(), TaskId{lane + 1}); });
  return choose_lanes(stage.trace, stage.history, stage.options.hunt, stage.playhead(), std::move(spawned));
}

}  // namespace

Rows lay_out_rows(const Stage& stage, float top, float height) {
  const FontMetrics& m = stage.options.metrics;
  const Heights h = heights(m);
  if (m.cells) height = std::min(height, terminal_rows);
  const LaneChoice choice = chosen(stage);
  std::vector<Row> all;
  std::vector<Slot> slots;
  const auto total = [&] {
    float sum = 0;
    for (const Slot& slot : slots) sum += weight(slot, m);
    return sum;
  };
  const auto fits = [&](std::size_t rows) { return static_cast<float>(rows) * h.least <= height; };
  const auto rows_of = [](const LaneChoice& lanes) { return lanes.lanes.size() + lanes.pinned.size(); };
  const Counterpart* beside = stage.options.beside;
  const std::size_t fixed = beside ? 0 : choice.pinned.size();  // pinned rows do not scroll
  if (!beside) {
    all = listed(stage, choice, height, !fits(rows_of(choice)) && stage.options.fold);
    slots = own_slots(all);
  } else {
    TimelineOptions options = stage.options;
    options.brushed = nullptr;  // by the other's ids
    DrawList none;
    Stage other{beside->trace, beside->history, options, none};
    other.requests = Requests(beside->history);
    const LaneChoice other_choice = chosen(other);
    const auto share = [&](bool fold) {
      all = listed(stage, choice, height, fold);
      const std::vector<Row> rows = listed(other, other_choice, height, fold);
      // To match more by name in each frame would take too long.
      if (all.size() + rows.size() > most_shared) return void(slots = own_slots(all));
      slots = shared_slots(all, keys_of(stage, all), rows, keys_of(other, rows), beside->first);
    };
    const bool crowd = !fits(std::max(rows_of(choice), rows_of(other_choice)));
    share(crowd && options.fold);
    if (!crowd && options.fold && !fits(slots.size())) share(true);
  }
  if (total() * h.least > height) {  // no room for staircases: the bars' labels must do
    for (Row& row : all) row.steps = 0;
    for (Slot& slot : slots) slot.steps = 0;
  }

  Rows out;
  out.of_lane.assign(stage.history.lanes.size(), -1);
  // What is left beside lanes of ideal height goes to the folded rows, by the root of how many they hold.
  float plain = 0, shares = 0;
  for (const Slot& slot : slots)
    slot.lanes > 1 ? void(shares += std::sqrt(static_cast<float>(slot.lanes))) : void(plain += weight(slot, m));
  const float unit = std::clamp(height / std::max(0.01f, total()), h.least, shares > 0 ? h.ideal : h.most);
  const float spare = std::max(0.0f, height - plain * std::min(unit, h.ideal));
  const float fold_least = m.cells ? 2 : m.line_height * 2.6f;
  std::vector<float> heights_of;
  for (const Slot& slot : slots) {
    float high = unit * weight(slot, m);
    if (slot.lanes > 1) {
      high = std::max(fold_least, spare * std::sqrt(static_cast<float>(slot.lanes)) / shares);
      high = m.cells ? std::clamp(std::floor(high), 2.0f, 6.0f) : std::min(high, m.line_height * 14);
    }
    heights_of.push_back(high);
  }
  const std::size_t skip = first_slot(stage, all, slots, heights_of, fixed, height);
  float y = top;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (i == fixed) i += skip;
    if (i >= slots.size()) break;
    const Slot& slot = slots[i];
    float high = heights_of[i];
    if (y + high > top + height + 0.01f) {
      // A folded row that only just fails to fit is worth more cramped than missing.
      if (slot.lanes < 2 || top + height - y < h.least) {
        out.below = slots.size() - i;
        break;
      }
      high = top + height - y;
    }
    if (slot.own >= 0) {
      Row& row = all[static_cast<std::size_t>(slot.own)];
      row.y = y;
      row.h = high;
      row.bar = row.folded() ? high : std::min(high, unit);
      if (!row.folded()) row.steps = slot.steps && row.steps ? slot.steps : 0;
      for (const std::uint32_t lane : row.lanes) out.of_lane[lane] = static_cast<int>(out.rows.size());
      out.rows.push_back(std::move(row));
    }
    y += high;
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
  for (std::size_t i = 0; !most_lanes && i < std::min(history.unstarted.size(), most_ghosts); ++i)
    if (in_focus(focus, history.unstarted[i].task)) sum += 1;
  sum *= heights(metrics).ideal;
  return metrics.cells ? std::min(sum, terminal_rows) : sum;
}

}  // namespace awaitscope::view
