#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string waits =
    "0 task_created task=1 name=main\n0 task_created task=2 name=ticker\n1 step_begin task=1\n"
    "1 block_begin task=1 what=\"result() of fetch\" at=app.py:7\n";

TEST(SelfDeadlock, TheThreadThatWaitsIsTheOneThatIsNeeded) {
  const auto j = judge("self-deadlock", waits + "1 diagnosed what=hang text=main\n1 run_end how=hang\n");
  ASSERT_EQ(sentences(j),
            "error proven self-deadlock: task main waits in result() of fetch on the loop's own thread at app.py:7, for what "
            "only this loop could bring about: nothing ever runs again; 1 task will never go on either (ticker)\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{4, 6}));
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{1}, {2}}));
}

TEST(SelfDeadlock, ACallThatEndsOrARunThatWasNoHangIsNone) {
  EXPECT_EQ(sentences(judge("self-deadlock", waits + "9 block_end task=1\n9 step_end task=1\n9 run_end how=hang\n")), "")
      << "the call is over; the tasks wait for something else";
  EXPECT_EQ(sentences(judge("self-deadlock", waits + "1 run_end how=stopped\n")), "") << "somebody ended it meanwhile";
  EXPECT_EQ(sentences(judge("self-deadlock", waits)), "") << "cut off: a long call, for all that is known";
  EXPECT_EQ(sentences(judge("self-deadlock", "0 block_begin what=setup\n0 run_end how=hang\n")), "") << "outside of a step";
}

TEST(SelfDeadlock, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("self-deadlock", "0 dropped count=1\n" + waits + "1 run_end how=hang\n").findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
