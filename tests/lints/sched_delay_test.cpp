#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string ms(double t) { return std::to_string(t) + "ms "; }
std::string step(double from, double to, int task, const std::string& end = "waits=sleep at=a.cpp:7") {
  const std::string who = " task=" + std::to_string(task) + " ";
  return ms(from) + "step_begin" + who + "\n" + ms(to) + "step_end" + who + end + "\n";
}

const std::string three =
    "0 run_begin\n0 task_created task=1 name=parse\n0 step_begin task=1\n0 step_end task=1 waits=sleep\n"
    "0 task_created task=2 name=fetch\n0 step_begin task=2\n0 step_end task=2 waits=request at=b.cpp:2\n"
    "0 task_created task=3 name=beat\n0 step_begin task=3\n0 step_end task=3 waits=sleep at=b.cpp:9\n";

/// fetch is woken at 1 ms; parse holds the loop from there for `held` ms, then beat for 2 ms.
std::string late(double held, const std::string& end = "90ms run_end\n") {
  return three + "1ms tick_begin tick=2 ready=2\n1ms task_ready task=2\n" + step(1, 1 + held, 1) +
         step(1 + held, 3 + held, 3, "waits=sleep at=b.cpp:9") + step(3 + held, 3 + held, 2) + end;
}

TEST(SchedDelay, FiresNamesTheStepsThatRanInstead) {
  const auto j = judge("sched-delay", late(20));
  ASSERT_EQ(sentences(j),
            "warning proven sched-delay: task parse held the loop for 20.0 ms at a.cpp:7 while 1 ready task waited for its "
            "turn: fetch 22.0 ms; in the wait of fetch 2 steps ran: parse 20.0 ms at a.cpp:7 and beat 2.0 ms at b.cpp:9\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:7");
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}}));
  EXPECT_EQ(f.evidence, (std::vector<Seq>{13, 12, 17}));
  EXPECT_EQ(f.begin, Instant{1'000'000});
  EXPECT_EQ(f.end, Instant{23'000'000});
}

TEST(SchedDelay, FiresOnceForAllVictimsOfOneStep) {
  const auto j = judge("sched-delay", three + "1ms task_ready task=2\n1ms step_begin task=1\n3ms task_ready task=3\n" +
                                          "31ms step_end task=1 at=a.cpp:7 waits=sleep\n" + step(31, 31, 2) + step(31, 31, 3) +
                                          "40ms run_end\n");
  EXPECT_EQ(sentences(j),
            "warning proven sched-delay: task parse held the loop for 30.0 ms at a.cpp:7 while 2 ready tasks waited for their "
            "turn: fetch 30.0 ms and beat 28.0 ms\n");
}

TEST(SchedDelay, FiresOnceForAllStepsOfOnePlace) {
  std::string rounds = three;
  for (int i = 0; i < 40; ++i) {
    const double at = 100 * i;
    rounds += ms(at) + "task_ready task=2\n" + step(at, at + 10 + i % 3, 1) + step(at + 20, at + 20, 2);
  }
  EXPECT_EQ(sentences(judge("sched-delay", rounds + "4 run_end\n")),
            "warning proven sched-delay: task parse held the loop for 10.0 ms at a.cpp:7 while 1 ready task waited for its "
            "turn: fetch 20.0 ms; 39 more steps from there delayed 39 tasks, at most as long\n");
}

TEST(SchedDelay, FiresAsAnErrorFrom50MsAndAsInfoWhereSlowStepTellsIt) {
  EXPECT_EQ(judge("sched-delay", late(49.5)).findings.at(0).severity, Severity::error);
  EXPECT_EQ(judge("sched-delay", late(50)).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("sched-delay", late(50), {{"slow-step.warning_ms", 60}}).findings.at(0).severity, Severity::error);
  EXPECT_EQ(judge("sched-delay", late(40), {{"sched-delay.error_ms", 42}}).findings.at(0).severity, Severity::error);
}

TEST(SchedDelay, FiresAsInfoWhereAStalledPassTellsIt) {
  std::string pass = three + "1ms tick_begin tick=2\n1ms task_ready task=2\n";
  for (int i = 0; i < 4; ++i) pass += step(1 + 30 * i, 31 + 30 * i, i % 2 ? 1 : 3);
  const std::string text = pass + step(121, 121, 2) + "130ms run_end\n";
  EXPECT_EQ(judge("sched-delay", text).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("sched-delay", text, {{"iteration-stall.limit_ms", 200}}).findings.at(0).severity, Severity::error);
}

TEST(SchedDelay, FiresForATaskThatAStepMadeFromTheEndOfThatStep) {
  const std::string made = three + "1ms step_begin task=1\n2ms task_created task=4 parent=1 name=child\n" +
                           "21ms step_end task=1 waits=sleep at=a.cpp:7\n";
  EXPECT_EQ(sentences(judge("sched-delay", made + step(21, 21, 4) + "30ms run_end\n")), "");
  EXPECT_NE(sentences(judge("sched-delay", made + step(21, 29, 3) + step(29, 29, 4) + "30ms run_end\n"))
                .find("task beat held the loop for 8.0 ms at a.cpp:7 while 1 ready task waited for its turn: child 8.0 ms"),
            std::string::npos);
}

