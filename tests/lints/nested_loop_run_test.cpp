#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

TEST(NestedLoopRun, FiresAndNamesTheTaskTheLineAndTheRefusal) {
  const auto j = judge("nested-loop-run",
                       "0 task_created task=1 name=handler\n0 step_begin task=1\n"
                       "0 diagnosed task=1 what=nested_run text=\"This event loop is already running\" at=app.py:9\n");
  ASSERT_EQ(sentences(j),
            "error proven nested-loop-run: task handler tried to run an event loop at app.py:9 inside the one that runs it: "
            "refused at once (This event loop is already running)\n");
  EXPECT_EQ(j.findings[0].evidence, std::vector<Seq>{3});
  EXPECT_EQ(j.findings[0].tasks, std::vector<TaskId>{{1}});
}

TEST(NestedLoopRun, FiresInACallbackAndWithoutAText) {
  EXPECT_EQ(sentences(judge("nested-loop-run", "0 callback_begin\n0 diagnosed what=nested_run\n")),
            "error proven nested-loop-run: a callback of the loop tried to run an event loop inside the one that runs it: "
            "refused at once\n");
}

TEST(NestedLoopRun, SparesOneRunAfterTheOther) {
  EXPECT_EQ(sentences(judge("nested-loop-run", "0 diagnosed what=misuse text=\"no running event loop\"\n")), "");
  // Two runs one after the other are no nested ones.
  EXPECT_EQ(sentences(judge("nested-loop-run", "0 run_begin\n1 run_end\n1 run_begin\n2 run_end\n")), "");
}

TEST(NestedLoopRun, NearlyFiresOnAnotherMisuse) {
  EXPECT_EQ(sentences(judge("nested-loop-run", "0 step_begin task=1\n0 diagnosed task=1 what=misuse\n")), "");
  EXPECT_EQ(judge("nested-loop-run", "0 step_begin task=1\n0 diagnosed task=1 what=nested_run\n").findings.size(), 1u);
}

// No Recheck: the runtime refused the run itself, and no lost event could have changed that.

}  // namespace
}  // namespace awaitscope
