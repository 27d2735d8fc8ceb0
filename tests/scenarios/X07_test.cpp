#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(X07, Ask) {
  EXPECT_EQ(answer(lesson("X07").ask), 'B');
  const Ran bad = run("X07", lesson("X07").ask.run), fixed = run("X07", "fixed");
  EXPECT_EQ(bad.count(Kind::request_begin), 50);
  EXPECT_EQ(fixed.count(Kind::request_begin), 1);
  EXPECT_EQ(bad.last(), "served 50 of 50");
  EXPECT_EQ(fixed.last(), "served 50 of 50");
  EXPECT_DOUBLE_EQ(bad.seconds(), 1.0);
  EXPECT_DOUBLE_EQ(fixed.seconds(), 1.0);
}
TEST(X07, TheStampedeIsCounted) {
  const auto said = run("X07", "bad").sentences("cache-stampede");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("each asked api for user"), std::string::npos) << said[0];
  EXPECT_NE(said[0].find("50 requests where one would do"), std::string::npos) << said[0];
}
TEST(X07, Twist1) {
  EXPECT_EQ(answer(lesson("X07").twists[0]), 'C');
  const Ran bare = run("X07", lesson("X07").twists[0].run), shielded = run("X07", "fixed.cancel");
  EXPECT_EQ(bare.last(), "served 0 of 50");
  EXPECT_DOUBLE_EQ(bare.seconds(), 0.5);
  EXPECT_EQ(shielded.last(), "served 49 of 50");
  EXPECT_DOUBLE_EQ(shielded.seconds(), 1.0);
  // One request to stop: with the shield it reached one task.
  EXPECT_EQ(shielded.count(Kind::cancel_requested), 1);
  EXPECT_EQ(shielded.count(Kind::cancel_shielded), 1);
  EXPECT_EQ(bare.task("load")->outcome, Outcome::cancelled);
  EXPECT_EQ(shielded.task("load")->outcome, Outcome::returned);
}

}  // namespace
}  // namespace awaitscope
