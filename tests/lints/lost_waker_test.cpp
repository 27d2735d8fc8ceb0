#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string tasks = R"(
0 run_begin
0 task_created task=1 name=a
0 task_created task=2 name=b
0 step_begin task=1
0 step_end task=1 object=2 waits=task at=a.cpp:3
)";  // 5 events
const std::string done = "1 task_done task=2\n";
const std::string asleep = "1 idle_begin until=2\n", hang = "1 run_end how=hang\n";

TEST(LostWaker, FiresWhereTheAwaitedTaskHasEnded) {
  const auto j = judge("lost-waker", tasks + done + hang);
  ASSERT_EQ(sentences(j),
            "info proven lost-waker: task a waits for task b since 0.000 s at a.cpp:3, but b returned at 1.000 s and nothing "
            "woke it\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:3");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, std::vector<Seq>{5});
}

/// Task 1 waits for something that `more` brings.
std::string waiting(const std::string& made, const std::string& waits, const std::string& more) {
  return "0 task_created task=1 name=a\n" + made + "0 step_begin task=1\n0 step_end task=1 object=1 waits=" + waits +
         " at=a.cpp:3\n" + more + hang;
}

TEST(LostWaker, FiresForEachKindOfWaitThatIsOver) {
  const auto why = [](const std::string& text) {
    const std::string all = sentences(judge("lost-waker", text));
    const std::size_t but = all.find(", but ");
    return but == std::string::npos ? all : all.substr(but + 6, all.find(" and nothing woke it") - but - 6);
  };
  EXPECT_EQ(why(waiting("0 resource_created resource=1 type=lock capacity=1 name=l\n0 acquired task=2 resource=1\n", "lock",
                        "1 released task=2 resource=1 left=1 waiters=1\n")),
            "l is free");
  EXPECT_EQ(why(waiting("0 resource_created resource=1 type=event name=e\n", "event", "1 level resource=1 value=1 task=2\n")),
            "e is set");
  EXPECT_EQ(
      why(waiting("0 resource_created resource=1 type=queue name=q\n", "queue_get", "1 level resource=1 value=2 task=2\n")),
      "q has 2 items");
  EXPECT_EQ(why(waiting("0 job_submitted task=1 job=1\n", "job", "1 job_ended task=1 job=1\n")), "the job has ended");
  EXPECT_EQ(why(waiting("0 request_begin task=1 request=1\n", "request", "1 request_end task=1 request=1\n")),
            "the answer has come");
  EXPECT_EQ(why(waiting("0 timer_set task=1 timer=1 when=1 for=sleep\n", "sleep", "1 timer_fired task=1 timer=1 due=1\n")),
            "no timer is set that would end it");
  EXPECT_EQ(why(waiting("0 scope_enter task=1 scope=1 type=gather\n0 scope_child task=1 scope=1 child=2\n", "gather",
                        "1 task_done task=2\n")),
            "all of its tasks have ended");
}

TEST(LostWaker, FiresOnceForTasksThatAreAlike) {
  std::string text = "0 resource_created resource=1 type=event name=e\n";
  for (const char* n : {"1", "2", "3"})
    text += std::string("0 task_created task=") + n + " name=a\n0 step_begin task=" + n + "\n0 step_end task=" + n +
            " object=1 waits=event at=a.cpp:3\n";
  const auto j = judge("lost-waker", text + "1 level resource=1 value=1\n" + hang);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_TRUE(j.findings[0].sentence.ends_with("; 2 more like it")) << j.findings[0].sentence;
}

TEST(LostWaker, NearlyFiresWhereTheWakeUpIsStillUnderWay) {
  EXPECT_EQ(sentences(judge("lost-waker", tasks + done)), "");  // in the middle of a pass
  EXPECT_EQ(sentences(judge("lost-waker", tasks + done + "1 task_ready task=1 why=task\n" + hang)), "");
  EXPECT_EQ(sentences(judge("lost-waker", tasks + hang)), "");  // b lives
  EXPECT_NE(sentences(judge("lost-waker", tasks + done + hang)), "");
}

TEST(LostWaker, RecheckWhereTheTraceGoesOnOrEventsWereLost) {
  EXPECT_EQ(judge("lost-waker", tasks + done + asleep).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("lost-waker", "0 dropped count=1\n" + tasks + done + hang).findings.at(0).confidence, Confidence::recheck);
}

TEST(LostWaker, SparesTracesThatTellNothingOfTimersTasksThatNeverRanAndThoseLetGo) {
  EXPECT_EQ(sentences(judge("lost-waker", waiting("", "sleep", "1 log text=x\n"))), "");
  EXPECT_EQ(sentences(judge("lost-waker", waiting("", "future", "1 log text=x\n"))), "");
  EXPECT_EQ(sentences(judge("lost-waker", waiting("0 handle_dropped of=1\n", "task", ""))), "");
  EXPECT_EQ(
      sentences(judge(
          "lost-waker",
          "0 task_created task=1 name=a\n0 task_created task=2 name=b\n0 step_end task=1 object=2 waits=task\n" + done + hang)),
      "");
  EXPECT_EQ(sentences(judge("lost-waker", tasks + done + "1 run_end how=stopped\n")), "");
}

}  // namespace
}  // namespace awaitscope
