#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string locks = R"(
0 run_begin
0 resource_created resource=1 type=lock capacity=1 name=a
0 resource_created resource=2 type=lock capacity=1 name=b
0 task_created task=1 name=main
0 task_created task=2 name=t1 parent=1
0 task_created task=3 name=t2 parent=1
0 step_begin task=2
0 acquired task=2 resource=1 at=a.cpp:10
0 step_end task=2 waits=sleep
0 step_begin task=3
0 acquired task=3 resource=2 at=a.cpp:20
0 step_end task=3 waits=sleep
)";  // 12 events
const std::string crossed = R"(
1 step_begin task=2
1 step_end task=2 object=2 waits=lock at=a.cpp:12
1 step_begin task=3
1 step_end task=3 object=1 waits=lock at=a.cpp:22
)";  // 16 events

TEST(DeadlockCycle, FiresAtTwoLocksInOppositeOrders) {
  const auto j = judge("deadlock-cycle", locks + crossed + "1 run_end how=hang\n");
  ASSERT_EQ(
      sentences(j),
      "error proven deadlock-cycle: a ring of 2 tasks: t1 holds a (taken at a.cpp:10) and waits for b at a.cpp:12; t2 holds "
      "b (taken at a.cpp:20) and waits for a at a.cpp:22; nothing can ever run again\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:22");
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{2}, {3}}));
  EXPECT_EQ(f.resources, (std::vector<ResourceId>{{2}, {1}}));
  EXPECT_EQ(f.evidence, (std::vector<Seq>{16, 14, 11, 8}));
}

TEST(DeadlockCycle, FiresAlthoughTheRestOfTheProgramRunsOn) {
  const auto j = judge("deadlock-cycle", locks + crossed + "5 log text=alive\n5 run_end\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("; neither can go on"), std::string::npos) << j.findings[0].sentence;
}

TEST(DeadlockCycle, FiresThroughATaskThatIsAwaited) {
  // main holds a and awaits t1, which wants a.
  const auto j = judge("deadlock-cycle", R"(
0 resource_created resource=1 type=lock capacity=1 name=a
0 task_created task=1 name=main
0 task_created task=2 name=t1 parent=1
0 acquired task=1 resource=1 at=a.cpp:3
0 step_end task=1 object=2 waits=task at=a.cpp:4
0 step_end task=2 object=1 waits=lock at=a.cpp:9
0 run_end how=hang
)");
  EXPECT_EQ(
      sentences(j),
      "error proven deadlock-cycle: a ring of 2 tasks: main holds a (taken at a.cpp:3) and waits for task t1 at a.cpp:4; t1 "
      "waits for a at a.cpp:9; nothing can ever run again\n");
}

TEST(DeadlockCycle, FiresThroughAGather) {
  // main holds a and gathers t1, which wants a, and t2, which only sleeps.
  const auto j = judge("deadlock-cycle", R"(
0 resource_created resource=1 type=lock capacity=1 name=a
0 task_created task=1 name=main
0 acquired task=1 resource=1 at=a.cpp:3
0 scope_enter task=1 scope=1 type=gather at=a.cpp:4
0 task_created task=2 name=t1 parent=1 scope=1
0 task_created task=3 name=t2 parent=1 scope=1
0 step_end task=1 object=1 waits=gather at=a.cpp:4
0 step_end task=2 object=1 waits=lock at=a.cpp:9
0 step_end task=3 waits=sleep at=a.cpp:12
1 run_end how=stopped
)");
  EXPECT_EQ(
      sentences(j),
      "error proven deadlock-cycle: a ring of 2 tasks: main holds a (taken at a.cpp:3) and waits for its gather at a.cpp:4; t1 "
      "waits for a at a.cpp:9; neither can go on\n");
}

const std::string pool = R"(
0 resource_created resource=1 type=pool capacity=2 name=db
0 task_created task=1 name=x
0 task_created task=2 name=y
0 acquired task=1 resource=1 left=1 at=a.cpp:3
0 acquired task=2 resource=1 at=a.cpp:3
1 step_end task=1 object=1 waits=semaphore at=a.cpp:4
)";

TEST(DeadlockCycle, FiresAtAPoolWhoseHoldersWantASecondConnection) {
  const auto j = judge("deadlock-cycle", pool + "2 step_end task=2 object=1 waits=semaphore at=a.cpp:4\n3 run_end how=hang\n");
  EXPECT_EQ(
      sentences(j),
      "error proven deadlock-cycle: a knot of 2 tasks: x holds db (taken at a.cpp:3) and waits for db at a.cpp:4; tied up with "
      "it: y; nothing can ever run again\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].begin, Instant{2'000'000'000});  // when the second one began to wait
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}}));
}

