#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(X01, Ask) {
  EXPECT_EQ(answer(lesson("X01").ask), 'B');
  const Ran ran = run("X01", lesson("X01").ask.run);
  EXPECT_EQ(ran.last(), "done");
  // A lock that is free is taken without a pause: nobody ever gets in line.
  EXPECT_EQ(ran.count(Kind::acquire_begin), 0);
  for (int seed = 1; seed <= 20; ++seed)
    EXPECT_EQ(run("X01", "bad.no_await", {}, "random:" + std::to_string(seed)).last(), "done") << seed;
}
TEST(X01, WithTheAwaitNothingCanEverRun) {
  const Ran ran = run("X01", "bad");
  EXPECT_EQ(ran.outcome(), RunOutcome::hang);
  EXPECT_EQ(ran.log().size(), 2u);
  EXPECT_EQ(ran.last(), "has b");
  EXPECT_TRUE(ran.history.model.ready.empty());
  EXPECT_TRUE(ran.history.model.timers.empty());
  const auto said = ran.sentences("deadlock-cycle");
  ASSERT_EQ(said.size(), 1u);
  // The ring and both lines: where each task took what the other wants, and where it waits.
  for (const char* part : {"a_first holds a", "waits for b", "b_first holds b", "waits for a", "nothing can ever run again"})
    EXPECT_NE(said[0].find(part), std::string::npos) << said[0];
}
TEST(X01, Twist1) {
  EXPECT_EQ(answer(lesson("X01").twists[0]), 'C');
  const Ran ran = run("X01", lesson("X01").twists[0].run);
  EXPECT_EQ(ran.outcome(), RunOutcome::hang);
  EXPECT_EQ(ran.last(), "has a");
  EXPECT_EQ(ran.sentences("self-deadlock").size(), 1u);
}
TEST(X01, SomeOrdersOnlyDeadlock) {
  EXPECT_EQ(run("X01", "bad.hidden").last(), "done");
  int hangs = 0;
  for (int seed = 1; seed <= 20; ++seed) {
    const Ran ran = run("X01", "bad.hidden", {}, "random:" + std::to_string(seed));
    hangs += ran.outcome() == RunOutcome::hang;
    // Where it went well, the diagnosis warns.
    EXPECT_EQ(ran.findings(), std::vector<std::string>{ran.ok() ? "lock-order-inversion" : "deadlock-cycle"}) << seed;
  }
  EXPECT_GT(hangs, 0);
  EXPECT_LT(hangs, 20);
}
TEST(X01, ATimeoutBreaksTheRing) {
  const Ran ran = run("X01", "fixed.timeout");
  EXPECT_EQ(ran.times("lets go"), std::vector<double>{1.5});
  EXPECT_EQ(ran.times("has both"), (std::vector<double>{1.5, 2.0}));
  const auto said = ran.sentences("deadlock-cycle");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("a timeout broke the ring after 1.0 s"), std::string::npos) << said[0];
}

}  // namespace
}  // namespace awaitscope
