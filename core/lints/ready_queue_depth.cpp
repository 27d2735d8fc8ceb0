// ready-queue-depth: a pass of the loop begins with very many tasks that are ready, so each waits for all before it.
#include <algorithm>

#include <fmt/format.h>

#include "core/findings/blame.h"

namespace awaitscope::lints {
namespace {

constexpr double info_count = 100, warning_count = 1000;
constexpr std::size_t most_listed = 100;

struct Waker {
  TaskId task;
  std::size_t count = 0;
  Seq last = 0;  ///< of its wakes
};

/// Who made tasks ready from one event to another, the one who did most of it first.
std::vector<Waker> wakers(const Run& run, Seq after, Seq before) {
  std::vector<Waker> all(run.history.model.tasks.size() + 1);
  const std::vector<Seq>& woken = run.once<EventIndex>().of(Kind::task_ready);
  for (auto seq = std::upper_bound(woken.begin(), woken.end(), after); seq != woken.end() && *seq < before; ++seq) {
    const Event e = run.trace[*seq];
    if (e.a < all.size()) all[e.a] = {{e.a}, all[e.a].count + 1, *seq};
  }
  std::erase_if(all, [](const Waker& waker) { return waker.count == 0; });
  std::stable_sort(all.begin(), all.end(), [](const Waker& a, const Waker& b) { return a.count > b.count; });
  return all;
}

/// Where the step stands in which a task did something.
Site place(const Run& run, const Waker& waker) {
  if (!waker.task) return {};
  const std::vector<Span>& spans = run.history.lanes[waker.task.value - 1].spans;
  const auto next =
      std::upper_bound(spans.begin(), spans.end(), waker.last, [](Seq seq, const Span& s) { return seq < s.first; });
  return next == spans.begin() ? Site{} : run.trace.site(std::prev(next)->site);
}

std::vector<Finding> check(const Run& run) {
  const std::vector<Tick>& ticks = run.history.ticks;
  const double least = run.setting("ready-queue-depth.info_count", info_count);
  std::size_t long_passes = 0, worst = 0;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    long_passes += ticks[i].ready > least;
    if (ticks[i].ready > ticks[worst].ready) worst = i;
  }
  if (long_passes == 0) return {};
  const Tick& tick = ticks[worst];
  Finding f;
  f.severity = tick.ready > run.setting("ready-queue-depth.warning_count", warning_count) ? Severity::warning : Severity::info;
  f.confidence = sureness(run, tick.first);
  f.begin = tick.begin;
  f.end = tick.busy_end;
  f.evidence.push_back(tick.first);
  f.sentence = fmt::format("pass {} of the loop began with {} tasks and callbacks ready", tick.number, tick.ready);
  const auto by = wakers(run, worst ? ticks[worst - 1].first : 0, tick.first);
  if (!by.empty()) {
    const auto one = [&](std::size_t i) { return fmt::format("{} by {}", by[i].count, run.name_of(by[i].task)); };
    f.sentence += fmt::format(", woken since the pass before: {}", listed_few(by.size(), one));
    for (std::size_t i = 0; i < std::min(by.size(), most_listed); ++i)
      if (by[i].task) f.tasks.push_back(by[i].task);
    f.site = place(run, by.front());
  }
  if (const Duration took = tick.busy_end - tick.begin; took.count() > 0)
    f.sentence += fmt::format("; the last had its turn up to {} later", show(took));
  if (long_passes > 1) f.sentence += fmt::format("; {} passes began with more than {:g}", long_passes, least);
  return {f};
}

}  // namespace

Lint ready_queue_depth() {
  return {"ready-queue-depth",
          "a pass of the loop begins with very many ready tasks",
          "bound how many tasks run at once (a semaphore, a pool of workers on a queue) or wake fewer at a time",
          "",
          {{"info_count", info_count}, {"warning_count", warning_count}},
          check};
}

}  // namespace awaitscope::lints
