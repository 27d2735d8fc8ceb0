#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string rule = "cancelled-counted-as-success";
const std::string three = R"(
0 task_created task=1 name=main
0 task_created task=2 name=a parent=1
0 task_created task=3 name=b parent=1
0 task_created task=4 name=c parent=1
1 task_done task=2 how=returned
1 task_done task=3 how=raised error="ValueError: no"
1 task_done task=4 how=cancelled
1 step_begin task=1
)";
const std::string asked = R"(
1 outcome_used task=1 of=2 as=is_exception at=a.cpp:7
1 outcome_used task=1 of=3 as=is_exception at=a.cpp:7
1 outcome_used task=1 of=4 as=is_exception at=a.cpp:7
)";
const std::string end = "1 step_end task=1\n1 run_end\n";

TEST(CancelledCountedAsSuccess, FiresAndNamesTheCancelledTaskAndTheQuestion) {
  const auto j = judge(rule, three + asked + end);
  ASSERT_EQ(sentences(j),
            "warning proven cancelled-counted-as-success: c was cancelled, and main asks of it only whether it is an Exception "
            "at a.cpp:7; a CancelledError is none, so it passes for a success\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{4}, {1}}));
  EXPECT_EQ(j.findings[0].evidence, std::vector<Seq>{11});
}

TEST(CancelledCountedAsSuccess, NearlyFiresWhereNobodyWasCancelled) {
  EXPECT_EQ(
      sentences(judge(
          rule, three + "1 outcome_used task=1 of=2 as=is_exception\n1 outcome_used task=1 of=3 as=is_exception\n" + end)),
      "");
  EXPECT_EQ(judge(rule, three + asked + end).findings.size(), 1u) << "the third was";
}

TEST(CancelledCountedAsSuccess, SparesWhereAnyQuestionTellsACancel) {
  for (const char* use : {"is_cancelled", "is_ok", "error"}) {
    const std::string told = std::string("1 outcome_used task=1 of=4 as=") + use + " at=a.cpp:8\n";
    EXPECT_EQ(sentences(judge(rule, three + asked + told + end)), "") << use << " afterwards";
    EXPECT_EQ(sentences(judge(rule, three + told + asked + end)), "") << use << " before";
  }
}

TEST(CancelledCountedAsSuccess, RecheckWhereTheOtherQuestionMayStillCome) {
  EXPECT_EQ(judge(rule, three + asked).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge(rule, "0 dropped count=1\n" + three + asked + end).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
