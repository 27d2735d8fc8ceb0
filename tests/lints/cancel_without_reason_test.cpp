#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string begins = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=job parent=1
0 task_created task=3 name=admin parent=1
)";
const std::string by_owner = "1 cancel_requested task=2 by=1 why=call at=a.cpp:20\n";
const std::string by_admin = "1 cancel_requested task=2 by=3 why=call at=b.cpp:7\n";
const std::string arrives = "1 cancel_delivered task=2 cause=5 at=a.cpp:5\n";
const std::string ends = "1 task_done task=2 how=cancelled\n1 run_end\n";

TEST(CancelWithoutReason, FiresWhereAStrangerCancels) {
  const auto j = judge("cancel-without-reason", begins + by_admin + arrives + ends);
  ASSERT_EQ(sentences(j),
            "info proven cancel-without-reason: admin cancelled job at b.cpp:7 at 1.000 s without a reason; it had not started "
            "that task, whose CancelledError cannot tell who asked or why\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "b.cpp:7");
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{3}, {2}}));
  EXPECT_EQ(f.evidence, (std::vector<Seq>{5, 6}));
}

TEST(CancelWithoutReason, FiresWhereSeveralCancelOneTask) {
  const auto j = judge("cancel-without-reason",
                       begins + by_owner + "1 cancel_requested task=2 by=1 why=call at=a.cpp:25\n" + arrives + ends);
  ASSERT_EQ(j.findings.size(), 2u);
  EXPECT_NE(
      j.findings[0].sentence.find("main cancelled job at a.cpp:20 at 1.000 s without a reason; others cancel that task too"),
      std::string::npos)
      << j.findings[0].sentence;
  EXPECT_EQ(
      judge("cancel-without-reason", begins + by_owner + "1 cancel_requested task=2 why=timeout scope=1\n" + arrives + ends)
          .findings.size(),
      1u);
}

TEST(CancelWithoutReason, FiresOnceForAPlace) {
  std::string text = begins;
  for (int i = 10; i < 15; ++i)
    text += "0 task_created task=" + std::to_string(i) + " name=t\n1 cancel_requested task=" + std::to_string(i) +
            " by=3 at=b.cpp:7\n1 cancel_delivered task=" + std::to_string(i) + "\n";
  const auto j = judge("cancel-without-reason", text);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find(", and 4 other tasks there"), std::string::npos) << j.findings[0].sentence;
}

TEST(CancelWithoutReason, NearlyFiresWhereAMessageSaysWhy) {
  std::string told = by_admin;
  told.insert(told.size() - 1, " message=\"shutting down\"");
  EXPECT_EQ(sentences(judge("cancel-without-reason", begins + told + arrives + ends)), "");
  EXPECT_NE(sentences(judge("cancel-without-reason", begins + by_admin + arrives + ends)), "");
}

TEST(CancelWithoutReason, RecheckWhereEventsWereLost) {
  EXPECT_EQ(
      judge("cancel-without-reason", begins + by_admin + "1 dropped count=1\n" + arrives + ends).findings.at(0).confidence,
      Confidence::recheck);
  // Nobody has the error yet: a trace that is cut here has nothing to tell.
  EXPECT_EQ(sentences(judge("cancel-without-reason", begins + by_admin)), "");
}

TEST(CancelWithoutReason, SparesWhoStopsWhatItHasStarted) {
  EXPECT_EQ(sentences(judge("cancel-without-reason", begins + by_owner + arrives + ends)), "");
  EXPECT_EQ(sentences(judge("cancel-without-reason", begins + by_owner + by_owner + arrives + ends)), "") << "one place, twice";
}

TEST(CancelWithoutReason, SparesThoseThatSayThemselvesWhoTheyAre) {
  for (const char* why : {"timeout scope=1", "sibling_failed", "group_exit", "shutdown", "gather", "parent"})
    EXPECT_EQ(
        sentences(judge("cancel-without-reason", begins + "1 cancel_requested task=2 why=" + why + "\n" + arrives + ends)), "")
        << why;
  EXPECT_EQ(sentences(judge("cancel-without-reason", begins + "1 cancel_requested task=2 by=2 why=call\n" + arrives + ends)),
            "")
      << "of itself";
}

}  // namespace
}  // namespace awaitscope
