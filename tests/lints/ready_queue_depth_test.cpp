#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// main sets an event that `count` tasks wait for; the pass in which they run begins with all of them ready and takes 200 ms.
std::string crowd(int count, int ready, const std::string& before = "") {
  std::string out = before + "0 run_begin\n0 task_created task=1 name=main\n";
  for (int i = 2; i < count + 2; ++i) {
    const std::string task = " task=" + std::to_string(i);
    out +=
        "0 task_created name=w" + task + " parent=1\n0 step_begin" + task + "\n0 step_end waits=event at=a.cpp:9" + task + "\n";
  }
  out += "0 task_ready task=1 by=2 why=task\n1 tick_begin tick=3 ready=1\n1 step_begin task=1\n";
  for (int i = 2; i < count + 2; ++i) out += "1 task_ready by=1 why=set task=" + std::to_string(i) + "\n";
  out += "1 step_end task=1 waits=sleep at=a.cpp:5\n1 tick_begin tick=4 ready=" + std::to_string(ready) + "\n";
  return out + "1.2 idle_begin\n2 idle_end\n2 tick_begin tick=5 ready=1\n2 run_end\n";
}

TEST(ReadyQueueDepth, FiresSaysWhoWokeThemAll) {
  const auto j = judge("ready-queue-depth", crowd(101, 101));
  ASSERT_EQ(sentences(j),
            "info proven ready-queue-depth: pass 4 of the loop began with 101 tasks and callbacks ready, woken since the pass "
            "before: 101 by main; the last had its turn up to 200 ms later\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:5");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  ASSERT_EQ(f.evidence.size(), 1u);
  EXPECT_EQ(j.trace[f.evidence[0]].a, 4u);
  EXPECT_EQ(f.begin, Instant{1'000'000'000});
}

TEST(ReadyQueueDepth, FiresOnceAndCountsThePasses) {
  std::string passes;
  for (int i = 1; i <= 5; ++i)
    passes +=
        std::to_string(i) + " tick_begin ready=" + std::to_string(i == 3 ? 1500 : 150) + " tick=" + std::to_string(i) + "\n";
  const auto j = judge("ready-queue-depth", passes);
  EXPECT_EQ(sentences(j),
            "warning proven ready-queue-depth: pass 3 of the loop began with 1500 tasks and callbacks ready; the last had its "
            "turn up to 1.0 s later; 5 passes began with more than 100\n");
}

TEST(ReadyQueueDepth, NearlyFiresWith100AndWarnsAbove1000) {
  EXPECT_EQ(sentences(judge("ready-queue-depth", crowd(2, 100))), "");
  EXPECT_EQ(judge("ready-queue-depth", crowd(2, 101)).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("ready-queue-depth", crowd(2, 1000)).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("ready-queue-depth", crowd(2, 1001)).findings.at(0).severity, Severity::warning);
  EXPECT_EQ(judge("ready-queue-depth", crowd(2, 100), {{"ready-queue-depth.info_count", 99}}).findings.size(), 1u);
  EXPECT_EQ(judge("ready-queue-depth", crowd(2, 101), {{"ready-queue-depth.warning_count", 100}}).findings.at(0).severity,
            Severity::warning);
}

TEST(ReadyQueueDepth, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("ready-queue-depth", crowd(2, 101, "0 dropped count=3\n")).findings.at(0).confidence, Confidence::recheck);
}

TEST(ReadyQueueDepth, SparesManyTasksThatWait) { EXPECT_EQ(sentences(judge("ready-queue-depth", crowd(500, 1))), ""); }

}  // namespace
}  // namespace awaitscope
