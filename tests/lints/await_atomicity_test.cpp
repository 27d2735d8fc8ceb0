#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string two = R"(
0 run_begin
0 resource_created resource=1 type=cell name=counter
0 resource_created resource=2 type=cell name=other
0 task_created task=1 name=a
0 task_created task=2 name=b
)";  // five events

TEST(AwaitAtomicity, FiresWhereAnotherWroteBetweenReadAndWrite) {
  const auto j = judge("await-atomicity", two + R"(
0 cell_read task=1 resource=1 version=0 at=a.cpp:3
1 cell_write task=2 resource=1 version=1 at=a.cpp:9
1 cell_write task=1 resource=1 version=2 read=6 at=a.cpp:5
2 run_end
)");
  ASSERT_EQ(sentences(j),
            "warning proven await-atomicity: task a read counter at a.cpp:3, waited, and wrote at a.cpp:5 what it had made of "
            "that; b had written at a.cpp:9 meanwhile, which is lost\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:5");
  EXPECT_EQ(f.evidence, (std::vector<Seq>{8, 7, 6}));
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{1}, {2}}));
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.end, Instant{1000000000});
}

TEST(AwaitAtomicity, FiresOnceForManyFromOnePlace) {
  std::string text = two;
  for (int i = 0; i < 10; ++i) text += "0 cell_read task=" + std::to_string(i + 1) + " resource=1 at=a.cpp:3\n";
  for (int i = 0; i < 10; ++i)
    text += "1 cell_write task=" + std::to_string(i + 1) + " resource=1 version=" + std::to_string(i + 1) +
            " read=" + std::to_string(6 + i) + " at=a.cpp:5\n";
  const auto j = judge("await-atomicity", text + "1 run_end\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("; 8 more such writes followed"), std::string::npos) << j.findings[0].sentence;
  EXPECT_EQ(j.findings[0].tasks.size(), 10u);
}

TEST(AwaitAtomicity, SparesWhatIsReadAgainAfterTheAwait) {
  EXPECT_EQ(sentences(judge("await-atomicity", two + R"(
0 cell_read task=1 resource=1 version=0
1 cell_write task=2 resource=1 version=1
1 cell_read task=1 resource=1 version=1
1 cell_write task=1 resource=1 version=2 read=8
)")),
            "");
}

TEST(AwaitAtomicity, NearlyFiresWithoutAnothersWriteOfTheSameCellInBetween) {
  // Its own write, one of another cell, one before the read.
  EXPECT_EQ(sentences(judge("await-atomicity", two + R"(
0 cell_write task=2 resource=1 version=1
0 cell_read task=1 resource=1 version=1
0 cell_write task=1 resource=1 version=2 read=7
1 cell_write task=2 resource=2 version=1
1 cell_write task=1 resource=1 version=3 read=7
)")),
            "");
  // Its own last write hides nobody's.
  EXPECT_EQ(judge("await-atomicity", two + R"(
0 cell_read task=1 resource=1
0 cell_write task=2 resource=1 version=1
1 cell_write task=1 resource=1 version=2
1 cell_write task=1 resource=1 version=3 read=6
)")
                .findings.size(),
            1u);
}

TEST(AwaitAtomicity, SparesAValueThatCameFromElsewhere) {
  EXPECT_EQ(sentences(judge("await-atomicity", two + R"(
0 cell_read task=1 resource=1
0 request_begin task=1 request=1 service=3
1 cell_write task=2 resource=1 version=1
1 request_end task=1 request=1 service=3
1 cell_write task=1 resource=1 version=2 read=9
1 cell_read task=1 resource=2
2 cell_write task=2 resource=1 version=3
2 cell_write task=1 resource=1 version=4 read=11
2 cell_write task=1 resource=1 version=5
)")),
            "");
}

TEST(AwaitAtomicity, RecheckWhereEventsWereLost) {
  const auto j = judge("await-atomicity", "0 dropped count=3\n" + two + R"(
0 cell_read task=1 resource=1
1 cell_write task=2 resource=1 version=1
1 cell_write task=1 resource=1 version=2 read=7
)");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
  // Cut at the front: a write that rests on a reading that the trace does not hold says nothing.
  EXPECT_EQ(sentences(judge("await-atomicity",
                            "0 cell_write task=2 resource=1 version=8\n0 cell_write task=1 resource=1 "
                            "version=9\n")),
            "");
}

}  // namespace
}  // namespace awaitscope
