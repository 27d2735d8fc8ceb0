#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string asked = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=report parent=1
1 task_done task=1
1 cancel_requested task=2 why=shutdown
1 cancel_delivered task=2 cause=5 at=a.cpp:7
)";

TEST(ShutdownBlocked, FiresAndSaysHowLongAndWhy) {
  const auto j = judge("shutdown-blocked", asked + "1 cancel_swallowed task=2 cause=6\n4 task_done task=2\n4 run_end\n");
  ASSERT_EQ(sentences(j),
            "warning proven shutdown-blocked: task report held up the program's end: asked to stop at 1.000 s, it ended 3.0 s "
            "later; it swallowed the request at a.cpp:7\n");
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{5, 6, 8}));
}

TEST(ShutdownBlocked, FiresOnALongCleanUp) {
  const auto j = judge("shutdown-blocked", asked + "4 task_done task=2 how=cancelled\n4 run_end\n");
  EXPECT_NE(j.findings.at(0).sentence.find("it cleaned up after the request reached it at a.cpp:7"), std::string::npos);
}

TEST(ShutdownBlocked, NearlyFiresOnAShortCleanUp) {
  EXPECT_EQ(sentences(judge("shutdown-blocked", asked + "2 task_done task=2 how=cancelled\n2 run_end\n")), "");
  EXPECT_EQ(judge("shutdown-blocked", asked + "2.1 task_done task=2 how=cancelled\n2.1 run_end\n").findings.size(), 1u);
  EXPECT_EQ(
      judge("shutdown-blocked", asked + "2 task_done task=2 how=cancelled\n2 run_end\n", {{"shutdown-blocked.limit_s", 0.5}})
          .findings.size(),
      1u);
}

TEST(ShutdownBlocked, SparesOtherRequests) {
  std::string by_hand = asked;
  by_hand.replace(by_hand.find("why=shutdown"), 12, "by=1 why=call");
  EXPECT_EQ(sentences(judge("shutdown-blocked", by_hand + "4 task_done task=2 how=cancelled\n4 run_end\n")), "");
}

TEST(ShutdownBlocked, FiresOnAnEndThatNeverComes) {
  const auto hang = judge("shutdown-blocked", asked + "1 step_end task=2 waits=event\n9 run_end how=hang\n");
  ASSERT_EQ(hang.findings.size(), 1u);
  EXPECT_EQ(hang.findings[0].confidence, Confidence::proven);
  EXPECT_NE(hang.findings[0].sentence.find("it still ran 8.0 s later"), std::string::npos) << hang.findings[0].sentence;
}

TEST(ShutdownBlocked, RecheckWhereTheTraceIsCut) {
  EXPECT_EQ(judge("shutdown-blocked", asked + "4 log text=x\n").findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(
      judge("shutdown-blocked", "0 dropped count=4\n" + asked + "4 task_done task=2\n4 run_end\n").findings.at(0).confidence,
      Confidence::recheck);
  EXPECT_EQ(judge("shutdown-blocked", asked + "2 dropped count=4\n4 task_done task=2\n4 run_end\n").findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
