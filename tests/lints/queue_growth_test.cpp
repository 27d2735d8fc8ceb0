#include "tests/lints/judged.h"

#include <map>

namespace awaitscope {
namespace {

/// A consumer that is there first, then `count` puts `gap` ms apart, then one get each `each` ms from the first put on.
std::string story(int count, int gap, int each, const std::string& capacity = "", bool waiting = true, int gets = -1) {
  std::multimap<int, std::string> events;
  for (int i = 0; i < count; ++i) events.emplace(i * gap, "put");
  for (int i = 0; i < (gets < 0 ? count : gets); ++i) events.emplace(std::max(i * each, i * gap), "get");
  std::string out = "0 run_begin\n0 resource_created resource=1 type=queue name=jobs" + capacity +
                    "\n0 task_created task=1 name=producer\n0 task_created task=2 name=consumer\n";
  if (waiting) out += "0 acquire_begin task=2 resource=1 waiters=1\n0 step_end task=2 object=1 waits=queue_get\n";
  int items = 0;
  for (const auto& [ms, what] : events) {
    items += what == "put" ? 1 : -1;
    out += std::to_string(ms) + "ms " +
           (what == "put" ? "level task=1 resource=1 at=a.cpp:4 value=" : "acquired task=2 resource=1 at=a.cpp:9 left=") +
           std::to_string(items) + "\n";
  }
  return out + std::to_string(std::max(count * gap, count * each)) + "ms run_end\n";
}

TEST(QueueGrowth, FiresOnAProducerThatNothingHoldsBack) {
  const auto j = judge("queue-growth", story(20, 0, 200));
  ASSERT_EQ(
      sentences(j),
      "warning proven queue-growth: jobs has no limit: producer put faster at a.cpp:4 than consumer took, so it grew to 20 "
      "items and one of them waited 3.8 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}}));
  EXPECT_EQ(j.trace[f.evidence[0]].b, 20u);  // the peak
}

TEST(QueueGrowth, FiresWhereItGrowsOverTime) {
  EXPECT_EQ(judge("queue-growth", story(40, 100, 200)).findings.at(0).severity, Severity::warning);
}

TEST(QueueGrowth, SparesAQueueWithALimit) {
  EXPECT_EQ(sentences(judge("queue-growth", story(20, 0, 200, " capacity=50"))), "");
}

TEST(QueueGrowth, SparesAConsumerThatKeepsPace) { EXPECT_EQ(sentences(judge("queue-growth", story(200, 200, 100))), ""); }

TEST(QueueGrowth, SparesAQueueThatIsFilledBeforeTheWorkersStart) {
  EXPECT_EQ(sentences(judge("queue-growth", story(20, 0, 200, "", false, 0))), "");
  std::string text = story(20, 0, 200, "", false);
  EXPECT_NE(sentences(judge("queue-growth", story(20, 0, 200))), "");
  // All puts come before the first get.
  EXPECT_EQ(sentences(judge("queue-growth", text)), "");
}

TEST(QueueGrowth, NearlyFiresOnAShortBurst) {
  EXPECT_EQ(judge("queue-growth", story(20, 0, 1)).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("queue-growth", story(101, 0, 1)).findings.at(0).severity, Severity::warning);
  EXPECT_EQ(judge("queue-growth", story(10, 0, 200)).findings.size(), 0u);
  EXPECT_EQ(judge("queue-growth", story(20, 0, 1), {{"queue-growth.wait_s", 0.01}}).findings.at(0).severity, Severity::warning);
}

TEST(QueueGrowth, FiresOnWhatIsNeverTaken) {
  const auto j = judge("queue-growth", story(20, 0, 200, "", true, 1));
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("one of them waited 4.0 s"), std::string::npos) << j.findings[0].sentence;
}

TEST(QueueGrowth, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("queue-growth", "0 dropped count=2\n" + story(20, 0, 200)).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
