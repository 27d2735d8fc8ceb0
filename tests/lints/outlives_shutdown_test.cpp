#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string begins = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=flush parent=1
0 step_begin task=2
0 step_end task=2 waits=sleep at=a.cpp:7
1 task_done task=1
)";

TEST(OutlivesShutdown, FiresOnATaskThatStillWaits) {
  const auto j = judge("outlives-shutdown", begins + "2 run_end\n");
  ASSERT_EQ(sentences(j),
            "info proven outlives-shutdown: 1 task had not ended when the loop stopped at 2.000 s: flush; flush had waited "
            "(sleep) for 2.0 s at a.cpp:7, and its clean-up will not run\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:7");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{7, 5}));
}

TEST(OutlivesShutdown, FiresOnceForAll) {
  std::string text = begins;
  for (int i = 3; i < 10; ++i) text += "1 task_created task=" + std::to_string(i) + " name=t\n";
  const auto j = judge("outlives-shutdown", text + "2 run_end how=raised\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(
      j.findings[0].sentence.find("8 tasks had not ended when the loop stopped at 2.000 s: flush, t-1, t-2, t-3 and 4 more;"),
      std::string::npos)
      << j.findings[0].sentence;
}

TEST(OutlivesShutdown, NearlyFiresWhereItEndsJustInTime) {
  EXPECT_EQ(sentences(judge("outlives-shutdown", begins + "2 task_done task=2 how=cancelled\n2 run_end\n")), "");
  EXPECT_NE(sentences(judge("outlives-shutdown", begins + "2 run_end\n")), "");
}

TEST(OutlivesShutdown, RecheckWhereItsEndMayBeAmongLostEvents) {
  EXPECT_EQ(judge("outlives-shutdown", begins + "1 dropped count=1\n2 run_end\n").findings.at(0).confidence,
            Confidence::recheck);
  // Without an end of the run nothing has stopped.
  EXPECT_EQ(sentences(judge("outlives-shutdown", begins + "2 log text=x\n")), "");
}

TEST(OutlivesShutdown, SparesRunsThatWereCutOrHang) {
  for (const char* how : {"hang", "limit", "stopped"})
    EXPECT_EQ(sentences(judge("outlives-shutdown", begins + "2 run_end how=" + how + "\n")), "") << how;
  EXPECT_NE(sentences(judge("outlives-shutdown", begins + "2 run_end how=cancelled\n")), "");
}

TEST(OutlivesShutdown, SparesATraceThatDoesNotEvenShowTheEndOfMain) {
  std::string open = begins;
  open.erase(open.find("1 task_done task=1\n"));
  EXPECT_EQ(sentences(judge("outlives-shutdown", open + "2 run_end\n")), "");
  EXPECT_NE(sentences(judge("outlives-shutdown", open + "2 run_end how=raised\n")), "") << "the loop was stopped under it";
}

TEST(OutlivesShutdown, SparesTasksThatAreReportedAsDestroyed) {
  EXPECT_EQ(
      sentences(judge("outlives-shutdown", begins + "2 diagnosed what=destroyed_pending text=flush object=2\n2 run_end\n")),
      "");
  EXPECT_NE(sentences(judge("outlives-shutdown", begins + "2 diagnosed what=lost_task text=flush object=2\n2 run_end\n")), "");
}

}  // namespace
}  // namespace awaitscope
