#include "core/findings/blame.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace awaitscope {
namespace {

/// How many of the history's steps begin before an event, in constant time.
class BegunBefore {
 public:
  explicit BegunBefore(const Run& run) : steps_(run.history.steps) {
    std::size_t i = 0;
    for (Seq from = 0; from <= run.trace.size(); from += stretch) {
      while (i < steps_.size() && steps_[i].first < from) ++i;
      count_.push_back(i);
    }
  }
  std::size_t operator()(Seq seq) const {
    std::size_t count = count_[seq / stretch];
    while (count < steps_.size() && steps_[count].first < seq) ++count;
    return count;
  }

 private:
  static constexpr Seq stretch = 16;
  const std::vector<Stall>& steps_;
  std::vector<std::size_t> count_;  ///< before every 16th event
};

std::optional<Delay> delay_of(const Run& run, const BegunBefore& begun_before, TaskId task, const Span& span,
                              bool after_yields) {
  if (span.last && run.trace.kind(span.last) != Kind::step_begin) return {};  // it was over before its turn came
  const Event wake = run.trace[span.first];
  const bool after_yield = wake.kind == Kind::step_end && wake.as<Wait>() == Wait::yield;
  if (wake.kind != Kind::task_ready && wake.kind != Kind::task_created && !(after_yield && after_yields)) return {};
  const std::vector<Stall>& steps = run.history.steps;
  Delay d{task, span.site, span.begin, span.end, span.first, span.last, begun_before(span.first), steps.size()};
  if (span.last) d.to = begun_before(span.last);
  if (d.from > 0) {
    const Stall& during = steps[d.from - 1];
    const bool lies_in_it = during.last == 0 || during.last > wake.seq;
    // A step that wakes another runs to its end in any case.  One in which the loop hears of something else is in the way.
    if (lies_in_it && during.task.value == wake.a) d.begin = std::clamp(during.end, d.begin, d.end);
    else if (lies_in_it) --d.from;
  }
  return d;
}

}  // namespace

std::vector<Delay> delays(const Run& run, Duration least, bool after_yields) {
  struct Turn {
    Seq wake;
    TaskId task;
    const Span* span;
  };
  std::vector<Turn> late;
  for (const Lane& lane : run.history.lanes)
    for (const Span& span : lane.spans)
      if ((span.phase == Phase::ready || span.phase == Phase::created) && span.end - span.begin >= least)
        late.push_back({span.first, lane.task, &span});
  if (late.empty()) return {};
  // In the order of events, which is also that in which what they are asked about lies in memory.
  std::sort(late.begin(), late.end(), [](const Turn& a, const Turn& b) { return a.wake < b.wake; });
  std::vector<Delay> out;
  const BegunBefore begun_before(run);
  for (const Turn& turn : late) {
    const auto delay = delay_of(run, begun_before, turn.task, *turn.span, after_yields);
    if (delay && delay->length() >= least) out.push_back(*delay);
  }
  return out;
}

Duration part(const Stall& step, const Delay& delay) {
  return std::max(std::min(step.end, delay.end) - std::max(step.begin, delay.begin), Duration{});
}

// Only the first step can lie in the delay by a part of it.
std::size_t culprit(const Run& run, const LongestStep& longest, const Delay& delay) {
  const std::vector<Stall>& steps = run.history.steps;
  if (delay.to - delay.from == 1) return delay.from;
  const std::size_t other = longest.of(delay.from + 1, delay.to);
  return part(steps[other], delay) > part(steps[delay.from], delay) ? other : delay.from;
}

std::vector<std::size_t> culprits(const Run& run, const LongestStep& longest, const Delay& delay, std::size_t most) {
  struct Stretch {
    std::size_t from, to, longest;
    Duration length;
  };
  std::vector<Stretch> open;
  const auto add = [&](std::size_t from, std::size_t to) {
    if (from >= to) return;
    Delay stretch = delay;
    stretch.from = from;
    stretch.to = to;
    const std::size_t step = culprit(run, longest, stretch);
    open.push_back({from, to, step, part(run.history.steps[step], delay)});
  };
  std::vector<std::size_t> out;
  add(delay.from, delay.to);
  while (out.size() < most && !open.empty()) {
    const auto next = std::max_element(open.begin(), open.end(), [](const Stretch& a, const Stretch& b) {
      return a.length != b.length ? a.length < b.length : a.longest > b.longest;
    });
    const Stretch taken = *next;
    open.erase(next);
    out.push_back(taken.longest);
    add(taken.from, taken.longest);
    add(taken.longest + 1, taken.to);
  }
  return out;
}

std::string ran_instead(const Run& run, const LongestStep& longest, const Delay& delay) {
  const std::size_t count = delay.to - delay.from;
  const std::vector<std::size_t> told = culprits(run, longest, delay, 4);
  const auto name = [&](std::size_t i) {
    const Stall& step = run.history.steps[told[i]];
    return fmt::format("{} {}{}", step.task ? run.name_of(step.task) : "a callback", show(part(step, delay)),
                       at(run.trace.site(step.site)));
  };
  return fmt::format("{} ran: {}", counted(count, "step"), listed_few(count, name));
}

std::size_t steps_begun(const Run& run, Seq after, Seq before) {
  const std::vector<Seq>& all = run.once<EventIndex>().of(Kind::step_begin);
  const auto from = std::upper_bound(all.begin(), all.end(), after);
  const auto to = before ? std::lower_bound(from, all.end(), before) : all.end();
  return static_cast<std::size_t>(to - from);
}

bool starves(const Run& run, const Delay& delay) {
  return delay.length() >= milliseconds(1000 * run.setting("starvation.limit_s", starving_s)) &&
         static_cast<double>(steps_begun(run, delay.wake, delay.step)) >=
             run.setting("starvation.others_steps", starving_steps);
}

}  // namespace awaitscope
