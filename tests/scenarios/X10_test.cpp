#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

std::vector<std::string> said(const Ran& ran) {
  std::vector<std::string> out;
  for (const auto& line : ran.log()) out.push_back(line.text);
  return out;
}
using Lines = std::vector<std::string>;

TEST(X10, Ask) {
  EXPECT_EQ(answer(lesson("X10").ask), 'B');
  EXPECT_EQ(said(run("X10", lesson("X10").ask.run)), (Lines{"main", "body", "body ends"}));
}
TEST(X10, Twist1) {
  const Question& twist = lesson("X10").twists[0];
  EXPECT_EQ(answer(twist), 'A');
  EXPECT_EQ(said(run("X10", twist.run)), (Lines{"body", "main", "body ends"}));
}
TEST(X10, Twist2) {
  const Question& twist = lesson("X10").twists[1];
  EXPECT_EQ(answer(twist), 'B');
  const Ran ran = run("X10", twist.run);
  EXPECT_EQ(said(ran), (Lines{"quick", "main", "body", "body ends"}));
  // main says both in one step: nobody ran in between.
  EXPECT_EQ(ran.task("main")->steps, 2u);
}
TEST(X10, WhatIsReadyRunsBeforeATimerThatComesDue) {
  EXPECT_EQ(said(run("X10", "bad.order")), (Lines{"1", "2", "call_soon", "task", "after sleep(0)", "call_later(0)"}));
}
TEST(X10, AThrowInACallbackHasNoAwaitToTravelAlong) {
  const Ran ran = run("X10", "bad.callback");
  EXPECT_TRUE(ran.ok());
  EXPECT_EQ(said(ran), Lines{"main"});
  EXPECT_EQ(ran.count(Kind::diagnosed, "ServiceError: in a callback"), 1);
}
TEST(X10, InEveryOrderMainGoesOnFirst) {
  for (int seed = 1; seed <= 20; ++seed) {
    const Ran ran = run("X10", "bad", {}, "random:" + std::to_string(seed));
    EXPECT_EQ(said(ran).at(0), "main") << seed;
  }
}

}  // namespace
}  // namespace awaitscope
