#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// Requests to one service: each gives task, attempt and the time at which it begins and at once fails.
struct Try {
  int task, attempt;
  std::string at;
};
std::string story(const std::vector<Try>& tries) {
  std::string out = "0 run_begin\n0 resource_created resource=1 type=service name=api\n";
  for (int task = 1; task <= 3; ++task)
    out += "0 task_created task=" + std::to_string(task) + " name=t" + std::to_string(task) + "\n";
  int request = 0;
  for (const Try& one : tries) {
    const std::string ids = " task=" + std::to_string(one.task) + " request=" + std::to_string(++request) + " service=1";
    out += one.at + " request_begin" + ids + " attempt=" + std::to_string(one.attempt) + " what=job at=a.cpp:4\n";
    out += one.at + " request_end" + ids + " status=failed\n";
  }
  return out + "99 run_end\n";
}

TEST(RetryNoBackoff, FiresOnTriesAtOnce) {
  EXPECT_EQ(sentences(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 2, "0"}, {1, 3, "0.001"}}))),
            "warning proven retry-no-backoff: t1 asked api 3 times at a.cpp:4: each again as soon as it had failed\n");
}

TEST(RetryNoBackoff, FiresOnTheSameWaitEachTime) {
  EXPECT_EQ(sentences(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 2, "1"}, {1, 3, "2"}, {1, 4, "3"}}))),
            "warning proven retry-no-backoff: t1 asked api 4 times at a.cpp:4: after 1.0 s each time, however often it had "
            "failed\n");
  EXPECT_EQ(sentences(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 2, "1"}, {1, 3, "2.1"}}))), "")
      << "two waits may be alike by chance";
}

TEST(RetryNoBackoff, FiresOnACrowdInStep) {
  EXPECT_EQ(sentences(judge("retry-no-backoff",
                            story({{1, 1, "0"}, {2, 1, "0"}, {1, 2, "1"}, {2, 2, "1.004"}, {1, 3, "3"}, {2, 3, "3.001"}}))),
            "warning proven retry-no-backoff: t1 and t2 asked api 6 times at a.cpp:4: all in step, at 1.0 s and 3.0 s\n");
}

TEST(RetryNoBackoff, SparesGrowingAndScatteredWaits) {
  EXPECT_EQ(sentences(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 2, "1"}, {1, 3, "3"}, {1, 4, "7"}}))), "");
  EXPECT_EQ(sentences(judge("retry-no-backoff",
                            story({{1, 1, "0"}, {2, 1, "0"}, {2, 2, "0.7"}, {1, 2, "1"}, {2, 3, "2.2"}, {1, 3, "3"}}))),
            "");
  // Two that meet once are no crowd.
  EXPECT_EQ(sentences(judge("retry-no-backoff",
                            story({{1, 1, "0"}, {2, 1, "0"}, {1, 2, "1"}, {2, 2, "1"}, {2, 3, "2.5"}, {1, 3, "3"}}))),
            "");
}

TEST(RetryNoBackoff, NearlyFiresOnOneRetryAndNewRequests) {
  EXPECT_EQ(sentences(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 2, "0"}}))), "");
  EXPECT_EQ(sentences(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 1, "1"}, {1, 1, "2"}, {1, 1, "3"}, {1, 1, "4"}}))), "");
  EXPECT_EQ(judge("retry-no-backoff", story({{1, 1, "0"}, {1, 2, "0"}, {1, 3, "0"}})).findings.size(), 1u);
}

TEST(RetryNoBackoff, RecheckWhereEventsWereLost) {
  std::string text = story({{1, 1, "0"}, {1, 2, "0"}, {1, 3, "0"}});
  text.insert(text.find("0 request_begin"), "0 dropped count=3\n");
  EXPECT_EQ(judge("retry-no-backoff", text).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
