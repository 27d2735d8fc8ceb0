#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string steady = "# clock steady\n0 run_begin\n0 task_created task=1 name=main\n";
std::string fires(const std::string& time) { return time + " timer_fired task=1 timer=1 due=2 at=a.cpp:7\n"; }

TEST(ClockSkew, FiresOnATimerBeforeItIsDue) {
  const auto j = judge("clock-skew", steady + fires("1.9") + fires("1.95") + "3 run_end\n");
  ASSERT_EQ(
      sentences(j),
      "info proven clock-skew: the clock of this trace cannot be trusted to that degree: 2 timers fired before due, one of "
      "main by 100 ms at 1.900 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:7");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{3, 4}));
}

TEST(ClockSkew, FiresOnTimesThatRunBackwards) {
  const auto j = judge("clock-skew", steady + "2 log task=1 text=x\n1.5 log task=1 text=y\n1 log task=1 text=z\n3 run_end\n");
  ASSERT_EQ(sentences(j),
            "info proven clock-skew: the clock of this trace cannot be trusted to that degree: the times of 2 events ran "
            "backwards, by up to 1.0 s, the first at 2.000 s; they are shown as if time stood still\n");
  EXPECT_EQ(j.findings[0].evidence, std::vector<Seq>{4});
}

TEST(ClockSkew, NearlyFiresWithinWhatAClockCanTell) {
  EXPECT_EQ(sentences(judge("clock-skew", steady + fires("1.9990001"))), "");
  EXPECT_NE(sentences(judge("clock-skew", steady + fires("1.999"))), "");
  EXPECT_NE(sentences(judge("clock-skew", steady + fires("1.9990001"), {{"clock-skew.early_ms", 0.5}})), "");
  // Virtual time is exact.
  EXPECT_EQ(sentences(judge("clock-skew", fires("2"))), "");
  EXPECT_NE(sentences(judge("clock-skew", fires("1.999999999"))), "");
  EXPECT_EQ(sentences(judge("clock-skew", "2 log text=x\n2 log text=y\n")), "");
  EXPECT_NE(sentences(judge("clock-skew", "2 log text=x\n1999999999ns log text=y\n")), "");
}

TEST(ClockSkew, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("clock-skew", steady + "0 dropped count=1\n" + fires("1")).findings.at(0).confidence, Confidence::recheck);
}

TEST(ClockSkew, SparesTimersThatFireLate) { EXPECT_EQ(sentences(judge("clock-skew", steady + fires("9"))), ""); }

}  // namespace
}  // namespace awaitscope
