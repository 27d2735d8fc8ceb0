#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string head =
    "# clock steady\n0 run_begin\n0 resource_created resource=1 type=service name=api\n0 task_created task=1 "
    "name=main\n";
/// main asks the service at 0.1 s and goes on at `at` ms.
std::string asks(int at, const std::string& before = "") {
  const std::string end = std::to_string(at) + "ms ";
  return before + head +
         "0.1 step_begin task=1\n0.1 request_begin task=1 request=1 service=1 attempt=1 what=user at=a.cpp:4\n"
         "0.1 step_end task=1 object=1 waits=request at=a.cpp:4\n0.1 idle_begin\n" +
         end + "idle_end\n" + end + "task_ready task=1 object=1 why=timer\n" + end + "step_begin task=1\n" + end +
         "request_end task=1 request=1 service=1 status=ok\n" + end + "task_done task=1\n" + end + "step_end task=1\n" + end +
         "run_end\n";
}

TEST(IdleGap, FiresForALongAnswer) {
  const auto j = judge("idle-gap", asks(800));
  ASSERT_EQ(
      sentences(j),
      "info proven idle-gap: nothing ran for 700 ms from 0.100 s on, with 1 operation under way, and task main waited for "
      "request user to api at a.cpp:4: the answer ended it\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:4");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{6, 9, 10}));
  EXPECT_EQ(f.begin, Instant{100'000'000});
  EXPECT_EQ(f.end, Instant{800'000'000});
}

TEST(IdleGap, FiresForAJob) {
  EXPECT_NE(
      sentences(judge("idle-gap", head + "0 step_begin task=1\n0 job_submitted task=1 job=1 function=hash\n0 step_end task=1 "
                                         "object=1 waits=job at=a.cpp:5\n0.9 job_ended job=1\n0.9 task_ready task=1 why=job "
                                         "cause=8\n0.9 step_begin task=1\n1 run_end\n"))
          .find("task main waited for a job on a worker at a.cpp:5: the end of the job ended it"),
      std::string::npos);
}

TEST(IdleGap, FiresForATimeLimitThatRunsOut) {
  EXPECT_NE(
      sentences(judge("idle-gap",
                      head + "0 step_begin task=1\n0 request_begin task=1 request=1 service=1 what=user\n0 step_end task=1 "
                             "object=1 waits=request at=a.cpp:5\n2 timer_fired task=1 timer=1 due=2\n2 cancel_requested task=1 "
                             "cause=7 why=timeout\n2 task_ready task=1 cause=8 why=cancel\n2 step_begin task=1\n2 run_end\n"))
          .find("task main waited for request user to api at a.cpp:5: a timer ended it: its time was up"),
      std::string::npos);
}

TEST(IdleGap, FiresForWhatComesFromOutside) {
  EXPECT_NE(sentences(judge("idle-gap",
                            head + "0 step_begin task=1\n0 request_begin task=1 request=1 service=1 what=poll\n0 step_end "
                                   "task=1 waits=future at=a.cpp:5\n2 task_ready task=1 why=future\n2 step_begin "
                                   "task=1\n2 run_end\n"))
                .find("task main waited for a future at a.cpp:5: something outside the loop ended it"),
            std::string::npos);
}

TEST(IdleGap, FiresOnceForAPlace) {
  std::string text = head + "0 step_begin task=1\n";
  for (int i = 0; i < 4; ++i)
    text += std::to_string(i) + " request_begin task=1 request=" + std::to_string(i + 1) + " service=1 what=page\n" +
            std::to_string(i) + " step_end task=1 waits=request at=a.cpp:4 object=" + std::to_string(i + 1) + "\n" +
            std::to_string(i + 1) + " task_ready task=1\n" + std::to_string(i + 1) + " step_begin task=1\n" +
            std::to_string(i + 1) + " request_end task=1 request=" + std::to_string(i + 1) + " service=1\n";
  const auto j = judge("idle-gap", text + "4 run_end\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("; 4 such gaps there, 4.0 s together"), std::string::npos) << j.findings[0].sentence;
}

TEST(IdleGap, NearlyFiresBelow500Ms) {
  EXPECT_EQ(sentences(judge("idle-gap", asks(599))), "");
  EXPECT_EQ(judge("idle-gap", asks(600)).findings.size(), 1u);
  EXPECT_EQ(judge("idle-gap", asks(599), {{"idle-gap.gap_ms", 400}}).findings.size(), 1u);
}

TEST(IdleGap, NearlyFiresWhereNoOperationIsUnderWayAllTheTime) {
  const std::string begin =
      head + "0 step_begin task=1\n0 request_begin task=1 request=1 service=1\n0 step_end task=1 waits=future\n";
  const std::string end = "2 task_ready task=1 why=future\n2 step_begin task=1\n2 run_end\n";
  EXPECT_EQ(sentences(judge("idle-gap", begin + "1 request_end task=1 request=1 service=1\n" + end)), "");
  EXPECT_EQ(judge("idle-gap", begin + end).findings.size(), 1u);
}

TEST(IdleGap, NearlyFiresWhereTheJobIsOverBefore) {
  const auto job = [](const std::string& over) {
    return head + "0 step_begin task=1\n0 job_submitted task=1 job=1\n0 step_end task=1 waits=future\n" + over +
           " job_ended job=1\n2 task_ready task=1 why=future\n2 step_begin task=1\n2 run_end\n";
  };
  EXPECT_EQ(sentences(judge("idle-gap", job("1"))), "");
  EXPECT_EQ(judge("idle-gap", job("2")).findings.size(), 1u);
}

TEST(IdleGap, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("idle-gap", asks(800, "0 dropped count=4\n")).findings.at(0).confidence, Confidence::recheck);
}

TEST(IdleGap, SparesATickerThatSleepsMeanwhile) {
  EXPECT_EQ(sentences(judge("idle-gap",
                            head + "0 task_created task=2 name=ticker\n0 step_begin task=1\n0 request_begin task=1 request=1 "
                                   "service=1\n0 step_end task=1 object=1 waits=request\n0 step_begin task=2\n0 step_end "
                                   "task=2 waits=sleep at=a.cpp:9\n0.9 timer_fired task=2 timer=1\n0.9 task_ready task=2 "
                                   "cause=10 why=timer\n0.9 step_begin task=2\n1 run_end\n")),
            "");
}

TEST(IdleGap, SparesATaskThatIsMadeAtTheEndOfTheGap) {
  // It did not wait: the gap is on nobody's path who ran then.
  EXPECT_EQ(
      sentences(judge("idle-gap", head + "0 step_begin task=1\n0 request_begin task=1 request=1 service=1\n0 step_end task=1 "
                                         "object=1 waits=request\n0.9 task_created task=2 name=late\n0.9 task_ready task=2 "
                                         "why=start\n0.9 step_begin task=2\n1 run_end\n")),
      "");
}

TEST(IdleGap, SparesALoopThatHasNothingToDo) {
  EXPECT_EQ(sentences(judge("idle-gap", head + "0 step_begin task=1\n0 step_end task=1 waits=queue_get\n9 task_ready task=1 "
                                               "why=put\n9 step_begin task=1\n9 run_end\n")),
            "");
}

TEST(IdleGap, SparesVirtualTime) {
  std::string text = asks(800);
  text.erase(0, text.find('\n') + 1);
  EXPECT_EQ(sentences(judge("idle-gap", text)), "") << "how long an answer takes is the program's own assumption there";
}

}  // namespace
}  // namespace awaitscope
