#include "app/view/challenge.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/view/say.h"
#include "app/view/session.h"

namespace awaitscope::view {
namespace {

double ratio(Instant a, Instant b) { return static_cast<double>(a.ns) / static_cast<double>(std::max<std::int64_t>(b.ns, 1)); }
std::string shown(Instant t) { return show(t - Instant{}); }

/// "make it fail": the bug where it hides, else the fix, else the other way round.
Challenge make_it_fail(const LessonFacts& facts) {
  Challenge out{"fail", Goal::none, {"Make it fail", "让它出错"}, {}, {}};
  if (facts.standard.bad_broke.empty() && (facts.bad_fails > 0 || facts.bad_can_break)) {
    out.goal = Goal::break_bad;
    out.words = {"The bug does no harm in this run. Find a schedule or knobs under which it does.",
                 "这次运行里错误没有造成后果。找一个会出问题的调度或参数。"};
  } else if (facts.fixed_can_break) {
    out.goal = Goal::break_fixed;
    out.words = {"The fix has limits too. Find knobs or a schedule under which it breaks its promise.",
                 "修正版也有极限。找一个让它违背承诺的参数或调度。"};
  } else if (facts.bad_can_keep && !facts.standard.bad_broke.empty()) {
    out.goal = Goal::keep_bad;
    out.title = {"Make it pass", "让它通过"};
    out.words = {"This is how a bug gets through the tests. Find knobs or a schedule under which the bug does no harm.",
                 "错误就是这样通过测试的。找一个让错误不造成后果的参数或调度。"};
  } else if (facts.standard.bad_broke.empty()) {
    out.words = {fmt::format("None here: both versions keep their promise under {} schedules and with every knob at its ends.",
                             facts.tried),
                 fmt::format("本课没有：两个版本在 {} 种调度和每个参数的两端都守住了承诺。", facts.tried)};
  } else {
    out.words = {fmt::format("None here: under {} schedules and with every knob at its ends the bug shows and the fix holds.",
                             facts.tried),
                 fmt::format("本课没有：在 {} 种调度和每个参数的两端，错误都会出现，修正都有效。", facts.tried)};
  }
  return out;
}

Challenge meet_the_budget(const LessonFacts& facts) {
  Challenge out{"budget", Goal::none, {"Meet the budget", "不超出时间预算"}, {}, {}};
  const std::string bad = shown(facts.standard.bad_end), fixed = shown(facts.standard.fixed_end);
  if (reached(Goal::budget, facts.standard)) {
    out.words = {
        fmt::format("None here: the bug costs no more time than the budget allows. It takes {}, the fix {}.", bad, fixed),
        fmt::format("本课没有：错误版本来就在预算之内。错误版用 {}，修正版用 {}。", bad, fixed)};
  } else if (!facts.budget_in_reach) {
    out.words = {fmt::format("None here: no knob makes the bug as fast as the fix. It takes {}, the fix {}.", bad, fixed),
                 fmt::format("本课没有：没有参数能让错误版和修正版一样快。错误版用 {}，修正版用 {}。", bad, fixed)};
  } else {
    out.goal = Goal::budget;
    out.words = {fmt::format("The bug takes {}, the fix {}. Find knobs with which the bug takes at most {:g} times as long.",
                             bad, fixed, budget_factor),
                 fmt::format("错误版用 {}，修正版用 {}。找到让错误版最多用 {:g} 倍时间的参数。", bad, fixed, budget_factor)};
  }
  return out;
}

Words told(Goal goal, const Attempt& outcome) {
  const auto promise = [](const std::string& broke) {
    return broke.empty() ? Words{"kept its promise", "守住了承诺"} : Words{broke, broke};
  };
  switch (goal) {
    case Goal::none: return {};
    case Goal::break_bad:
    case Goal::keep_bad: {
      const Words words = promise(outcome.bad_broke);
      return {"The bug: " + words.en, "错误版：" + words.zh};
    }
    case Goal::break_fixed: {
      const Words words = promise(outcome.fixed_broke);
      return {"The fix: " + words.en, "修正版：" + words.zh};
    }
    case Goal::budget: {
      const std::string bad = shown(outcome.bad_end), fixed = shown(outcome.fixed_end);
      const double times = ratio(outcome.bad_end, outcome.fixed_end);
      return {fmt::format("The bug {}, the fix {}: {:.1f} times as long", bad, fixed, times),
              fmt::format("错误版 {}，修正版 {}：{:.1f} 倍", bad, fixed, times)};
    }
  }
  return {};
}

}  // namespace

std::vector<Challenge> challenges_for(const LessonFacts& facts) { return {make_it_fail(facts), meet_the_budget(facts)}; }

bool reached(Goal goal, const Attempt& outcome) {
  switch (goal) {
    case Goal::none: return false;
    case Goal::break_bad: return !outcome.bad_broke.empty();
    case Goal::break_fixed: return !outcome.fixed_broke.empty();
    case Goal::keep_bad: return outcome.bad_broke.empty();
    case Goal::budget: return ratio(outcome.bad_end, outcome.fixed_end) <= budget_factor;
  }
  return false;
}

void take_try(Session& session, const Attempt& outcome) {
  Student& student = session.student;
  if (!student.on || student.lesson != session.lesson.name) return;
  for (Challenge& challenge : student.challenges) {
    if (challenge.goal == Goal::none) continue;
    const bool solved = reached(challenge.goal, outcome);
    const bool before = student.progress[student.lesson][challenge.id].solved;
    challenge.last = told(challenge.goal, outcome);
    note_try(student.progress, student.lesson, challenge.id, solved);
    if (solved && !before) {
      const int tries = student.progress[student.lesson][challenge.id].tries;
      say(session, Phrase{"{}: done, in {} {}", "{}：完成，试了 {} 次"}, challenge.title.in(session.language), tries,
          tries == 1 ? "try" : "tries");
    }
  }
}

void note_try(AllProgress& progress, const std::string& lesson, const std::string& id, bool solved) {
  Progress& one = progress[lesson][id];
  if (one.solved) return;
  one.tries = std::min(one.tries + 1, 999'999);
  one.solved = solved;
}

void merge(AllProgress& into, const AllProgress& from) {
  for (const auto& [lesson, challenges] : from)
    for (const auto& [id, one] : challenges) {
      Progress& mine = into[lesson][id];
      // The fewest tries that solved it, or the most that did not.
      if (mine.solved != one.solved) mine = mine.solved ? mine : one;
      else mine.tries = mine.solved ? std::min(mine.tries, one.tries) : std::max(mine.tries, one.tries);
    }
}

}  // namespace awaitscope::view
