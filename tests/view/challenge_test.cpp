#include <gtest/gtest.h>

#include <cmath>

#include "app/view/kept.h"

namespace awaitscope::view {
namespace {

Instant seconds(double s) { return {static_cast<std::int64_t>(s * 1e9)}; }

LessonFacts facts(std::string bad, double bad_end, double fixed_end) {
  LessonFacts out;
  out.standard = {std::move(bad), "", seconds(bad_end), seconds(fixed_end)};
  out.tried = 50;
  return out;
}

Goal fail_goal(const LessonFacts& f) { return challenges_for(f)[0].goal; }
Goal budget_goal(const LessonFacts& f) { return challenges_for(f)[1].goal; }

TEST(Challenge, TheGoalIsWhatTheRunsLeaveToFind) {
  LessonFacts hidden = facts("", 1, 1);
  hidden.bad_fails = 3;
  EXPECT_EQ(fail_goal(hidden), Goal::break_bad);
  LessonFacts shows = facts("lost", 1, 1);
  EXPECT_EQ(fail_goal(shows), Goal::none);  // nothing to find
  shows.bad_can_keep = true;
  EXPECT_EQ(fail_goal(shows), Goal::keep_bad);
  shows.fixed_can_break = true;
  EXPECT_EQ(fail_goal(shows), Goal::break_fixed);
  EXPECT_EQ(fail_goal(facts("", 1, 1)), Goal::none);
  for (const Challenge& one : challenges_for(facts("", 1, 1))) {
    EXPECT_FALSE(one.words.en.empty() || one.words.zh.empty());  // it says why
    EXPECT_NE(one.words.en.find("None here"), std::string::npos);
  }
}

TEST(Challenge, ABudgetNeedsABugThatCostsTimeAndAWayOut) {
  LessonFacts slow = facts("", 4, 2);
  EXPECT_EQ(budget_goal(slow), Goal::none);
  slow.budget_in_reach = true;
  EXPECT_EQ(budget_goal(slow), Goal::budget);
  LessonFacts quick = facts("", 2.3, 2);
  quick.budget_in_reach = true;
  EXPECT_EQ(budget_goal(quick), Goal::none);
}

TEST(Challenge, TriesCountUntilItIsSolved) {
  Session session;
  session.lesson.name = "demo";
  session.student.on = true;
  session.student.lesson = "demo";
  LessonFacts slow = facts("", 4, 2);
  slow.budget_in_reach = true;
  session.student.challenges = challenges_for(slow);
  const auto mine = [&] { return session.student.progress["demo"]["budget"]; };
  take_try(session, {"", "", seconds(4), seconds(2)});
  take_try(session, {"", "", seconds(3), seconds(2)});
  EXPECT_EQ(mine(), (Progress{2, false}));
  EXPECT_NE(session.student.challenges[1].last.en.find("1.5 times"), std::string::npos);
  take_try(session, {"", "", seconds(2.4), seconds(2)});
  EXPECT_EQ(mine(), (Progress{3, true}));
  EXPECT_EQ(session.message, "Meet the budget: done, in 3 tries");
  take_try(session, {"", "", seconds(4), seconds(2)});
  EXPECT_EQ(mine(), (Progress{3, true}));                        // what is solved stays solved
  EXPECT_FALSE(session.student.progress["demo"].count("fail"));  // not offered, not counted
  session.lesson.name = "other";
  take_try(session, {"", "", seconds(1), seconds(2)});
  EXPECT_FALSE(session.student.progress.count("other"));
}

TEST(Challenge, RecordsOfTwoWindowsLoseNothing) {
  AllProgress a{{"x", {{"fail", {5, false}}, {"budget", {7, true}}}}},
      b{{"x", {{"fail", {2, true}}, {"budget", {3, true}}}}, {"y", {{"fail", {1, false}}}}};
  AllProgress ab = a, ba = b;
  merge(ab, b);
  merge(ba, a);
  EXPECT_EQ(ab, ba);
  EXPECT_EQ(ab["x"]["fail"], (Progress{2, true}));
  EXPECT_EQ(ab["x"]["budget"], (Progress{3, true}));
  EXPECT_EQ(ab["y"]["fail"], (Progress{1, false}));
}

TEST(Recent, TheLatestIsFirstAndTenAreKept) {
  Session session;
  for (int i = 0; i < 12; ++i) remember(session, "/t/" + std::to_string(i));
  remember(session, "/t/5");
  ASSERT_EQ(session.recent.size(), 10u);
  EXPECT_EQ(session.recent[0].path, "/t/5");
  EXPECT_EQ(session.recent[1].path, "/t/11");
  const auto asked = update(session, {Act::open_recent, 2, 0, "", {}});
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].text, "/t/11");
  for (const double number : {0.0, 11.0, -1.0, 1e300, std::nan("")})
    EXPECT_TRUE(update(session, {Act::open_recent, number, 0, "", {}}).empty()) << number;
  EXPECT_TRUE(session.message_is_error);
}

TEST(KeyMap, KeysAreSpeltLikeTheTablesAndTheTablesAreSpeltRight) {
  EXPECT_EQ(spelt("ctrl+shift+right"), "Ctrl+Shift+Right");
  EXPECT_EQ(spelt("Shift+Ctrl+s"), "Ctrl+Shift+S");
  EXPECT_EQ(spelt("f12"), "F12");
  EXPECT_EQ(spelt("Shift+/"), "?");
  EXPECT_EQ(spelt("Ctrl+="), "Ctrl+=");
  for (const char* none : {"", "Ctrl+", "Ctrl", "F13", "F0", "Hyper+X", "xy", "Ctrl+Ctrl+A", "\xc3\xa9"})
    EXPECT_FALSE(spelt(none)) << none;
  for (const ActionInfo& info : all_actions())
    for (const bool room : {false, true}) {
      std::string_view keys = info.keys(room);
      while (!keys.empty()) {
        const std::size_t end = std::min(keys.find(' '), keys.size());
        EXPECT_EQ(spelt(keys.substr(0, end)), keys.substr(0, end));
        keys.remove_prefix(std::min(end + 1, keys.size()));
      }
    }
}

TEST(KeyMap, AChosenKeyCountsAndAKeyOfTwoActionsIsFound) {
  KeyMap keys;
  EXPECT_FALSE(clash(keys, false));
  keys.desk[Act::step_forward] = "J";
  EXPECT_FALSE(clash(keys, false));
  for (const ActionInfo& info : all_actions())
    if (info.act == Act::step_forward) {
      EXPECT_EQ(keys_of(keys, info, false), "J");
      EXPECT_EQ(keys_of(keys, info, true), info.room);
    }
  keys.desk[Act::step_back] = "R";
  const auto twice = clash(keys, false);
  ASSERT_TRUE(twice);
  EXPECT_EQ(twice->key, "R");
  EXPECT_EQ(twice->first, "step-back");
  EXPECT_EQ(twice->second, "rerun");
  keys.desk[Act::rerun] = "";  // it gives its key away
  EXPECT_FALSE(clash(keys, false));
}

}  // namespace
}  // namespace awaitscope::view
