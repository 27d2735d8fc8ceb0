#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string start = R"(
0 run_begin
0 resource_created resource=1 type=service name=api
0 resource_created resource=2 type=cell name=cache
0 task_created task=1 name=a
0 task_created task=2 name=b
)";  // 5 events
/// Two tasks that read, ask and store; `second` and `later` change the second one's reading and when it asks.
std::string both(const std::string& version = "0", const std::string& what = "user", const std::string& write = " read=11") {
  return start + R"(
0 cell_read task=1 resource=2 version=0 at=a.cpp:3
0 request_begin task=1 request=1 service=1 what=user at=a.cpp:5
0 cell_read task=2 resource=2 version=)" +
         version + R"( at=a.cpp:3
0 request_begin task=2 request=2 service=1 what=)" +
         what + R"( at=a.cpp:5
1 request_end task=1 request=1 service=1
1 request_end task=2 request=2 service=1
1 cell_write task=1 resource=2 version=1 read=10 at=a.cpp:6
1 cell_write task=2 resource=2 version=2)" +
         write + R"( at=a.cpp:6
1 run_end
)";
}

TEST(CacheStampede, FiresOnTwoThatMissAndEachFetch) {
  const auto j = judge("cache-stampede", both());
  ASSERT_EQ(sentences(j),
            "warning proven cache-stampede: a and b read cache at a.cpp:3 before any of them had filled it, and each asked api "
            "for user at a.cpp:5: 2 requests where one would do\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}}));
  EXPECT_EQ(f.resources, (std::vector<ResourceId>{{2}, {1}}));
  EXPECT_EQ(f.evidence, (std::vector<Seq>{7, 6, 12, 9, 8, 13}));
}

TEST(CacheStampede, NearlyFiresWhereTheSecondReadWhatTheFirstHadStored) {
  EXPECT_EQ(sentences(judge("cache-stampede", both("1"))), "");
  EXPECT_EQ(judge("cache-stampede", both("0")).findings.size(), 1u);
}

TEST(CacheStampede, SparesAnotherQuestionAndAnAnswerThatIsNotStored) {
  EXPECT_EQ(sentences(judge("cache-stampede", both("0", "posts"))), "");
  EXPECT_EQ(sentences(judge("cache-stampede", both("0", "user", ""))), "");
}

TEST(CacheStampede, SparesEqualRequestsWithoutACache) {
  EXPECT_EQ(sentences(judge("cache-stampede", start + R"(
0 request_begin task=1 request=1 service=1 what=job
0 request_begin task=2 request=2 service=1 what=job
1 request_end task=1 request=1 service=1
1 request_end task=2 request=2 service=1
)")),
            "");
}

TEST(CacheStampede, SparesAReadingAfterTheRequest) {
  // The second one fetched first and looked afterwards; what it read then led to no request.
  EXPECT_EQ(sentences(judge("cache-stampede", start + R"(
0 cell_read task=1 resource=2 version=0
0 request_begin task=1 request=1 service=1 what=user
0 request_begin task=2 request=2 service=1 what=user
0 cell_read task=2 resource=2 version=0
1 request_end task=1 request=1 service=1
1 request_end task=2 request=2 service=1
1 cell_write task=1 resource=2 version=1 read=10
1 cell_write task=2 resource=2 version=2 read=11
)")),
            "");
}

TEST(CacheStampede, RecheckWhereEventsWereLost) {
  std::string text = both("0", "user", " read=11");
  text.replace(text.find("1 cell_write task=1"), 0, "1 dropped count=4\n");
  EXPECT_EQ(judge("cache-stampede", text).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
