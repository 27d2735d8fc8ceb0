#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// A heartbeat due at 10 ms, behind `count` steps of `ms` milliseconds each.
std::string behind(int count, int ms, const std::string& before = "") {
  std::string out = before + "0 task_created task=1 name=heartbeat\n0 timer_set task=1 timer=1 when=0.010\n";
  for (int i = 2; i < count + 2; ++i)
    out += "0 task_created task=" + std::to_string(i) + " name=parse" + std::to_string(i - 1) + "\n";
  out += "0 tick_begin tick=4\n";
  for (int i = 0; i < count; ++i) {
    out += std::to_string(i * ms) + "ms step_begin task=" + std::to_string(i + 2) + "\n";
    out += std::to_string((i + 1) * ms) + "ms step_end task=" + std::to_string(i + 2) + " at=a.cpp:7\n";
  }
  const std::string end = std::to_string(count * ms) + "ms ";
  return out + end + "timer_fired task=1 timer=1 due=0.010 at=a.cpp:3\n" + end + "run_end\n";
}

TEST(LoopLag, FiresWhereManySmallStepsMakeATimerLate) {
  const auto j = judge("loop-lag", behind(5, 30));
  ASSERT_EQ(sentences(j),
            "warning proven loop-lag: the loop was late: the timer of heartbeat at a.cpp:3 was due at 0.010 s and fired 140 ms "
            "later (median of 1 timer: 140 ms); meanwhile 5 steps ran, the longest 30.0 ms (parse1, parse2, parse3 and 2 "
            "more), so a limit for single steps stays silent\n");
  EXPECT_EQ(j.findings[0].begin, Instant{10'000'000});
  EXPECT_EQ(j.findings[0].end, Instant{150'000'000});
}

TEST(LoopLag, NearlyFiresBelowTheLimits) {
  std::string on_time;
  for (int i = 0; i < 3; ++i) on_time += "0 timer_fired timer=" + std::to_string(i + 7) + " due=0\n";
  EXPECT_EQ(sentences(judge("loop-lag", behind(3, 30, on_time))), "") << "80 ms is not much, and the others are on time";
  EXPECT_EQ(judge("loop-lag", behind(3, 30)).findings.size(), 1u) << "the median is 80 ms";
  EXPECT_EQ(judge("loop-lag", behind(3, 30, on_time), {{"loop-lag.max_ms", 70}}).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("loop-lag", "0 timer_fired timer=1 due=0\n0 run_end\n")), "");
}

TEST(LoopLag, SparesWhatOneSlowStepDelays) {
  EXPECT_EQ(sentences(judge("loop-lag", behind(2, 90))), "");
  EXPECT_EQ(judge("loop-lag", behind(2, 90), {{"slow-step.warning_ms", 100}}).findings.size(), 1u);
}

TEST(LoopLag, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("loop-lag", "0 dropped count=1\n" + behind(5, 30)).findings.at(0).confidence, Confidence::recheck);
  // Times from a hostile file are no reason to fail.
  EXPECT_EQ(sentences(judge("loop-lag", "0 timer_fired timer=1 due=-9223372036.854775808\n")), "");
}

}  // namespace
}  // namespace awaitscope
