#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// Tasks that each hold a permit of a semaphore of `permits` around a request to a service that takes `takes`.
std::string guarded(int permits, int takes, const std::string& before = "") {
  std::string out = "0 run_begin\n0 resource_created resource=1 type=service name=api capacity=" + std::to_string(takes) +
                    "\n0 resource_created resource=2 type=semaphore name=limit at=a.cpp:9 capacity=" + std::to_string(permits) +
                    "\n0 resource_created resource=3 type=lock name=one capacity=1\n0 task_created task=1 name=main\n";
  for (int t = 2; t < 5; ++t) {
    const std::string id = std::to_string(t);
    out += "0 task_created task=" + id + " name=job parent=1\n" + (t == 2 ? before : "") + "0 acquired task=" + id +
           " resource=2\n0 request_begin task=" + id + " request=" + id + " service=1\n0 request_end task=" + id +
           " request=" + id + " service=1" + (t - 2 >= takes && takes ? " status=refused" : "") + "\n0 released task=" + id +
           " resource=2\n";
  }
  return out + "0 run_end\n";
}

TEST(LimitAboveCapacity, FiresOnMorePermitsThanTheServiceTakes) {
  const auto j = judge("limit-above-capacity", guarded(10, 2));
  ASSERT_EQ(sentences(j),
            "info proven limit-above-capacity: limit at a.cpp:9 has 10 permits, and api takes 2 at once; 1 was refused, and "
            "each gave its permit to the next\n");
  EXPECT_EQ(j.findings[0].resources, (std::vector<ResourceId>{{2}, {1}}));
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:9");
}

TEST(LimitAboveCapacity, NearlyFiresOnAsManyAsItTakes) {
  EXPECT_EQ(sentences(judge("limit-above-capacity", guarded(5, 5))), "");
  EXPECT_EQ(sentences(judge("limit-above-capacity", guarded(5, 0))), "");
  EXPECT_EQ(judge("limit-above-capacity", guarded(6, 5)).findings.size(), 1u);
}

TEST(LimitAboveCapacity, SparesWhereATighterLimiterIsHeldToo) {
  std::string text = guarded(10, 2);
  for (std::size_t at = 0; (at = text.find("resource=2\n0 request", at)) != std::string::npos; at += 40)
    text.insert(at + 11, "0 acquired task=" + std::string(1, text[at - 2]) + " resource=3\n");
  EXPECT_EQ(sentences(judge("limit-above-capacity", text)), "");
}

TEST(LimitAboveCapacity, SparesAnUnguardedRequest) {
  EXPECT_EQ(
      sentences(judge("limit-above-capacity",
                      "0 resource_created resource=1 type=service capacity=2\n0 resource_created resource=2 type=semaphore "
                      "capacity=9\n0 acquired task=1 resource=2\n0 released task=1 resource=2\n0 request_begin task=1 "
                      "request=1 service=1\n")),
      "");
}

TEST(LimitAboveCapacity, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("limit-above-capacity", guarded(10, 2, "0 dropped count=2\n")).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
