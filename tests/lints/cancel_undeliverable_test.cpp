#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// crunch runs from 0.5 s on, and another thread's main asks it to stop at 1 s.
const std::string asked = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=crunch parent=1
0.5 step_begin task=2
1 cancel_requested task=2 by=1 why=call at=a.cpp:20
)";
std::string reached(const std::string& time) {
  return time + " step_end task=2 waits=sleep at=a.cpp:8\n" + time + " step_begin task=2\n" + time +
         " cancel_delivered task=2 cause=5 at=a.cpp:8\n" + time + " task_done task=2 how=cancelled\n" + time + " run_end\n";
}

TEST(CancelUndeliverable, FiresOnATaskThatRunsOn) {
  const auto j = judge("cancel-undeliverable", asked + reached("1.4"));
  ASSERT_EQ(sentences(j),
            "info proven cancel-undeliverable: task crunch, asked to stop by main at a.cpp:20 at 1.000 s, ran on for 400 ms "
            "without an await that it could reach at a.cpp:8; the request reached it at 1.400 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:8");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{4, 5, 8}));
}

TEST(CancelUndeliverable, FiresOnOneThatReturnsBeforeItHearsOfIt) {
  EXPECT_EQ(sentences(judge("cancel-undeliverable", asked + "3 task_done task=2 at=a.cpp:9\n3 step_end task=2\n")),
            "info proven cancel-undeliverable: task crunch, asked to stop by main at a.cpp:20 at 1.000 s, ran on for 2.0 s "
            "without an await that it could reach at a.cpp:9; it ended at 3.000 s, and the request never reached it\n");
}

TEST(CancelUndeliverable, FiresOnOneThatIsTakenBackMeanwhile) {
  const auto j =
      judge("cancel-undeliverable", asked + "1.5 cancel_uncancelled task=2\n9 step_end task=2 waits=sleep at=a.cpp:8\n");
  EXPECT_NE(
      sentences(j).find("ran on for 500 ms without an await that it could reach at a.cpp:8; the request was taken back at "
                        "1.500 s"),
      std::string::npos)
      << sentences(j);
}

TEST(CancelUndeliverable, FiresOnAWaitThatNoCancelEnds) {
  EXPECT_NE(
      sentences(judge("cancel-undeliverable",
                      "0 task_created task=2 name=job\n0 step_begin task=2\n0 step_end task=2 waits=job object=1 "
                      "at=a.cpp:4\n1 cancel_requested task=2 by=1\n3 step_begin task=2\n3 cancel_delivered task=2 cause=4\n"))
          .find("waited on for 2.0 s (job), which no cancel ends at a.cpp:4; the request reached it at 3.000 s"),
      std::string::npos);
}

TEST(CancelUndeliverable, FiresOnceForAPlaceAndForRequestsThatArriveAsOne) {
  const std::string more = "1 cancel_requested task=2 by=1 why=call at=a.cpp:21\n";
  EXPECT_EQ(sentences(judge("cancel-undeliverable", asked + more + reached("1.4"))),
            sentences(judge("cancel-undeliverable", asked + reached("1.4"))));
  std::string two = "0 run_begin\n";
  for (const char* task : {"1", "2"})
    two += std::string("0 task_created task=") + task + " name=t" + task + "\n0 step_end task=" + task +
           " waits=job at=a.cpp:4\n0 cancel_requested task=" + task + "\n";
  two += "1 step_begin task=1\n1 cancel_delivered task=1\n1 task_done task=1\n2 step_begin task=2\n2 cancel_delivered task=2\n";
  const auto j = judge("cancel-undeliverable", two);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("; 1 request more like it"), std::string::npos) << j.findings[0].sentence;
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{2}, {1}}));
}

TEST(CancelUndeliverable, NearlyFiresBelowTheLimit) {
  EXPECT_EQ(sentences(judge("cancel-undeliverable", asked + reached("1.099"))), "");
  EXPECT_NE(sentences(judge("cancel-undeliverable", asked + reached("1.1"))), "");
  EXPECT_NE(sentences(judge("cancel-undeliverable", asked + reached("1.099"), {{"cancel-undeliverable.limit_ms", 50}})), "");
}

TEST(CancelUndeliverable, RecheckWhereTheTraceIsCutOrLostEvents) {
  const auto cut = judge("cancel-undeliverable", asked + "2 log text=x\n");
  ASSERT_EQ(cut.findings.size(), 1u);
  EXPECT_EQ(cut.findings[0].confidence, Confidence::recheck);
  EXPECT_NE(cut.findings[0].sentence.find("the request has not reached it"), std::string::npos) << cut.findings[0].sentence;
  EXPECT_EQ(judge("cancel-undeliverable", asked + "1 dropped count=2\n" + reached("1.4")).findings.at(0).confidence,
            Confidence::recheck);
}

TEST(CancelUndeliverable, SparesWhoWaitsForTheOneThatTheRequestWasHandedTo) {
  const std::string waits =
      "0 run_begin\n0 task_created task=1 name=main\n0 step_begin task=1\n0 step_end task=1 waits=task object=2\n"
      "1 cancel_requested task=1 why=timeout\n";
  const std::string late = "3 step_begin task=1\n3 cancel_delivered task=1 cause=5\n";
  EXPECT_EQ(sentences(judge("cancel-undeliverable", waits + "1 cancel_propagated task=1 to=2 cause=5\n" + late)), "");
  EXPECT_NE(sentences(judge("cancel-undeliverable", waits + late)), "");
}

TEST(CancelUndeliverable, SparesWhoIsReadyWhileOthersHoldTheLoop) {
  EXPECT_EQ(sentences(judge("cancel-undeliverable",
                            "0 task_created task=2 name=job\n0 step_begin task=2\n0 step_end task=2 waits=sleep\n0 step_begin "
                            "task=3\n1 cancel_requested task=2 by=3\n1 task_ready task=2 why=cancel\n3 step_end task=3\n3 "
                            "step_begin task=2\n3 cancel_delivered task=2 cause=5\n")),
            "");
}

TEST(CancelUndeliverable, SparesAShield) {
  // trio asks at every await; a wait that goes on all the same stands behind a shield.
  const auto story = [](const std::string& type) {
    return "0 task_created task=2 name=job\n0 scope_enter task=2 scope=1 type=" + type +
           "\n0 step_end task=2 waits=sleep\n1 cancel_requested task=2 scope=1 why=timeout\n3 step_begin task=2\n3 "
           "cancel_delivered task=2 cause=4\n";
  };
  EXPECT_EQ(sentences(judge("cancel-undeliverable", story("cancel_scope"))), "");
  EXPECT_NE(sentences(judge("cancel-undeliverable", story("timeout"))), "");
}

TEST(CancelUndeliverable, OfOtherRecordersOnlyLikely) {
  EXPECT_EQ(
      judge("cancel-undeliverable", "# runtime imported from Chrome JSON\n" + asked + reached("2")).findings.at(0).confidence,
      Confidence::likely);
}

}  // namespace
}  // namespace awaitscope
