#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L16, Ask) {
  EXPECT_EQ(answer(lesson("L16").ask), 'C');
  const Ran bad = run("L16", "bad");
  EXPECT_EQ(bad.last(), "got late");
  EXPECT_DOUBLE_EQ(bad.seconds(), 4.0);
  const Ran fixed = run("L16", "fixed");
  EXPECT_EQ(fixed.last(), "timed out");
  EXPECT_DOUBLE_EQ(fixed.seconds(), 1.2);
  EXPECT_EQ(fixed.logged("cleaning up").size(), 1u);
}

TEST(L16, Twist1) {
  EXPECT_EQ(answer(lesson("L16").twists[0]), 'B');
  const Ran bad = run("L16", "bad");
  EXPECT_EQ(bad.task("worker")->outcome, Outcome::returned);
  EXPECT_EQ(bad.task("worker")->cancels, 1u) << "cancelling() still counts it";
}
TEST(L16, Twist2) {
  EXPECT_EQ(answer(lesson("L16").twists[1]), 'B');
  EXPECT_EQ(run("L16", lesson("L16").twists[1].run).times("the group is left"), std::vector<double>{4.0});
}
TEST(L16, Twist3) {
  EXPECT_EQ(answer(lesson("L16").twists[2]), 'C');
  EXPECT_EQ(run("L16", lesson("L16").twists[2].run).times("got late"), std::vector<double>{4.0});
}
TEST(L16, Twist4) {
  EXPECT_EQ(answer(lesson("L16").twists[3]), 'B');
  EXPECT_EQ(run("L16", "bad.bare").times("some error"), std::vector<double>{1.0});
  const Ran passes = run("L16", "fixed.exception");
  EXPECT_TRUE(passes.logged("an error").empty());
  EXPECT_EQ(passes.times("timed out"), std::vector<double>{1.0});
}
TEST(L16, Twist5) {
  EXPECT_EQ(answer(lesson("L16").twists[4]), 'B');
  const Ran trio = run("L16", lesson("L16").twists[4].run);
  EXPECT_EQ(trio.times("cancelled, but"), std::vector<double>{1.0});
  EXPECT_EQ(trio.times("timed out"), std::vector<double>{1.0});
  EXPECT_TRUE(trio.logged("got").empty());
}
TEST(L16, ReturnAndLoopSwallowAsWell) {
  EXPECT_EQ(run("L16", "bad.return").times("got half of it"), std::vector<double>{1.0});
  EXPECT_EQ(run("L16", "bad.loop").times("got done"), std::vector<double>{11.0});
}

}  // namespace
}  // namespace awaitscope
