#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string waiter =
    "0 run_begin\n0 task_created task=1 name=save\n0 step_begin task=1\n0 step_end task=1 waits=future "
    "at=a.cpp:4\n0 task_created task=2 name=spin\n0 task_created task=3 name=log\n";

/// `count` steps of `ms` milliseconds each, every fourth of them log's, behind the wake of save; then `after`.
std::string busy(int count, int ms, const std::string& wake = "0 task_ready task=1 why=future\n",
                 const std::string& after = "step_begin task=1") {
  std::string out = wake;
  for (int i = 0; i < count; ++i) {
    const std::string task = i % 4 == 3 ? "3" : "2";
    out += std::to_string(i * ms) + "ms step_begin task=" + task + "\n" + std::to_string((i + 1) * ms) +
           "ms step_end task=" + task + " waits=sleep at=b.cpp:9\n";
  }
  return out + std::to_string(count * ms) + "ms " + after + "\n9 run_end\n";
}

TEST(Starvation, FiresSaysWhoRanInstead) {
  const auto j = judge("starvation", waiter + busy(60, 20));
  ASSERT_EQ(
      sentences(j),
      "info proven starvation: task save was ready at a.cpp:4 for 1.2 s and did not run, while others took 60 steps: spin "
      "45 times and log 15 times\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:4");
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}, {3}}));
  EXPECT_EQ(f.evidence, (std::vector<Seq>{7, 128}));
  EXPECT_EQ(f.end, Instant{1'200'000'000});
}

TEST(Starvation, FiresOnceForAPlace) {
  const auto j = judge("starvation", waiter + busy(60, 20, "0 task_ready task=1\n",
                                                   "step_begin task=1\n1.2 step_end task=1 waits=yield at=a.cpp:4\n"
                                                   "1.2 task_ready task=1 by=1 why=yield"));
  EXPECT_EQ(j.findings.size(), 1u);
  std::string twice =
      waiter + "0 task_created task=4 name=save parent=5\n0 step_begin task=4\n0 step_end task=4 at=a.cpp:4 waits=future\n" +
      busy(60, 20, "0 task_ready task=1\n0 task_ready task=4\n",
           "step_begin task=1\n1.2 step_end task=1\n1.2 step_begin task=4");
  EXPECT_NE(sentences(judge("starvation", twice)).find("; 1 more long wait for 2 tasks there"), std::string::npos)
      << sentences(judge("starvation", twice));
}

TEST(Starvation, FiresAfterAYieldToo) {
  const std::string yields =
      "0 task_ready task=1\n0 step_begin task=1\n0 step_end task=1 waits=yield at=a.cpp:5\n0 task_ready task=1 by=1 "
      "why=yield\n";
  EXPECT_EQ(
      sentences(judge("starvation", waiter + busy(60, 20, yields))),
      "info proven starvation: task save was ready at a.cpp:5 for 1.2 s and did not run, while others took 60 steps: spin "
      "45 times and log 15 times\n");
}

TEST(Starvation, NearlyFires) {
  EXPECT_EQ(sentences(judge("starvation", waiter + busy(49, 30))), "") << "49 steps";
  EXPECT_EQ(judge("starvation", waiter + busy(50, 30)).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("starvation", waiter + busy(111, 9))), "") << "0.999 s";
  EXPECT_EQ(judge("starvation", waiter + busy(100, 10)).findings.size(), 1u);
  EXPECT_EQ(judge("starvation", waiter + busy(49, 30), {{"starvation.others_steps", 49}}).findings.size(), 1u);
  EXPECT_EQ(judge("starvation", waiter + busy(111, 9), {{"starvation.limit_s", 0.9}}).findings.size(), 1u);
}

TEST(Starvation, RecheckWhereItsTurnIsNotRecordedOrEventsWereLost) {
  const auto j = judge("starvation", waiter + busy(60, 20, "0 task_ready task=1\n", "log text=x"));
  EXPECT_NE(sentences(j).find("info recheck starvation: task save was ready at a.cpp:4 for at least 9.0 s"), std::string::npos);
  EXPECT_EQ(judge("starvation", "0 dropped count=1\n" + waiter + busy(60, 20)).findings.at(0).confidence, Confidence::recheck);
}

TEST(Starvation, SparesATaskThatWaits) {
  EXPECT_EQ(sentences(judge("starvation", waiter + busy(60, 20, "", "task_ready task=1\n1.2 step_begin task=1"))), "");
}

TEST(Starvation, SparesOneStepThatHoldsTheLoop) {
  EXPECT_EQ(sentences(judge("starvation", waiter + busy(1, 3000))), "") << "slow-step tells it";
}

}  // namespace
}  // namespace awaitscope
