#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string begins = "0 run_begin\n0 task_created task=1 name=main\n0 step_begin task=1\n";
std::string enters(int scope, const std::string& type = "timeout") {
  return "0 scope_enter task=1 scope=" + std::to_string(scope) + " deadline=1 type=" + type + " at=a.cpp:30\n";
}
std::string leaves(int scope, const std::string& time) {
  return time + " scope_exit task=1 scope=" + std::to_string(scope) + " at=a.cpp:30\n";
}
const std::string suspends = "0 step_end task=1 waits=sleep at=a.cpp:31\n0.5 step_begin task=1\n";
const std::string ends = "3 task_done task=1\n3 step_end task=1\n3 run_end\n";

TEST(TimeoutWithoutCheckpoint, FiresWhereTheBodyHoldsTheLoop) {
  const auto j = judge("timeout-without-checkpoint", begins + enters(1) + leaves(1, "2") + ends);
  ASSERT_EQ(
      sentences(j),
      "info proven timeout-without-checkpoint: the timeout of 1.0 s at a.cpp:30 can cut nothing off: no await suspended in "
      "the one pass through it; task main held the loop in it for 2.0 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:30");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{5, 4}));
}

TEST(TimeoutWithoutCheckpoint, FiresWhereNothingIsAwaitedAtAll) {
  // The block's own body is a coroutine of the same place.
  EXPECT_EQ(
      sentences(judge("timeout-without-checkpoint", begins + enters(1, "cancel_scope") +
                                                        "0 coro_begin task=1 frame=1 function=body at=a.cpp:30\n0 log "
                                                        "text=x\n0 coro_end task=1 frame=1\n" +
                                                        leaves(1, "0") + enters(2, "cancel_scope") + leaves(2, "0") + ends)),
      "info proven timeout-without-checkpoint: the cancel_scope of 1.0 s at a.cpp:30 can cut nothing off: no await "
      "suspended in 2 passes through it; task main awaited nothing in it\n");
}

TEST(TimeoutWithoutCheckpoint, NearlyFiresWhereOneAwaitSuspends) {
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint", begins + enters(1) + suspends + leaves(1, "2") + ends)), "");
  EXPECT_NE(sentences(judge("timeout-without-checkpoint", begins + enters(1) + leaves(1, "2") + suspends + ends)), "");
  // A short stretch of work may be all there is to do this time.
  const std::string got = "0 acquired task=1 resource=1\n";
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint", begins + enters(1) + got + leaves(1, "999us") + ends)), "");
  EXPECT_NE(sentences(judge("timeout-without-checkpoint", begins + enters(1) + got + leaves(1, "1ms") + ends)), "");
  EXPECT_NE(sentences(judge("timeout-without-checkpoint", begins + enters(1) + got + leaves(1, "999us") + ends,
                            {{"timeout-without-checkpoint.short_ms", 0.5}})),
            "");
}

TEST(TimeoutWithoutCheckpoint, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("timeout-without-checkpoint", begins + enters(1) + "1 dropped count=2\n" + leaves(1, "2") + ends)
                .findings.at(0)
                .confidence,
            Confidence::recheck);
  // A block that the end of the trace cuts may yet suspend.
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint", begins + enters(1) + "2 log text=x\n")), "");
}

TEST(TimeoutWithoutCheckpoint, SparesWhatWasThereAlready) {
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint",
                            begins + enters(1) + "0 acquired task=1 resource=1\n" + leaves(1, "0") + ends)),
            "");
  EXPECT_EQ(sentences(judge(
                "timeout-without-checkpoint",
                begins + enters(1) + "0 coro_begin task=1 frame=1 function=cached at=a.cpp:31\n" + leaves(1, "0") + ends)),
            "");
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint", begins + enters(1, "wait_for") + leaves(1, "0") + ends)), "");
  EXPECT_NE(sentences(judge("timeout-without-checkpoint", begins + enters(1, "wait_for") + leaves(1, "2") + ends)), "");
}

TEST(TimeoutWithoutCheckpoint, SparesAPlaceThatSuspendsOnOtherPasses) {
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint",
                            begins + enters(1) + leaves(1, "0") + enters(2) + suspends + leaves(2, "1") + ends)),
            "");
}

TEST(TimeoutWithoutCheckpoint, SparesABlockThatAnErrorLeft) {
  EXPECT_EQ(
      sentences(judge("timeout-without-checkpoint", begins + enters(1) + "2 scope_exit task=1 scope=1 how=raised\n" + ends)),
      "");
}

TEST(TimeoutWithoutCheckpoint, SparesBlocksWithoutADeadline) {
  EXPECT_EQ(sentences(judge("timeout-without-checkpoint",
                            begins + "0 scope_enter task=1 scope=1 type=cancel_scope\n" + leaves(1, "2") + ends)),
            "");
}

}  // namespace
}  // namespace awaitscope
