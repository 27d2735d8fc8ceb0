#include "app/view/filter.h"

#include <fmt/format.h>

#include "app/view/lane_choice.h"
#include "app/view/search.h"
#include "app/view/stage.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr std::string_view states[] = {"failed", "cancelled", "returned", "unfinished", "created",
                                       "ready",  "running",   "waiting",  "done"};
constexpr int first_phase = 4;

bool is_in(const History& history, std::uint32_t lane, Seq playhead, int state) {
  const TaskModel& task = history.model.tasks[lane];
  const bool done = task.phase == Phase::done;
  switch (state) {
    case 0: return done && task.outcome == Outcome::raised;
    case 1: return done && task.outcome == Outcome::cancelled;
    case 2: return done && task.outcome == Outcome::returned;
    case 3: return !done;
    default: {
      const auto& spans = history.lanes[lane].spans;
      if (done && (spans.empty() || playhead >= spans.back().last)) return state == first_phase + static_cast<int>(Phase::done);
      const Span* now = span_at(history.lanes[lane], playhead);
      return now && state == first_phase + static_cast<int>(now->phase);
    }
  }
}

/// How well letters fit a name, in their order: 0 not at all; more where they stand together and at its beginning.
int likeness(std::string_view name, std::string_view letters) {
  const std::string low = small_letters(name);
  if (const std::size_t at = low.find(letters); at != std::string::npos)
    return 10'000 - static_cast<int>(std::min<std::size_t>(at, 100)) * 10 -
           static_cast<int>(std::min<std::size_t>(name.size(), 999));
  int score = 1000, last = -1;
  std::size_t at = 0;
  for (const char c : letters) {
    at = low.find(c, at);
    if (at == std::string::npos) return 0;
    if (last >= 0) score -= static_cast<int>(std::min<std::size_t>(at - static_cast<std::size_t>(last) - 1, 50)) * 5;
    last = static_cast<int>(at++);
  }
  return std::max(1, score - static_cast<int>(std::min<std::size_t>(name.size(), 400)));
}

HiddenLanes count_hidden(const Hunt& hunt, const Side& side) {
  Hunt unfiltered;
  unfiltered.pins = hunt.pins;
  unfiltered.folded = hunt.folded;
  const std::vector<std::uint32_t> order = spawn_order(side.seen(), nullptr);
  const auto chosen = [&](const Hunt& by) { return choose_lanes(side.seen_trace(), side.seen(), &by, side.step, order); };
  const LaneChoice all = chosen(unfiltered);
  const std::size_t shown = hunt.filter.empty() ? all.lanes.size() : chosen(hunt).lanes.size();
  return {all.lanes.size() - shown, all.pinned.size() + all.lanes.size()};
}

struct LanesFound {
  std::vector<LaneFound> lanes;
};

LanesFound found_lanes(const Side& side, std::string_view letters, std::size_t most) {
  std::string wanted = small_letters(letters);
  std::erase(wanted, ' ');
  std::vector<LaneFound> out;
  const Model& model = side.seen().model;
  for (const TaskModel& task : model.tasks) {
    if (!task.id) continue;  // a number that nothing stands behind
    std::string name = task_name(side.seen_trace(), model, task.id);
    const int score = wanted.empty() ? 1 : likeness(name, wanted);
    if (score > 0) out.push_back({task.id, std::move(name), score});
  }
  const auto better = [](const LaneFound& a, const LaneFound& b) {
    return a.score != b.score ? a.score > b.score : a.task < b.task;
  };
  if (out.size() > most) {
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(most), out.end(), better);
    out.resize(most);
  } else {
    std::sort(out.begin(), out.end(), better);
  }
  return {std::move(out)};
}

}  // namespace

LaneFilter::LaneFilter(std::string_view text) {
  const std::string low = small_letters(text);
  std::string_view rest = low;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (rest.empty()) return;
    std::string_view word = rest.substr(0, std::min(rest.find_first_of(" \t"), rest.size()));
    rest.remove_prefix(word.size());
    Word made;
    if (word.size() > 1 && word[0] == '-') made.without = true, word.remove_prefix(1);
    made.text = word;
    const auto state = std::find(std::begin(states), std::end(states), word);
    if (state != std::end(states)) made.state = static_cast<int>(state - std::begin(states));
    words_.push_back(std::move(made));
  }
}

bool LaneFilter::passes(const Trace& trace, const History& history, std::uint32_t lane, Seq playhead) const {
  std::string shown;  // made only where the plain name does not do
  for (const Word& word : words_) {
    bool fits = false;
    if (word.state >= 0) {
      fits = is_in(history, lane, playhead, word.state);
    } else {
      fits = holds(trace.text(history.model.tasks[lane].name.value), word.text);
      if (!fits && word.text.find_first_of("0123456789") != std::string::npos) {
        if (shown.empty()) shown = task_name(trace, history.model, TaskId{lane + 1});
        fits = holds(shown, word.text);
      }
    }
    if (fits == word.without) return false;
  }
  return true;
}

bool LaneFilter::follows_playhead() const {
  return std::any_of(words_.begin(), words_.end(), [](const Word& word) { return word.state >= first_phase; });
}

HiddenLanes hidden_lanes(const Session& session, const Side& side) {
  const Hunt& hunt = session.hunt;
  const bool follows = LaneFilter(hunt.filter).follows_playhead();
  std::string key = fmt::format("{} {} {}", side.seen_trace().size(), follows ? side.step : 0, hunt.filter);
  for (const std::string& name : hunt.pins) key += "\npinned " + name;
  for (const std::string& name : hunt.folded) key += "\nfolded " + name;
  return side.memo.of<HiddenLanes>(key, [&] { return count_hidden(hunt, side); });
}

const std::vector<LaneFound>& lanes_like(const Side& side, std::string_view letters, std::size_t most) {
  const std::string key = fmt::format("{} {} {}", side.seen_trace().size(), most, letters);
  return side.memo.of<LanesFound>(key, [&] { return found_lanes(side, letters, most); }).lanes;
}

}  // namespace awaitscope::view
