#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L18, Ask) {
  EXPECT_EQ(answer(lesson("L18").ask), 'B');
  const Ran ran = run("L18", lesson("L18").ask.run);
  EXPECT_EQ(ran.times("inside: CancelledError"), std::vector<double>{2.0});
  EXPECT_TRUE(ran.logged("inside: TimeoutError").empty());
  EXPECT_EQ(ran.times("outside: TimeoutError"), std::vector<double>{2.0});
  EXPECT_EQ(ran.log().size(), 2u);
}
TEST(L18, Twist1) {
  EXPECT_EQ(answer(lesson("L18").twists[0]), 'B');
  const Ran ran = run("L18", lesson("L18").twists[0].run);
  EXPECT_EQ(ran.times("outer limit"), std::vector<double>{1.0});
  EXPECT_TRUE(ran.logged("inner limit").empty());
  EXPECT_DOUBLE_EQ(ran.seconds(), 1.0);
  const Ran swapped = run("L18", "fixed.nested", {{"outer", "5"}, {"inner", "1"}});
  EXPECT_EQ(swapped.times("inner limit"), std::vector<double>{1.0});
  EXPECT_TRUE(swapped.logged("outer limit").empty());
}
TEST(L18, D12) {
  const Ran ran = run("L18", lesson("L18").false_claims[0].run);
  EXPECT_EQ(ran.logged("table:").at(0).text, "table: None");
  EXPECT_EQ(ran.logged("peer:").at(0).text, "peer: None");
  EXPECT_EQ(ran.count(Kind::scope_expired), 1) << "one of the two was a timeout";
}
TEST(L18, TheWaitHasNoEndAndTheLimitGivesItOne) {
  const Ran bad = run("L18", "bad");
  EXPECT_EQ(bad.outcome(), RunOutcome::hang);
  EXPECT_DOUBLE_EQ(bad.seconds(), 10.0) << "as long as anything else happened";
  EXPECT_EQ(bad.sentences("missing-timeout").size(), 1u);
  const Ran fixed = run("L18", "fixed");
  EXPECT_TRUE(fixed.ok());
  EXPECT_EQ(fixed.times("no answer"), std::vector<double>{2.0});
}

}  // namespace
}  // namespace awaitscope
