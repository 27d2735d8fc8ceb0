#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

TEST(ExceptionNeverRetrieved, FiresAndNamesTheTaskTheErrorAndWhen) {
  const std::string failed =
      "0 task_created task=1 name=main\n0 task_created task=2 name=boom parent=1 at=a.cpp:4\n1 task_done task=2 how=raised "
      "error=\"ValueError: no\"\n";
  const auto j =
      judge("exception-never-retrieved", failed + "2 diagnosed task=1 text=\"ValueError: no\" object=2 what=never_retrieved\n");
  ASSERT_EQ(sentences(j),
            "error proven exception-never-retrieved: task boom failed at 1.000 s (ValueError: no) and nobody retrieved its "
            "exception\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{2}, {1}}));
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:4");
  EXPECT_EQ(sentences(judge("exception-never-retrieved", failed)), "");
  // The object is no task that failed: a bare future.
  EXPECT_EQ(sentences(judge("exception-never-retrieved", failed + "2 diagnosed text=oops object=1 what=never_retrieved\n")),
            "error proven exception-never-retrieved: a future failed (oops) and nobody retrieved its exception\n");
}

TEST(ExceptionNeverRetrieved, NearlyFiresUntilTheRuntimeSaysSo) {
  const std::string failed = "0 task_created task=1 name=boom\n1 task_done task=1 how=raised error=no\n2 handle_dropped of=1\n";
  EXPECT_EQ(sentences(judge("exception-never-retrieved", failed)), "");
  EXPECT_EQ(judge("exception-never-retrieved", failed + "2 diagnosed text=no object=1 what=never_retrieved\n").findings.size(),
            1u);
}

TEST(ExceptionNeverRetrieved, SparesAFailureThatSomebodyLooksAtLate) {
  // A naive rule takes a failure and a dropped handle, or an end without a reader at once.
  EXPECT_EQ(sentences(judge("exception-never-retrieved",
                            "0 task_created task=1 name=boom\n1 task_done task=1 how=raised error=no\n"
                            "5 result_retrieved task=2 of=1\n6 handle_dropped of=1\n6 run_end\n")),
            "");
}

// No Recheck: the runtime saw the future go with its error unread, and no lost event could have changed that.

}  // namespace
}  // namespace awaitscope
