#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The versions that a run's tasks read, main's own reading of the result left out.
std::vector<std::uint32_t> versions_read(const Ran& ran) {
  std::vector<std::uint32_t> out;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq)
    if (const Event e = ran.trace[seq]; e.kind == Kind::cell_read && e.task != 1) out.push_back(e.b);
  return out;
}

TEST(L24, Ask) {
  EXPECT_EQ(answer(lesson("L24").ask), 'C');
  const Ran ran = run("L24", lesson("L24").ask.run);
  EXPECT_EQ(ran.number("counter"), 1);
  EXPECT_EQ(ran.number("of"), 100);
}
TEST(L24, AllReadTheSameValueThenAllWrite) {
  const Ran ran = run("L24", "bad");
  EXPECT_EQ(versions_read(ran), std::vector<std::uint32_t>(100, 0));
  EXPECT_EQ(ran.count(Kind::cell_write), 100);
  EXPECT_EQ(ran.number("counter"), 1);
  EXPECT_EQ(run("L24", "bad", {{"pause", "0"}}, "random:3").number("counter"), 1);
}
TEST(L24, TheLockMakesAStaircase) {
  const Ran ran = run("L24", "fixed");
  std::vector<std::uint32_t> expected(100);
  for (std::uint32_t i = 0; i < 100; ++i) expected[i] = i;
  EXPECT_EQ(versions_read(ran), expected);
  EXPECT_EQ(ran.number("counter"), 100);
  EXPECT_NEAR(ran.seconds(), 100 * 0.01, 1e-9);
  EXPECT_NEAR(run("L24", "bad").seconds(), 0.01, 1e-9);
}
TEST(L24, Twist1) {
  EXPECT_EQ(answer(lesson("L24").twists[0]), 'B');
  EXPECT_EQ(run("L24", lesson("L24").twists[0].run).number("counter"), 100);
}
TEST(L24, Twist2) {
  EXPECT_EQ(answer(lesson("L24").twists[1]), 'B');
  EXPECT_EQ(run("L24", "bad.hidden").number("counter"), 2);
  const Ran other = run("L24", lesson("L24").twists[1].run);
  EXPECT_EQ(other.number("counter"), 1);
  EXPECT_EQ(other.findings(), std::vector<std::string>{"await-atomicity"});
  // The number of such orders is the lesson's, checked by the contract.
  EXPECT_TRUE(lesson("L24").schedules.contains("bad.hidden"));
}

}  // namespace
}  // namespace awaitscope
