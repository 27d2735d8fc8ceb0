#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L01, ThreeInARowTakeThreeSecondsTogetherOne) {
  EXPECT_DOUBLE_EQ(run("L01", "bad").seconds(), 3.0);
  EXPECT_DOUBLE_EQ(run("L01", "fixed").seconds(), 1.0);
}
TEST(L01, OneRequestIsInFlightAtATimeAgainstThreeAndTheLoopWorksInNeither) {
  EXPECT_EQ(run("L01", "bad").peak("api"), 1u);
  EXPECT_EQ(run("L01", "fixed").peak("api"), 3u);
  for (const char* variant : {"bad", "fixed"}) EXPECT_TRUE(run("L01", variant).history.steps.empty()) << "no step takes time";
}
TEST(L01, Ask) {
  EXPECT_EQ(answer(lesson("L01").ask), 'B');
  EXPECT_DOUBLE_EQ(revealed("L01", lesson("L01").ask), 3.0);
}
TEST(L01, ADependencyIsNoMistakeButTheIndependentRestIs) {
  const Ran ran = run("L01", "bad", {{"preset", "dependent"}});
  ASSERT_EQ(ran.sentences("sequential-awaits").size(), 1u);
  EXPECT_EQ(ran.sentences("sequential-awaits")[0].find("user"), std::string::npos) << ran.sentences("sequential-awaits")[0];
  // With comments too short to matter, what is left is the chain, and nobody is accused.
  EXPECT_TRUE(run("L01", "bad", {{"preset", "dependent"}, {"comments", "0.1"}}).findings().empty());
}

}  // namespace
}  // namespace awaitscope
