#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string ms(int t) { return std::to_string(t) + "ms "; }

/// A task that sleeps `count` times for `each` ms and then goes on as `after` says; `inside` happens after each sleep but the
/// last.
std::string sleeps(int count, int each, const std::string& inside = "", const std::string& after = "task_done task=1",
                   const std::string& site = "a.cpp:7") {
  std::string out =
      "0 run_begin\n0 resource_created resource=1 type=cell name=flag\n0 task_created task=1 name=wait\n0 step_begin task=1\n";
  for (int i = 0; i < count; ++i) {
    out += ms(i * each) + "timer_set task=1 timer=" + std::to_string(i + 1) + " when=" + std::to_string((i + 1) * each) +
           "ms for=sleep\n" + ms(i * each) + "step_end task=1 waits=sleep at=" + site + "\n" + ms((i + 1) * each) +
           "task_ready task=1 why=timer\n" + ms((i + 1) * each) + "step_begin task=1\n";
    if (!inside.empty() && i + 1 < count) out += ms((i + 1) * each) + inside + "\n";
  }
  const std::string end = ms(count * each);
  return out + end + after + "\n" + end + "step_end task=1 waits=request\n" + end + "run_end\n";
}

TEST(BusyWait, FiresForATaskThatAsksAgainAndAgain) {
  const auto j = judge("busy-wait", sleeps(12, 10));
  ASSERT_EQ(sentences(j),
            "info likely busy-wait: task wait slept 12 times in a row at a.cpp:7, 10.0 ms at most, and did nothing that is "
            "recorded in between: it asked for 120 ms instead of waiting\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:7");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  ASSERT_EQ(f.evidence.size(), 2u);
  EXPECT_EQ(f.evidence[0], 6u);
  EXPECT_EQ(j.trace[f.evidence[1]].at(), Instant{120'000'000});
}

TEST(BusyWait, FiresAsProvenWhereItLooksAtASharedValueEachTime) {
  const auto j = judge("busy-wait", sleeps(12, 10, "cell_read task=1 resource=1"));
  EXPECT_EQ(sentences(j),
            "info proven busy-wait: task wait slept 12 times in a row at a.cpp:7, 10.0 ms at most, and in between only looked "
            "at flag: it asked for 120 ms instead of waiting\n");
  EXPECT_EQ(j.findings[0].resources, std::vector<ResourceId>{{1}});
}

TEST(BusyWait, FiresOnceForAPlace) {
  std::string twice = sleeps(12, 10, "", "log task=1 text=on");
  for (int i = 0; i < 11; ++i)
    twice += ms(200 + i * 10) + "step_begin task=1\n" + ms(200 + i * 10) + "step_end task=1 waits=sleep at=a.cpp:7\n" +
             ms(210 + i * 10) + "task_ready task=1\n";
  const auto j = judge("busy-wait", twice + "310ms step_begin task=1\n310ms task_done task=1\n310ms step_end task=1\n");
  ASSERT_EQ(j.findings.size(), 1u) << sentences(j);
  EXPECT_NE(j.findings[0].sentence.find("slept 12 times"), std::string::npos);
  EXPECT_NE(j.findings[0].sentence.find("; 1 more such wait there"), std::string::npos) << j.findings[0].sentence;
}

TEST(BusyWait, NearlyFires) {
  EXPECT_EQ(sentences(judge("busy-wait", sleeps(9, 10))), "");
  EXPECT_EQ(judge("busy-wait", sleeps(10, 10)).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("busy-wait", sleeps(12, 51))), "");
  EXPECT_EQ(judge("busy-wait", sleeps(12, 50)).findings.size(), 1u);
  EXPECT_EQ(judge("busy-wait", sleeps(9, 10), {{"busy-wait.sleeps_count", 9}}).findings.size(), 1u);
  EXPECT_EQ(judge("busy-wait", sleeps(12, 51), {{"busy-wait.sleep_ms", 60}}).findings.size(), 1u);
}

TEST(BusyWait, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("busy-wait", "0 dropped count=1\n" + sleeps(12, 10)).findings.at(0).confidence, Confidence::recheck);
}

TEST(BusyWait, SparesATickerThatDoesSomethingEachTime) {
  EXPECT_EQ(sentences(judge("busy-wait", sleeps(40, 10, "log task=1 text=beat"))), "");
  EXPECT_EQ(sentences(judge("busy-wait", sleeps(40, 10, "level task=1 resource=1 value=2"))), "");
  EXPECT_EQ(judge("busy-wait", sleeps(40, 10, "log task=2 text=beat")).findings.size(), 1u) << "somebody else's doing";
}

TEST(BusyWait, SparesATickerThatRunsUntilItIsStopped) {
  EXPECT_EQ(sentences(judge("busy-wait", sleeps(40, 10, "", "task_done task=1 how=cancelled"))), "");
  EXPECT_EQ(sentences(judge("busy-wait", sleeps(40, 10, "", "cancel_delivered task=1\n400ms log task=1 text=stopped"))), "");
  std::string goes_on = sleeps(40, 10);
  goes_on.resize(goes_on.find("390ms step_end"));
  EXPECT_EQ(sentences(judge("busy-wait", goes_on + "390ms step_end task=1 waits=sleep at=a.cpp:7\n395ms run_end\n")), "");
}

TEST(BusyWait, SparesSleepsAtSeveralPlaces) {
  std::string text = "0 task_created task=1 name=wait\n0 step_begin task=1\n";
  for (int i = 0; i < 30; ++i)
    text += ms(i * 10) + "step_end task=1 waits=sleep at=a.cpp:" + std::to_string(i % 2 + 1) + "\n" + ms(i * 10 + 10) +
            "task_ready task=1\n" + ms(i * 10 + 10) + "step_begin task=1\n";
  EXPECT_EQ(sentences(judge("busy-wait", text + "300ms task_done task=1\n300ms step_end task=1\n")), "");
}

TEST(BusyWait, SparesWhoGivesWayBetweenTheSleeps) {
  std::string text = "0 task_created task=1 name=polite\n0 step_begin task=1\n";
  for (int i = 0; i < 30; ++i)
    text += ms(i * 10) + "step_end task=1 waits=sleep at=a.cpp:1\n" + ms(i * 10 + 10) + "task_ready task=1 why=timer\n" +
            ms(i * 10 + 10) + "step_begin task=1\n" + ms(i * 10 + 10) + "step_end task=1 waits=yield\n" + ms(i * 10 + 10) +
            "step_begin task=1\n";
  EXPECT_EQ(sentences(judge("busy-wait", text + "300ms task_done task=1\n300ms step_end task=1\n")), "");
}

TEST(BusyWait, SparesWorkBetweenTheSleeps) {
  std::string text = "0 task_created task=1 name=throttled\n0 step_begin task=1\n";
  for (int i = 0; i < 30; ++i)
    text += ms(i * 12 + 2) + "step_end task=1 waits=sleep at=a.cpp:1\n" + ms(i * 12 + 12) + "step_begin task=1\n";
  EXPECT_EQ(sentences(judge("busy-wait", text + "361ms task_done task=1\n361ms step_end task=1\n")), "");
}

}  // namespace
}  // namespace awaitscope
