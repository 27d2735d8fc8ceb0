#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string started = R"(
0 run_begin
0 task_created task=1 name=main
0 scope_enter task=1 scope=1 type=gather at=a.cpp:9
0 task_created task=2 name=fetch parent=1 scope=1
0 task_created task=3 name=fetch parent=1 scope=1
0 request_begin task=3 request=1 service=1
)";
const std::string fails =
    "1 task_done task=2 how=raised error=boom\n1 scope_exit task=1 scope=1 how=raised\n1 step_begin task=1\n";
const std::string goes_on = "3 request_end task=3 request=1 service=1\n3 task_done task=3\n4 task_done task=1\n4 run_end\n";

TEST(SiblingsLeftRunning, FiresAndSaysWhoRanOnForHowLong) {
  const auto j = judge("siblings-left-running", started + fails + goes_on);
  ASSERT_EQ(sentences(j),
            "warning proven siblings-left-running: the gather at a.cpp:9 raised at 1.000 s (fetch-1: boom) and left 1 sibling "
            "running: fetch-2 until 3.000 s; 2.0 s of their time and 1 request were for nobody\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:9");
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{3}});
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{8, 11}));
}

TEST(SiblingsLeftRunning, FiresAndCountsRequestsThatAreBegunAfterTheFailure) {
  const auto j = judge("siblings-left-running",
                       started + fails +
                           "3 request_end task=3 request=1 service=1\n3 request_begin task=3 request=2 service=1\n"
                           "4 request_end task=3 request=2 service=1\n4 task_done task=3\n4 run_end\n");
  EXPECT_NE(j.findings.at(0).sentence.find("2 requests, 1 of them begun since, were for nobody"), std::string::npos);
}

TEST(SiblingsLeftRunning, FiresOnTasksThatWereHandedToGather) {
  const std::string handed = R"(
0 task_created task=1 name=main
0 task_created task=2 name=a parent=1
0 task_created task=3 name=b parent=1
0 scope_enter task=1 scope=1 type=gather at=a.cpp:9
0 scope_child task=1 scope=1 child=2
0 scope_child task=1 scope=1 child=3
)";
  EXPECT_EQ(judge("siblings-left-running", handed + fails + goes_on).findings.size(), 1u);
}

TEST(SiblingsLeftRunning, NearlyFiresWhereTheyWereAskedToStopAtOnce) {
  EXPECT_EQ(sentences(judge("siblings-left-running", started + fails + "1 cancel_requested task=3 by=1\n" + goes_on)), "");
  // Asked at last, a second later.
  const auto late = judge("siblings-left-running", started + fails + "2 cancel_requested task=3 by=1\n" + goes_on);
  EXPECT_NE(late.findings.at(0).sentence.find("fetch-2 was stopped at 2.000 s"), std::string::npos);
}

TEST(SiblingsLeftRunning, SparesThoseThatSomebodyWaitsFor) {
  // for t in tasks: await t
  EXPECT_EQ(sentences(judge("siblings-left-running", started + fails + "1 step_end task=1 object=3 waits=task\n" + goes_on)),
            "");
  // wait(tasks) in the handler
  EXPECT_EQ(sentences(judge("siblings-left-running", started + fails +
                                                         "1 scope_enter task=1 scope=2 type=wait\n"
                                                         "1 scope_child task=1 scope=2 child=3\n" +
                                                         goes_on)),
            "");
  // The result is asked for in the end.
  EXPECT_EQ(sentences(judge("siblings-left-running",
                            started + fails + "3 task_done task=3\n4 result_retrieved task=1 of=3\n4 run_end\n")),
            "");
}

TEST(SiblingsLeftRunning, SparesAGroupsTasks) {
  const std::string owned = R"(
0 task_created task=1 name=main
0 scope_enter task=1 scope=2 type=group
0 task_created task=2 name=a parent=1 scope=2
0 task_created task=3 name=b parent=1 scope=2
0 scope_enter task=1 scope=1 type=gather at=a.cpp:9
0 scope_child task=1 scope=1 child=2
0 scope_child task=1 scope=1 child=3
)";
  EXPECT_EQ(sentences(judge("siblings-left-running", owned + fails + goes_on)), "");
}

TEST(SiblingsLeftRunning, SparesOtherEnds) {
  const std::string returned = "1 task_done task=2\n3 task_done task=3\n3 scope_exit task=1 scope=1\n4 run_end\n";
  EXPECT_EQ(sentences(judge("siblings-left-running", started + returned)), "");
  // Both fail in one instant.
  EXPECT_EQ(sentences(judge("siblings-left-running", started + fails + "1 task_done task=3 how=raised\n2 run_end\n")), "");
  // A group raises too, but it has waited.
  std::string group = started;
  group.replace(group.find("type=gather"), 11, "type=group");
  EXPECT_EQ(sentences(judge("siblings-left-running", group + fails + goes_on)), "");
}

TEST(SiblingsLeftRunning, RecheckWhereTheTraceIsCutOrLostEvents) {
  const auto cut = judge("siblings-left-running", started + fails + "2 log text=x\n");
  ASSERT_EQ(cut.findings.size(), 1u);
  EXPECT_EQ(cut.findings[0].confidence, Confidence::recheck);
  EXPECT_NE(cut.findings[0].sentence.find("fetch-2 still at 2.000 s"), std::string::npos) << cut.findings[0].sentence;
  EXPECT_EQ(judge("siblings-left-running", "0 dropped count=5\n" + started + fails + goes_on).findings.at(0).confidence,
            Confidence::recheck);
  EXPECT_EQ(sentences(judge("siblings-left-running", started + "1 task_done task=2 how=raised\n")), "");
  EXPECT_EQ(judge("siblings-left-running", started + fails + "2 dropped count=5\n" + goes_on).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
