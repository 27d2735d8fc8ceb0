#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// A task that was cancelled at 1 s and waits in its clean-up.
const std::string cleaning = R"(
0 task_created task=1 name=main
0 task_created task=2 name=job parent=1
0 resource_created task=2 resource=1 type=connection name=db
0 resource_opened task=2 resource=1 at=a.cpp:3
0 step_begin task=2
0 step_end task=2 waits=sleep at=a.cpp:5
1 cancel_requested task=2 by=1 why=call at=a.cpp:20
1 step_begin task=2
1 cancel_delivered task=2 cause=7 at=a.cpp:5
1 step_end task=2 waits=sleep at=a.cpp:9
)";
const std::string again = R"(
2 cancel_requested task=2 by=1 why=call at=a.cpp:22
2 step_begin task=2
2 cancel_delivered task=2 cause=11 at=a.cpp:9
)";
const std::string ends = "2 task_done task=2 how=cancelled\n2 step_end task=2\n";

TEST(CleanupInterrupted, FiresAndSaysWhoCutOffWhat) {
  const auto j = judge("cleanup-interrupted", cleaning + again + ends);
  EXPECT_EQ(sentences(j),
            "warning proven cleanup-interrupted: task job was cleaning up after its cancel at 1.000 s at a.cpp:9 when another "
            "one, from main at a.cpp:22, cut that off at 2.000 s; db stayed open\n");
  EXPECT_EQ(j.findings.at(0).evidence, (std::vector<Seq>{13, 11, 9, 7}));
}

TEST(CleanupInterrupted, FiresForTheEndOfTheRunAsWell) {
  const auto j = judge("cleanup-interrupted", cleaning +
                                                  "2 cancel_requested task=2 why=shutdown\n2 step_begin task=2\n2 "
                                                  "cancel_delivered task=2 cause=11 at=a.cpp:9\n" +
                                                  ends);
  EXPECT_NE(sentences(j).find("from the end of the run,"), std::string::npos) << sentences(j);
}

TEST(CleanupInterrupted, SparesANewCancelAfterTheErrorWasCaught) {
  EXPECT_EQ(sentences(judge("cleanup-interrupted", cleaning + "1 cancel_swallowed task=2 cause=9\n" +
                                                       "2 cancel_requested task=2 by=1\n2 cancel_delivered task=2 cause=12\n" +
                                                       ends)),
            "");
  EXPECT_EQ(sentences(judge("cleanup-interrupted", cleaning + "1 cancel_caught task=2 cause=9 scope=1\n" +
                                                       "2 cancel_requested task=2 by=1\n2 cancel_delivered task=2 cause=12\n" +
                                                       ends)),
            "");
}

TEST(CleanupInterrupted, NearlyFiresBehindAShield) {
  EXPECT_EQ(sentences(judge(
                "cleanup-interrupted",
                cleaning + "2 cancel_requested task=2 by=1\n2 cancel_shielded task=2 shielded=3 cause=11\n2 step_begin task=2\n"
                           "2 cancel_delivered task=2 cause=11 at=a.cpp:9\n2 step_end task=2 waits=task at=a.cpp:11\n")),
            "");
  EXPECT_EQ(
      judge("cleanup-interrupted",
            cleaning + "2 cancel_requested task=2 by=1\n2 step_begin task=2\n2 cancel_delivered task=2 cause=11 at=a.cpp:9\n"
                       "2 step_end task=2 waits=task at=a.cpp:11\n")
          .findings.size(),
      1u)
      << "without one";
}

TEST(CleanupInterrupted, SparesAGroupThatGoesOnWaitingForItsChildren) {
  std::string waits = cleaning;
  waits.replace(waits.rfind("waits=sleep"), 11, "waits=group");
  EXPECT_EQ(sentences(judge("cleanup-interrupted", waits + again + ends)), "");
}

TEST(CleanupInterrupted, SparesAWaitThatIsTakenUpAgain) {
  std::string waits = cleaning;
  waits.replace(waits.rfind("waits=sleep"), 11, "waits=lock");
  EXPECT_EQ(sentences(judge("cleanup-interrupted", waits + again + "2 step_end task=2 waits=lock at=a.cpp:9\n")), "");
}

TEST(CleanupInterrupted, SparesOneRequestThatTrioDeliversAgain) {
  EXPECT_EQ(sentences(judge("cleanup-interrupted", cleaning + "2 cancel_delivered task=2 cause=7 at=a.cpp:9\n" + ends +
                                                       "3 cancel_requested task=1\n")),
            "");
  EXPECT_EQ(
      sentences(judge("cleanup-interrupted",
                      "0 scope_enter task=2 scope=1 type=cancel_scope\n0 scope_enter task=2 scope=2 type=cancel_scope\n0 "
                      "cancel_requested task=2 scope=2 why=timeout\n0 cancel_delivered task=2 cause=3\n0 cancel_requested "
                      "task=2 scope=1 why=scope\n0 cancel_delivered task=2 cause=5\n0 task_done task=2 how=cancelled\n")),
      "");
}

TEST(CleanupInterrupted, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("cleanup-interrupted", cleaning +
                                             "1 dropped count=2\n2 cancel_requested task=2 by=1\n2 cancel_delivered "
                                             "task=2 cause=12 at=a.cpp:9\n" +
                                             ends)
                .findings.at(0)
                .confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
