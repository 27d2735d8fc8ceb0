// self-wake-spin: a task wakes itself again and again and does nothing in between: it turns with the loop until something
// else happens.  Who works in slices and gives way between them also wakes itself, and is right.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/deeds.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double share = 0.5, wakes_count = 20, work_ms = 1;
constexpr std::size_t most_listed = 100;

/// How often a task was woken, and how often by itself to do nothing.
struct Spin {
  TaskId task;
  std::size_t wakes = 0, idle = 0;
  Duration busy{};
  SiteId site;
  Instant begin, end;
  Seq first = 0, last = 0;  ///< the first and the last idle step
};

/// Whether the step behind the ready span is one for which the task woke itself.
bool self_woken(const Run& run, TaskId task, const Span& ready) {
  if (ready.phase != Phase::ready) return false;
  const Event wake = run.trace[ready.first];
  if (wake.kind == Kind::step_end) return wake.as<Wait>() == Wait::yield;
  return wake.kind == Kind::task_ready && wake.a == task.value;
}

/// Whether enough steps follow another without a wait between, as far as spans tell: a look that is quick.
bool may_spin(const Lane& lane, double share_of, std::size_t steps) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < lane.spans.size(); ++i)
    count += lane.spans[i].phase == Phase::ready && lane.spans[i - 1].phase == Phase::running;
  return static_cast<double>(count) > share_of * (static_cast<double>(steps) - 1);
}

Spin spin_of(const Run& run, const Lane& lane) {
  const Duration work{static_cast<std::int64_t>(run.setting("self-wake-spin.work_ms", work_ms) * 1e6)};
  Spin out;
  out.task = lane.task;
  for (std::size_t i = 1; i < lane.spans.size(); ++i) {
    const Span& step = lane.spans[i];
    if (step.phase != Phase::running || lane.spans[i - 1].phase == Phase::created) continue;
    ++out.wakes;
    if (step.end - step.begin >= work || !self_woken(run, lane.task, lane.spans[i - 1])) continue;
    if (did_something(run, lane.task, step)) continue;
    ++out.idle;
    out.busy += step.end - step.begin;
    out.site = lane.spans[i - 1].site;
    if (!out.first) {
      out.first = step.first;
      out.begin = step.begin;
    }
    out.last = step.first;
    out.end = step.end;
  }
  return out;
}

bool spins(const Run& run, const Spin& spin) {
  return static_cast<double>(spin.wakes) >= run.setting("self-wake-spin.wakes_count", wakes_count) &&
         static_cast<double>(spin.idle) > run.setting("self-wake-spin.share", share) * static_cast<double>(spin.wakes);
}

Finding told(const Run& run, const std::vector<Spin>& all) {
  const Spin& worst = *std::max_element(all.begin(), all.end(), [](const Spin& a, const Spin& b) { return a.idle < b.idle; });
  Finding f;
  f.severity = Severity::info;
  // What is not recorded may be work all the same.
  f.confidence = sureness(run, worst.last) == Confidence::recheck ? Confidence::recheck : Confidence::likely;
  f.site = run.trace.site(worst.site);
  f.begin = worst.begin;
  f.end = worst.end;
  f.tasks = {worst.task};
  for (const Spin& spin : all)
    if (spin.task != worst.task && f.tasks.size() < most_listed) f.tasks.push_back(spin.task);
  f.evidence = {worst.first};
  if (worst.last != worst.first) f.evidence.push_back(worst.last);
  f.sentence = fmt::format("task {} woke itself {} times out of {}{} and did nothing that is recorded in between",
                           run.name_of(worst.task), worst.idle, worst.wakes, at(f.site));
  if (worst.end > worst.begin) f.sentence += fmt::format(", for {}", show(worst.end - worst.begin));
  if (all.size() > 1) f.sentence += fmt::format("; {} there did so too", counted(all.size() - 1, "more task"));
  return f;
}

std::vector<Finding> check(const Run& run) {
  const double least = run.setting("self-wake-spin.wakes_count", wakes_count);
  const double share_of = run.setting("self-wake-spin.share", share);
  std::map<SiteId, std::vector<Spin>> places;
  for (const TaskModel& task : run.history.model.tasks) {
    const Lane& lane = run.history.lanes[task.id.value - 1];
    if (task.steps < least || !may_spin(lane, share_of, task.steps)) continue;
    if (const Spin spin = spin_of(run, lane); spins(run, spin)) places[spin.site].push_back(spin);
  }
  std::vector<Finding> out;
  for (const auto& [site, all] : places) out.push_back(told(run, all));
  return out;
}

}  // namespace

Lint self_wake_spin() {
  return {"self-wake-spin",
          "most wake-ups of a task are its own, and it does nothing in between",
          "await what it waits for: an event, a condition, a queue, the other task",
          "",
          {{"share", share}, {"wakes_count", wakes_count}, {"work_ms", work_ms}},
          check};
}

}  // namespace awaitscope::lints
