#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string made =
    "0 run_begin\n0.5 task_created task=1 name=main\n0.5 step_begin task=1\n0.5 step_end task=1 waits=sleep\n"
    "0.5 task_created task=2 name=hash\n";
const std::string runs = "0.5 step_begin task=2\n0.5 block_begin task=2 what=compute at=a.cpp:12\n";

TEST(NeverYielded, FiresForATaskThatIsStillInItsFirstStep) {
  const auto j = judge("never-yielded", made + runs + "2 log task=2 text=x\n");
  ASSERT_EQ(sentences(j),
            "info proven never-yielded: task hash has run for 1.5 s in compute at a.cpp:12 since its first step began at 0.500 "
            "s, and has not given way once\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:12");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.evidence, std::vector<Seq>{6});
  EXPECT_EQ(f.begin, Instant{500'000'000});
  EXPECT_EQ(f.end, Instant{2'000'000'000});
}

TEST(NeverYielded, FiresWhereTheRunWasStoppedInIt) {
  EXPECT_EQ(judge("never-yielded", made + runs + "3 run_end how=stopped\n").findings.size(), 1u);
}

TEST(NeverYielded, NearlyFiresBelowASecond) {
  EXPECT_EQ(sentences(judge("never-yielded", made + runs + "1.499 log task=2 text=x\n")), "");
  EXPECT_EQ(judge("never-yielded", made + runs + "1.5 log task=2 text=x\n").findings.size(), 1u);
  EXPECT_EQ(judge("never-yielded", made + runs + "1.499 log text=x\n", {{"never-yielded.limit_s", 0.9}}).findings.size(), 1u);
}

TEST(NeverYielded, NearlyFiresAfterAStepThatEnded) {
  EXPECT_EQ(sentences(judge("never-yielded", made + "0.5 step_begin task=2\n0.5 step_end task=2 waits=yield\n" + runs +
                                                 "2 log task=2 text=x\n")),
            "");
}

TEST(NeverYielded, RecheckWhereItsBeginningIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("never-yielded", runs + "2 log task=2 text=x\n").findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("never-yielded", "0 dropped count=1\n" + made + runs + "2 log task=2 text=x\n").findings.at(0).confidence,
            Confidence::recheck);
}

TEST(NeverYielded, SparesATaskThatEndsInItsOnlyStep) {
  EXPECT_EQ(sentences(judge("never-yielded", made + runs + "2 task_done task=2\n2 step_end task=2\n4 run_end\n")), "");
}

TEST(NeverYielded, SparesATaskThatWaitsForLong) {
  EXPECT_EQ(sentences(judge("never-yielded", made + "0.5 step_begin task=2\n0.5 step_end task=2 waits=future\n9 run_end\n")),
            "");
}

}  // namespace
}  // namespace awaitscope
