// The rules that pass on what the runtime has diagnosed itself.
#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

TEST(NeverAwaited, NamesTheCoroutineAndTheCall) {
  const auto j = judge("never-awaited",
                       "0 task_created task=1 name=main\n1 coro_unstarted task=1 frame=3 function=fetch at=a.cpp:8\n1 "
                       "diagnosed task=1 text=fetch object=3 what=never_awaited at=a.cpp:8\n");
  ASSERT_EQ(sentences(j),
            "error proven never-awaited: coroutine fetch (a.cpp:8) was called but never awaited: not one line of it has run\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:8");
  EXPECT_EQ(j.findings[0].evidence, std::vector<Seq>{3});
}

TEST(NeverAwaited, SaysHowLongAfterTheCallItWasThrownAway) {
  const auto j = judge("never-awaited",
                       "0 task_created task=1 name=main\n1 step_begin task=1\n3 coro_unstarted task=1 cause=2 frame=3 "
                       "function=fetch at=a.cpp:8\n3 diagnosed task=1 text=fetch object=3 what=never_awaited at=a.cpp:8\n");
  ASSERT_EQ(sentences(j),
            "error proven never-awaited: coroutine fetch (a.cpp:8) was called but never awaited, and thrown away 2.0 s later: "
            "not one line of it has run\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{4, 2}));
  EXPECT_EQ(j.findings[0].begin, Instant{1000000000});
}

TEST(NeverAwaited, SilentWithoutTheDiagnosis) {
  // Cancelled before its first step: never started, and nobody's mistake.
  EXPECT_EQ(sentences(judge("never-awaited", "0 coro_unstarted frame=3 function=fetch\n0 diagnosed text=x what=misuse\n")), "");
}

TEST(ExceptionNeverRetrieved, NamesTheTaskTheErrorAndWhen) {
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

TEST(DestroyedPending, SaysWhatTheTaskWaitedFor) {
  const auto j = judge("destroyed-pending",
                       "0 task_created task=1 name=helper\n0 step_begin task=1\n0 step_end task=1 waits=future at=a.cpp:6\n1 "
                       "diagnosed text=helper object=1 what=destroyed_pending\n");
  ASSERT_EQ(sentences(j),
            "info proven destroyed-pending: task helper was destroyed while it waited (future) at a.cpp:6; its clean-up has "
            "not run\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:6");
}

}  // namespace
}  // namespace awaitscope
