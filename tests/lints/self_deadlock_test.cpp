#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string waits =
    "0 task_created task=1 name=main\n0 task_created task=2 name=ticker\n1 step_begin task=1\n"
    "1 block_begin task=1 what=\"result() of fetch\" at=app.py:7\n";

TEST(SelfDeadlock, FiresWhereTheThreadThatWaitsIsTheOneThatIsNeeded) {
  const auto j = judge("self-deadlock", waits + "1 diagnosed what=hang text=main\n1 run_end how=hang\n");
  ASSERT_EQ(sentences(j),
            "error proven self-deadlock: task main waits in result() of fetch on the loop's own thread at app.py:7, for what "
            "only this loop could bring about: nothing ever runs again; 1 task will never go on either (ticker)\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{4, 6}));
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}}));
}

TEST(SelfDeadlock, NearlyFiresWhereTheCallEndsOrTheRunWasNoHang) {
  EXPECT_EQ(sentences(judge("self-deadlock", waits + "9 block_end task=1\n9 step_end task=1\n9 run_end how=hang\n")), "")
      << "the call is over; the tasks wait for something else";
  EXPECT_EQ(sentences(judge("self-deadlock", waits + "1 run_end how=stopped\n")), "") << "somebody ended it meanwhile";
  EXPECT_EQ(sentences(judge("self-deadlock", waits)), "") << "cut off: a long call, for all that is known";
  EXPECT_EQ(sentences(judge("self-deadlock", "0 block_begin what=setup\n0 run_end how=hang\n")), "") << "outside of a step";
  EXPECT_EQ(judge("self-deadlock", waits + "1 run_end how=hang\n").findings.size(), 1u);
}

TEST(SelfDeadlock, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("self-deadlock", "0 dropped count=1\n" + waits + "1 run_end how=hang\n").findings.at(0).confidence,
            Confidence::recheck);
}

const std::string start = R"(
0 run_begin
0 resource_created resource=1 type=lock capacity=1 name=door
0 task_created task=1 name=main
0 step_begin task=1
0 acquired task=1 resource=1 at=a.cpp:3
)";
const std::string again =
    "1 acquire_begin task=1 resource=1 waiters=1 at=a.cpp:8\n1 step_end task=1 object=1 waits=lock at=a.cpp:8\n";

TEST(SelfDeadlock, FiresOnATaskThatTakesItsOwnLockAgain) {
  const auto j = judge("self-deadlock", start + again + "1 run_end how=hang\n");
  ASSERT_EQ(
      sentences(j),
      "error proven self-deadlock: task main waits for door at a.cpp:8, which it took itself at a.cpp:3 and still holds: it "
      "waits for itself for ever\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{7, 5}));
  EXPECT_EQ(j.findings[0].resources, std::vector<ResourceId>{{1}});
}

TEST(SelfDeadlock, SparesWaitingForAnothersLockOrAfterLettingGo) {
  EXPECT_EQ(sentences(judge("self-deadlock", start + "0 released task=1 resource=1 left=1\n0 acquired task=2 resource=1\n" +
                                                 again + "2 run_end\n")),
            "");
  // A semaphore of several permits may be taken twice.
  std::string semaphore = start + again;
  semaphore.replace(semaphore.find("type=lock capacity=1"), 20, "type=semaphore capacity=2");
  EXPECT_EQ(sentences(judge("self-deadlock", semaphore + "2 run_end\n")), "");
}

TEST(SelfDeadlock, SparesWhereSomebodyFreesTheLockOrGivesUp) {
  EXPECT_EQ(sentences(judge("self-deadlock", start + again +
                                                 "2 released task=2 resource=1 left=1\n2 task_ready task=1 why=released\n2 "
                                                 "step_begin task=1\n2 acquired task=1 resource=1\n3 run_end\n")),
            "");
  EXPECT_EQ(sentences(judge("self-deadlock", start + again + "2 task_ready task=1 why=cancel\n3 run_end\n")), "");
}

TEST(SelfDeadlock, RecheckOnALockWhereTheTraceIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("self-deadlock", start + again).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("self-deadlock", start + "0 dropped count=2\n" + again + "1 run_end\n").findings.at(0).confidence,
            Confidence::recheck);
}

TEST(SelfDeadlock, SparesWhereTheTraceIsCutBetweenTheReleaseAndTheWakeUp) {
  EXPECT_EQ(sentences(judge("self-deadlock", start + again + "2 released task=2 resource=1 left=1\n")), "");
}

}  // namespace
}  // namespace awaitscope
