#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// A task that waits for a call in a thread is cancelled after a second; `then` follows.
std::string cancelled(const std::string& then, const std::string& waits = "object=1 waits=job", bool started = true) {
  return std::string(R"(
0 task_created task=1 name=mail
0 step_begin task=1
0 job_submitted task=1 job=1 function=to_thread at=a.cpp:5
0 step_end task=1 )") +
         waits + " at=a.cpp:5\n" + (started ? "0 job_started job=1 worker=3\n" : "") +
         "1 step_begin task=1\n1 cancel_delivered task=1 at=a.cpp:5\n1 task_done task=1 how=cancelled\n1 step_end task=1\n" +
         then;
}

TEST(CancelDoesNotStopThread, FiresAndNamesTheTaskTheWorkerAndHowLongItWentOn) {
  const auto j = judge("cancel-does-not-stop-thread", cancelled("3 job_ended job=1\n"));
  ASSERT_EQ(sentences(j),
            "warning proven cancel-does-not-stop-thread: task mail was cancelled at a.cpp:5 after 1.0 s, but the call it had "
            "handed to worker 3 went on for 2.0 s\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{7, 10}));
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{1}});
}

TEST(CancelDoesNotStopThread, NearlyFiresBelowTheThresholds) {
  const auto ends = [](const std::string& at) {
    return judge("cancel-does-not-stop-thread", cancelled(at + " job_ended job=1\n"));
  };
  EXPECT_EQ(ends("1.0005").findings.size(), 0u);
  EXPECT_EQ(ends("1.05").findings.at(0).severity, Severity::info);
  EXPECT_EQ(ends("1.1").findings.at(0).severity, Severity::warning);
}

TEST(CancelDoesNotStopThread, SparesACallThatIsOverOrNeverBegan) {
  EXPECT_EQ(sentences(judge("cancel-does-not-stop-thread", cancelled("1 job_ended job=1\n"))), "") << "it ended with its task";
  EXPECT_EQ(sentences(judge("cancel-does-not-stop-thread",
                            cancelled("3 job_ended job=1 how=cancelled\n", "object=1 waits=job", false))),
            "")
      << "it was dropped from the queue";
  // A naive rule takes any task that handed in a call: this one waits for something else by now.
  EXPECT_EQ(sentences(judge("cancel-does-not-stop-thread", cancelled("3 job_ended job=1\n", "waits=sleep"))), "");
}

TEST(CancelDoesNotStopThread, RecheckWhereTheRunIsCutOrEventsWereLost) {
  EXPECT_EQ(sentences(judge("cancel-does-not-stop-thread", cancelled("2 log text=x\n"))),
            "warning recheck cancel-does-not-stop-thread: task mail was cancelled at a.cpp:5 after 1.0 s, but the call it had "
            "handed to worker 3 went on for at least 1.0 s\n");
  EXPECT_EQ(
      judge("cancel-does-not-stop-thread", "0 dropped count=2\n" + cancelled("3 job_ended job=1\n")).findings.at(0).confidence,
      Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
