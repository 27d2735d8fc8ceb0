#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// Timers of setTimeout that stand at the end.
int timers_left(const Ran& run) {
  int out = 0;
  for (const TimerModel& timer : run.history.model.timers) out += timer.use == TimerUse::call;
  return out;
}

TEST(X09, Ask) {
  EXPECT_EQ(answer(lesson("X09").ask), 'B');
  const Ran bad = run("X09", "bad");
  EXPECT_EQ(bad.last(), "network error");
  EXPECT_DOUBLE_EQ(bad.seconds(), 0.1);
  EXPECT_EQ(timers_left(bad), 1);
  EXPECT_EQ(timers_left(run("X09", "fixed")), 0);
}
TEST(X09, Twist1) {
  EXPECT_EQ(answer(lesson("X09").twists[0]), 'B');
  const Ran slow = run("X09", lesson("X09").twists[0].run);
  EXPECT_EQ(slow.last(), "done");
  EXPECT_DOUBLE_EQ(slow.seconds(), 3.0);
  EXPECT_EQ(slow.findings(), std::vector<std::string>{"no-overall-deadline"}) << "the limit covers the headers alone";
}
TEST(X09, D7) {
  EXPECT_EQ(timers_left(run("X09", "bad")), 1) << "an error that is no abort";
  const Ran slow = run("X09", lesson("X09").false_claims[0].run);
  EXPECT_DOUBLE_EQ(slow.seconds(), 3.0) << "a body without a limit";
  EXPECT_EQ(timers_left(slow), 0);
  const Ran fixed = run("X09", "fixed", {{"preset", "slow_body"}});
  EXPECT_EQ(fixed.last(), "timed out");
  EXPECT_DOUBLE_EQ(fixed.seconds(), 1.0);
  EXPECT_EQ(timers_left(fixed), 0);
}
TEST(X09, AnAnswerInTimeLeavesNothingInBoth) {
  for (const std::string variant : {"bad", "fixed"}) {
    const Ran ran = run("X09", variant, {{"error", "0"}});
    EXPECT_EQ(ran.last(), "done");
    EXPECT_EQ(timers_left(ran), 0);
    EXPECT_EQ(ran.findings(), std::vector<std::string>{});
  }
}

}  // namespace
}  // namespace awaitscope
