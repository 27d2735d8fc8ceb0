#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string us(int t) { return std::to_string(t) + "us "; }

/// main makes `count` tasks, one every `each` us, from 1 ms on.
std::string spawns(int count, int each, const std::string& head = "# clock steady\n0 run_begin\n") {
  std::string out = head + "0 task_created task=1 name=main\n1ms step_begin task=1\n";
  for (int i = 0; i < count; ++i)
    out += us(1000 + i * each) + "task_created task=" + std::to_string(i + 2) + " parent=1 name=job at=a.cpp:6\n";
  return out + us(1000 + count * each) + "run_end\n";
}

/// Steps of spin, one every `each` us, each fourth of them log's.
std::string steps(int count, int each, const std::string& clock = "steady") {
  std::string out = "# clock " + clock + "\n0 task_created task=1 name=spin\n0 task_created task=2 name=log\n";
  for (int i = 0; i < count; ++i) {
    const std::string task = i % 4 == 3 ? "2" : "1";
    out += us(i * each) + "step_begin task=" + task + "\n" + us(i * each + each / 2) + "step_end task=" + task +
           " waits=yield at=b.cpp:3\n";
  }
  return out + us(count * each) + "run_end\n";
}

TEST(SpawnFlood, FiresForTasksWithoutEnd) {
  const auto j = judge("spawn-flood", spawns(5000, 40));
  ASSERT_EQ(
      sentences(j),
      "info proven spawn-flood: 2500 tasks were made within 100 ms from 0.001 s on: 2500 by main; 2500 of them at a.cpp:6\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:6");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{4, 2503}));
}

TEST(SpawnFlood, FiresForStepsWithoutEnd) {
  const auto j = judge("spawn-flood", steps(3000, 80));
  ASSERT_EQ(
      sentences(j),
      "info proven spawn-flood: 1250 steps began within 100 ms from 0.000 s on, one every 80.0 us: 938 spin and 312 log\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}}));
  EXPECT_EQ(show(j.findings[0].site), "b.cpp:3");
}

TEST(SpawnFlood, NearlyFires) {
  // With main they are one more.
  EXPECT_EQ(sentences(judge("spawn-flood", spawns(1998, 10))), "");
  EXPECT_EQ(judge("spawn-flood", spawns(1999, 10)).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("spawn-flood", spawns(5000, 51))), "");
  EXPECT_EQ(judge("spawn-flood", spawns(5000, 51), {{"spawn-flood.tasks_per_ms", 19}}).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("spawn-flood", steps(3000, 102))), "");
  EXPECT_EQ(judge("spawn-flood", steps(3000, 100)).findings.size(), 1u);
  EXPECT_EQ(judge("spawn-flood", steps(3000, 102), {{"spawn-flood.steps_per_ms", 9}}).findings.size(), 1u);
}

TEST(SpawnFlood, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("spawn-flood", spawns(2000, 10, "# clock steady\n0 dropped count=1\n")).findings.at(0).confidence,
            Confidence::recheck);
}

TEST(SpawnFlood, SparesABurstAtTheBeginning) {
  EXPECT_EQ(sentences(judge("spawn-flood", spawns(500, 1))), "") << "500 tasks in half a millisecond, and no more";
  EXPECT_EQ(judge("spawn-flood", spawns(500, 1), {{"spawn-flood.window_ms", 0.5}}).findings.size(), 1u);
}

TEST(SpawnFlood, SparesVirtualTimeWhichStandsStill) {
  EXPECT_EQ(sentences(judge("spawn-flood", spawns(5000, 0, ""))), "");
  EXPECT_EQ(sentences(judge("spawn-flood", steps(3000, 0, "virtual"))), "");
}

}  // namespace
}  // namespace awaitscope
