// starvation: a task was ready for long while others got their turn again and again.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/findings/blame.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_listed = 100;

/// The tasks that starved at one place, the one that waited for longest, and how many there were.
struct Place {
  Delay worst;
  std::set<TaskId> tasks;
  std::size_t count = 0;
};

/// Who ran while the task waited and how often, most often first.
std::vector<std::pair<std::size_t, TaskId>> turns(const Run& run, const Delay& delay) {
  const std::vector<Seq>& begun = run.once<EventIndex>().of(Kind::step_begin);
  std::vector<std::size_t> count(run.history.model.tasks.size() + 1);
  for (auto seq = std::upper_bound(begun.begin(), begun.end(), delay.wake);
       seq != begun.end() && (delay.step == 0 || *seq < delay.step); ++seq)
    if (const TaskId task = run.trace[*seq].who(); task.value < count.size()) ++count[task.value];
  std::vector<std::pair<std::size_t, TaskId>> out;
  for (std::uint32_t id = 1; id < count.size(); ++id)
    if (count[id] > 0) out.emplace_back(count[id], TaskId{id});
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  return out;
}

Finding starved(const Run& run, const Place& place) {
  const Delay& worst = place.worst;
  const auto others = turns(run, worst);
  const auto turns_of = [&](std::size_t i) {
    return fmt::format("{} {}", run.name_of(others[i].second), counted(others[i].first, "time"));
  };
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, worst.step);
  f.site = run.trace.site(worst.site);
  f.begin = worst.begin;
  f.end = worst.end;
  f.tasks = {worst.task};
  for (std::size_t i = 0; i < std::min(others.size(), most_listed); ++i) f.tasks.push_back(others[i].second);
  f.evidence = {worst.wake};
  if (worst.step) f.evidence.push_back(worst.step);
  f.sentence = fmt::format("task {} was ready{} for {}{} and did not run, while others took {}: {}", run.name_of(worst.task),
                           at(f.site), worst.step ? "" : "at least ", show(worst.length()),
                           counted(steps_begun(run, worst.wake, worst.step), "step"), listed_few(others.size(), turns_of));
  if (place.count > 1)
    f.sentence +=
        fmt::format("; {} for {} there", counted(place.count - 1, "more long wait"), counted(place.tasks.size(), "task"));
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::map<std::pair<SiteId, TextId>, Place> places;
  for (const Delay& d : delays(run, milliseconds(1000 * run.setting("starvation.limit_s", starving_s)), true)) {
    if (!starves(run, d)) continue;
    const TaskModel* task = run.history.model.task(d.task);
    Place& place = places[{d.site, task ? task->name : TextId{}}];
    if (place.count++ == 0 || d.length() > place.worst.length()) place.worst = d;
    place.tasks.insert(d.task);
  }
  std::vector<Finding> out;
  for (const auto& [where, place] : places) out.push_back(starved(run, place));
  return out;
}

}  // namespace

Lint starvation() {
  return {"starvation",
          "a task is ready for long and does not run, while others run again and again",
          "run fewer busy tasks at once, make them wait between their steps, or choose a fair order of turns",
          "",
          {{"limit_s", starving_s}, {"others_steps", starving_steps}},
          check};
}

}  // namespace awaitscope::lints
