#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

TEST(DestroyedPending, FiresAndSaysWhatTheTaskWaitedFor) {
  const auto j = judge("destroyed-pending",
                       "0 task_created task=1 name=helper\n0 step_begin task=1\n0 step_end task=1 waits=future at=a.cpp:6\n1 "
                       "diagnosed text=helper object=1 what=destroyed_pending\n");
  ASSERT_EQ(sentences(j),
            "info proven destroyed-pending: task helper was destroyed while it waited (future) at a.cpp:6; its clean-up has "
            "not run\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:6");
}

TEST(DestroyedPending, NearlyFiresUntilTheRuntimeSaysSo) {
  const std::string waits = "0 task_created task=1 name=helper\n0 step_begin task=1\n0 step_end task=1 waits=future\n";
  EXPECT_EQ(sentences(judge("destroyed-pending", waits + "1 handle_dropped of=1\n9 run_end\n")), "");
  EXPECT_EQ(judge("destroyed-pending", waits + "1 diagnosed text=helper object=1 what=destroyed_pending\n").findings.size(),
            1u);
}

TEST(DestroyedPending, SparesATaskThatIsCancelledInItsWait) {
  EXPECT_EQ(sentences(judge("destroyed-pending",
                            "0 task_created task=1 name=helper\n0 step_begin task=1\n0 step_end task=1 waits=future\n"
                            "1 cancel_requested task=1 why=shutdown\n1 task_done task=1 how=cancelled\n1 run_end\n")),
            "");
}

// No Recheck: the runtime saw the frame go while it waited, and no lost event could have changed that.

}  // namespace
}  // namespace awaitscope
