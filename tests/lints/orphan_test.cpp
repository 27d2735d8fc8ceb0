#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string started = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=handler parent=1
0 task_created task=3 name=helper parent=2 at=a.cpp:5
)";
const std::string cancelled = "1 task_done task=2 how=cancelled\n";
const std::string ends = "3 task_done task=3\n4 task_done task=1\n4 run_end\n";

TEST(Orphan, FiresSecondsPastItsOwner) {
  const auto j = judge("orphan", started + cancelled + ends);
  ASSERT_EQ(sentences(j),
            "warning proven orphan: task helper, which handler had started at a.cpp:5 outside of any group, ran on for 2.0 s "
            "after handler was cancelled at 1.000 s; nobody owned it when it came to its end\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:5");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{3}, {2}}));
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{5, 4, 6}));
}

TEST(Orphan, FiresWhereOnlyTheProgramsEndStopsIt) {
  const auto j = judge("orphan", started + cancelled +
                                     "2 task_done task=1\n2 cancel_requested task=3 why=shutdown\n"
                                     "2 task_done task=3 how=cancelled\n2 run_end\n");
  EXPECT_NE(j.findings.at(0).sentence.find("ran on for 1.0 s"), std::string::npos);
  EXPECT_NE(j.findings.at(0).sentence.find("was cut by the program's end"), std::string::npos);
  // What main has started is cut when main returns: it has had its owner all the time.
  EXPECT_EQ(sentences(judge("orphan",
                            "0 task_created task=1 name=main\n0 task_created task=2 name=ticker parent=1\n1 task_done task=1\n"
                            "1 cancel_requested task=2 why=shutdown\n2 task_done task=2 how=cancelled\n2 run_end\n")),
            "");
}

TEST(Orphan, SparesWhoIsWaitedFor) {
  EXPECT_EQ(sentences(judge("orphan", started + cancelled + "1 step_end task=1 object=3 waits=task\n" + ends)), "");
  EXPECT_EQ(sentences(judge("orphan", started + "0 step_end task=1 object=3 waits=task\n" + cancelled + ends)), "");
  EXPECT_EQ(sentences(judge("orphan", started + cancelled + "3 task_done task=3\n4 result_retrieved task=1 of=3\n4 run_end\n")),
            "");
  EXPECT_EQ(
      sentences(judge("orphan", started + cancelled +
                                    "2 scope_enter task=1 scope=1 type=wait\n2 scope_child task=1 scope=1 child=3\n" + ends)),
      "");
}

TEST(Orphan, SparesWhoIsStoppedByHand) {
  // connect() starts a reader and returns; close() stops it.
  EXPECT_EQ(sentences(judge("orphan", started + "1 task_done task=2\n2 cancel_requested task=3 by=1 why=call\n" + ends)), "");
  // But a timeout of its own is its own affair.
  EXPECT_EQ(
      judge("orphan", started + cancelled +
                          "1 scope_enter task=3 scope=1 type=timeout\n2 cancel_requested task=3 scope=1 why=timeout\n" + ends)
          .findings.size(),
      1u);
}

TEST(Orphan, SparesAGroupsTask) {
  std::string owned = started;
  owned.replace(owned.find("parent=2 at"), 11, "parent=2 scope=1 at");
  EXPECT_EQ(sentences(judge("orphan", owned + cancelled + ends)), "");
}

TEST(Orphan, NearlyFiresWhereItEndsFirstOrAtOnce) {
  EXPECT_EQ(sentences(judge("orphan", started + "1 task_done task=3\n2 task_done task=2\n2 run_end\n")), "");
  EXPECT_EQ(sentences(judge("orphan", started + cancelled + "1 task_done task=3\n2 run_end\n")), "");
  EXPECT_EQ(sentences(judge("orphan", started + cancelled + "1.001 task_done task=3\n2 run_end\n")), "");
  EXPECT_EQ(judge("orphan", started + cancelled + "1.002 task_done task=3\n2 run_end\n").findings.size(), 1u);
}

TEST(Orphan, FiresAsANoteWhereTheHandleIsDropped) {
  const auto j =
      judge("orphan", started + "0.5 handle_dropped task=2 of=3\n2 task_done task=3\n3 task_done task=2\n3 run_end\n");
  EXPECT_EQ(
      sentences(j),
      "info proven orphan: the last handle of task helper was dropped at 0.500 s; only the loop knew of it when it came to "
      "its end, 1.5 s later\n");
}

TEST(Orphan, RecheckWhereTheTraceIsCut) {
  const auto j = judge("orphan", started + cancelled + "2 log text=x\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
  EXPECT_NE(j.findings[0].sentence.find("nobody owned it when it was still running"), std::string::npos);
  EXPECT_EQ(judge("orphan", "0 dropped count=3\n" + started + cancelled + ends).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(sentences(judge("orphan", started)), "");
  EXPECT_EQ(judge("orphan", started + cancelled + "2 dropped count=3\n" + ends).findings.at(0).confidence, Confidence::recheck)
      << "who waited for it may be among the lost";
}

}  // namespace
}  // namespace awaitscope
