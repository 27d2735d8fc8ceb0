// slow-step: one step held the loop, so nothing else ran.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double info_ms = 10, warning_ms = 50, error_ms = 100;
constexpr std::size_t most_victims = 100;  ///< that are listed; all are counted

struct Fired {
  std::int64_t due = 0;
  Instant at;
  TaskId task;
  Seq seq = 0;
};

std::vector<Fired> fired_timers(const Run& run) {
  std::vector<Fired> out;
  for (const Event& e : run.events({Kind::timer_fired})) out.push_back({e.nanoseconds(), e.at(), e.who(), e.seq});
  std::stable_sort(out.begin(), out.end(), [](const Fired& a, const Fired& b) { return a.due < b.due; });
  return out;
}

/// What a slow step kept waiting.
struct Victims {
  std::vector<std::string> timers, tasks;
  std::vector<TaskId> ids;
  std::vector<Seq> evidence;
};

void late_timers(const Run& run, const Stall& step, const std::vector<Fired>& fired, Victims& out) {
  auto timer =
      std::lower_bound(fired.begin(), fired.end(), step.begin.ns, [](const Fired& f, std::int64_t due) { return f.due < due; });
  for (; timer != fired.end() && timer->due < step.end.ns; ++timer) {
    if (timer->at < step.end || timer->seq < step.first) continue;  // due before it began, and fired before
    out.timers.push_back(fmt::format("{} {} late", run.name_of(timer->task), show(timer->at - Instant{timer->due})));
    out.ids.push_back(timer->task);
    out.evidence.push_back(timer->seq);
  }
}

void waiting_tasks(const Run& run, const Stall& step, Victims& out) {
  for (const Lane& lane : run.history.lanes) {
    if (lane.task == step.task) continue;
    auto span =
        std::lower_bound(lane.spans.begin(), lane.spans.end(), step.begin, [](const Span& s, Instant t) { return s.end <= t; });
    for (; span != lane.spans.end() && span->begin < step.end; ++span) {
      // A task that was made and not yet begun stands in the queue like any other.
      if ((span->phase != Phase::ready && span->phase != Phase::created) || span->end < step.end) continue;
      out.tasks.push_back(run.name_of(lane.task));
      out.ids.push_back(lane.task);
      out.evidence.push_back(span->first);
      break;
    }
  }
}

std::string told(const Victims& victims) {
  if (victims.timers.empty() && victims.tasks.empty()) return "nothing else was due";
  std::string out;
  if (!victims.timers.empty())
    out += fmt::format("{} came due in it ({})", counted(victims.timers.size(), "timer"), listed(victims.timers));
  if (!victims.tasks.empty()) {
    if (!out.empty()) out += " and ";
    out += fmt::format("{} waited for {} turn ({})", counted(victims.tasks.size(), "ready task"),
                       victims.tasks.size() == 1 ? "its" : "their", listed(victims.tasks));
  }
  return out;
}

std::vector<Finding> check(const Run& run) {
  const double limit = run.setting("slow-step.info_ms", info_ms);
  std::vector<Finding> out;
  std::vector<Fired> fired;
  bool read = false;
  for (const Stall& step : run.history.steps) {
    const double ms = static_cast<double>((step.end - step.begin).count()) / 1e6;
    if (ms < limit) continue;
    if (!std::exchange(read, true)) fired = fired_timers(run);
    Victims victims;
    late_timers(run, step, fired, victims);
    waiting_tasks(run, step, victims);
    Finding f;
    f.severity = ms >= run.setting("slow-step.error_ms", error_ms)       ? Severity::error
                 : ms >= run.setting("slow-step.warning_ms", warning_ms) ? Severity::warning
                                                                         : Severity::info;
    f.confidence = sureness(run, step.last);
    f.site = run.trace.site(step.site);
    const std::string call = step.what ? fmt::format(" in {}", plain(run.trace.text(step.what.value))) : "";
    const std::string least = step.last ? "" : "at least ";
    f.sentence = fmt::format("{} held the loop for {}{}{}{}; {}", task_named(run, step.task), least,
                             show(step.end - step.begin), call, at(f.site), told(victims));
    f.begin = step.begin;
    f.end = step.end;
    if (step.task) f.tasks.push_back(step.task);
    f.evidence.push_back(step.first);
    if (step.last) f.evidence.push_back(step.last);
    for (std::size_t i = 0; i < std::min(victims.ids.size(), most_victims); ++i) {
      if (const TaskId id = victims.ids[i]; id && std::find(f.tasks.begin(), f.tasks.end(), id) == f.tasks.end())
        f.tasks.push_back(id);
      f.evidence.push_back(victims.evidence[i]);
    }
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint slow_step() {
  return {"slow-step",
          "one step of a task holds the loop for long",
          "await instead of blocking, move the call to a thread with to_thread, or split the work at awaits",
          "blocking_sleep",
          {{"info_ms", info_ms}, {"warning_ms", warning_ms}, {"error_ms", error_ms}},
          check};
}

}  // namespace awaitscope::lints
