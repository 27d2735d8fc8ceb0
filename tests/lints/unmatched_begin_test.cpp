#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string begins = "0 run_begin\n0 task_created task=1 name=a\n0 task_created task=2 name=b\n";
const std::string imported = "# runtime imported from Chrome JSON\n";

TEST(UnmatchedBegin, FiresOnAStepWithoutAnEnd) {
  const auto j = judge("unmatched-begin", begins + "1 step_begin task=1\n2 step_begin task=2\n3 step_end task=2\n");
  ASSERT_EQ(
      sentences(j),
      "info proven unmatched-begin: 1 begin has no end in the trace: task a began a step at 1.000 s, and task b began one "
      "at 2.000 s, with no end between\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site.line, 0u);
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{4, 5}));
}

TEST(UnmatchedBegin, FiresOnABlockingCallThatOutlivesItsStep) {
  EXPECT_NE(
      sentences(judge("unmatched-begin",
                      begins + "1 step_begin task=1\n1 block_begin task=1 what=read at=a.cpp:4\n2 step_end task=1\n"))
          .find("a blocking call of task a began at 1.000 s at a.cpp:4, and its step ended at 2.000 s, with no end between"),
      std::string::npos);
}

TEST(UnmatchedBegin, FiresOnAWaitAndOnIdling) {
  EXPECT_NE(sentences(judge("unmatched-begin",
                            begins + "0 resource_created resource=1 type=lock name=db\n1 acquire_begin task=1 resource=1\n2 "
                                     "task_done task=1\n"))
                .find("task a got in line for db at 1.000 s, and ended at 2.000 s"),
            std::string::npos);
  EXPECT_NE(sentences(judge("unmatched-begin", begins + "1 idle_begin\n2 idle_begin\n"))
                .find("the loop began to idle at 1.000 s, and once more at 2.000 s"),
            std::string::npos);
}

TEST(UnmatchedBegin, FiresOnceForAll) {
  const auto j = judge("unmatched-begin", begins + "1 step_begin task=1\n2 step_begin task=1\n3 step_begin task=1\n");
  EXPECT_EQ(sentences(j),
            "info proven unmatched-begin: 2 begins have no end in the trace: task a began a step at 1.000 s, and it began one "
            "at 2.000 s, with no end between\n");
}

TEST(UnmatchedBegin, NearlyFiresAtTheEndOfTheTrace) {
  // What the end of the trace cuts may have ended later.
  const std::string open =
      begins + "1 step_begin task=1\n1 block_begin task=1\n1 acquire_begin task=1 resource=1\n1 idle_begin\n";
  EXPECT_EQ(sentences(judge("unmatched-begin", open)), "");
  EXPECT_EQ(sentences(judge("unmatched-begin", open + "9 run_end how=hang\n")), "");
  EXPECT_NE(sentences(judge("unmatched-begin", open + "2 step_begin task=2\n")), "");
}

TEST(UnmatchedBegin, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("unmatched-begin", begins + "1 step_begin task=1\n1 dropped count=5\n2 step_begin task=2\n")
                .findings.at(0)
                .confidence,
            Confidence::recheck);
}

TEST(UnmatchedBegin, SparesPairs) {
  EXPECT_EQ(sentences(judge("unmatched-begin",
                            begins + "0 step_begin task=1\n0 block_begin task=1\n0 block_begin task=1\n1 block_end task=1\n1 "
                                     "block_end task=1\n1 acquire_begin task=1 resource=1\n1 step_end task=1\n1 idle_begin\n2 "
                                     "idle_end\n2 idle_begin\n3 idle_end\n3 acquire_abandoned task=1 resource=1\n3 step_begin "
                                     "task=1\n3 task_done task=1\n3 step_end task=1\n3 step_begin task=2\n")),
            "");
}

TEST(UnmatchedBegin, SparesThreadsWhoseStepsOverlap) {
  const std::string overlap = begins + "1 step_begin task=1\n2 step_begin task=2\n3 step_end task=1\n4 task_done task=2\n";
  EXPECT_EQ(sentences(judge("unmatched-begin", imported + overlap)), "");
  EXPECT_NE(sentences(judge("unmatched-begin", overlap)), "");
  EXPECT_NE(sentences(judge("unmatched-begin", imported + begins + "1 step_begin task=1\n2 step_begin task=1\n")), "");
  // A slice that sticks out of the one around it.
  EXPECT_EQ(sentences(judge(
                "unmatched-begin",
                imported + begins + "1 step_begin task=1\n1 block_begin task=1\n2 step_end task=1\n3 block_end task=1\n")),
            "");
}

}  // namespace
}  // namespace awaitscope
