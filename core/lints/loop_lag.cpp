// loop-lag: timers fired late although no single step was slow.  It is what a heartbeat measures and a per-step limit cannot
// see; where one slow step did it, slow-step names that step and the timers it delayed.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double median_ms = 10, max_ms = 100, slow_ms = 50;
constexpr std::size_t most_told = 100;  ///< steps that are listed; all are counted

/// A timer that fired, with no slow step between its due time and its firing.
struct Fired {
  Seq seq = 0;
  Duration lag{};
};

/// The first step that ends after `at`.
auto first_after(const std::vector<Stall>& steps, std::int64_t at) {
  return std::lower_bound(steps.begin(), steps.end(), at, [](const Stall& s, std::int64_t t) { return s.end.ns <= t; });
}

std::vector<Fired> fired_timers(const Run& run, double slow) {
  // How many slow steps there are up to each step, so that a stretch is judged without looking at its steps again.
  const std::vector<Stall>& steps = run.history.steps;
  std::vector<std::size_t> slow_before(steps.size() + 1);
  for (std::size_t i = 0; i < steps.size(); ++i)
    slow_before[i + 1] = slow_before[i] + (static_cast<double>((steps[i].end - steps[i].begin).count()) / 1e6 >= slow);
  std::vector<Fired> out;
  std::size_t to = 0;  // the first step that begins no sooner than the timer fires
  for (const Event& e : run.events({Kind::timer_fired})) {
    if (e.nanoseconds() < 0) continue;  // no time of a run
    const Duration lag = std::max(e.at() - Instant{e.nanoseconds()}, Duration{});
    while (to < steps.size() && steps[to].begin.ns < e.time) ++to;
    if (lag.count() > 0) {
      const auto from = static_cast<std::size_t>(first_after(steps, e.nanoseconds()) - steps.begin());
      if (to > from && slow_before[to] > slow_before[from]) continue;
    }
    out.push_back({e.seq, lag});
  }
  return out;
}

/// "5 steps, the longest 30.0 ms (parse-1 ...)": what ran instead.
std::string instead(const Run& run, const Event& late, Finding& f) {
  std::vector<std::string> names;
  std::size_t count = 0;
  Duration longest{};
  for (auto step = first_after(run.history.steps, late.nanoseconds());
       step != run.history.steps.end() && step->begin < late.at(); ++step) {
    ++count;
    longest = std::max(longest, step->end - step->begin);
    if (count > most_told) continue;
    f.evidence.push_back(step->first);
    if (!step->task || std::find(f.tasks.begin(), f.tasks.end(), step->task) != f.tasks.end()) continue;
    f.tasks.push_back(step->task);
    names.push_back(run.name_of(step->task));
  }
  if (count == 0) return "nothing that is recorded ran meanwhile";
  return fmt::format("meanwhile {} ran, the longest {} ({}), so a limit for single steps stays silent", counted(count, "step"),
                     show(longest), names.empty() ? "callbacks" : listed(names));
}

std::vector<Finding> check(const Run& run) {
  const std::vector<Fired> fired = fired_timers(run, run.setting("slow-step.warning_ms", slow_ms));
  if (fired.empty()) return {};
  const auto worst = std::max_element(fired.begin(), fired.end(), [](const Fired& a, const Fired& b) { return a.lag < b.lag; });
  std::vector<Duration> lags;
  for (const Fired& one : fired) lags.push_back(one.lag);
  const auto middle = lags.begin() + static_cast<std::ptrdiff_t>(lags.size() / 2);
  std::nth_element(lags.begin(), middle, lags.end());
  const auto in_ms = [](Duration d) { return static_cast<double>(d.count()) / 1e6; };
  if (in_ms(worst->lag) < run.setting("loop-lag.max_ms", max_ms) &&
      in_ms(*middle) < run.setting("loop-lag.median_ms", median_ms))
    return {};
  const Event late = run.trace[worst->seq];
  Finding f;
  // That most timers are a little late is worth knowing; one that is very late is felt.
  f.severity = in_ms(worst->lag) >= run.setting("loop-lag.max_ms", max_ms) ? Severity::warning : Severity::info;
  f.confidence = sureness(run, late.seq);
  f.site = run.trace.site(late.where());
  f.begin = {late.nanoseconds()};
  f.end = late.at();
  f.evidence.push_back(late.seq);
  if (late.task) f.tasks.push_back(late.who());
  f.sentence = fmt::format("the loop was late: the timer of {}{} was due at {} s and fired {} later (median of {}: {}); {}",
                           run.name_of(late.who()), at(f.site), seconds(f.begin, 3), show(worst->lag),
                           counted(lags.size(), "timer"), show(*middle), instead(run, late, f));
  return {f};
}

}  // namespace

Lint loop_lag() {
  return {"loop-lag",
          "timers fire late, and no single step is slow enough to be blamed",
          "do less in one pass of the loop: give way between the steps, bound how many start at once, or move them to a worker",
          "detectors_and_their_blind_spots",
          {{"median_ms", median_ms}, {"max_ms", max_ms}},
          check};
}

}  // namespace awaitscope::lints
