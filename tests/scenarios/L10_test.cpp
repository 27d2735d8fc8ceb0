#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The longest that one item stayed in the queue; items leave in the order in which they came.
double longest_wait(const Ran& ran) {
  std::vector<double> in, out;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq) {
    const Event e = ran.trace[seq];
    if (e.kind == Kind::level) in.push_back(static_cast<double>(e.time) / 1e9);
    if (e.kind == Kind::acquired && ran.trace.text(ran.history.model.task(e.who())->name.value) == "consumer")
      out.push_back(static_cast<double>(e.time) / 1e9);
  }
  double longest = 0;
  for (std::size_t i = 0; i < out.size(); ++i) longest = std::max(longest, out[i] - in[i]);
  return longest;
}
double waited_to_put(const Ran& ran) {
  double sum = 0;
  for (const Span& span : ran.history.lanes[ran.task("producer")->id.value - 1].spans)
    if (span.wait == Wait::queue_put) sum += static_cast<double>((span.end - span.begin).count()) / 1e9;
  return sum;
}

TEST(L10, Ask) {
  EXPECT_EQ(answer(lesson("L10").ask), 'B');
  const Ran bad = run("L10", "bad"), fixed = run("L10", lesson("L10").ask.run);
  EXPECT_NEAR(bad.seconds(), 20 * 0.2, 1e-9);
  EXPECT_NEAR(fixed.seconds(), bad.seconds(), 1e-9);
  // Only flatter: a mountain to 20, a plateau at 5.
  EXPECT_EQ(bad.peak("queue"), 20u);
  EXPECT_EQ(fixed.peak("queue"), 5u);
}
TEST(L10, TheWaitMovesFromTheItemsToTheProducer) {
  const Ran bad = run("L10", "bad"), fixed = run("L10", "fixed");
  EXPECT_NEAR(longest_wait(bad), 3.8, 1e-9);
  EXPECT_NEAR(longest_wait(fixed), 1.0, 1e-9);
  EXPECT_EQ(waited_to_put(bad), 0);
  EXPECT_NEAR(waited_to_put(fixed), 2.8, 1e-9);
  const auto said = bad.sentences("queue-growth");
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("it grew to 20 items and one of them waited 3.8 s"), std::string::npos) << said[0];
}
TEST(L10, WorkersAndRatesAreKnobs) {
  EXPECT_NEAR(run("L10", "bad", {{"workers", "4"}}).seconds(), 1.0, 1e-9);
  const Ran slow = run("L10", "bad", {{"make", "0.3"}});
  EXPECT_LE(slow.peak("queue"), 1u);
  EXPECT_TRUE(slow.findings().empty());
}
TEST(L10, Twist1) {
  EXPECT_EQ(answer(lesson("L10").twists[0]), 'C');
  const Ran flood = run("L10", lesson("L10").twists[0].run);
  std::vector<std::string> lines;
  for (const auto& line : flood.log()) lines.push_back(line.text);
  // It was ready from the start and ran only after the last put.
  EXPECT_EQ(lines, (std::vector<std::string>{"all put", "tick 1", "tick 2", "tick 3"}));
  EXPECT_EQ(flood.peak("queue"), 200'000u);
}

}  // namespace
}  // namespace awaitscope
