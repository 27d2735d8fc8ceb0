#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L03, Ask) {
  EXPECT_EQ(answer(lesson("L03").ask), 'C');
  const Ran ran = run("L03", lesson("L03").ask.run);
  EXPECT_EQ(ran.log().front().text, "got a value of type coroutine");
  EXPECT_TRUE(ran.logged("fetching").empty()) << "the body has not run one line";
  EXPECT_TRUE(ran.ok()) << "no error on that line either";
  EXPECT_EQ(ran.count(Kind::coro_unstarted), 1);
}
TEST(L03, Twist1) {
  EXPECT_EQ(answer(lesson("L03").twists[0]), 'A');
  EXPECT_EQ(run("L03", lesson("L03").twists[0].run).last(), "as a condition it is true");
  EXPECT_EQ(run("L03", "fixed").logged("as a condition")[0].text, "as a condition it is false") << "what was asked for is 0";
}
TEST(L03, TheComplaintComesTwoSecondsAfterTheCallAndNamesTheCall) {
  const Ran ran = run("L03", "bad");
  ASSERT_EQ(ran.sentences("never-awaited").size(), 1u);
  EXPECT_NE(ran.sentences("never-awaited")[0].find("thrown away 2.0 s later"), std::string::npos);
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq) {
    if (ran.trace[seq].kind != Kind::coro_unstarted) continue;
    EXPECT_DOUBLE_EQ(static_cast<double>(ran.trace[seq].time) / 1e9, 2.0);
    EXPECT_EQ(ran.trace[ran.trace[seq].cause].time, 0);
  }
}
TEST(L03, OtherUsesAreErrorsAtOnce) {
  EXPECT_EQ(run("L03", "bad.plus").last(), "TypeError: unsupported operand type(s) for +: 'coroutine' and 'int'");
  EXPECT_EQ(run("L03", "bad.index").last(), "TypeError: list indices must be integers or slices, not coroutine");
  EXPECT_DOUBLE_EQ(run("L03", "bad.plus").times("TypeError")[0], 0);
}
TEST(L03, AwaitedItTakesItsSecondAndGivesTheNumber) {
  const Ran ran = run("L03", "fixed", {{"value", "3"}});
  EXPECT_DOUBLE_EQ(ran.times("got")[0], 1.0);
  EXPECT_EQ(ran.last(), "plus one 4 in words many");
  EXPECT_TRUE(ran.findings().empty());
}

}  // namespace
}  // namespace awaitscope