TEST(DeadlockCycle, FiresOnceForRingsOfTheSamePlaces) {
  std::string text = locks + crossed;
  for (int i = 0; i < 3; ++i)
    text +=
        "2 cancel_requested task=3 why=timeout\n2 task_ready task=3 why=cancel\n2 step_begin task=3\n2 acquire_abandoned "
        "task=3 "
        "resource=1\n2 step_end task=3 object=1 waits=lock at=a.cpp:22\n";
  const auto j =
      judge("deadlock-cycle", text + "2 cancel_requested task=3 why=timeout\n2 task_ready task=3 why=cancel\n3 run_end\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_TRUE(j.findings[0].sentence.ends_with("a timeout broke the ring after 1.0 s (4 such rings in all)"))
      << j.findings[0].sentence;
}

TEST(DeadlockCycle, NearlyFiresWhereOneHolderCanStillGoOn) {
  EXPECT_EQ(sentences(judge("deadlock-cycle", pool + "2 step_end task=2 waits=sleep at=a.cpp:4\n3 run_end how=stopped\n")), "");
  EXPECT_NE(sentences(judge("deadlock-cycle", pool + "2 step_end task=2 object=1 waits=semaphore\n3 run_end how=stopped\n")),
            "");
}

TEST(DeadlockCycle, SparesWaitingInLine) {
  EXPECT_EQ(sentences(judge("deadlock-cycle", locks + R"(
1 step_end task=2 object=2 waits=lock
1 step_end task=1 object=2 waits=task
2 released task=3 resource=2 left=1
2 task_done task=3
2 task_ready task=2 why=released
2 acquired task=2 resource=2
3 run_end
)")),
            "");
  // Three in a line that only ends at itself: the first waits for nobody.
  EXPECT_EQ(sentences(judge("deadlock-cycle",
                            "0 task_created task=1\n0 task_created task=2\n0 step_end task=1 object=2 waits=task\n0 step_end "
                            "task=2 waits=sleep\n1 run_end\n")),
            "");
}

TEST(DeadlockCycle, SparesOneOrderForAll) {
  EXPECT_EQ(sentences(judge("deadlock-cycle", R"(
0 resource_created resource=1 type=lock capacity=1 name=a
0 resource_created resource=2 type=lock capacity=1 name=b
0 acquired task=1 resource=1
0 step_end task=2 object=1 waits=lock
1 acquired task=1 resource=2
1 released task=1 resource=2 left=1
1 released task=1 resource=1 left=1
1 task_ready task=2 why=released
1 acquired task=2 resource=1
1 run_end
)")),
            "");
}

TEST(DeadlockCycle, SparesSemaphoresWithMorePermits) {
  std::string text = locks + crossed + "1 run_end how=hang\n";
  for (std::size_t at; (at = text.find("type=lock capacity=1")) != std::string::npos;)
    text.replace(at, 20, "type=semaphore capacity=2");
  EXPECT_EQ(sentences(judge("deadlock-cycle", text)), "");
}

TEST(DeadlockCycle, FiresAsInfoWhereADeadlineBreaksTheRing) {
  const auto foreseen = judge("deadlock-cycle", locks + crossed + R"(
2 cancel_requested task=3 scope=1 why=timeout
2 task_ready task=3 why=cancel
3 run_end
)");
  ASSERT_EQ(foreseen.findings.size(), 1u);
  EXPECT_EQ(foreseen.findings[0].severity, Severity::info);
  EXPECT_NE(foreseen.findings[0].sentence.find("a timeout broke the ring after 1.0 s"), std::string::npos)
      << foreseen.findings[0].sentence;
  // It is still ahead.
  const auto ahead =
      judge("deadlock-cycle", locks + "0 timer_set task=3 timer=1 when=2 for=deadline\n" + crossed + "1 idle_begin until=2\n");
  ASSERT_EQ(ahead.findings.size(), 1u);
  EXPECT_EQ(ahead.findings[0].severity, Severity::info);
  EXPECT_TRUE(ahead.findings[0].sentence.ends_with("a timeout will break the ring")) << ahead.findings[0].sentence;
  const auto stopped = judge("deadlock-cycle", locks + crossed + R"(
2 cancel_requested task=3 why=shutdown
2 task_ready task=3 why=cancel
3 run_end
)");
  EXPECT_EQ(stopped.findings.at(0).severity, Severity::error);
  // Somebody who is not in the ring frees the lock: there was none.
  EXPECT_EQ(sentences(judge("deadlock-cycle", locks + crossed +
                                                  "2 released task=1 resource=1 left=1\n2 task_ready task=3 "
                                                  "why=released\n3 run_end\n")),
            "");
}

TEST(DeadlockCycle, RecheckWhereTheTraceIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("deadlock-cycle", locks + crossed).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("deadlock-cycle", "0 dropped count=1\n" + locks + crossed + "1 run_end\n").findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
