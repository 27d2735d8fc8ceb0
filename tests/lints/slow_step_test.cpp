#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// main blocks from 0.6 to 2.6; the ticker's timer is due at 1.0, parse is ready.
const std::string blocking = R"(
0 run_begin
0 task_created task=1 name=main at=a.cpp:1
0 task_created task=2 name=ticker parent=1
0 task_created task=3 name=parse parent=1
0 step_begin task=2
0 timer_set task=2 timer=7 when=1.0
0 step_end task=2 waits=sleep
0.6 task_ready task=1 why=timer
0.6 task_ready task=3 why=future
0.6 step_begin task=1
0.6 block_begin task=1 what=time.sleep length=2 at=a.cpp:12
2.6 block_end task=1 at=a.cpp:12
2.6 step_end task=1 waits=sleep at=a.cpp:13
2.6 timer_fired task=2 timer=7 due=1.0
2.6 task_ready task=2 why=timer cause=14
2.6 step_begin task=3
2.6 task_done task=3
2.6 step_end task=3
2.6 run_end
)";

TEST(SlowStep, FiresAndNamesTheStepItsPlaceAndWhatItDelayed) {
  const auto j = judge("slow-step", blocking);
  ASSERT_EQ(sentences(j),
            "error proven slow-step: task main held the loop for 2.0 s in time.sleep at a.cpp:12; 1 timer came due in it "
            "(ticker 1.6 s late) and 1 ready task waited "
            "for its turn (parse)\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:12");
  EXPECT_EQ(f.begin, Instant{600000000});
  EXPECT_EQ(f.end, Instant{2600000000});
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}, {3}}));
  EXPECT_EQ(f.evidence, (std::vector<Seq>{10, 13, 14, 4}));
  EXPECT_EQ(f.lesson, "blocking_sleep");
}

TEST(SlowStep, NearlyFiresBelowTheThresholds) {
  const auto step = [](const std::string& end) {
    return "0 task_created task=1 name=a\n0 step_begin task=1\n" + end + " step_end task=1 waits=sleep at=a.cpp:2\n";
  };
  EXPECT_EQ(sentences(judge("slow-step", step("0.009999"))), "");
  EXPECT_EQ(sentences(judge("slow-step", step("0.010"))),
            "info proven slow-step: task a held the loop for 10.0 ms at a.cpp:2; nothing else was due\n");
  EXPECT_EQ(judge("slow-step", step("0.050")).findings.at(0).severity, Severity::warning);
  EXPECT_EQ(judge("slow-step", step("0.100")).findings.at(0).severity, Severity::error);
  EXPECT_EQ(judge("slow-step", step("0.100"), {{"slow-step.info_ms", 200}}).findings.size(), 0u);
  EXPECT_EQ(judge("slow-step", step("0.020"), {{"slow-step.error_ms", 15}}).findings.at(0).severity, Severity::error);
}

TEST(SlowStep, RecheckWhereTheStepIsCutOrEventsWereLost) {
  const std::string cut =
      "0 task_created task=1 name=a\n0 step_begin task=1\n0 block_begin task=1 what=recv at=a.cpp:3\n1 log text=x\n";
  EXPECT_EQ(sentences(judge("slow-step", cut)),
            "error recheck slow-step: task a held the loop for at least 1.0 s in recv at a.cpp:3; nothing else was due\n");
  const std::string lost = "0 dropped count=4\n0 task_created task=1 name=a\n0 step_begin task=1\n1 step_end task=1\n";
  EXPECT_EQ(judge("slow-step", lost).findings.at(0).confidence, Confidence::recheck);
}

TEST(SlowStep, SparesALongWaitAndWhoCameLater) {
  // A naive rule takes the time between two events of a task.
  EXPECT_EQ(sentences(judge("slow-step",
                            "0 task_created task=1\n0 step_begin task=1\n0 step_end task=1 waits=sleep\n5 task_ready task=1\n5 "
                            "step_begin task=1\n5 step_end task=1\n")),
            "");
  // The timer is due after the step, and the other task was woken by its last action: nobody waited.
  const auto j = judge("slow-step", R"(
0 task_created task=1 name=a
0 task_created task=2 name=b
0 step_begin task=2
0 step_end task=2 waits=event
0 step_begin task=1
1 task_ready task=2 by=1 why=set
1 step_end task=1 waits=sleep at=a.cpp:4
1 step_begin task=2
1 step_end task=2 waits=sleep
1.5 timer_fired task=1 timer=1 due=1.5
)");
  EXPECT_EQ(sentences(j), "error proven slow-step: task a held the loop for 1.0 s at a.cpp:4; nothing else was due\n");
}

TEST(SlowStep, FiresWithHostileNamesInert) {
  const auto j =
      judge("slow-step", "0 task_created task=1 name=\"{}%s\\x1b[2J\\u202e\"\n0 step_begin task=1\n1 step_end task=1\n");
  EXPECT_EQ(sentences(j), "error proven slow-step: task {}%s\\x1b[2J\\u202e held the loop for 1.0 s; nothing else was due\n");
}

}  // namespace
}  // namespace awaitscope
