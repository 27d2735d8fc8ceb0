#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L02, Ask) {
  EXPECT_EQ(answer(lesson("L02").ask), 'C');
  EXPECT_DOUBLE_EQ(revealed("L02", lesson("L02").ask), 5.0);
  const Ran ran = run("L02", "bad.tasks");
  EXPECT_DOUBLE_EQ(static_cast<double>(ran.task("job-2")->ended.ns) / 1e9, 1.0) << "it failed at 1.0";
}
TEST(L02, ALoopOverCoroutinesRunsOneAtATimeAndTakesTheSum) {
  const Ran ran = run("L02", "bad");
  EXPECT_DOUBLE_EQ(ran.seconds(), 5.0 + 1.0 + 2.0 + 2.0);
  EXPECT_EQ(ran.most_alive(), 1u);
  ASSERT_EQ(ran.sentences("await-in-loop").size(), 1u);
}
TEST(L02, TheFailureIsUnseenForFourSeconds) {
  const auto said = run("L02", "bad.tasks").sentences("late-error");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("task job-2 failed at 1.000 s"), std::string::npos) << said[0];
  EXPECT_NE(said[0].find("4.0 s later"), std::string::npos) << said[0];
  EXPECT_NE(said[0].find("waited for task job-1"), std::string::npos) << said[0];
}
TEST(L02, IfTheHeadFailsTheRestRunOnUnowned) {
  const Ran ran = run("L02", "bad.tasks", {{"preset", "head"}});
  EXPECT_DOUBLE_EQ(ran.times("caught")[0], 1.0);
  EXPECT_DOUBLE_EQ(static_cast<double>(ran.task("job-3")->ended.ns) / 1e9, 5.0) << "long after the loop was left";
  EXPECT_FALSE(ran.task("job-3")->retrieved);
}
TEST(L02, TheGroupHearsAtOnceAndStopsTheRest) {
  const Ran ran = run("L02", "fixed");
  EXPECT_DOUBLE_EQ(ran.times("caught")[0], 1.0);
  EXPECT_EQ(ran.task("job-1")->outcome, Outcome::cancelled);
  EXPECT_DOUBLE_EQ(ran.seconds(), 1.0);
  EXPECT_DOUBLE_EQ(run("L02", "fixed", {{"failing", "0"}}).seconds(), 5.0) << "the longest, not the sum";
  EXPECT_DOUBLE_EQ(run("L02", "fixed.gather").seconds(), 5.0);
}
TEST(L02, WithoutAFailureNobodyHearsLate) {
  EXPECT_TRUE(run("L02", "bad.tasks", {{"failing", "0"}}).findings().empty());
  EXPECT_TRUE(run("L02", "bad.tasks", {{"failing", "1"}, {"slow", "2"}}).sentences("late-error").empty())
      << "the head: heard at once";
}

}  // namespace
}  // namespace awaitscope
