#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string started = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=child parent=1
0 task_created task=3 name=child parent=1
0 scope_enter task=1 scope=1 type=gather at=a.cpp:9
0 scope_child task=1 scope=1 child=2
0 scope_child task=1 scope=1 child=3
1 task_done task=2 how=raised error=boom
)";
const std::string raised = "1 scope_exit task=1 scope=1 how=raised\n";
const std::string asked = "1 cancel_requested task=3 by=1 why=call at=a.cpp:12\n";
const std::string cleaned = "3 task_done task=3 how=cancelled\n4 task_done task=1\n4 run_end\n";

TEST(OutlivesScope, FiresAndNamesWhoWasNotDoneAndForHowLong) {
  const auto j = judge("outlives-scope", started + raised + asked + cleaned);
  ASSERT_EQ(sentences(j),
            "warning proven outlives-scope: child-2 was not done when the gather at a.cpp:9 raised at 1.000 s: asked to "
            "stop, it ended at 3.000 s, 2.0 s after whoever waited had gone on\n");
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{3}});
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{9, 10, 11}));
}

TEST(OutlivesScope, FiresOnAGatherThatIsCancelled) {
  const auto j = judge(
      "outlives-scope",
      started + "1 cancel_requested task=3 by=1 why=gather scope=1\n1 scope_exit task=1 scope=1 how=cancelled\n" + cleaned);
  EXPECT_NE(j.findings.at(0).sentence.find("the gather at a.cpp:9 was cancelled at 1.000 s"), std::string::npos);
}

TEST(OutlivesScope, SparesWhoWaitsAfterTheRequest) {
  // gather(*tasks, return_exceptions=True) in the handler
  EXPECT_EQ(sentences(judge("outlives-scope", started + raised + asked +
                                                  "1 scope_enter task=1 scope=2 type=gather\n"
                                                  "1 scope_child task=1 scope=2 child=3\n" +
                                                  cleaned)),
            "");
  EXPECT_EQ(sentences(judge("outlives-scope", started + raised + asked + "1 step_end task=1 object=3 waits=task\n" + cleaned)),
            "");
}

TEST(OutlivesScope, SparesThoseThatNobodyAsked) {
  EXPECT_EQ(sentences(judge("outlives-scope", started + raised + cleaned)), "");
  EXPECT_EQ(sentences(judge("outlives-scope", started + raised + "2 cancel_requested task=3 by=1 why=call\n" + cleaned)), "");
}

TEST(OutlivesScope, NearlyFiresWhereItEndsAtOnce) {
  EXPECT_EQ(sentences(judge("outlives-scope", started + raised + asked + "1 task_done task=3 how=cancelled\n2 run_end\n")), "");
  EXPECT_EQ(
      sentences(judge("outlives-scope", started + "3 task_done task=3\n3 scope_exit task=1 scope=1 how=raised\n4 run_end\n")),
      "");
  EXPECT_EQ(
      judge("outlives-scope", started + raised + asked + "1.002 task_done task=3 how=cancelled\n2 run_end\n").findings.size(),
      1u);
}

TEST(OutlivesScope, RecheckWhereTheTraceIsCut) {
  const auto j = judge("outlives-scope", started + raised + asked + "2 log text=x\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
  EXPECT_NE(j.findings[0].sentence.find("asked to stop, it still ran at 2.000 s"), std::string::npos) << j.findings[0].sentence;
  EXPECT_EQ(judge("outlives-scope", "0 dropped count=2\n" + started + raised + asked + cleaned).findings.at(0).confidence,
            Confidence::recheck);
  EXPECT_EQ(judge("outlives-scope", started + raised + asked + "2 dropped count=2\n" + cleaned).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
