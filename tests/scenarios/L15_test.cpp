#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double ended(const Ran& ran, std::string_view task) { return static_cast<double>(ran.task(task)->ended.ns) / 1e9; }

TEST(L15, Ask) {
  EXPECT_EQ(answer(lesson("L15").ask), 'B');
  const Ran ran = run("L15", lesson("L15").ask.run);
  EXPECT_DOUBLE_EQ(ended(ran, "handler"), 1.0);
  EXPECT_EQ(ran.task("handler")->outcome, Outcome::cancelled);
  EXPECT_DOUBLE_EQ(ended(ran, "helper"), 3.0);
  EXPECT_EQ(ran.task("helper")->outcome, Outcome::returned);
  EXPECT_DOUBLE_EQ(revealed("L15", lesson("L15").ask), 3.0);
  EXPECT_NE(ran.sentences("orphan").at(0).find("ran on for 2.0 s after handler was cancelled at 1.000 s"), std::string::npos);
}
TEST(L15, Twist1) {
  EXPECT_EQ(answer(lesson("L15").twists[0]), 'B');
  const Ran ran = run("L15", lesson("L15").twists[0].run);
  EXPECT_DOUBLE_EQ(ran.seconds(), 1.0);
  EXPECT_EQ(ran.task("helper")->outcome, Outcome::cancelled);
  EXPECT_TRUE(ran.logged("helper done").empty());
  EXPECT_EQ(ran.history.cancellations.at(0).why, CancelReason::shutdown);
}
TEST(L15, Twist2) {
  EXPECT_EQ(answer(lesson("L15").twists[1]), 'B');
  const std::string& twin = lesson("L15").twists[1].run.python;  // C++ has no garbage collector
  EXPECT_NE(scenario_source("scenarios/task_leak.py").find("async def " + twin + "(opts)"), std::string_view::npos);
}
TEST(L15, AGroupPassesTheCancelOn) {
  const Ran ran = run("L15", "fixed");
  EXPECT_DOUBLE_EQ(ended(ran, "helper"), 1.0);
  EXPECT_DOUBLE_EQ(ended(ran, "handler"), 1.0);
  EXPECT_EQ(ran.number("left"), 0);
  EXPECT_EQ(run("L15", "bad").number("left"), 1);
}
TEST(L15, AReferenceIsNoOwner) {
  const Ran ran = run("L15", "bad", {{"keep", "1"}});
  EXPECT_DOUBLE_EQ(ended(ran, "helper"), 3.0);
  EXPECT_EQ(ran.findings(), std::vector<std::string>{"orphan"});
  EXPECT_EQ(ran.count(Kind::handle_dropped), 0);
  EXPECT_EQ(run("L15", "bad").count(Kind::handle_dropped), 1);
}
TEST(L15, NothingIsLeftWhereTheHelperIsDoneFirst) { EXPECT_TRUE(run("L15", "bad", {{"cancel", "4"}}).findings().empty()); }

}  // namespace
}  // namespace awaitscope
