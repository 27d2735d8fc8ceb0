#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string begins = "0 run_begin\n0 task_created task=1 name=main\n";
const std::string stranger = "1 task_ready task=2\n1 step_begin task=2\n2 step_end task=2 waits=sleep\n";
const std::string imported = "# runtime imported from Chrome JSON\n";

TEST(BlindSpawn, FiresOnATaskThatNothingStarts) {
  const auto j = judge("blind-spawn", begins + stranger + "3 run_end\n");
  ASSERT_EQ(
      sentences(j),
      "info proven blind-spawn: 1 task appears without anything that starts it: task-2; who waits for it or answers for it "
      "cannot be judged\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site.line, 0u);
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.evidence, std::vector<Seq>{3});
}

TEST(BlindSpawn, FiresOnceForAll) {
  std::string text = begins;
  for (int i = 2; i < 10; ++i)
    text += "1 step_begin task=" + std::to_string(i) + "\n1 step_end task=" + std::to_string(i) + "\n";
  const auto j = judge("blind-spawn", text);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find(
                "8 tasks appear without anything that starts them: task-2, task-3, task-4, task-5 and 4 more;"),
            std::string::npos)
      << j.findings[0].sentence;
}

TEST(BlindSpawn, FiresOnAnImportedTaskWhereOthersAreSeenToBeStarted) {
  const std::string text =
      imported + begins + "0 task_created task=2 name=a parent=1\n0 task_created task=3 name=b\n0 step_begin task=3\n";
  EXPECT_EQ(judge("blind-spawn", text).findings.at(0).tasks, std::vector<TaskId>{{3}});
  EXPECT_EQ(judge("blind-spawn", text).findings.at(0).evidence, std::vector<Seq>{4});
}

TEST(BlindSpawn, NearlyFiresWhereTheTaskIsCreated) {
  EXPECT_EQ(sentences(judge("blind-spawn", begins + "1 task_created task=2 name=x parent=1\n" + stranger)), "");
  EXPECT_NE(sentences(judge("blind-spawn", begins + stranger)), "");
}

TEST(BlindSpawn, RecheckWhereTheBeginningIsMissingOrEventsWereLost) {
  EXPECT_EQ(judge("blind-spawn", stranger).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("blind-spawn", begins + "0 dropped count=1\n" + stranger).findings.at(0).confidence, Confidence::recheck);
}

TEST(BlindSpawn, SparesATraceThatShowsNoStartsAtAll) {
  // Threads of any program: nothing is known of who starts whom, and no rule takes it for known.
  EXPECT_EQ(sentences(judge("blind-spawn", imported + "0 task_created task=1 name=t1\n0 task_created task=2 name=t2\n")), "");
}

TEST(BlindSpawn, SparesTasksThatTheLoopStarts) {
  EXPECT_EQ(sentences(judge("blind-spawn", begins + "1 callback_begin\n1 task_created task=2 name=x cause=3\n")), "");
  EXPECT_EQ(sentences(judge("blind-spawn", imported + begins +
                                               "0 task_created task=2 name=a parent=1\n1 callback_begin\n1 "
                                               "task_created task=3 name=x cause=4\n")),
            "");
}

TEST(BlindSpawn, SparesNumbersThatOnlyTheListHas) {
  // Task 2 is a number that no event is about.
  EXPECT_EQ(sentences(judge("blind-spawn", begins + "0 task_created task=3 name=x parent=1\n")), "");
}

}  // namespace
}  // namespace awaitscope
