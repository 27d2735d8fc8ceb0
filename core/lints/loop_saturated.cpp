// loop-saturated: the loop hardly ever waits; it has no room left, and every new task makes all others slower.
#include <algorithm>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double share = 0.95, window_s = 1, windows_count = 3;

struct Stretch {
  Instant begin, end;
};

/// When the loop was at work: in its passes up to each wait for events.  Where no such wait is recorded: in its steps, which
/// says less, never more.
std::vector<Stretch> busy(const Run& run) {
  std::vector<Stretch> out;
  if (run.once<EventIndex>().of(Kind::idle_begin).empty()) {
    for (const Stall& step : run.history.steps) out.push_back({step.begin, step.end});
  } else {
    for (const Tick& tick : run.history.ticks) out.push_back({tick.begin, tick.busy_end});
  }
  return out;
}

/// How many of the run's whole windows are nearly full of work.  Each is judged as the stretches pass it.
class Windows {
 public:
  Windows(Duration size, Instant end, double share)
      : size_(size.count()), whole_(end.ns / size.count()), enough_(share * static_cast<double>(size.count())) {}

  void take(Stretch s) {
    const std::int64_t from = std::max(s.begin.ns, covered_), to = std::min(s.end.ns, whole_ * size_);
    if (from >= to) return;
    worked_ += to - from;
    covered_ = to;
    go_to(from / size_);
    in_window_ += std::min(to, (now_ + 1) * size_) - from;
    if (to < (now_ + 1) * size_) return;
    const std::int64_t skipped = to / size_ - now_ - 1;  // full ones
    full_ += skipped;
    go_to(to / size_);
    in_window_ = to % size_;
  }
  void end() { go_to(whole_); }

  std::int64_t whole() const { return whole_; }
  std::int64_t full() const { return full_; }
  double share() const { return static_cast<double>(worked_) / (static_cast<double>(whole_) * static_cast<double>(size_)); }

 private:
  void go_to(std::int64_t window) {
    if (window == now_) return;
    full_ += static_cast<double>(in_window_) >= enough_;
    now_ = window;
    in_window_ = 0;
  }
  const std::int64_t size_, whole_;
  const double enough_;
  std::int64_t now_ = 0, in_window_ = 0, covered_ = 0, worked_ = 0, full_ = 0;
};

/// Who took most of the time.
std::vector<const TaskModel*> busiest(const Run& run) {
  std::vector<const TaskModel*> out;
  for (const TaskModel& task : run.history.model.tasks)
    if (task.running.count() > 0) out.push_back(&task);
  const auto middle = out.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(out.size(), 3));
  std::partial_sort(out.begin(), middle, out.end(), [](const TaskModel* a, const TaskModel* b) {
    return a->running != b->running ? a->running > b->running : a->id < b->id;
  });
  out.erase(middle, out.end());
  return out;
}

/// The longest step of a task, else of all.
const Stall& longest_step(const Run& run, TaskId task) {
  const auto& steps = run.history.steps;
  return *std::max_element(steps.begin(), steps.end(), [&](const Stall& a, const Stall& b) {
    if ((a.task == task) != (b.task == task)) return b.task == task;
    return a.end - a.begin < b.end - b.begin;
  });
}

std::vector<Finding> check(const Run& run) {
  if (run.trace.info.clock != "steady" || run.history.steps.empty()) return {};
  const double limit = run.setting("loop-saturated.share", share);
  const Duration window{static_cast<std::int64_t>(std::max(run.setting("loop-saturated.window_s", window_s), 0.001) * 1e9)};
  Windows windows(window, run.history.end, limit);
  if (static_cast<double>(windows.whole()) < std::max(1.0, run.setting("loop-saturated.windows_count", windows_count)))
    return {};
  for (const Stretch& s : busy(run)) windows.take(s);
  windows.end();
  if (windows.full() * 2 <= windows.whole()) return {};  // the median is below the limit
  const auto tasks = busiest(run);
  const Stall& step = longest_step(run, tasks.empty() ? TaskId{} : tasks.front()->id);
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, run.trace.size());
  f.site = run.trace.site(step.site);
  f.end = {windows.whole() * window.count()};
  f.evidence = {step.first};
  std::vector<std::string> names;
  for (const TaskModel* task : tasks) {
    f.tasks.push_back(task->id);
    names.push_back(fmt::format("{} {}", run.name_of(task->id), show(task->running)));
  }
  f.sentence =
      fmt::format("in {} of {} windows of {} the loop was at work for {:g} % of the time or more, over all for {:.0f} %",
                  windows.full(), windows.whole(), show(window), limit * 100, windows.share() * 100);
  if (!names.empty()) f.sentence += "; most of it went to " + listed(names);
  return {f};
}

}  // namespace

Lint loop_saturated() {
  return {"loop-saturated",
          "the loop is at work nearly all the time and hardly ever waits for events",
          "move computing to threads or processes with to_thread, or share the load among several loops",
          "",
          {{"share", share}, {"window_s", window_s}, {"windows_count", windows_count}},
          check};
}

}  // namespace awaitscope::lints
