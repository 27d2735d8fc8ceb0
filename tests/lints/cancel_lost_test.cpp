#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// A client in the wait_for of Python 3.11: its task waits for the wait_for itself.
std::string waits(const std::string& how, const std::string& type = "wait_for") {
  return R"(
0 task_created task=1 name=main
0 task_created task=2 name=client parent=1
0 step_begin task=2
0 scope_enter task=2 scope=1 deadline=10 type=)" +
         type + R"( at=a.cpp:5
0 step_end task=2 )" +
         how + R"( at=a.cpp:5
1 cancel_requested task=2 by=1 why=call at=a.cpp:20
1 task_ready task=2 why=cancel
1 step_begin task=2
1 cancel_delivered task=2 cause=6 at=a.cpp:5
)";
}
const std::string lost =
    "1 cancel_swallowed task=2 cause=9\n1 scope_exit task=2 scope=1\n1 step_end task=2 waits=sleep at=a.cpp:9\n"
    "3 step_begin task=2\n3 task_done task=2\n3 step_end task=2\n4 run_end\n";

TEST(CancelLost, FiresWhereTheOldWaitForTookTheResult) {
  const auto j = judge("cancel-lost", waits("waits=scope object=1") + lost);
  EXPECT_EQ(
      sentences(j),
      "error proven cancel-lost: task client was asked to stop by main at a.cpp:20 at 1.000 s, in the moment in which its "
      "wait_for at a.cpp:5 had a result; wait_for returned that, the request was lost, and the task went on for 2.0 s and "
      "returned as if nothing had been asked\n");
  EXPECT_EQ(j.findings.at(0).evidence, (std::vector<Seq>{10, 9, 6, 4}));
  EXPECT_EQ(sentences(judge("cancel-swallowed", waits("waits=scope object=1") + lost)), "");
}

TEST(CancelLost, SparesWhatTheProgramSwallows) {
  for (const std::string& trace :
       {waits("waits=future") + lost, waits("waits=sleep") + lost, waits("waits=scope object=1", "wait") + lost}) {
    EXPECT_EQ(sentences(judge("cancel-lost", trace)), "");
    EXPECT_EQ(judge("cancel-swallowed", trace).findings.size(), 1u);
  }
}

TEST(CancelLost, NearlyFiresWhereTheWaitForHandsTheCancelOn) {
  // It waits for what it cancelled, and raises; a handler above catches that.
  const std::string later =
      "1 step_end task=2 waits=scope object=1 at=a.cpp:5\n2 step_begin task=2\n2 scope_exit task=2 scope=1 how=cancelled\n"
      "2 cancel_swallowed task=2 cause=9\n2 step_end task=2 waits=sleep\n3 run_end\n";
  EXPECT_EQ(sentences(judge("cancel-lost", waits("waits=scope object=1") + later)), "");
  EXPECT_EQ(judge("cancel-swallowed", waits("waits=scope object=1") + later).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("cancel-lost", waits("waits=scope object=1") +
                                               "1 task_done task=2 how=cancelled\n1 step_end task=2\n1 run_end\n")),
            "");
  EXPECT_EQ(judge("cancel-lost", waits("waits=scope object=1") + lost).findings.size(), 1u);
}

TEST(CancelLost, RecheckWhereEventsWereLostAndOpenWhereTheTraceIsCut) {
  const std::string cut = waits("waits=scope object=1") + "1 cancel_swallowed task=2 cause=9\n2 log text=x\n";
  const auto j = judge("cancel-lost", cut);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("still ran at the end of the trace, 1.0 s later"), std::string::npos);
  EXPECT_EQ(judge("cancel-lost", waits("waits=scope object=1") + "1 dropped count=3\n" + lost).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
