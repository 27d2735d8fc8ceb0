#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string made =
    "0 run_begin\n0 resource_created resource=1 type=lock capacity=1 name=cache\n0 resource_created resource=2 type=service "
    "name=db\n0 task_created task=1 name=a\n0 task_created task=2 name=b\n";
/// Task 1 holds the lock while it waits for `wait` that many milliseconds.
std::string holds_for(int ms, const std::string& wait = "request") {
  return "1 step_begin task=1\n1 acquired task=1 resource=1 at=a.py:5\n1 step_end task=1 waits=" + wait + " at=a.py:6\n" +
         "1.05 acquire_begin task=2 resource=1 waiters=1\n" + std::to_string(1000 + ms) + "ms task_ready task=1\n" +
         std::to_string(1000 + ms) + "ms step_begin task=1\n";
}
const std::string given =
    "2 released task=1 resource=1 left=1\n2 acquired task=2 resource=1 at=b.py:5\n2 released task=2 "
    "resource=1 left=1\n2 step_end task=1\n";
const std::string end = "9 run_end\n";

TEST(LockAcrossSlowAwait, FiresWhereOthersWaitWithTheHolder) {
  const auto j = judge("lock-across-slow-await", made + holds_for(300) + given + end);
  ASSERT_EQ(sentences(j),
            "info proven lock-across-slow-await: task a held cache, taken at a.py:5, while it waited 300 ms for a service at "
            "a.py:6; 1 task got in line behind it meanwhile\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 5}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(j.trace[f.evidence[0]].kind, Kind::acquired);
  EXPECT_EQ(f.evidence.size(), 2u);
  EXPECT_EQ(f.begin, Instant{1'000'000'000});
  EXPECT_EQ(f.end, Instant{2'000'000'000});
}

TEST(LockAcrossSlowAwait, FiresOnceForOneLineAndForThreads) {
  const auto j = judge("lock-across-slow-await", made + holds_for(300, "job") + given +
                                                     "3 step_begin task=1\n3 acquired task=1 resource=1 at=a.py:5\n3 step_end "
                                                     "task=1 waits=job\n4 step_begin task=1\n4 released task=1 resource=1\n" +
                                                     end);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(
      j.findings[0].sentence.find("300 ms for a thread at a.py:6; 1 task got in line behind it meanwhile; 1 more such holds"),
      std::string::npos)
      << j.findings[0].sentence << ": the one that others felt, not the longest";
}

TEST(LockAcrossSlowAwait, NearlyFiresBelowTheLimit) {
  EXPECT_EQ(sentences(judge("lock-across-slow-await", made + holds_for(99) + given + end)), "");
  EXPECT_EQ(judge("lock-across-slow-await", made + holds_for(100) + given + end).findings.size(), 1u);
  EXPECT_EQ(judge("lock-across-slow-await", made + holds_for(99) + given + end, {{"lock-across-slow-await.slow_ms", 50}})
                .findings.size(),
            1u);
}

TEST(LockAcrossSlowAwait, RecheckWhereTheHoldIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("lock-across-slow-await", made + holds_for(300)).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(
      judge("lock-across-slow-await", "0 dropped count=1\n" + made + holds_for(300) + given + end).findings.at(0).confidence,
      Confidence::recheck);
}

TEST(LockAcrossSlowAwait, SparesALimiterAndSleeps) {
  std::string limiter = made + holds_for(300) + given + end;
  limiter.replace(limiter.find("type=lock capacity=1"), 20, "type=semaphore capacity=2");
  EXPECT_EQ(sentences(judge("lock-across-slow-await", limiter)), "");
  EXPECT_EQ(sentences(judge("lock-across-slow-await", made + holds_for(300, "sleep") + given + end)), "");
}

TEST(LockAcrossSlowAwait, SparesALockThatIsGivenBackBeforeTheWait) {
  std::string text = made + holds_for(300) + given + end;
  text.insert(text.find("1 step_end"), "1 released task=1 resource=1 left=1\n");
  EXPECT_EQ(sentences(judge("lock-across-slow-await", text)), "");
}

}  // namespace
}  // namespace awaitscope
