#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string rule = "errors-discarded";
const std::string three = R"(
0 task_created task=1 name=main
0 task_created task=2 name=a parent=1
0 task_created task=3 name=b parent=1
1 task_done task=2 how=raised error="ValueError: no"
1 task_done task=3 how=raised error=Boom
1 step_begin task=1
)";
const std::string filtered = R"(
1 outcome_used task=1 of=2 as=is_exception at=a.cpp:7
1 outcome_used task=1 of=2 as=dropped at=a.cpp:7
1 outcome_used task=1 of=3 as=is_exception at=a.cpp:7
1 outcome_used task=1 of=3 as=dropped at=a.cpp:7
)";
const std::string end = "2 step_end task=1\n2 run_end\n";

TEST(ErrorsDiscarded, FiresAndCountsWhatAFilterLeftOut) {
  const auto j = judge(rule, three + filtered + end);
  ASSERT_EQ(
      sentences(j),
      "warning proven errors-discarded: 2 failed, 0 reported: main leaves out a (ValueError: no) and b (Boom) at a.cpp:7, "
      "and nobody has looked at those errors\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}, {3}}));
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{8, 10}));
}

TEST(ErrorsDiscarded, NearlyFiresWhereTheyAreCountedOrReadAfterwards) {
  // Asked and counted, nothing dropped.
  EXPECT_EQ(sentences(judge(rule, three + "1 outcome_used task=1 of=2 as=is_exception\n" + end)), "");
  const std::string read = "2 outcome_used task=1 of=2 as=error\n2 outcome_used task=1 of=3 as=error\n";
  EXPECT_EQ(sentences(judge(rule, three + filtered + read + end)), "");
  const std::string one = "2 outcome_used task=1 of=2 as=error\n";
  EXPECT_EQ(judge(rule, three + filtered + one + end).findings.size(), 1u) << "the other is lost";
}

const std::string answered = R"(
0 resource_created resource=1 type=service name=api
0 task_created task=1 name=main
0 step_begin task=1
0 request_begin task=1 request=1 service=1 what=page
1 request_end task=1 request=1 service=1 status=failed
)";

TEST(ErrorsDiscarded, FiresOnABodyReadWithoutALookAtTheStatus) {
  const auto j = judge(rule, answered + "1 outcome_used task=1 request=1 as=body at=a.cpp:4\n" + end);
  ASSERT_EQ(sentences(j),
            "warning proven errors-discarded: 1 failed, 0 reported: main reads the body of the answer to page at a.cpp:4 "
            "without a look at its status\n");
  EXPECT_EQ(j.findings[0].resources, std::vector<ResourceId>{{1}});
}

TEST(ErrorsDiscarded, SparesWhoLooksAtTheStatusBeforeTheBody) {
  EXPECT_EQ(sentences(judge(rule, answered +
                                      "1 outcome_used task=1 request=1 as=status\n1 outcome_used task=1 request=1 "
                                      "as=body\n" +
                                      end)),
            "");
}

TEST(ErrorsDiscarded, RecheckWhereTheTraceIsCut) {
  EXPECT_EQ(judge(rule, three + filtered).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
