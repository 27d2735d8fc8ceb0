#pragma once
// A student alone with a lesson: no votes to wait for, and goals to reach with its knobs and schedules.  Which goals make
// sense is computed from runs of the lesson; runs are counted, time is not.
#include <map>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/base/words.h"

namespace awaitscope::view {

struct Session;

/// How both versions went, with the same knobs and schedule.
struct Attempt {
  std::string bad_broke, fixed_broke;  ///< what was broken of the lesson's promise, "" where it was kept
  Instant bad_end, fixed_end;
};

/// What runs of a lesson have shown; the desk makes them.
struct LessonFacts {
  Attempt standard;              ///< with the standard knobs and schedule
  int bad_fails = 0, tried = 0;  ///< of that many schedules, with the standard knobs
  bool bad_can_break = false;    ///< some knob's value, alone, makes the bug break its promise
  bool fixed_can_break = false;  ///< ... breaks the fix
  bool bad_can_keep = false;     ///< ... makes the bug keep its promise
  bool budget_in_reach = false;  ///< ... makes it as fast as `budget_factor` allows
};
constexpr double budget_factor = 1.2;

/// What counts as reached.
enum class Goal : std::uint8_t { none, break_bad, break_fixed, keep_bad, budget };

struct Challenge {
  std::string id;  ///< "fail" or "budget", as in the progress file
  Goal goal = Goal::none;
  Words title, words;  ///< what to do; where there is no goal: why not
  Words last;          ///< what the last run showed of it
};

/// What somebody has done of a lesson's challenge.
struct Progress {
  int tries = 0;
  bool solved = false;
  bool operator==(const Progress&) const = default;
};
using AllProgress = std::map<std::string, std::map<std::string, Progress>>;  ///< by lesson, by challenge

struct Student {
  bool on = false;
  bool preparing = false;  ///< the desk runs the lesson to find its facts
  std::string lesson;      ///< whose challenges these are
  std::vector<Challenge> challenges;
  AllProgress progress;
};

/// The two challenges of a lesson, with a goal or the reason why there is none.
std::vector<Challenge> challenges_for(const LessonFacts& facts);
bool reached(Goal goal, const Attempt& outcome);
/// A run of the student's has ended: one more try of each open challenge.
void take_try(Session& session, const Attempt& outcome);
/// Somebody tried the challenge `id` of a lesson; what is solved stays solved.
void note_try(AllProgress& progress, const std::string& lesson, const std::string& id, bool solved);
/// The same of two records: nothing that was reached is lost.
void merge(AllProgress& into, const AllProgress& from);

}  // namespace awaitscope::view
