#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string call(const std::string& end, const std::string& what = "what=time.sleep") {
  return "0 task_created task=1 name=handler\n0 step_begin task=1\n0 block_begin task=1 " + what + " at=a.cpp:12\n" + end +
         " block_end task=1 at=a.cpp:12\n" + end + " step_end task=1 waits=sleep\n";
}

TEST(BlockingCall, FiresAndNamesTheCallThePlaceAndTheLength) {
  const auto j = judge("blocking-call", call("2"));
  ASSERT_EQ(sentences(j),
            "warning proven blocking-call: task handler called time.sleep on the loop's thread at a.cpp:12: 2.0 s in which "
            "nothing else could run\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{3, 4}));
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:12");
}

TEST(BlockingCall, NearlyFiresBelowTheThresholds) {
  EXPECT_EQ(sentences(judge("blocking-call", call("0.000999"))), "");
  EXPECT_EQ(judge("blocking-call", call("0.001")).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("blocking-call", call("0.019")).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("blocking-call", call("0.020")).findings.at(0).severity, Severity::warning);
}

TEST(BlockingCall, RecheckWhereTheCallIsCutOrEventsWereLost) {
  const std::string cut =
      "0 task_created task=1 name=a\n0 step_begin task=1\n0 block_begin task=1 what=recv length=3 at=a.cpp:5\n";
  EXPECT_EQ(sentences(judge("blocking-call", cut)),
            "warning recheck blocking-call: task a called recv on the loop's thread at a.cpp:5: 3.0 s in which nothing else "
            "could run\n");
  EXPECT_EQ(judge("blocking-call", "0 dropped count=2\n" + call("2")).findings.at(0).confidence, Confidence::recheck);
  // A length from a hostile file is no reason to fail.
  EXPECT_EQ(judge("blocking-call", "0 step_begin task=1\n0 block_begin task=1 length=-9223372036.854775808\n").findings.size(),
            0u);
}

TEST(BlockingCall, SparesACallOutsideOfAStep) {
  EXPECT_EQ(
      sentences(judge("blocking-call", "0 step_begin task=1\n0 step_end task=1\n0 block_begin what=setup\n5 block_end\n")), "");
  const auto j = judge("blocking-call",
                       "0 callback_begin name=tick\n0 block_begin what=read cpu=yes at=a.cpp:1\n1 block_end\n1 callback_end\n");
  ASSERT_EQ(sentences(j),
            "warning proven blocking-call: a callback of the loop called read on the loop's thread at a.cpp:1: 1.0 s in which "
            "nothing else could run\n");
  EXPECT_NE(j.findings[0].advice.find("to_thread"), std::string::npos);
  EXPECT_NE(j.findings[0].advice.find("computes"), std::string::npos);
}

TEST(BlockingCall, FiresBesideATickerWithOneOtherRuleOnly) {
  const auto j = judge("", R"(
0 run_begin
0 tick_begin tick=1 ready=2
0 task_created task=1 name=main
0 task_created task=2 name=ticker
0 step_begin task=2
0 timer_set task=2 timer=1 when=0.5
0 step_end task=2 waits=sleep
0 step_begin task=1
0 block_begin task=1 what=sleep length=2 at=a.cpp:5
2 block_end task=1
2 step_end task=1 waits=sleep
2 timer_fired task=2 timer=1 due=0.5
2 tick_begin tick=2
2 run_end
)");
  ASSERT_EQ(j.findings.size(), 2u) << sentences(j);
  EXPECT_EQ(j.findings[0].rule, "slow-step");
  EXPECT_EQ(j.findings[0].severity, Severity::error);
  EXPECT_EQ(j.findings[1].rule, "blocking-call");
  EXPECT_EQ(j.findings[1].severity, Severity::warning);
}

}  // namespace
}  // namespace awaitscope
