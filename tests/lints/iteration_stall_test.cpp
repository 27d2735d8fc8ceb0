#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// One pass of the loop with `count` steps of `ms` milliseconds each, each of another task.
std::string pass(int count, int ms, const std::string& end) {
  std::string out;
  for (int i = 1; i <= count; ++i) out += "0 task_created task=" + std::to_string(i) + " name=t" + std::to_string(i) + "\n";
  out += "0 tick_begin tick=4 ready=" + std::to_string(count) + "\n";
  for (int i = 0; i < count; ++i) {
    out += std::to_string(i * ms) + "ms step_begin task=" + std::to_string(i + 1) + "\n";
    out += std::to_string((i + 1) * ms) + "ms step_end task=" + std::to_string(i + 1) + " waits=sleep at=a.cpp:7\n";
  }
  return out + std::to_string(count * ms) + "ms " + end + "\n";
}

TEST(IterationStall, FiresWhereManyStepsOfOnePassAddUp) {
  const auto j = judge("iteration-stall", pass(5, 30, "tick_begin tick=5"));
  ASSERT_EQ(sentences(j),
            "warning proven iteration-stall: pass 4 of the loop took 150 ms in 5 steps, the longest 30.0 ms (t1, t2, t3 and 2 "
            "more): no step is slow alone, but timers and "
            "ready tasks waited for all of them\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:7");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{7, 9, 11, 13, 15}));
  EXPECT_EQ(j.findings[0].end, Instant{150000000});
}

TEST(IterationStall, NearlyFiresBelowTheLimit) {
  EXPECT_EQ(sentences(judge("iteration-stall", pass(3, 33, "tick_begin tick=5"))), "");
  EXPECT_EQ(judge("iteration-stall", pass(3, 33, "tick_begin tick=5"), {{"iteration-stall.limit_ms", 90}}).findings.size(), 1u);
}

TEST(IterationStall, RecheckWhereThePassIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("iteration-stall", pass(5, 30, "log text=x")).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("iteration-stall", pass(5, 30, "run_end")).findings.at(0).confidence, Confidence::proven);
  EXPECT_EQ(judge("iteration-stall", "0 dropped count=1\n" + pass(5, 30, "run_end")).findings.at(0).confidence,
            Confidence::recheck);
}

TEST(IterationStall, SparesOneSlowStepAndStepsOfSeveralPasses) {
  EXPECT_EQ(sentences(judge("iteration-stall", pass(2, 60, "run_end"))), "");
  std::string passes;
  for (int i = 0; i < 5; ++i)
    passes += std::to_string(i * 30) + "ms tick_begin tick=" + std::to_string(i + 1) + "\n" + std::to_string(i * 30) +
              "ms step_begin task=1\n" + std::to_string(i * 30 + 30) + "ms step_end task=1 waits=yield\n";
  EXPECT_EQ(sentences(judge("iteration-stall", passes + "150ms run_end\n")), "");
}

}  // namespace
}  // namespace awaitscope
