#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string two_tasks = R"(
0 task_created task=1 name=main
0 task_created task=2 name=slow parent=1
0 task_created task=3 name=boom parent=1
0 step_begin task=1
)";
const std::string waits_in_line = two_tasks + "0 step_end task=1 object=2 waits=task at=a.cpp:5\n";
const std::string fails = "1 task_done task=3 how=raised error=\"ValueError: no\"\n";
const std::string hears = R"(
5 task_done task=2 how=returned
5 task_ready task=1 why=task
5 step_begin task=1
5 result_retrieved task=1 of=2 at=a.cpp:5
5 result_retrieved task=1 of=3 at=a.cpp:5
5 run_end
)";

std::string said(const std::string& text) { return sentences(judge("late-error", text)); }

TEST(LateError, FiresAndNamesTheFailureTheDelayAndWhatStoodInTheWay) {
  const auto j = judge("late-error", waits_in_line + fails + hears);
  ASSERT_EQ(sentences(j),
            "warning proven late-error: task boom failed at 1.000 s (ValueError: no), and main heard of it only 4.0 s later at "
            "a.cpp:5; until then it waited for task slow at a.cpp:5\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{3}, {1}}));
  EXPECT_EQ(j.findings[0].begin, Instant{1000000000});
  EXPECT_EQ(j.findings[0].end, Instant{5000000000});
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{6, 11, 5}));
}

TEST(LateError, NearlyFiresWhereItIsHeardOfInTime) {
  EXPECT_EQ(said(two_tasks + "0 step_end task=1 object=3 waits=task at=a.cpp:5\n" + fails +
                 "1 task_ready task=1\n1 step_begin task=1\n1 result_retrieved task=1 of=3 at=a.cpp:5\n"),
            "");
  EXPECT_EQ(said(waits_in_line + "4995ms task_done task=3 how=raised\n" + hears), "") << "5 ms";
  EXPECT_EQ(said(waits_in_line + "1 task_done task=3 how=cancelled\n" + hears), "") << "no failure";
  EXPECT_NE(said(waits_in_line + "4990ms task_done task=3 how=raised\n" + hears), "") << "10 ms";
}

TEST(LateError, SparesAGroupOrGatherThatWatchesIt) {
  const std::string watched = "0 scope_enter task=1 scope=1 type=gather\n0 scope_child task=1 scope=1 child=3\n";
  EXPECT_EQ(
      said(two_tasks + watched + "0 step_end task=1 object=1 waits=gather\n" + fails + "1 scope_exit task=1 scope=1\n" + hears),
      "");
  // One that was over before the failure watches nothing any more.
  EXPECT_NE(said(two_tasks + watched + "0 scope_exit task=1 scope=1\n0 step_end task=1 object=2 waits=task\n" + fails + hears),
            "");
}

TEST(LateError, FiresAsANoteOnWhoDoesItsOwnWorkFirst) {
  const auto j = judge("late-error", two_tasks + "0 step_end task=1 waits=sleep at=a.cpp:4\n" + fails + hears);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].severity, Severity::info);
}

TEST(LateError, SparesWhatAnotherHasHeardOf) {
  EXPECT_EQ(said(waits_in_line + fails + "1 result_retrieved task=2 of=3 at=a.cpp:9\n" + hears), "");
}

TEST(LateError, RecheckWhereEventsWereLostAndSilentWhereTheTraceIsCut) {
  EXPECT_EQ(said(waits_in_line + fails), "");
  EXPECT_EQ(judge("late-error", "0 dropped count=3\n" + waits_in_line + fails + hears).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
