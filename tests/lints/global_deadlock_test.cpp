#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string consumer = R"(
0 run_begin
0 resource_created resource=1 type=queue name=jobs
0 task_created task=1 name=main
0 task_created task=2 name=producer parent=1
0 task_created task=3 name=consumer parent=1
0 step_end task=1 object=3 waits=task at=m.cpp:2
1 level task=2 resource=1 value=1 at=p.cpp:3
1 acquired task=3 resource=1
2 task_done task=2 how=raised error="ValueError: no"
2 step_end task=3 object=1 waits=queue_get at=c.cpp:5
)";  // 10 events

TEST(GlobalDeadlock, FiresWhereNobodyIsLeftToPut) {
  const auto j = judge("global-deadlock", consumer + "2 diagnosed text=main object=1 what=hang\n2 run_end how=hang\n");
  ASSERT_EQ(
      sentences(j),
      "error proven global-deadlock: nothing can ever run again: 2 tasks wait, and no timer, request, job or other task is "
      "left to "
      "wake them: consumer waits for an item from queue jobs since 2.000 s at c.cpp:5 (producer put into jobs last, at 1.000 s "
      "at "
      "p.cpp:3, and has ended at 2.000 s (failed: ValueError: no)); main waits for task consumer since 0.000 s at m.cpp:2\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "c.cpp:5");
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{3}, {1}}));
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.evidence.front(), 10u);  // when the last one began to wait
  EXPECT_EQ(f.begin, Instant{2'000'000'000});
}

TEST(GlobalDeadlock, NearlyFiresWhileATimerARequestOrAJobIsUnderWay) {
  for (const char* more : {"2 timer_set task=3 timer=1 when=9 for=deadline\n", "2 request_begin task=3 request=1 service=2\n",
                           "2 job_submitted task=3 job=1\n", "2 task_ready task=3 why=put\n", "2 step_begin task=1\n"})
    EXPECT_EQ(sentences(judge("global-deadlock", consumer + more + "3 run_end how=hang\n")), "") << more;
  EXPECT_NE(sentences(judge("global-deadlock", consumer + "3 run_end how=hang\n")), "");
}

TEST(GlobalDeadlock, RecheckWhereTheTraceEndsInSleepOrEventsWereLost) {
  const auto asleep = judge("global-deadlock", consumer + "2 idle_begin\n");
  ASSERT_EQ(asleep.findings.size(), 1u);
  EXPECT_EQ(asleep.findings[0].confidence, Confidence::recheck);
  EXPECT_EQ(judge("global-deadlock", "0 dropped count=1\n" + consumer + "3 run_end how=hang\n").findings.at(0).confidence,
            Confidence::recheck);
}

TEST(GlobalDeadlock, SparesWhatOtherRulesTellWhole) {
  // A ring, and a task that waits for one of its tasks.
  EXPECT_EQ(sentences(judge("global-deadlock", R"(
0 resource_created resource=1 type=lock capacity=1 name=l
0 resource_created resource=2 type=lock capacity=1 name=m
0 task_created task=1 name=main
0 task_created task=2 name=a
0 task_created task=3 name=b
0 acquired task=2 resource=1
0 acquired task=3 resource=2
0 step_end task=1 object=2 waits=task
1 step_end task=2 object=2 waits=lock
1 step_end task=3 object=1 waits=lock
1 run_end how=hang
)")),
            "");
  // A call that never returns holds the thread.
  EXPECT_EQ(sentences(judge("global-deadlock",
                            consumer + "2 step_begin task=1\n2 block_begin task=1 what=result\n2 run_end how=hang\n")),
            "");
}

TEST(GlobalDeadlock, SparesARunThatEndsAndOneThatWaitsForTheOutside) {
  EXPECT_EQ(sentences(judge("global-deadlock", consumer + "3 run_end how=ok\n")), "");
  EXPECT_EQ(sentences(judge("global-deadlock", "0 task_created task=1 name=a\n0 step_end task=1 waits=future\n0 idle_begin\n")),
            "");
  EXPECT_EQ(sentences(judge("global-deadlock", "0 run_begin\n0 run_end how=hang\n")), "");
  EXPECT_EQ(sentences(judge("global-deadlock", consumer)), "");  // the trace ends in the middle
}

}  // namespace
}  // namespace awaitscope
