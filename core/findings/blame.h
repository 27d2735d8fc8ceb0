#pragma once
// What ran between two events: which steps kept a ready task from its turn.
#include <algorithm>
#include <string>
#include <vector>

#include "core/findings/longest_step.h"
#include "core/findings/words.h"

namespace awaitscope {

/// A stretch in which a task could have run and did not.
struct Delay {
  TaskId task;
  SiteId site;                   ///< the await at which it stood
  Instant begin, end;            ///< from its wake, or from the end of the step that woke it, to its own step
  Seq wake = 0, step = 0;        ///< step 0: the trace ends before its turn came
  std::size_t from = 0, to = 0;  ///< the steps of the history that ran meanwhile; without `to`

  Duration length() const { return end - begin; }
};

/// Every delay of at least `least`, in the order in which they began.  Who yields waits for the others on purpose: that is
/// none, unless `after_yields` asks for it.
std::vector<Delay> delays(const Run& run, Duration least, bool after_yields = false);
inline Duration milliseconds(double ms) { return Duration{static_cast<std::int64_t>(ms * 1e6)}; }

/// The part of a step that lies in the delay.
Duration part(const Stall& step, const Delay& delay);
/// The index of the step that kept the task waiting for longest.  At least one ran.
std::size_t culprit(const Run& run, const LongestStep& longest, const Delay& delay);
/// The `most` longest steps of the delay, longest first.
std::vector<std::size_t> culprits(const Run& run, const LongestStep& longest, const Delay& delay, std::size_t most);
/// "5 steps ran: parse-1 30.0 ms at a.py:3, parse-2 20.0 ms at a.py:3 and 3 more".
std::string ran_instead(const Run& run, const LongestStep& longest, const Delay& delay);

/// How many steps, those without length too, began between two events; `before` 0: up to the end.
std::size_t steps_begun(const Run& run, Seq after, Seq before);

/// The settings of starvation, where they are not set.
inline constexpr double starving_s = 1, starving_steps = 50;
/// Whether starvation tells of the delay: it is long, and others ran many steps meanwhile.
bool starves(const Run& run, const Delay& delay);

/// As `listed` of `count` names, of which only those that are shown are made, by `name(i)`.
template <class Name>
std::string listed_few(std::size_t count, Name name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, 4); ++i) names.push_back(name(i));
  return listed_of(count, names);
}

}  // namespace awaitscope
