#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string ms(int t) { return std::to_string(t) + "ms "; }

/// Passes of a second, each at work for so many milliseconds, mostly in parse, and then idle.
std::string seconds_of(const std::vector<int>& work, const std::string& clock = "steady", const std::string& end = "run_end") {
  std::string out = "# clock " + clock + "\n0 run_begin\n0 task_created task=1 name=parse\n0 task_created task=2 name=beat\n";
  int at = 0;
  for (const int busy : work) {
    out += ms(at) + "tick_begin tick=1\n" + ms(at) + "step_begin task=2\n" + ms(at + 10) +
           "step_end task=2 waits=sleep at=b.cpp:3\n";
    out += ms(at + 10) + "step_begin task=1\n" + ms(at + busy) + "step_end task=1 waits=sleep at=a.cpp:7\n";
    if (busy < 1000) out += ms(at + busy) + "idle_begin\n" + ms(at + 1000) + "idle_end\n";
    at += 1000;
  }
  return out + ms(at) + end + "\n";
}

TEST(LoopSaturated, FiresSaysWhoTakesTheTime) {
  const auto j = judge("loop-saturated", seconds_of({960, 970, 980, 500}));
  ASSERT_EQ(
      sentences(j),
      "info proven loop-saturated: in 3 of 4 windows of 1.0 s the loop was at work for 95 % of the time or more, over all "
      "for 85 %; most of it went to parse 3.37 s and beat 40.0 ms\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:7");
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}}));
  ASSERT_EQ(f.evidence.size(), 1u);
  EXPECT_EQ(j.trace[f.evidence[0]].at(), Instant{2'010'000'000}) << "the longest step";
  EXPECT_EQ(f.end, Instant{4'000'000'000});
}

TEST(LoopSaturated, FiresWhereNoWaitIsRecordedBecauseThereIsNone) {
  EXPECT_NE(sentences(judge("loop-saturated", seconds_of({1000, 1000, 1000}))).find("in 3 of 3 windows"), std::string::npos);
}

TEST(LoopSaturated, FiresThroughAStepOfManyWindows) {
  const std::string text =
      "# clock steady\n0 task_created task=1 name=a\n0 step_begin task=1\n9.5 step_end task=1\n12 run_end\n";
  EXPECT_NE(sentences(judge("loop-saturated", text))
                .find("in 9 of 12 windows of 1.0 s the loop was at work for 95 % of the time "
                      "or more, over all for 79 %"),
            std::string::npos)
      << sentences(judge("loop-saturated", text));
}

TEST(LoopSaturated, NearlyFires) {
  EXPECT_EQ(sentences(judge("loop-saturated", seconds_of({949, 949, 949}))), "");
  EXPECT_EQ(judge("loop-saturated", seconds_of({950, 950, 949})).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("loop-saturated", seconds_of({1000, 500, 500, 1000}))), "") << "the median is below";
  EXPECT_EQ(sentences(judge("loop-saturated", seconds_of({990, 990}))), "") << "two seconds are no load";
  EXPECT_EQ(judge("loop-saturated", seconds_of({990, 990}), {{"loop-saturated.windows_count", 2}}).findings.size(), 1u);
  EXPECT_EQ(judge("loop-saturated", seconds_of({949, 949, 949}), {{"loop-saturated.share", 0.94}}).findings.size(), 1u);
  EXPECT_EQ(judge("loop-saturated", seconds_of({990, 990}), {{"loop-saturated.window_s", 0.5}}).findings.size(), 1u);
}

TEST(LoopSaturated, RecheckWhereEventsWereLost) {
  EXPECT_EQ(
      judge("loop-saturated", seconds_of({990, 990, 990}, "steady", "dropped count=1\n3 run_end")).findings.at(0).confidence,
      Confidence::recheck);
}

TEST(LoopSaturated, SparesVirtualTimeWhichPassesOnlyInCallsThatBlock) {
  EXPECT_EQ(sentences(judge("loop-saturated", seconds_of({1000, 1000, 1000}, "virtual"))), "");
}

TEST(LoopSaturated, SparesALoopThatWaitsInASecondThatItsStepsReachInto) {
  // Steps without waits that are recorded say less than the loop's work, and here most of the time is between them.
  std::string text = "# clock steady\n0 task_created task=1 name=a\n";
  for (int i = 0; i < 10; ++i)
    text += ms(i * 1000) + "step_begin task=1\n" + ms(i * 1000 + 400) + "step_end task=1 waits=sleep\n";
  EXPECT_EQ(sentences(judge("loop-saturated", text + "10 run_end\n")), "");
}

TEST(LoopSaturated, SparesATraceThatLastsForAges) {
  EXPECT_EQ(sentences(judge("loop-saturated", "# clock steady\n0 step_begin task=1\n1 step_end task=1\n4611686018 run_end\n")),
            "");
}

}  // namespace
}  // namespace awaitscope
