// slow-step: one step held the loop, so nothing else ran.
#include <map>
#include <queue>
#include <tuple>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double info_ms = 10, warning_ms = 50, error_ms = 100;
constexpr std::size_t most_victims = 100, most_names = 4;  ///< that are listed; all are counted
constexpr std::size_t most_in_full = 8;                    ///< steps of many that are alike

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
  std::size_t timers = 0, tasks = 0;
  std::vector<std::string> timer_names, task_names;  ///< of the first
  std::vector<std::pair<TaskId, Seq>> some;

  std::string told() const {
    if (timers + tasks == 0) return "nothing else was due";
    std::string out;
    if (timers) out += fmt::format("{} came due in it ({})", counted(timers, "timer"), listed_of(timers, timer_names));
    if (timers && tasks) out += " and ";
    if (tasks)
      out += fmt::format("{} waited for {} turn ({})", counted(tasks, "ready task"), tasks == 1 ? "its" : "their",
                         listed_of(tasks, task_names));
    return out;
  }
};

void late_timers(const Run& run, const Stall& step, const std::vector<Fired>& fired, Victims& out) {
  auto timer =
      std::lower_bound(fired.begin(), fired.end(), step.begin.ns, [](const Fired& f, std::int64_t due) { return f.due < due; });
  for (; timer != fired.end() && timer->due < step.end.ns; ++timer) {
    if (timer->at < step.end || timer->seq < step.first) continue;  // due before it began, and fired before
    if (++out.timers > most_victims) continue;
    if (out.timers <= most_names)
      out.timer_names.push_back(fmt::format("{} {} late", run.name_of(timer->task), show(timer->at - Instant{timer->due})));
    out.some.emplace_back(timer->task, timer->seq);
  }
}

/// Who stood in the ready queue when each of the slow steps ended, asked in their order.
class Queue {
 public:
  Queue(const Run& run, const std::vector<const Stall*>& steps) {
    for (const Lane& lane : run.history.lanes)
      for (const Span& span : lane.spans) {
        // A task that was made and not yet begun stands in the queue like any other.
        if ((span.phase != Phase::ready && span.phase != Phase::created) || span.begin == span.end) continue;
        const auto step = std::upper_bound(steps.begin(), steps.end(), span.begin,
                                           [](Instant begin, const Stall* s) { return begin < s->end; });
        if (step != steps.end() && (*step)->end <= span.end) comes_.push_back({span.begin, span.end, lane.task, span.first});
      }
    std::sort(comes_.begin(), comes_.end(), [](const Waited& a, const Waited& b) { return a.begin < b.begin; });
  }
  /// By task, the event since which it stood there.
  const std::map<TaskId, Seq>& at_the_end_of(const Stall& step) {
    for (; !goes_.empty() && goes_.top().first < step.end; goes_.pop()) now_.erase(goes_.top().second);
    for (; next_ < comes_.size() && comes_[next_].begin < step.end; ++next_) {
      const Waited& one = comes_[next_];
      if (one.end < step.end) continue;
      now_[one.task] = one.first;
      goes_.emplace(one.end, one.task);
    }
    return now_;
  }

 private:
  struct Waited {
    Instant begin, end;
    TaskId task;
    Seq first = 0;
  };
  using Leaving = std::pair<Instant, TaskId>;
  std::vector<Waited> comes_;
  std::size_t next_ = 0;
  std::priority_queue<Leaving, std::vector<Leaving>, std::greater<>> goes_;
  std::map<TaskId, Seq> now_;
};

void waiting_tasks(const Run& run, const Stall& step, Queue& queue, Victims& out) {
  const auto& waiting = queue.at_the_end_of(step);
  out.tasks = waiting.size() - waiting.count(step.task);
  std::size_t told = 0;
  for (const auto& [task, since] : waiting) {
    if (task == step.task) continue;
    if (++told > most_victims) break;
    if (told <= most_names) out.task_names.push_back(run.name_of(task));
    out.some.emplace_back(task, since);
  }
}

struct Slow {
  const Stall* step = nullptr;
  Severity severity = Severity::info;
  Confidence confidence = Confidence::proven;
  bool in_full = false;
};

std::vector<Slow> slow_steps(const Run& run) {
  const double least = run.setting("slow-step.info_ms", info_ms);
  const double warning = run.setting("slow-step.warning_ms", warning_ms), error = run.setting("slow-step.error_ms", error_ms);
  std::vector<Slow> out;
  for (const Stall& step : run.history.steps) {
    const double ms = static_cast<double>((step.end - step.begin).count()) / 1e6;
    if (ms < least) continue;
    const Severity severity = ms >= error ? Severity::error : ms >= warning ? Severity::warning : Severity::info;
    out.push_back({&step, severity, sureness(run, step.last), false});
  }
  return out;
}

/// Of many that are alike the worst will speak for all (core/findings/fold.h): only of these the victims are looked for.
void choose_the_worst(const Run& run, std::vector<Slow>& steps) {
  std::map<std::tuple<Severity, SiteId, TextId>, std::vector<Slow*>> groups;
  for (Slow& slow : steps) {
    const TaskModel* task = run.history.model.task(slow.step->task);
    groups[{slow.severity, slow.step->site, task ? task->name : TextId{}}].push_back(&slow);
  }
  const auto worse = [](const Slow* a, const Slow* b) {
    const auto key = [](const Slow& s) { return std::tuple(s.confidence, s.step->begin - s.step->end, s.step->first); };
    return key(*a) < key(*b);
  };
  for (auto& [key, group] : groups) {
    const auto end = group.begin() + static_cast<std::ptrdiff_t>(std::min(group.size(), most_in_full));
    std::partial_sort(group.begin(), end, group.end(), worse);
    std::for_each(group.begin(), end, [](Slow* slow) { slow->in_full = true; });
  }
}

Finding blamed(const Run& run, const Slow& slow, const std::string& victims) {
  const Stall& step = *slow.step;
  Finding f;
  f.severity = slow.severity;
  f.confidence = slow.confidence;
  f.site = run.trace.site(step.site);
  const std::string call = step.what ? fmt::format(" in {}", plain(run.trace.text(step.what.value))) : "";
  const std::string least = step.last ? "" : "at least ";
  f.sentence = fmt::format("{} held the loop for {}{}{}{}{}", task_named(run, step.task), least, show(step.end - step.begin),
                           call, at(f.site), victims);
  f.begin = step.begin;
  f.end = step.end;
  if (step.task) f.tasks.push_back(step.task);
  f.evidence.push_back(step.first);
  if (step.last) f.evidence.push_back(step.last);
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Slow> slow = slow_steps(run);
  std::vector<Finding> out;
  if (slow.empty()) return out;
  choose_the_worst(run, slow);
  std::vector<const Stall*> in_full;
  for (const Slow& one : slow)
    if (one.in_full) in_full.push_back(one.step);
  const std::vector<Fired> fired = fired_timers(run);
  Queue queue(run, in_full);
  for (const Slow& one : slow) {
    Victims victims;
    if (one.in_full) {
      late_timers(run, *one.step, fired, victims);
      waiting_tasks(run, *one.step, queue, victims);
    }
    Finding f = blamed(run, one, one.in_full ? "; " + victims.told() : "");
    for (const auto& [task, seq] : victims.some) {
      if (f.evidence.size() >= 2 + most_victims) break;
      if (task && std::find(f.tasks.begin(), f.tasks.end(), task) == f.tasks.end()) f.tasks.push_back(task);
      f.evidence.push_back(seq);
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
          check,
          true};
}

}  // namespace awaitscope::lints
