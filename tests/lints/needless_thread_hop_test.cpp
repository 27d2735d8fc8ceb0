#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string us(int n) {
  std::string digits = std::to_string(n);
  return "0." + std::string(6 - digits.size(), '0') + digits;
}
/// `count` calls of one task, one after another, each `hop` us on the way and `work` us at work.
std::string calls(int count, int hop, int work) {
  std::string out = "0 task_created task=1 name=load\n";
  int now = 0;
  for (int n = 1; n <= count; ++n) {
    const std::string id = " job=" + std::to_string(n) + "\n";
    out += us(now) + " job_submitted task=1 at=a.cpp:5" + id;
    out += us(now += hop) + " job_started" + id;
    out += us(now += work) + " job_ended" + id;
  }
  return out;
}

TEST(NeedlessThreadHop, FiresAndComparesTheWayWithTheWork) {
  const auto j = judge("needless-thread-hop", calls(20, 136, 7));
  ASSERT_EQ(sentences(j),
            "info proven needless-thread-hop: 20 calls went through a thread at a.cpp:5: 140 us of work, and 2.72 ms to get "
            "there; none took longer than 7.0 us\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{2, 61}));
  EXPECT_EQ(j.findings[0].lesson, "file_io");
}

TEST(NeedlessThreadHop, NearlyFiresOnFewCallsCheapHopsAndLongCalls) {
  EXPECT_EQ(sentences(judge("needless-thread-hop", calls(9, 136, 7))), "");
  EXPECT_EQ(judge("needless-thread-hop", calls(10, 136, 7)).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("needless-thread-hop", calls(20, 13, 7))), "") << "less than twice the work";
  EXPECT_EQ(sentences(judge("needless-thread-hop", calls(20, 5000, 1100))), "") << "a call that long is worth a hop";
  EXPECT_EQ(sentences(judge("needless-thread-hop", calls(20, 0, 0))), "");
}

TEST(NeedlessThreadHop, SparesWaitingForABusyWorker) {
  // A naive rule takes the queue for the way.
  std::string line = "0 task_created task=1\n";
  for (int n = 1; n <= 20; ++n) line += "0 job_submitted task=1 at=a.cpp:5 job=" + std::to_string(n) + "\n";
  for (int n = 1; n <= 20; ++n) {
    line += us(10 * n) + " job_started job=" + std::to_string(n) + "\n";
    line += us(10 * n + 10) + " job_ended job=" + std::to_string(n) + "\n";
  }
  EXPECT_EQ(sentences(judge("needless-thread-hop", line)), "");
}

TEST(NeedlessThreadHop, RecheckWhereEventsWereLostAndACutCallDoesNotCount) {
  EXPECT_EQ(sentences(judge("needless-thread-hop", calls(9, 136, 7) + "0.5 job_submitted task=1 at=a.cpp:5 job=10\n")), "");
  EXPECT_EQ(judge("needless-thread-hop", "0 dropped count=2\n" + calls(20, 136, 7)).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
