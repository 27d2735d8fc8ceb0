#include <map>

#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L08, FifteenOfTwentyAreRefused) { EXPECT_EQ(run("L08", "bad").last(), "ok 5 refused 15"); }
TEST(L08, Ask) {
  EXPECT_EQ(answer(lesson("L08").ask), 'B');
  EXPECT_EQ(run("L08", "fixed").last(), "ok 20 refused 0");
  EXPECT_DOUBLE_EQ(run("L08", "fixed").seconds(), 4.0);
}
TEST(L08, TheWaitersDrainInFourSteps) {
  const Ran ran = run("L08", "fixed");
  EXPECT_EQ(ran.peak("api"), 5u);
  std::map<double, int> ended;
  for (const Request& request : ran.history.requests) ++ended[static_cast<double>(request.end.ns) / 1e9];
  EXPECT_EQ(ended, (std::map<double, int>{{1, 5}, {2, 5}, {3, 5}, {4, 5}}));
}
TEST(L08, Twist1) {
  EXPECT_EQ(answer(lesson("L08").twists[0]), 'C');
  const Ran ran = run("L08", lesson("L08").twists[0].run);
  EXPECT_EQ(ran.last(), "ok 5 refused 15");
  ASSERT_EQ(ran.sentences("limit-above-capacity").size(), 1u);
  EXPECT_NE(ran.sentences("limit-above-capacity")[0].find("has 10 permits, and api takes 5 at once; 15 were refused"),
            std::string::npos)
      << ran.sentences("limit-above-capacity")[0];
  EXPECT_TRUE(run("L08", "fixed").sentences("limit-above-capacity").empty());
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
