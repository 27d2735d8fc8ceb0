#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string open = R"(
0 run_begin
0 resource_created resource=1 type=breaker name=breaker
0 task_created task=1 name=a
0 task_created task=2 name=b
2 level task=1 resource=1 value=2
8 level task=1 resource=1 value=1 at=a.cpp:3
8 level task=1 resource=1 value=1 waiters=1 at=a.cpp:5
)";
const std::string second = "8 level task=2 resource=1 value=1 waiters=2 at=a.cpp:5\n";
const std::string closed = "9 level task=1 resource=1\n9 run_end\n";

TEST(HalfOpenStampede, FiresAndCountsWhoGotThrough) {
  const auto j = judge("half-open-stampede", open + second + closed);
  EXPECT_EQ(
      sentences(j),
      "warning proven half-open-stampede: breaker let 2 calls through while it was half open at a.cpp:5, from a and b; one "
      "is enough to learn whether the other side is back\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{7, 8}));
}

TEST(HalfOpenStampede, NearlyFiresOnOneProbeInEachStretch) {
  EXPECT_EQ(sentences(judge("half-open-stampede", open + closed)), "");
  EXPECT_EQ(sentences(judge("half-open-stampede",
                            open + "9 level task=1 resource=1 value=2\n14 level task=2 resource=1 value=1\n14 level "
                                   "task=2 resource=1 value=1 waiters=1\n15 level task=2 resource=1\n15 run_end\n")),
            "");
  EXPECT_EQ(sentences(judge("half-open-stampede", open + second + closed, {{"half-open-stampede.probes", 2}})), "");
  EXPECT_EQ(judge("half-open-stampede", open + second + closed).findings.size(), 1u);
}

TEST(HalfOpenStampede, SparesAQueueOfDepthOne) {
  EXPECT_EQ(
      sentences(judge("half-open-stampede",
                      "0 resource_created resource=1 type=queue name=q\n0 level task=1 resource=1 value=1 waiters=1\n0 level "
                      "task=2 resource=1 value=1 waiters=2\n")),
      "");
}

TEST(HalfOpenStampede, RecheckWhereEventsWereLostThoughNotWhereTheStretchIsCut) {
  EXPECT_EQ(judge("half-open-stampede", open + second).findings.at(0).confidence, Confidence::proven)
      << "two were seen, and more would change nothing";
  EXPECT_EQ(judge("half-open-stampede", open + "8 dropped count=1\n" + second + closed).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
