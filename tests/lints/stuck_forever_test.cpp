#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// crashed takes the lock and ends with it; worker waits for it while ticker goes on.
const std::string held = R"(
0 run_begin
0 resource_created resource=1 type=lock capacity=1 name=l
0 task_created task=1 name=crashed
0 task_created task=2 name=worker
0 task_created task=3 name=ticker
0 acquired task=1 resource=1 at=a.cpp:3
1 task_done task=1 how=raised error="E: x"
1 step_end task=2 object=1 waits=lock at=w.cpp:4
1 timer_set task=3 timer=1 when=2 for=sleep
1 step_end task=3 waits=sleep at=t.cpp:5
)";  // 10 events
const std::string asleep = "1 idle_begin until=2\n";
/// The same for a queue whose only producer has ended, in a run that hangs since an answer never comes.
const std::string queue = R"(
0 resource_created resource=1 type=queue name=jobs
0 task_created task=1 name=producer
0 task_created task=2 name=consumer
0 task_created task=3 name=client
0 level task=1 resource=1 value=1 at=p.cpp:2
0 request_begin task=3 request=1 service=2
0 step_end task=3 object=1 waits=request
1 acquired task=2 resource=1
1 task_done task=1
1 step_end task=2 object=1 waits=queue_get at=c.cpp:3
)";

TEST(StuckForever, FiresWhereTheHolderHasEnded) {
  const auto j = judge("stuck-forever", held + asleep);
  ASSERT_EQ(sentences(j),
            "info recheck stuck-forever: worker waits for lock l since 1.000 s at w.cpp:4, and no live task can end that: l is "
            "held by "
            "crashed since 0.000 s (taken at a.cpp:3), which has ended at 1.000 s (failed: E: x)\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "w.cpp:4");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{8, 6}));
}

TEST(StuckForever, FiresWhereTheOnlyProducerHasEnded) {
  EXPECT_EQ(sentences(judge("stuck-forever", queue + "2 run_end how=hang\n")),
            "info likely stuck-forever: consumer waits for an item from queue jobs since 1.000 s at c.cpp:3, and no live task "
            "can end "
            "that: producer put into jobs last, at 0.000 s at p.cpp:2, and has ended at 1.000 s (returned)\n");
}

TEST(StuckForever, NearlyFiresWhileTheHolderLives) {
  std::string text = held + asleep;
  const std::string end = "1 task_done task=1 how=raised error=\"E: x\"";
  text.replace(text.find(end), end.size(), "1 step_end task=1 waits=future");
  EXPECT_EQ(sentences(judge("stuck-forever", text)), "");
  EXPECT_NE(sentences(judge("stuck-forever", held + asleep)), "");
  // A pool is for pool-exhausted-by-leak to tell.
  std::string pool = held + asleep;
  pool.replace(pool.find("type=lock"), 9, "type=pool");
  EXPECT_EQ(sentences(judge("stuck-forever", pool)), "");
}

TEST(StuckForever, RecheckWhereEventsWereLostAndWhereTheTraceGoesOn) {
  EXPECT_EQ(judge("stuck-forever", held + asleep).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("stuck-forever", "0 dropped count=1\n" + queue + "2 run_end how=hang\n").findings.at(0).confidence,
            Confidence::recheck);
}

TEST(StuckForever, SparesAQueueThatSomebodyNewMayFill) {
  EXPECT_EQ(sentences(judge("stuck-forever", queue + "1 idle_begin until=0\n")), "");  // the trace goes on
  EXPECT_EQ(sentences(judge("stuck-forever", held)), "");                              // in the middle of a pass
  EXPECT_EQ(sentences(judge("stuck-forever", held + "1 released task=2 resource=1 left=1\n" + asleep)), "");
}

TEST(StuckForever, SparesWhatGlobalDeadlockTells) {
  std::string text = queue + "2 request_end task=3 request=1\n2 run_end how=hang\n";
  EXPECT_EQ(sentences(judge("stuck-forever", text)), "");
}

}  // namespace
}  // namespace awaitscope
