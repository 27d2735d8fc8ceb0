#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string ms(int t) { return std::to_string(t) + "ms "; }

const std::string poll = "0 run_begin\n0 task_created task=1 name=poll\n0 task_ready task=1 why=start\n0 step_begin task=1\n";

/// `spins` yields a millisecond apart and then `others` waits for something; `inside` happens in each step behind a yield.
std::string turns(int spins, int others, const std::string& inside = "", const std::string& head = poll) {
  std::string out = head;
  int at = 0;
  for (int i = 0; i < spins; ++i) {
    out += ms(at) + "step_end task=1 waits=yield at=a.cpp:7\n" + ms(at) + "task_ready task=1 by=1 why=yield\n";
    ++at;
    out += ms(at) + "step_begin task=1\n";
    if (!inside.empty()) out += ms(at) + inside + "\n";
  }
  for (int i = 0; i < others; ++i) {
    out += ms(at) + "step_end task=1 waits=future at=a.cpp:9\n" + ms(at + 1) + "task_ready task=1 why=future\n";
    ++at;
    out += ms(at) + "step_begin task=1\n";
  }
  return out + ms(at) + "task_done task=1\n" + ms(at) + "step_end task=1\n" + ms(at) + "run_end\n";
}

TEST(SelfWakeSpin, FiresForATaskThatTurnsWithTheLoop) {
  const auto j = judge("self-wake-spin", turns(30, 5));
  ASSERT_EQ(sentences(j),
            "info likely self-wake-spin: task poll woke itself 30 times out of 35 at a.cpp:7 and did nothing that is recorded "
            "in between, for 29.0 ms\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:7");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  ASSERT_EQ(f.evidence.size(), 2u);
  EXPECT_EQ(j.trace[f.evidence[0]].at(), Instant{1'000'000});
  EXPECT_EQ(j.trace[f.evidence[1]].at(), Instant{30'000'000});
}

TEST(SelfWakeSpin, FiresOnceForAPlace) {
  std::string second =
      turns(40, 0, "", "0 task_created task=1 name=poll\n0 task_created task=2 name=poll\n0 step_begin task=1\n");
  for (int i = 0; i < 25; ++i)
    second += "1 step_begin task=2\n1 step_end task=2 waits=yield at=a.cpp:7\n1 task_ready task=2 by=2 why=yield\n";
  const auto j = judge("self-wake-spin", second);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("40 times out of 40"), std::string::npos);
  EXPECT_NE(j.findings[0].sentence.find("; 1 more task there did so too"), std::string::npos) << j.findings[0].sentence;
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}}));
}

TEST(SelfWakeSpin, FiresWhereItOnlyLooksAtASharedValue) {
  EXPECT_EQ(judge("self-wake-spin", turns(30, 0, "cell_read task=1 resource=1")).findings.size(), 1u);
}

TEST(SelfWakeSpin, NearlyFires) {
  EXPECT_EQ(sentences(judge("self-wake-spin", turns(19, 0))), "") << "19 wakes";
  EXPECT_EQ(judge("self-wake-spin", turns(20, 0)).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("self-wake-spin", turns(15, 15))), "") << "half of them";
  EXPECT_EQ(judge("self-wake-spin", turns(16, 15)).findings.size(), 1u);
  EXPECT_EQ(judge("self-wake-spin", turns(15, 15), {{"self-wake-spin.share", 0.4}}).findings.size(), 1u);
  EXPECT_EQ(judge("self-wake-spin", turns(19, 0), {{"self-wake-spin.wakes_count", 10}}).findings.size(), 1u);
}

TEST(SelfWakeSpin, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("self-wake-spin", turns(30, 0, "", "0 dropped count=2\n" + poll)).findings.at(0).confidence,
            Confidence::recheck);
}

TEST(SelfWakeSpin, SparesWhoDoesSomethingBetween) {
  for (const std::string deed :
       {"log task=1 text=x", "level task=1 resource=1 value=3", "request_begin task=1 request=1 service=1",
        "block_begin task=1 what=hash", "task_created task=9 parent=1 name=child", "cell_write task=1 resource=1",
        "task_ready task=9 by=1 why=future"})
    EXPECT_EQ(sentences(judge("self-wake-spin", turns(30, 0, deed))), "") << deed;
}

TEST(SelfWakeSpin, SparesWorkInSlices) {
  std::string slices = poll;
  for (int i = 0; i < 30; ++i)
    slices += ms(3 * i) + "step_end task=1 waits=yield at=a.cpp:7\n" + ms(3 * i) + "step_begin task=1\n" + ms(3 * i + 3) +
              "log text=tick\n";
  slices += "90ms step_end task=1\n90ms run_end\n";
  EXPECT_EQ(sentences(judge("self-wake-spin", slices)), "");
  EXPECT_EQ(judge("self-wake-spin", slices, {{"self-wake-spin.work_ms", 4}}).findings.size(), 1u);
}

TEST(SelfWakeSpin, SparesTasksThatAreWokenByOthers) { EXPECT_EQ(sentences(judge("self-wake-spin", turns(0, 100))), ""); }

}  // namespace
}  // namespace awaitscope
