#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

TEST(NeverAwaited, FiresAndNamesTheCoroutineAndTheCall) {
  const auto j = judge("never-awaited",
                       "0 task_created task=1 name=main\n1 coro_unstarted task=1 frame=3 function=fetch at=a.cpp:8\n1 "
                       "diagnosed task=1 text=fetch object=3 what=never_awaited at=a.cpp:8\n");
  ASSERT_EQ(sentences(j),
            "error proven never-awaited: coroutine fetch (a.cpp:8) was called but never awaited: not one line of it has run\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:8");
  EXPECT_EQ(j.findings[0].evidence, std::vector<Seq>{3});
}

TEST(NeverAwaited, FiresAndSaysHowLongAfterTheCallItWasThrownAway) {
  const auto j = judge("never-awaited",
                       "0 task_created task=1 name=main\n1 step_begin task=1\n3 coro_unstarted task=1 cause=2 frame=3 "
                       "function=fetch at=a.cpp:8\n3 diagnosed task=1 text=fetch object=3 what=never_awaited at=a.cpp:8\n");
  ASSERT_EQ(sentences(j),
            "error proven never-awaited: coroutine fetch (a.cpp:8) was called but never awaited, and thrown away 2.0 s later: "
            "not one line of it has run\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{4, 2}));
  EXPECT_EQ(j.findings[0].begin, Instant{1000000000});
}

TEST(NeverAwaited, SparesWhatWasCancelledBeforeItsFirstStep) {
  // Cancelled before its first step: never started, and nobody's mistake.
  EXPECT_EQ(sentences(judge("never-awaited", "0 coro_unstarted frame=3 function=fetch\n0 diagnosed text=x what=misuse\n")), "");
}

TEST(NeverAwaited, NearlyFiresUntilTheRuntimeSaysSo) {
  const std::string made = "0 task_created task=1 name=main\n1 coro_unstarted task=1 frame=3 function=fetch at=a.cpp:8\n";
  EXPECT_EQ(sentences(judge("never-awaited", made)), "");
  EXPECT_EQ(judge("never-awaited", made + "1 diagnosed task=1 text=fetch object=3 what=never_awaited\n").findings.size(), 1u);
}

// No Recheck: the runtime saw the frame go without a step, and no lost event could have changed that.

}  // namespace
}  // namespace awaitscope
