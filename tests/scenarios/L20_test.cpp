#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

using Times = std::vector<double>;

TEST(L20, Ask) {
  EXPECT_EQ(answer(lesson("L20").ask), 'C');
  const Ran bad = run("L20", "bad");
  EXPECT_EQ(bad.last(), "complete");
  EXPECT_DOUBLE_EQ(bad.seconds(), 4.8);
  EXPECT_EQ(bad.count(Kind::scope_expired), 0) << "no alarm, ever";
  EXPECT_EQ(bad.count(Kind::scope_enter), 6) << "armed six times";
}
TEST(L20, Twist1) {
  EXPECT_EQ(answer(lesson("L20").twists[0]), 'B');
  const Ran ran = run("L20", lesson("L20").twists[0].run);
  EXPECT_EQ(ran.times("try"), (Times{0, 2, 5}));
  EXPECT_EQ(ran.last(), "gave up");
  EXPECT_DOUBLE_EQ(ran.seconds(), 6.0);
}
TEST(L20, Twist2) {
  EXPECT_EQ(answer(lesson("L20").twists[1]), 'C');
  const Ran ran = run("L20", lesson("L20").twists[1].run);
  EXPECT_EQ(ran.times("try"), Times{0});
  EXPECT_DOUBLE_EQ(ran.seconds(), 3.0);
}
TEST(L20, TheDeadlineStrikesTwoPartsIn) {
  const Ran fixed = run("L20", "fixed");
  EXPECT_EQ(fixed.logged("part").size(), 2u);
  EXPECT_EQ(fixed.last(), "timed out");
  EXPECT_DOUBLE_EQ(fixed.seconds(), 2.0);
}
TEST(L20, BothLimitsGiveASecondTryAndKeepTheDeadline) {
  const Ran ran = run("L20", "fixed.retries", {{"overall", "3"}});
  EXPECT_EQ(ran.times("try"), (Times{0, 2}));
  EXPECT_DOUBLE_EQ(ran.seconds(), 3.0);
}
TEST(L20, TheFindingSaysHowLongTheWholeTook) {
  const auto said = run("L20", "bad").sentences("no-overall-deadline");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_TRUE(said[0].starts_with("6 requests of task main to api each have the 1.0 s limit at ")) << said[0];
  EXPECT_TRUE(said[0].ends_with(", and took 4.8 s in all; no deadline covers them together")) << said[0];
  EXPECT_EQ(run("L20", "bad", {{"gap", "0.1"}}).findings(), std::vector<std::string>{}) << "quicker than one limit";
}

}  // namespace
}  // namespace awaitscope
