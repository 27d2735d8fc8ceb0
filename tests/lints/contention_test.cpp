#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string made(const std::string& resource, int tasks) {
  std::string out = "0 run_begin\n0 resource_created resource=1 name=door at=a.py:1 " + resource + "\n";
  for (int i = 1; i <= tasks; ++i) out += "0 task_created task=" + std::to_string(i) + " name=t" + std::to_string(i) + "\n";
  return out;
}
std::string event(int ms, const std::string& what, int task, int waiters, int left = 0) {
  return std::to_string(ms) + "ms " + what + " task=" + std::to_string(task) +
         " resource=1 at=a.py:5 waiters=" + std::to_string(waiters) + " left=" + std::to_string(left) + "\n";
}
/// So many tasks come at once for a resource of so many permits; each has it for so many ms.
std::string crowd(int tasks, int permits = 1, int ms = 100) {
  std::string out;
  for (int i = 1; i <= tasks; ++i)
    out += i <= permits ? event(0, "acquired", i, 0, permits - i) : event(0, "acquire_begin", i, i - permits);
  for (int done = 1, now = ms; done <= tasks; ++done) {
    const int waiters = tasks - permits - done;
    out += event(now, "released", done, std::max(0, waiters + 1), 1);
    if (waiters >= 0) out += event(now, "acquired", done + permits, waiters);
    if (done % permits == 0) now += ms;
  }
  return out;
}
/// A line of one that never empties: somebody comes before each change of hands.
std::string convoy(int changes, bool come = true) {
  std::string out = event(0, "acquired", 1, 0) + event(0, "acquire_begin", 2, 1);
  for (int i = 1; i <= changes; ++i) {
    if (come) out += event(i * 100 - 50, "acquire_begin", i + 2, 2);
    out += event(i * 100, "released", i, come ? 2 : 1, 1) + event(i * 100, "acquired", i + 1, come ? 1 : 0);
    if (!come) out += event(i * 100, "acquire_begin", i + 2, 1);
  }
  return out;
}
const std::string lock = "type=lock capacity=1", end = "9 run_end\n";

TEST(Contention, FiresWhereFiveWaitForOnePermit) {
  const auto j = judge("contention", made(lock, 6) + crowd(6) + end);
  ASSERT_EQ(
      sentences(j),
      "info proven contention: 5 tasks stood in line for door (1 permit) at 0.000 s; task t6 waited longest, 500 ms; it was "
      "held 6 times, 100 ms on average, longest by task t1 at a.py:5\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 5}));
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {6}}));
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(j.trace[f.evidence[0]].kind, Kind::acquire_begin);
  EXPECT_EQ(j.trace[f.evidence[0]].d, 5u) << "the moment at which the line was longest";
}

TEST(Contention, FiresForALimiterByItsPermits) {
  const std::string two = "type=semaphore capacity=2";
  EXPECT_EQ(judge("contention", made(two, 12) + crowd(12, 2) + end).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("contention", made(two, 11) + crowd(11, 2) + end)), "");
}

TEST(Contention, FiresWhereTheLineNeverEmpties) {
  const auto j = judge("contention", made(lock, 23) + convoy(20) + end);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("the line for door (1 permit) did not empty while it changed hands 20 times"),
            std::string::npos)
      << j.findings[0].sentence;
  EXPECT_EQ(sentences(judge("contention", made(lock, 23) + convoy(19) + end)), "");
}

TEST(Contention, FiresOnceForLocksOfOneLine) {
  std::string other = crowd(6);
  for (std::size_t at = 0; (at = other.find("resource=1", at)) != std::string::npos; ++at) other.replace(at, 10, "resource=2");
  const std::string second = "0 resource_created resource=2 name=gate at=a.py:1 type=lock capacity=1\n";
  std::string both = made(lock, 6) + second + crowd(6, 1, 0) + other + end;
  const auto j = judge("contention", both, {{"contention.wait_ms", 0}});
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].resources, std::vector<ResourceId>{{2}}) << "the one that cost most";
  EXPECT_NE(j.findings[0].sentence.find("; 1 made at the same line had such lines, too"), std::string::npos);
}

TEST(Contention, NearlyFiresWithOneTaskLess) {
  EXPECT_EQ(sentences(judge("contention", made(lock, 5) + crowd(5) + end)), "");
  EXPECT_EQ(judge("contention", made(lock, 6) + crowd(6) + end).findings.size(), 1u);
}

TEST(Contention, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("contention", "0 dropped count=1\n" + made(lock, 6) + crowd(6) + end).findings.at(0).confidence,
            Confidence::recheck);
}

TEST(Contention, SparesALineThatCostsNothing) {
  EXPECT_EQ(sentences(judge("contention", made(lock, 6) + crowd(6, 1, 0) + end)), "");
}

TEST(Contention, SparesACrowdOfALargeLimiterThatDrains) {
  // Thirty change hands while somebody waits, but nobody comes meanwhile.
  EXPECT_EQ(sentences(judge("contention", made("type=semaphore capacity=10", 40) + crowd(40, 10) + end)), "");
}

TEST(Contention, SparesALineThatEmptiesEachTime) {
  EXPECT_EQ(sentences(judge("contention", made(lock, 33) + convoy(30, false) + end)), "");
}

TEST(Contention, SparesALineThatIsGivenUpEachTime) {
  // One comes, gives up, and the next one comes; what goes on meanwhile are changes of hands, but of no line that stands.
  std::string given_up;
  for (int i = 1; i <= 30; ++i)
    given_up += event(i * 100, "acquire_begin", 1, 1) + event(i * 100, "acquire_begin", 2, 2) +
                event(i * 100 + 20, "acquired", 1, 1) + event(i * 100 + 40, "acquire_abandoned", 2, 0) +
                event(i * 100 + 50, "released", 1, 0, 1);
  EXPECT_EQ(sentences(judge("contention", made(lock, 2) + given_up + end)), "");
}

TEST(Contention, SparesConsumersThatWaitForASignal) {
  std::string text = made("type=semaphore", 9);
  for (int i = 1; i <= 9; ++i) text += event(0, "acquire_begin", i, i);
  EXPECT_EQ(sentences(judge("contention", text + end)), "");
}

}  // namespace
}  // namespace awaitscope
