#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double ended(const Ran& ran, std::string_view task) { return static_cast<double>(ran.task(task)->ended.ns) / 1e9; }

TEST(L11, Ask) {
  EXPECT_EQ(answer(lesson("L11").ask), 'B');
  const Ran ran = run("L11", lesson("L11").ask.run);
  EXPECT_DOUBLE_EQ(revealed("L11", lesson("L11").ask), 1.0);
  EXPECT_EQ(ran.number("pending"), 2);
  const Seq seen = find_event(lesson("L11").ask.reveal, ran.trace, ran.history);
  for (const std::string_view child : {"child-2", "child-3"}) {
    EXPECT_LT(ran.task(child)->cancel_requested, seen);
    EXPECT_GT(ran.task(child)->since, seen) << "it ended before the caller knew";
    EXPECT_DOUBLE_EQ(ended(ran, child), 3.0);
  }
}
TEST(L11, Twist1) {
  EXPECT_EQ(answer(lesson("L11").twists[0]), 'B');
  const Ran ran = run("L11", lesson("L11").twists[0].run);
  EXPECT_EQ(ran.number("failed"), 2);
  EXPECT_EQ(ran.number("pending"), 0);
  EXPECT_EQ(run("L11", "bad", {{"preset", "two_fail"}}).logged("failed").size(), 1u);
}
TEST(L11, Twist2) {
  EXPECT_EQ(answer(lesson("L11").twists[1]), 'B');
  const Ran ran = run("L11", lesson("L11").twists[1].run);
  EXPECT_EQ(ran.outcome(), RunOutcome::raised);
  EXPECT_TRUE(ran.logged("failed").empty());
  EXPECT_TRUE(run("L11", "fixed").ok());
}
TEST(L11, Twist3) {
  EXPECT_EQ(answer(lesson("L11").twists[2]), 'B');
  const Ran ran = run("L11", lesson("L11").twists[2].run);
  EXPECT_EQ(ran.times("timed out"), std::vector<double>{0.5});
  EXPECT_EQ(ran.number("pending"), 2);
  for (const Cancellation& c : ran.history.cancellations) EXPECT_NE(c.why, CancelReason::call) << "the handler ran";
  for (const std::string_view child : {"child-1", "child-2", "child-3"})
    EXPECT_EQ(ran.task(child)->outcome, Outcome::cancelled);
  EXPECT_DOUBLE_EQ(ended(ran, "child-3"), 2.5);
}
TEST(L11, D8) {
  const Ran ran = run("L11", lesson("L11").false_claims.at(0).run);
  EXPECT_GT(ran.number("pending"), 0);
  EXPECT_GT(ended(ran, "child-2"), ran.times("failed").at(0));
  EXPECT_EQ(ran.times("cleaned up"), (std::vector<double>{3.0, 3.0}));
  EXPECT_EQ(ran.sentences("outlives-scope").size(), 1u);
  EXPECT_EQ(ran.sentences("cancel-not-awaited").size(), 1u);
}
TEST(L11, TheGroupStretchesToTheLastCleanUp) {
  EXPECT_EQ(run("L11", "fixed").times("failed"), std::vector<double>{3.0});
  EXPECT_EQ(run("L11", "fixed", {{"cleanup", "5"}}).times("failed"), std::vector<double>{6.0});
  EXPECT_EQ(run("L11", "fixed").number("pending"), 0);
  EXPECT_EQ(run("L11", "fixed", {{"failing", "0"}}).last(), "sum 6");
}
TEST(L11, WithoutCleanUpTheyArePendingAllTheSame) {
  const Ran ran = run("L11", "bad", {{"cleanup", "0"}});
  EXPECT_EQ(ran.number("pending"), 2);
  EXPECT_TRUE(ran.findings().empty());  // they end within the same instant
}

}  // namespace
}  // namespace awaitscope
