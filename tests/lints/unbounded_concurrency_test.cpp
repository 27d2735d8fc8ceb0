#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// `count` tasks that each make one request of a second at once; those beyond `takes` are refused.  `before` and `after` stand
/// around each request, with T for the task.
std::string crowd(int count, int takes, const std::string& capacity, const std::string& before = "",
                  const std::string& after = "") {
  std::string out = "0 run_begin\n0 resource_created resource=1 type=service name=api" + capacity +
                    "\n0 resource_created resource=2 type=semaphore capacity=5 name=limit\n0 task_created task=1 name=main\n";
  const auto put = [&](int ms, std::string event, int task) {
    if (event.empty()) return;
    for (std::size_t at; (at = event.find('T')) != std::string::npos;) event.replace(at, 1, std::to_string(task));
    out += std::to_string(ms) + "ms " + event + "\n";
  };
  for (int t = 2; t < count + 2; ++t) put(0, "task_created task=T name=process parent=1", t);
  for (int t = 2; t < count + 2; ++t) {
    put(0, before, t);
    put(0, "request_begin task=T request=T service=1 what=job at=a.cpp:10", t);
    if (takes > 0 && t - 2 >= takes) put(0, "request_end task=T request=T service=1 status=refused", t);
  }
  for (int t = 2; t < count + 2; ++t)
    if (takes == 0 || t - 2 < takes) {
      put(1000, "request_end task=T request=T service=1", t);
      put(1000, after, t);
    }
  return out + "1000ms run_end\n";
}

TEST(UnboundedConcurrency, FiresOnTwentyAtOnceOnAServiceThatTakesFive) {
  const auto j = judge("unbounded-concurrency", crowd(20, 5, " capacity=5"));
  ASSERT_EQ(sentences(j),
            "warning proven unbounded-concurrency: 20 requests to api at once at a.cpp:10, from process-1, process-2, "
            "process-3 and 17 more, with no semaphore or other "
            "limit held; it takes 5, and 15 were refused\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:10");
  EXPECT_EQ(f.tasks.size(), 20u);
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  ASSERT_EQ(f.evidence.size(), 35u);
  EXPECT_EQ(j.trace[f.evidence[0]].a, 21u);  // the twentieth request: the moment of the peak
}

TEST(UnboundedConcurrency, NearlyFiresOnAsManyAsItTakes) {
  EXPECT_EQ(sentences(judge("unbounded-concurrency", crowd(5, 0, " capacity=5"))), "");
  EXPECT_EQ(judge("unbounded-concurrency", crowd(6, 5, " capacity=5")).findings.size(), 1u);
}

TEST(UnboundedConcurrency, SparesALimiterHeldByTheTaskOrAboveIt) {
  EXPECT_EQ(sentences(judge("unbounded-concurrency", crowd(20, 5, " capacity=5", "acquired task=T resource=2"))), "");
  std::string above = crowd(20, 5, " capacity=5");
  above.insert(above.find("0ms task_created task=2"), "0 acquired task=1 resource=2 left=4\n");
  EXPECT_EQ(sentences(judge("unbounded-concurrency", above)), "");
  // A permit that was given back before the request limits nothing; nor does an event one has passed.
  EXPECT_EQ(
      judge("unbounded-concurrency", crowd(20, 5, " capacity=5", "acquired task=T resource=2\n0 released task=T resource=2"))
          .findings.size(),
      1u);
  std::string event = crowd(20, 5, " capacity=5", "acquired task=T resource=2");
  event.replace(event.find("type=semaphore"), 14, "type=event");
  EXPECT_EQ(judge("unbounded-concurrency", event).findings.size(), 1u);
}

TEST(UnboundedConcurrency, SparesOneAfterTheOther) {
  std::string out = "0 resource_created resource=1 type=service capacity=2 name=api\n0 task_created task=1 name=main\n";
  for (int i = 0; i < 20; ++i)
    out += std::to_string(i) + " request_begin task=1 request=" + std::to_string(i + 1) + " service=1\n" +
           std::to_string(i + 1) + " request_end task=1 request=" + std::to_string(i + 1) + " service=1\n";
  EXPECT_EQ(sentences(judge("unbounded-concurrency", out)), "");
  // Refused one by one, seconds apart: each came alone.
  std::string refused = "0 resource_created resource=1 type=service capacity=2 name=api\n";
  for (int i = 0; i < 20; ++i)
    refused += std::to_string(i) + " request_begin task=1 request=" + std::to_string(i + 1) + " service=1\n" +
               std::to_string(i) + " request_end task=1 request=" + std::to_string(i + 1) + " service=1 status=refused\n";
  EXPECT_EQ(sentences(judge("unbounded-concurrency", refused)), "");
}

TEST(UnboundedConcurrency, FiresAsANoteWithoutAStatedCapacity) {
  EXPECT_EQ(sentences(judge("unbounded-concurrency", crowd(6, 0, ""))), "");
  EXPECT_EQ(judge("unbounded-concurrency", crowd(7, 0, "")).findings.at(0).severity, Severity::info);
  EXPECT_EQ(sentences(judge("unbounded-concurrency", crowd(7, 0, " capacity=50"))), "");
  EXPECT_EQ(judge("unbounded-concurrency", crowd(7, 0, ""), {{"unbounded-concurrency.per_service", 10}}).findings.size(), 0u);
}

TEST(UnboundedConcurrency, RecheckWhereAnAcquisitionMayHaveBeenLost) {
  const auto j = judge("unbounded-concurrency", "0 dropped count=40\n" + crowd(20, 5, " capacity=5"));
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
