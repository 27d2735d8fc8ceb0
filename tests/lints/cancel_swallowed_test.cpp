#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// main waits for worker under a timeout; the request is passed down.
const std::string asked = R"(
0 run_begin
0 task_created task=1 name=main
0 scope_enter task=1 scope=1 deadline=1 type=timeout at=a.cpp:30
0 task_created task=2 name=worker parent=1
1 scope_expired task=1 scope=1
1 cancel_requested task=1 scope=1 why=timeout cause=5 at=a.cpp:30
1 cancel_propagated task=1 to=2 cause=6
1 cancel_requested task=2 scope=1 why=parent cause=6 at=a.cpp:30
1 task_ready task=2 why=cancel cause=8
1 step_begin task=2
1 cancel_delivered task=2 cause=8 at=a.cpp:12
)";
const std::string swallows = "1 cancel_swallowed task=2 cause=11 at=a.cpp:12\n1 step_end task=2 waits=sleep at=a.cpp:15\n";
const std::string returns = "4 step_begin task=2\n4 task_done task=2\n4 step_end task=2\n";

TEST(CancelSwallowed, FiresAndSaysWhoAskedWhereItArrivedAndHowLongTheTaskWentOn) {
  const auto j = judge("cancel-swallowed", asked + swallows + returns + "4 cancel_uncancelled task=1 left=0\n4 run_end\n");
  ASSERT_EQ(sentences(j),
            "error proven cancel-swallowed: task worker was asked to stop by the timeout at a.cpp:30 of main; the "
            "CancelledError arrived at 1.000 s at a.cpp:12 and was "
            "swallowed there, and the task went on for 3.0 s and returned as if nothing had been asked\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:12");
  EXPECT_EQ(f.evidence, (std::vector<Seq>{12, 11, 8, 6}));
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{2}, {1}}));
  EXPECT_EQ(f.end, Instant{4000000000});
}

TEST(CancelSwallowed, SparesATaskThatCleansUpAndEndsCancelled) {
  EXPECT_EQ(
      sentences(judge(
          "cancel-swallowed",
          asked + "1 step_end task=2 waits=sleep\n3 step_begin task=2\n3 task_done task=2 how=cancelled\n3 step_end task=2\n")),
      "");
}

TEST(CancelSwallowed, SparesATimeoutThatConvertsItsOwnRequest) {
  EXPECT_EQ(sentences(judge("cancel-swallowed", R"(
0 task_created task=1 name=main
0 cancel_requested task=1 scope=1 why=timeout
0 cancel_delivered task=1 cause=2
0 cancel_uncancelled task=1 left=0
0 cancel_caught task=1 cause=3 scope=1
5 task_done task=1
)")),
            "");
}

TEST(CancelSwallowed, NearlyFiresWhereTheRequestIsTakenBack) {
  const std::string plain =
      "0 task_created task=1 name=a\n0 cancel_requested task=1 by=2 why=call at=a.cpp:2\n0 cancel_delivered task=1 cause=2 "
      "at=a.cpp:5\n";
  EXPECT_EQ(
      sentences(judge("cancel-swallowed",
                      plain + "0 cancel_swallowed task=1 cause=3\n0 cancel_uncancelled task=1 left=0\n1 task_done task=1\n")),
      "");
  EXPECT_EQ(judge("cancel-swallowed",
                  plain + "0 cancel_swallowed task=1 cause=3\n0 cancel_uncancelled task=1 left=1\n1 task_done task=1\n")
                .findings.size(),
            1u);
  // The body swallowed the request of its own timeout; the block takes it back on the way out, which excuses nothing.
  EXPECT_EQ(judge("cancel-swallowed",
                  "0 task_created task=1\n0 cancel_requested task=1 scope=1 why=timeout\n0 cancel_delivered task=1 cause=2\n0 "
                  "cancel_swallowed task=1 cause=3\n9 cancel_uncancelled task=1 left=0\n")
                .findings.size(),
            1u);
}

TEST(CancelSwallowed, FiresAndTellsOtherEnds) {
  const auto running = judge("cancel-swallowed", asked + swallows + "2 log text=x\n");
  ASSERT_EQ(running.findings.size(), 1u);
  EXPECT_NE(running.findings[0].sentence.find("the task still ran at the end of the trace, 1.0 s later"), std::string::npos)
      << running.findings[0].sentence;
  const auto raised = judge("cancel-swallowed", asked + swallows + "2 task_done task=2 how=raised error=boom\n");
  EXPECT_NE(raised.findings.at(0).sentence.find("went on for 1.0 s and raised another error"), std::string::npos)
      << raised.findings[0].sentence;
}

TEST(CancelSwallowed, RecheckWhereEventsWereLostAndLikelyWhereTheHandlerWasNotSeen) {
  EXPECT_EQ(judge("cancel-swallowed", asked + "1 dropped count=9\n" + swallows + returns).findings.at(0).confidence,
            Confidence::recheck);
  // A runtime that sees no handlers: delivered, and yet it returned a value.
  EXPECT_EQ(judge("cancel-swallowed", asked + returns).findings.at(0).confidence, Confidence::likely);
  // Cut before anything was decided: nothing is said.
  EXPECT_EQ(sentences(judge("cancel-swallowed", asked)), "");
}

TEST(CancelSwallowed, FiresAndNamesTheCatchingFrame) {
  const auto j = judge(
      "cancel-swallowed",
      "0 task_created task=1 name=a\n0 coro_begin task=1 frame=5 function=read\n0 coro_begin task=1 frame=6 function=inner\n0 "
      "cancel_requested task=1 by=2\n0 cancel_delivered task=1 cause=4\n0 cancel_swallowed task=1 cause=5 frame=5\n");
  EXPECT_NE(j.findings.at(0).sentence.find("was swallowed in read, and"), std::string::npos) << j.findings[0].sentence;
}

TEST(CancelSwallowed, FiresOnceForTwoRequestsThatArriveAsOneError) {
  EXPECT_EQ(judge("cancel-swallowed",
                  "0 task_created task=1\n0 cancel_requested task=1\n0 cancel_requested task=1\n0 cancel_delivered task=1 "
                  "cause=3\n0 cancel_swallowed task=1 cause=4\n1 task_done task=1\n")
                .findings.size(),
            1u);
}

}  // namespace
}  // namespace awaitscope
