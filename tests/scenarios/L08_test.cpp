#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L08, FifteenOfTwentyAreRefused) { EXPECT_EQ(run("L08", "bad").last(), "ok 5 refused 15"); }
TEST(L08, Ask) {
  EXPECT_EQ(answer(lesson("L08").ask), 'B');
  EXPECT_EQ(run("L08", "fixed").last(), "ok 20 refused 0");
  EXPECT_DOUBLE_EQ(run("L08", "fixed").seconds(), 4.0);
}
TEST(L08, Twist1) {
  EXPECT_EQ(answer(lesson("L08").twists[0]), 'C');
  EXPECT_EQ(run("L08", lesson("L08").twists[0].run).last(), "ok 5 refused 15");
}
TEST(L08, Twist2) {
  EXPECT_EQ(answer(lesson("L08").twists[1]), 'B');
  const Ran crowd = run("L08", lesson("L08").twists[1].run);
  EXPECT_EQ(crowd.most_alive(), 10'001u);
  EXPECT_EQ(crowd.peak("api"), 100u);
  EXPECT_DOUBLE_EQ(crowd.seconds(), 100.0);
}

}  // namespace
}  // namespace awaitscope
