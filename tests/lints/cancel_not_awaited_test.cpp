#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string started = R"(
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 name=child parent=1
0 task_created task=3 name=child parent=1
)";
const std::string asks =
    "1 cancel_requested task=2 by=1 why=call at=a.cpp:12\n1 cancel_requested task=3 by=1 why=call at=a.cpp:12\n";
const std::string end = "2 task_done task=2 how=cancelled\n3 task_done task=3 how=cancelled\n4 task_done task=1\n4 run_end\n";

TEST(CancelNotAwaited, FiresOnceForTheRequestsOfOneLoop) {
  const auto j = judge("cancel-not-awaited", started + asks + end);
  ASSERT_EQ(sentences(j),
            "warning proven cancel-not-awaited: main asked child-1 and child-2 to stop at a.cpp:12 at 1.000 s and waited for "
            "none of them: the last one ended 2.0 s later\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}, {3}}));
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{5, 7, 6, 8}));
}

TEST(CancelNotAwaited, NearlyFiresWhereEachIsAwaited) {
  EXPECT_EQ(
      sentences(judge("cancel-not-awaited", started + asks +
                                                "1 step_end task=1 object=2 waits=task\n2 task_done task=2 how=cancelled\n"
                                                "2 step_begin task=1\n2 step_end task=1 object=3 waits=task\n" +
                                                end)),
      "");
  // One of the two is forgotten.
  const auto one =
      judge("cancel-not-awaited", started + asks + "1 step_end task=1 object=2 waits=task\n2 step_begin task=1\n" + end);
  EXPECT_NE(one.findings.at(0).sentence.find("asked child-2 to stop at a.cpp:12 at 1.000 s and waited for nothing: it ended"),
            std::string::npos)
      << one.findings[0].sentence;
}

TEST(CancelNotAwaited, SparesThoseThatAnybodyWaitsFor) {
  EXPECT_EQ(sentences(judge("cancel-not-awaited", started +
                                                      "0 scope_enter task=1 scope=1 type=wait\n"
                                                      "1 cancel_requested task=3 by=2 why=call\n"
                                                      "1 scope_child task=1 scope=1 child=3\n" +
                                                      end)),
            "");
  // A group owns it, and waits.
  EXPECT_EQ(sentences(judge("cancel-not-awaited", R"(
0 task_created task=1 name=main
0 scope_enter task=1 scope=1 type=group
0 task_created task=2 name=child parent=1 scope=1
1 cancel_requested task=2 by=1 why=call
3 task_done task=2 how=cancelled
3 scope_exit task=1 scope=1
)")),
            "");
  // The waiter was there before.
  EXPECT_EQ(sentences(judge("cancel-not-awaited", started + "0 step_end task=1 object=3 waits=task\n"
                                                            "1 cancel_requested task=3 by=2 why=call\n"
                                                            "3 task_done task=3 how=cancelled\n3 step_begin task=1\n")),
            "");
}

TEST(CancelNotAwaited, SparesRequestsNotMadeByHandAndTasksThatEndAtOnce) {
  std::string timeout = started + asks + end;
  for (std::size_t at; (at = timeout.find("why=call")) != std::string::npos;) timeout.replace(at, 8, "why=timeout");
  EXPECT_EQ(sentences(judge("cancel-not-awaited", timeout)), "");
  EXPECT_EQ(
      sentences(judge("cancel-not-awaited",
                      started + "1 cancel_requested task=2 by=1 why=call\n1 task_done task=2 how=cancelled\n4 run_end\n")),
      "");
  EXPECT_EQ(sentences(judge("cancel-not-awaited", started + "1 cancel_requested task=2 by=2 why=call\n" + end)), "");
}

TEST(CancelNotAwaited, RecheckWhereTheTraceIsCut) {
  const auto j = judge("cancel-not-awaited", started + asks + "2 log text=x\n");
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
  EXPECT_NE(j.findings[0].sentence.find("still running 1.0 s later"), std::string::npos) << j.findings[0].sentence;
  EXPECT_EQ(judge("cancel-not-awaited", "0 dropped count=2\n" + started + asks + end).findings.at(0).confidence,
            Confidence::recheck);
  // Both have ended, and main may still be about to wait.
  const std::string both = "2 task_done task=2 how=cancelled\n3 task_done task=3 how=cancelled\n";
  EXPECT_EQ(judge("cancel-not-awaited", started + asks + both + "3 log text=x\n").findings.at(0).confidence,
            Confidence::recheck);
  EXPECT_EQ(judge("cancel-not-awaited", started + asks + both + "3 task_done task=1\n").findings.at(0).confidence,
            Confidence::proven);
}

}  // namespace
}  // namespace awaitscope