TEST(SchedDelay, FiresForWhatTheLoopHearsOfWithinAStep) {
  const std::string text = three +
                           "1ms step_begin task=1\n2ms task_ready task=2\n21ms step_end task=1 waits=sleep at=a.cpp:7\n" +
                           step(21, 21, 2) + "30ms run_end\n";
  EXPECT_NE(sentences(judge("sched-delay", text)).find("fetch 19.0 ms"), std::string::npos);
}

TEST(SchedDelay, FiresAsInfoWhereStarvationTellsIt) {
  std::string text = three + "1ms task_ready task=2\n";
  for (int i = 0; i < 60; ++i) text += step(1 + 20 * i, 21 + 20 * i, i % 2 ? 3 : 1);
  text += step(1201, 1201, 2) + "1300ms run_end\n";
  EXPECT_EQ(judge("sched-delay", text).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("sched-delay", text, {{"starvation.others_steps", 61}}).findings.at(0).severity, Severity::error);
}

/// Three slices of parse, which `end` as said, behind the wake of fetch.
std::string slices(int each, const std::string& end) {
  std::string out = three + "1ms task_ready task=2\n";
  for (int i = 1; i <= 3; ++i) out += step(1 + each * (i - 1), 1 + each * i, 1, end) + ms(1 + each * i) + "task_ready task=1\n";
  return out + step(1 + 3 * each, 1 + 3 * each, 2) + step(1 + 3 * each, 1 + 3 * each, 1) + "200ms run_end\n";
}

TEST(SchedDelay, FiresAsInfoWhereTheWorkIsDoneInSlices) {
  EXPECT_EQ(judge("sched-delay", slices(15, "waits=yield at=a.cpp:7")).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("sched-delay", slices(20, "waits=yield at=a.cpp:7")).findings.at(0).severity, Severity::error);
  EXPECT_EQ(judge("sched-delay", slices(15, "waits=other at=a.cpp:7")).findings.at(0).severity, Severity::info)
      << "as an imported trace tells it";
  EXPECT_EQ(judge("sched-delay", late(45)).findings.at(0).severity, Severity::warning) << "it waits for something then";
}

TEST(SchedDelay, NearlyFiresBelow5Ms) {
  EXPECT_EQ(sentences(judge("sched-delay", late(2.9))), "");
  EXPECT_EQ(judge("sched-delay", late(3)).findings.at(0).severity, Severity::warning);
  EXPECT_EQ(judge("sched-delay", late(2.9), {{"sched-delay.warning_ms", 4}}).findings.size(), 1u);
}

TEST(SchedDelay, RecheckWhereTheTraceEndsBeforeTheTurnComesOrLostEvents) {
  const auto j = judge("sched-delay", three + "1ms task_ready task=2\n" + step(1, 21, 1));
  EXPECT_EQ(sentences(j),
            "warning recheck sched-delay: task parse held the loop for 20.0 ms at a.cpp:7 while 1 ready task waited for its "
            "turn: fetch at least 20.0 ms\n");
  EXPECT_EQ(judge("sched-delay", "0 dropped count=1\n" + late(20)).findings.at(0).confidence, Confidence::recheck);
}

TEST(SchedDelay, RecheckWhereNothingThatIsRecordedRan) {
  const auto j = judge("sched-delay", three + "1ms task_ready task=2\n" + step(21, 21, 2) + "30ms run_end\n");
  EXPECT_EQ(sentences(j),
            "info recheck sched-delay: 1 ready task waited for its turn, and nothing that is recorded ran meanwhile: fetch "
            "20.0 ms\n");
  EXPECT_EQ(show(j.findings[0].site), "b.cpp:2");
}

TEST(SchedDelay, SparesWhoGivesWay) {
  const std::string text = three +
                           "1ms step_begin task=2\n1ms step_end task=2 waits=yield\n1ms task_ready task=2 by=2 why=yield\n" +
                           step(1, 21, 1) + step(21, 21, 2) + "30ms run_end\n";
  EXPECT_EQ(sentences(judge("sched-delay", text)), "");
}

TEST(SchedDelay, SparesWaitsAndTasksThatAreOverBeforeTheirTurn) {
  EXPECT_EQ(
      sentences(judge("sched-delay", three + step(1, 21, 1) + "21ms task_ready task=2\n" + step(21, 21, 2) + "30ms run_end\n")),
      "");
  EXPECT_EQ(sentences(judge("sched-delay",
                            three + "1ms task_ready task=2\n" + step(1, 21, 1) + "21ms task_done task=2\n" + "30ms run_end\n")),
            "");
}

TEST(SchedDelay, SparesStepsOfNoLength) {
  std::string many = three + "1ms task_ready task=2\n";
  for (int i = 0; i < 200; ++i) many += step(1, 1, 1);
  EXPECT_EQ(sentences(judge("sched-delay", many + step(1, 1, 2) + "1ms run_end\n")), "");
}

}  // namespace
}  // namespace awaitscope
