// task-leak: tasks of one place are started again and again and do not end, so that more and more of them live.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double samples = 12, growth = 2;
constexpr std::size_t most_evidence = 100;

/// Where counting stops: everything ends with the program.
struct Horizon {
  Seq seq = 0;  ///< what comes at it or later does not count
  Instant time;
  bool seen = false;  ///< the program's end was seen, and not only the trace's
};

Horizon horizon_of(const Run& run) {
  const History& h = run.history;
  Horizon out{run.trace.size() + 1, h.end, h.model.ended};
  const auto earlier = [&](Seq seq) {
    if (seq == 0 || seq >= out.seq) return;
    out = {seq, run.trace[seq].at(), true};
  };
  for (const Cancellation& c : h.cancellations)
    if (c.why == CancelReason::shutdown) {
      earlier(c.requested);
      break;
    }
  // What main leaves behind is another matter.
  if (const TaskModel* main = h.model.task({1}); main && !main->parent && main->phase == Phase::done) earlier(main->since);
  return out;
}

/// The tasks that one place started, in order.
class Started {
 public:
  void add(const TaskModel& task, const Horizon& horizon) {
    if (task.created >= horizon.seq) return;
    tasks_.push_back(&task);
    began_.push_back(task.created_time);
    if (task.phase == Phase::done && task.since < horizon.seq) ended_.push_back(task.ended);
  }
  void sort() { std::sort(ended_.begin(), ended_.end()); }
  std::size_t size() const { return tasks_.size(); }
  std::size_t live(Instant t) const {
    const auto until = [&](const std::vector<Instant>& all) {
      return std::upper_bound(all.begin(), all.end(), t) - all.begin();
    };
    return static_cast<std::size_t>(std::max<std::ptrdiff_t>(until(began_) - until(ended_), 0));
  }
  Instant first() const { return began_.front(); }
  static bool lives(const TaskModel& task, const Horizon& horizon) {
    return task.phase != Phase::done || task.since >= horizon.seq;
  }
  const std::vector<const TaskModel*>& tasks() const { return tasks_; }

 private:
  std::vector<const TaskModel*> tasks_;
  std::vector<Instant> began_, ended_;
};

/// The numbers of live tasks at equal distances in time, from the first start to the horizon.
std::vector<std::size_t> sampled(const Started& of, const Horizon& horizon, std::size_t count) {
  std::vector<std::size_t> out;
  const std::int64_t length = horizon.time.ns - of.first().ns;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(of.live({of.first().ns + length / static_cast<std::int64_t>(count - 1) * static_cast<std::int64_t>(i)}));
  if (!out.empty()) out.back() = of.live(horizon.time);
  return out;
}

/// Twice the first, the most ever, and more in each quarter: a pool that was started once, or a load that has come to its
/// level, stops growing.
bool grows(const std::vector<std::size_t>& live, double factor) {
  const std::size_t n = live.size() - 1;
  return static_cast<double>(live[n]) > factor * static_cast<double>(live[0]) &&
         live[n] == *std::max_element(live.begin(), live.end()) && live[n] > live[n * 3 / 4] && live[n * 3 / 4] > live[n / 2] &&
         live[n / 2] > live[n / 4];
}

/// Whether most of those that were started in the first half live to the end.
bool stay(const Started& of, const Horizon& horizon) {
  const std::size_t half = of.size() / 2;
  const auto lives = [&](const TaskModel* task) { return Started::lives(*task, horizon); };
  return static_cast<std::size_t>(
             std::count_if(of.tasks().begin(), of.tasks().begin() + static_cast<std::ptrdiff_t>(half), lives)) *
             2 >
         half;
}

Finding about(const Run& run, const Started& of, const Horizon& horizon, const std::vector<std::size_t>& live) {
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, horizon.seen ? horizon.seq : 0);
  if (f.confidence == Confidence::proven) f.confidence = Confidence::likely;  // that they would not end is a guess
  f.begin = of.first();
  f.end = horizon.time;
  const TaskModel* oldest = nullptr;
  for (const TaskModel* task : of.tasks()) {
    if (!Started::lives(*task, horizon)) continue;
    if (!oldest) oldest = task;
    if (f.tasks.size() >= most_evidence) break;
    f.tasks.push_back(task->id);
    f.evidence.push_back(task->created);
  }
  std::reverse(f.evidence.begin(), f.evidence.end());  // at the last one there are most
  f.site = run.trace.site(oldest->created_at);
  f.sentence = fmt::format(
      "more and more tasks{} live: {} of the {} started since {} s had not ended at {} s, after {} in the middle of that time; "
      "the "
      "oldest, {}, was {} old",
      f.site.line ? " started" + at(f.site) : " called " + plain(run.trace.text(oldest->name.value)), live.back(), of.size(),
      seconds(f.begin, 3), seconds(f.end, 3), live[live.size() / 2], run.name_of(oldest->id),
      show(f.end - oldest->created_time));
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto count = static_cast<std::size_t>(std::clamp(run.setting("task-leak.samples", samples), 5.0, 1000.0));
  const Horizon horizon = horizon_of(run);
  std::unordered_map<std::uint64_t, Started> places;  // by place, else by name
  for (const TaskModel& task : run.history.model.tasks)
    if (task.created) places[task.created_at ? task.created_at.value : std::uint64_t{task.name.value} << 32].add(task, horizon);
  std::vector<Finding> out;
  for (auto& [place, of] : places) {
    if (of.size() < count || of.first() >= horizon.time) continue;
    of.sort();
    const auto live = sampled(of, horizon, count);
    if (grows(live, run.setting("task-leak.growth", growth)) && stay(of, horizon)) out.push_back(about(run, of, horizon, live));
  }
  std::sort(out.begin(), out.end(), [](const Finding& a, const Finding& b) { return a.evidence < b.evidence; });
  return out;
}

}  // namespace

Lint task_leak() {
  return {"task-leak",
          "more and more tasks of one place live, and do not end",
          "find what they wait for, and let them end: a timeout, a closed queue, a cancel by whoever started them",
          "task_leak",
          {{"samples", samples}, {"growth", growth}},
          check};
}

}  // namespace awaitscope::lints
