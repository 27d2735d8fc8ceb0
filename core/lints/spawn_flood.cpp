// spawn-flood: over a while so many tasks are made, or so many steps begun, that the loop's own work is what takes the time.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/blame.h"

namespace awaitscope::lints {
namespace {

constexpr double tasks_per_ms = 20, steps_per_ms = 10, window_ms = 100;
constexpr std::size_t most_listed = 100;

/// The window of a given length in which most of some events fall.
struct Crowd {
  std::size_t from = 0, to = 0;  ///< indices of the events; without `to`
  std::size_t count() const { return to - from; }
};

Crowd densest(const Run& run, const std::vector<Seq>& events, Duration window) {
  Crowd worst;
  std::vector<std::int64_t> times;
  times.reserve(events.size());
  for (const Seq seq : events) times.push_back(run.trace[seq].time);
  for (std::size_t from = 0, to = 0; to < times.size();) {
    if (times[to] - times[from] < window.count()) {
      if (++to - from > worst.count()) worst = {from, to};
    } else {
      ++from;
    }
  }
  return worst;
}

/// Whom the events of a crowd come from: places and tasks, those with most events first.
template <class Key, class Of>
std::vector<std::pair<std::size_t, Key>> most_frequent(const Run& run, const std::vector<Seq>& events, const Crowd& crowd,
                                                       Of of) {
  std::map<Key, std::size_t> count;
  for (std::size_t i = crowd.from; i < crowd.to; ++i) ++count[of(run.trace[events[i]])];
  std::vector<std::pair<std::size_t, Key>> out;
  for (const auto& [key, many] : count) out.emplace_back(many, key);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  return out;
}

Finding about(const Run& run, const std::vector<Seq>& events, const Crowd& crowd) {
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, events[crowd.to - 1]);
  f.begin = run.trace[events[crowd.from]].at();
  f.end = run.trace[events[crowd.to - 1]].at();
  f.evidence = {events[crowd.from]};
  if (crowd.count() > 1) f.evidence.push_back(events[crowd.to - 1]);
  return f;
}

std::vector<Finding> check(const Run& run) {
  if (run.trace.info.clock != "steady") return {};
  const double window = std::max(run.setting("spawn-flood.window_ms", window_ms), 0.001);
  const auto too_many = [&](const Crowd& crowd, double limit) { return static_cast<double>(crowd.count()) >= limit * window; };
  std::vector<Finding> out;

  const std::vector<Seq>& made = run.once<EventIndex>().of(Kind::task_created);
  if (const Crowd crowd = densest(run, made, milliseconds(window));
      too_many(crowd, run.setting("spawn-flood.tasks_per_ms", tasks_per_ms))) {
    const auto sites = most_frequent<SiteId>(run, made, crowd, [](const Event& e) { return e.where(); });
    const auto parents = most_frequent<TaskId>(run, made, crowd, [](const Event& e) { return TaskId{e.a}; });
    Finding f = about(run, made, crowd);
    f.site = run.trace.site(sites.front().second);
    for (std::size_t i = 0; i < std::min(parents.size(), most_listed); ++i)
      if (parents[i].second) f.tasks.push_back(parents[i].second);
    const auto maker = [&](std::size_t i) { return fmt::format("{} by {}", parents[i].first, run.name_of(parents[i].second)); };
    f.sentence = fmt::format("{} were made within {} from {} s on: {}; {} of them{}", counted(crowd.count(), "task"),
                             show(milliseconds(window)), seconds(f.begin, 3), listed_few(parents.size(), maker),
                             sites.front().first, f.site.line ? at(f.site) : " at an unknown place");
    out.push_back(std::move(f));
  }

  const std::vector<Seq>& begun = run.once<EventIndex>().of(Kind::step_begin);
  if (const Crowd crowd = densest(run, begun, milliseconds(window));
      too_many(crowd, run.setting("spawn-flood.steps_per_ms", steps_per_ms))) {
    const auto tasks = most_frequent<TaskId>(run, begun, crowd, [](const Event& e) { return e.who(); });
    Finding f = about(run, begun, crowd);
    for (std::size_t i = 0; i < std::min(tasks.size(), most_listed); ++i) f.tasks.push_back(tasks[i].second);
    if (const TaskModel* task = run.history.model.task(tasks.front().second)) f.site = run.trace.site(task->site);
    const auto runner = [&](std::size_t i) { return fmt::format("{} {}", tasks[i].first, run.name_of(tasks[i].second)); };
    f.sentence = fmt::format("{} began within {} from {} s on, one every {}: {}", counted(crowd.count(), "step"),
                             show(milliseconds(window)), seconds(f.begin, 3),
                             show(milliseconds(window / static_cast<double>(crowd.count()))), listed_few(tasks.size(), runner));
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint spawn_flood() {
  return {"spawn-flood",
          "tasks are made, or steps begun, so fast that the loop's own work takes the time",
          "give each task more to do (batches), or let a few workers take the work from a queue",
          "",
          {{"tasks_per_ms", tasks_per_ms}, {"steps_per_ms", steps_per_ms}, {"window_ms", window_ms}},
          check};
}

}  // namespace awaitscope::lints
