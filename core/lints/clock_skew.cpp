// clock-skew: about the trace itself: its times contradict each other.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double early_ms = 1;
constexpr std::size_t most_evidence = 100;

/// Loops fire a timer early by what their clock cannot tell apart; a virtual clock can tell all.
std::int64_t tolerated(const Run& run) {
  return run.trace.info.clock == "steady" ? static_cast<std::int64_t>(run.setting("clock-skew.early_ms", early_ms) * 1e6) : 1;
}

std::vector<Finding> check(const Run& run) {
  Finding f;
  std::size_t early = 0;
  Duration most{};
  Seq worst = 0;
  const std::int64_t least = tolerated(run);
  for (const Event& e : run.events({Kind::timer_fired})) {
    const std::int64_t due = e.nanoseconds();
    if (due <= e.time || due - e.time < least) continue;
    ++early;
    if (!worst) f.begin = e.at();
    f.end = e.at();
    if (due - e.time > most.count()) most = Duration{due - e.time}, worst = e.seq;
    if (f.evidence.size() < most_evidence) f.evidence.push_back(e.seq);
  }
  const Trace::SetBack& back = run.trace.set_back();
  if (!early && !back.count) return {};

  std::vector<std::string> what;
  if (early) {
    const Event e = run.trace[worst];
    what.push_back(fmt::format("{} fired before due, one of {} by {} at {} s", counted(early, "timer"), run.name_of(e.who()),
                               show(most), seconds(e.at(), 3)));
    f.site = run.trace.site(e.where());
    if (e.task) f.tasks.push_back(e.who());
    std::erase(f.evidence, worst);
    f.evidence.insert(f.evidence.begin(), worst);
  }
  if (back.count) {
    const Instant first = run.trace[back.first].at();
    what.push_back(
        fmt::format("the times of {} ran backwards, by up to {}, the first at {} s; they are shown as if time stood still",
                    counted(back.count, "event"), show(back.most), seconds(first, 3)));
    if (!early) f.begin = f.end = first;
    f.evidence.push_back(back.first);
  }
  f.severity = Severity::info;
  f.confidence = sureness(run, f.evidence.front());
  f.sentence = "the clock of this trace cannot be trusted to that degree: " + listed(what);
  return {f};
}

}  // namespace

Lint clock_skew() {
  return {
      "clock-skew",
      "times of the trace contradict each other",
      "take times from one monotonic clock (time.monotonic, perf_counter), and do not mix those of several threads or machines",
      "",
      {{"early_ms", early_ms}},
      check};
}

}  // namespace awaitscope::lints
