#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L04, Ask) {
  EXPECT_EQ(answer(lesson("L04").ask), 'D');
  const std::vector<double> ticks = run("L04", "bad").times("tick");
  ASSERT_GE(ticks.size(), 4u);
  EXPECT_EQ(std::vector<double>(ticks.begin(), ticks.begin() + 4), (std::vector<double>{0.0, 0.5, 2.6, 3.1}));
}
TEST(L04, Twist1) {
  EXPECT_EQ(answer(lesson("L04").twists[0]), 'C');
  const Ran ran = run("L04", lesson("L04").twists[0].run);
  EXPECT_TRUE(ran.ok());
  EXPECT_EQ(ran.last(), "left");
  EXPECT_DOUBLE_EQ(ran.seconds(), 3.0);
}
TEST(L04, Twist2) {
  EXPECT_EQ(answer(lesson("L04").twists[1]), 'B');
  EXPECT_DOUBLE_EQ(run("L04", lesson("L04").twists[1].run).seconds(), 3.0);
}

}  // namespace
}  // namespace awaitscope
