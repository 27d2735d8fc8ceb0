#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string set = R"(
0 run_begin
0 task_created task=1 name=main
0 step_begin task=1
0 coro_begin task=1 frame=1 function=load at=a.cpp:20
0 timer_set task=1 timer=1 when=5 for=call at=a.cpp:7
)";
const std::string fails = "0.1 coro_end task=1 frame=1 how=raised\n";
const std::string end = "0.2 task_done task=1\n0.2 run_end\n";

TEST(TimerLeak, FiresAndSaysWhoSetItAndWhenItWasLeft) {
  const auto j = judge("timer-leak", set + fails + end);
  EXPECT_EQ(sentences(j),
            "warning likely timer-leak: load of task main set a timer of 5.0 s at a.cpp:7, failed at 0.100 s and left it "
            "behind; it stood armed at the end, until 5.000 s\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{6, 5}));
}

TEST(TimerLeak, FiresProvenWhereTheSamePlaceTakesOthersBack) {
  EXPECT_EQ(judge("timer-leak", set + fails +
                                    "0.1 timer_set task=1 timer=2 when=6 for=call at=a.cpp:7\n0.2 timer_cancelled task=1 "
                                    "timer=2\n" +
                                    end)
                .findings.at(0)
                .confidence,
            Confidence::proven);
}

TEST(TimerLeak, FiresOnATimerThatFiresForNobody) {
  EXPECT_NE(sentences(judge("timer-leak", set + fails + "5 timer_fired task=1 timer=1 due=5\n6 run_end\n"))
                .find("it fired at 5.000 s, for nobody"),
            std::string::npos);
}

TEST(TimerLeak, NearlyFiresUntilItIsCleared) {
  EXPECT_EQ(sentences(judge("timer-leak", set + "0.1 timer_cancelled task=1 timer=1\n" + fails + end)), "");
  EXPECT_EQ(sentences(judge("timer-leak", set + fails + "0.1 timer_cancelled task=1 timer=1\n" + end)), "");
  EXPECT_EQ(sentences(judge("timer-leak",
                            set + "5 timer_fired task=1 timer=1 due=5\n6 coro_end task=1 frame=1 how=raised\n7 run_end\n")),
            "");
  EXPECT_EQ(judge("timer-leak", set + fails + end).findings.size(), 1u);
}

TEST(TimerLeak, SparesATimerThatIsMeantToOutliveItsFunction) {
  EXPECT_EQ(sentences(judge("timer-leak", set + "0.1 coro_end task=1 frame=1\n" + end)), "");
  EXPECT_EQ(sentences(judge("timer-leak",
                            set + "0.1 coro_end task=1 frame=1\n0.2 task_done task=1 how=raised error=x\n0.2 run_end\n")),
            "");
}

TEST(TimerLeak, SparesSleepsAndDeadlines) {
  std::string deadline = set;
  deadline.replace(deadline.find("for=call"), 8, "for=deadline");
  EXPECT_EQ(sentences(judge("timer-leak", deadline + fails + end)), "");
}

TEST(TimerLeak, RecheckWhereTheTraceIsCut) {
  EXPECT_EQ(judge("timer-leak", set + fails).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("timer-leak", set + fails + "0.2 dropped count=1\n" + end).findings.at(0).confidence, Confidence::recheck)
      << "it may have been cleared meanwhile";
}

}  // namespace
}  // namespace awaitscope
