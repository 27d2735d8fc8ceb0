#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string job(int n, const std::string& submitted, const std::string& started, const std::string& ended) {
  const std::string id = " job=" + std::to_string(n);
  return submitted + " job_submitted task=1" + id + " function=to_thread at=a.cpp:5\n" + started + " job_started" + id +
         " worker=1\n" + ended + " job_ended" + id + " how=returned\n";
}
const std::string task = "0 task_created task=1 name=main\n";
/// Two calls on one worker: the second waits until the first is done.
std::string line(const std::string& until) {
  return task +
         "0 job_submitted task=1 job=1 at=a.cpp:5\n0 job_submitted task=1 job=2 at=a.cpp:6\n0 job_started job=1 worker=1\n" +
         until + " job_ended job=1\n" + until + " job_started job=2 worker=1\n" + until + " job_ended job=2\n";
}

TEST(ExecutorSaturated, FiresAndCountsWhoWaitedAndHowManyWorkersThereAre) {
  const auto j = judge("executor-saturated", line("2"));
  ASSERT_EQ(sentences(j),
            "warning proven executor-saturated: 1 of 2 calls waited for a free worker, the longest 2.0 s at a.cpp:6: no more "
            "than 1 could work at once\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{3, 6}));
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{1}});
}

TEST(ExecutorSaturated, NearlyFiresBelowTheThresholds) {
  EXPECT_EQ(sentences(judge("executor-saturated", line("0.009"))), "");
  EXPECT_EQ(judge("executor-saturated", line("0.010")).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("executor-saturated", line("0.100")).findings.at(0).severity, Severity::warning);
}

TEST(ExecutorSaturated, SparesALongWayToAFreeWorkerAndALongCall) {
  EXPECT_EQ(sentences(judge("executor-saturated", task + job(1, "0", "0.5", "0.6") + job(2, "1", "1.5", "1.6"))), "")
      << "nobody was before them";
  // A naive rule takes the time from submission to end.
  EXPECT_EQ(sentences(judge("executor-saturated", task + R"(
0 job_submitted task=1 job=1
0 job_submitted task=1 job=2
0 job_started job=1 worker=1
0 job_started job=2 worker=2
9 job_ended job=1
9 job_ended job=2
)")),
            "");
}

const std::string zip = task + R"(
0 job_submitted task=1 job=1 at=a.cpp:5
0 job_submitted task=1 job=2 at=a.cpp:5
0 job_started job=1 worker=1
0 job_started job=2 worker=2
0 job_paused job=2 for=1
1 job_paused job=1 for=2
1 job_resumed job=2
2 job_ended job=2
2 job_resumed job=1
)";

TEST(ExecutorSaturated, FiresOnALineForTheInterpreterLock) {
  const auto j = judge("executor-saturated", zip + "3 job_ended job=1\n");
  ASSERT_EQ(
      sentences(j),
      "warning proven executor-saturated: 2 calls in threads shared one interpreter lock at a.cpp:5: only one computed at a "
      "time, and they waited 2.0 s for it in all; 1.0 s of the 3.0 s that the slowest took\n");
  EXPECT_NE(j.findings[0].advice.find("processes"), std::string::npos);
}

TEST(ExecutorSaturated, RecheckWhereTheRunIsCutOrEventsWereLost) {
  const std::string cut =
      task + "0 job_submitted task=1 job=1\n0 job_submitted task=1 job=2\n0 job_started job=1 worker=1\n3 log text=x\n";
  EXPECT_EQ(
      sentences(judge("executor-saturated", cut)),
      "warning recheck executor-saturated: 1 of 2 calls waited for a free worker, the longest 3.0 s: no more than 1 could "
      "work at once\n");
  EXPECT_EQ(judge("executor-saturated", "0 dropped count=2\n" + line("2")).findings.at(0).confidence, Confidence::recheck);
  // Whose beginning is lost, or who ends twice, breaks nothing.
  EXPECT_EQ(sentences(judge("executor-saturated", "0 job_started job=9\n1 job_ended job=9\n2 job_ended job=9\n")), "");
}

}  // namespace
}  // namespace awaitscope
