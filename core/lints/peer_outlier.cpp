// peer-outlier: one of many tasks that were made at one place works far longer on the loop than the others.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double factor = 10, peers_count = 10, busy_ms = 10;
constexpr std::size_t most_listed = 100;

/// What makes tasks peers: the place that made them, or in traces that do not tell it their name without its number.
struct Origin {
  SiteId site;
  std::string name;
  auto operator<=>(const Origin&) const = default;
};

Origin origin(const Run& run, const TaskModel& task) {
  if (task.created_at) return {task.created_at, ""};
  std::string name(run.trace.text(task.name.value));
  name.erase(name.find_last_not_of("0123456789-_ #") + 1);
  return {{}, name};
}

using Peers = std::vector<const TaskModel*>;

/// The longest step of a task.
const Stall* longest_step(const Run& run, TaskId task) {
  const Stall* longest = nullptr;
  for (const Stall& step : run.history.steps)
    if (step.task == task && (!longest || step.end - step.begin > longest->end - longest->begin)) longest = &step;
  return longest;
}

/// `peers` the busiest first, of which `count` stand out.
Finding outliers(const Run& run, const Peers& peers, std::size_t count, Duration median, bool same_place) {
  const TaskModel& worst = *peers.front();
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, worst.phase == Phase::done ? worst.since : run.trace.size());
  if (f.confidence == Confidence::proven && !same_place) f.confidence = Confidence::likely;
  f.begin = worst.created_time;
  f.end = worst.phase == Phase::done ? worst.ended : run.history.end;
  for (std::size_t i = 0; i < std::min(count, most_listed); ++i) f.tasks.push_back(peers[i]->id);
  const Stall* step = longest_step(run, worst.id);
  const std::string where = at(run.trace.site(same_place ? worst.created_at : SiteId{}));
  f.site = run.trace.site(step && step->site ? step->site : worst.created_at);
  f.evidence = {step ? step->first : std::max<Seq>(worst.created, 1)};
  f.sentence = fmt::format("task {} was at work on the loop for {}, its {} peers made{} for {} (median)", run.name_of(worst.id),
                           show(worst.running), peers.size() - 1, where, show(median));
  if (step)
    f.sentence += fmt::format("; its longest step took {}{}", show(step->end - step->begin), at(run.trace.site(step->site)));
  if (count > 1) f.sentence += fmt::format("; {} others stand out too", count - 1);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const double times = run.setting("peer-outlier.factor", factor);
  const Duration least{static_cast<std::int64_t>(run.setting("peer-outlier.busy_ms", busy_ms) * 1e6)};
  // Only where somebody is busy at all is it worth looking at all tasks.
  const auto& tasks = run.history.model.tasks;
  if (std::none_of(tasks.begin(), tasks.end(), [&](const TaskModel& t) { return t.running >= least; })) return {};
  std::map<Origin, Peers> groups;
  for (const TaskModel& task : tasks)
    if (task.steps > 0) groups[origin(run, task)].push_back(&task);
  std::vector<Finding> out;
  for (auto& [from, peers] : groups) {
    if (static_cast<double>(peers.size()) <= run.setting("peer-outlier.peers_count", peers_count)) continue;
    std::stable_sort(peers.begin(), peers.end(),
                     [](const TaskModel* a, const TaskModel* b) { return a->running > b->running; });
    const Duration median = peers[peers.size() / 2]->running;
    const auto stands_out = [&](const TaskModel* t) {
      return t->running >= least && static_cast<double>(t->running.count()) > times * static_cast<double>(median.count());
    };
    const auto end = std::find_if_not(peers.begin(), peers.end(), stands_out);
    if (end != peers.begin())
      out.push_back(outliers(run, peers, static_cast<std::size_t>(end - peers.begin()), median, bool{from.site}));
  }
  return out;
}

}  // namespace

Lint peer_outlier() {
  return {"peer-outlier",
          "one of many tasks made at one place is at work far longer than the others",
          "look what is special about its input, and split it or move it to a thread",
          "",
          {{"factor", factor}, {"peers_count", peers_count}, {"busy_ms", busy_ms}},
          check};
}

}  // namespace awaitscope::lints
