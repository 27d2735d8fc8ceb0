// The challenges of every lesson are what its runs allow.
#include <gtest/gtest.h>

#include "app/desk/challenger.h"
#include "app/desk/desk.h"

namespace awaitscope::desk {
namespace {

TEST(Challenger, EveryLessonHasChallengesOrSaysWhyNot) {
  int fail = 0, budget = 0;
  for (const Scenario* scenario : scenarios_by_card()) {
    const auto challenges = view::challenges_for(facts_of(*scenario));
    ASSERT_EQ(challenges.size(), 2u);
    for (const view::Challenge& one : challenges) EXPECT_FALSE(one.words.en.empty() || one.words.zh.empty()) << scenario->name;
    fail += challenges[0].goal != view::Goal::none;
    budget += challenges[1].goal != view::Goal::none;
  }
  EXPECT_GE(fail, 10);
  EXPECT_GE(budget, 5);
}

TEST(Challenger, AStudentMeetsTheBudget) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("sequential_awaits");
  desk.apply({view::action(view::Act::student, 0, "on")});
  EXPECT_TRUE(session.student.preparing);
  desk.settle();
  ASSERT_EQ(session.student.lesson, "sequential_awaits");
  const auto goal = session.student.challenges[1].goal;
  EXPECT_EQ(goal, view::Goal::budget);
  desk.apply({view::action(view::Act::rerun)});
  EXPECT_EQ(session.student.progress["sequential_awaits"]["budget"], (view::Progress{1, false}));
  EXPECT_FALSE(session.student.challenges[1].last.en.empty());
  // Another lesson brings its own.
  desk.load_scenario("L24");
  desk.settle();
  EXPECT_EQ(session.student.lesson, "race_across_await");
  desk.apply({view::action(view::Act::student, 0, "off"), view::action(view::Act::rerun)});
  EXPECT_FALSE(session.student.progress.count("race_across_await"));
}

}  // namespace
}  // namespace awaitscope::desk
