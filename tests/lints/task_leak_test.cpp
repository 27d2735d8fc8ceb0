#include "tests/lints/judged.h"

#include <map>

namespace awaitscope {
namespace {

/// `count` tasks of one place, one each second; each lives for `life` s, 0: to the end of main at `end` s.
std::string story(int count, int life, int end = 0, const std::string& loss = "") {
  if (!end) end = count;
  std::multimap<int, std::string> events;
  for (int i = 0; i < count; ++i) {
    const std::string task = " task=" + std::to_string(i + 2);
    events.emplace(i, "task_created" + task + " parent=1 name=watch at=a.cpp:9");
    events.emplace(life && i + life <= end ? i + life : end + 1, "task_done" + task);
  }
  events.emplace(end, "task_done task=1");
  events.emplace(end + 1, "run_end");
  std::string out = "0 run_begin\n0 task_created task=1 name=main\n" + loss;
  for (const auto& [second, what] : events) out += std::to_string(second) + " " + what + "\n";
  return out;
}

TEST(TaskLeak, FiresOnTasksThatAddUp) {
  const auto j = judge("task-leak", story(20, 0));
  ASSERT_EQ(
      sentences(j),
      "info likely task-leak: more and more tasks started at a.cpp:9 live: 20 of the 20 started since 0.000 s had not ended "
      "at 20.000 s, after 11 in the middle of that time; the oldest, watch-1, was 20.0 s old\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:9");
  EXPECT_EQ(f.tasks.size(), 20u);
  EXPECT_EQ(f.tasks[0], TaskId{2});
  EXPECT_EQ(f.evidence[0], 22u);  // the last start
  EXPECT_EQ(f.evidence.size(), 20u);
}

TEST(TaskLeak, NearlyFiresWithFewTasks) {
  EXPECT_EQ(sentences(judge("task-leak", story(11, 0))), "");
  EXPECT_NE(sentences(judge("task-leak", story(12, 0))), "");
  EXPECT_NE(sentences(judge("task-leak", story(11, 0), {{"task-leak.samples", 11}})), "");
  EXPECT_EQ(sentences(judge("task-leak", story(12, 0), {{"task-leak.growth", 20}})), "");
}

TEST(TaskLeak, RecheckWhereTheTraceIsCutOrLostEvents) {
  std::string text = story(20, 0);
  text.erase(text.find("20 task_done task=1"));
  EXPECT_EQ(judge("task-leak", text).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("task-leak", story(20, 0, 0, "0 dropped count=3\n")).findings.at(0).confidence, Confidence::recheck);
}

TEST(TaskLeak, SparesALoadThatComesToItsLevel) {
  // Ten at a time, from the tenth second on.
  EXPECT_EQ(sentences(judge("task-leak", story(40, 10))), "");
  EXPECT_NE(sentences(judge("task-leak", story(40, 38))), "");
}

TEST(TaskLeak, SparesAPoolThatIsStartedOnce) { EXPECT_EQ(sentences(judge("task-leak", story(20, 0, 100))), ""); }

TEST(TaskLeak, SparesABurstThatMainWaitsFor) { EXPECT_EQ(sentences(judge("task-leak", story(20, 30, 60))), ""); }

TEST(TaskLeak, SparesTasksOfManyPlaces) {
  std::string text = story(20, 0);
  for (int line = 10; text.find("at=a.cpp:9\n") != std::string::npos; ++line)
    text.replace(text.find("at=a.cpp:9\n"), 10, "at=a.cpp:" + std::to_string(line));
  EXPECT_EQ(sentences(judge("task-leak", text)), "");
}

TEST(TaskLeak, SparesWhatTheShutdownFinds) {
  // The growth counts up to the first request to stop, not what comes after.
  std::string text = story(20, 0, 40);
  EXPECT_EQ(sentences(judge("task-leak", text)), "");
  text.insert(text.find("40 task_done task=1"), "40 log text=x\n");
  const std::size_t at = text.find("19 task_created");
  text.insert(text.find('\n', at) + 1, "19.5 cancel_requested task=1 why=shutdown\n");
  EXPECT_NE(sentences(judge("task-leak", text)), "");
}

}  // namespace
}  // namespace awaitscope
