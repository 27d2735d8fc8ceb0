#include "core/findings/cancel_story.h"

#include "tests/findings/graphed.h"

namespace awaitscope {
namespace {

std::string story(const std::string& text) {
  const auto r = recorded(text);
  std::string out;
  for (const Reason& reason : told(r->run, cancel_story(r->run)))
    out += std::string(static_cast<std::size_t>(reason.depth), '>') + reason.text + " [" + std::to_string(reason.event) + "]\n";
  return out;
}

const std::string tasks = R"(
0 task_created task=1 name=main
0 task_created task=2 name=a parent=1
0 task_created task=3 name=b parent=1
)";

TEST(CancelStory, TellsOfATimeoutThatIsPassedOnAndSwallowed) {
  EXPECT_EQ(story(tasks + R"(
0 scope_enter task=1 scope=1 deadline=1 type=timeout at=m.cpp:3
1 cancel_requested task=1 scope=1 why=timeout at=m.cpp:3
1 cancel_propagated task=1 cause=5 to=2
1 cancel_requested task=2 cause=5 scope=1 why=parent at=m.cpp:3
1.5 cancel_delivered task=2 cause=7 at=a.cpp:4
2 cancel_swallowed task=2 cause=8 at=a.cpp:6
4 task_done task=2 cancels=1
4 cancel_uncancelled task=1
4 task_done task=1
)"),
            "the timeout of main expired: main was asked to stop at m.cpp:3 [5]\n"
            ">never reached main: taken back 3.0 s later [11]\n"
            ">passed on by main to a at m.cpp:3 [7]\n"
            ">>delivered to a at a.cpp:4 500 ms later [8]\n"
            ">>a swallowed it at a.cpp:6 and ended 3.0 s after it was asked [9]\n");
}

TEST(CancelStory, TellsOfCleanUpAndShields) {
  EXPECT_EQ(story(tasks + R"(
1 cancel_requested task=2 by=1 why=call message=stop at=m.cpp:9
1 cancel_shielded task=2 cause=4 shielded=3 at=a.cpp:2
1 cancel_delivered task=2 cause=4 at=a.cpp:2
3 cancel_completed task=2
3 task_done task=2 how=cancelled
)"),
            "main asked a to stop (call) (\"stop\") at m.cpp:9 [4]\n"
            ">a shield stopped it before b at a.cpp:2 [5]\n"
            ">delivered to a at a.cpp:2 at once [6]\n"
            ">a was cancelled, after a clean-up of 2.0 s [8]\n");
}

TEST(CancelStory, TellsWhatWasCaughtAndWhatIsStillOpen) {
  EXPECT_EQ(story(tasks + R"(
1 cancel_requested task=2 by=1 why=call
1 cancel_delivered task=2 cause=4
2 cancel_caught task=2 scope=1 at=a.cpp:8
3 cancel_requested task=3 by=3 why=call
4 log text=x
)"),
            "main asked a to stop (call) [4]\n"
            ">delivered to a at once [5]\n"
            ">caught in a at a.cpp:8 1.0 s later [6]\n"
            "b asked itself to stop (call) [7]\n"
            ">not delivered yet: b still ran 1.0 s after it was asked [0]\n");
}

TEST(CancelStory, HasTheFactsAsNumbers) {
  const auto r = recorded(tasks + R"(
1 cancel_requested task=2 by=1 why=call
1.5 cancel_delivered task=2 cause=4
3 task_done task=2 how=cancelled
)");
  const CancelStory s = cancel_story(r->run);
  ASSERT_EQ(s.chapters.size(), 1u);
  EXPECT_EQ(s.chapters[0].until_delivered, std::chrono::milliseconds(500));
  EXPECT_EQ(s.chapters[0].cleanup, std::chrono::milliseconds(1500));
  EXPECT_EQ(s.chapters[0].late, std::chrono::seconds(2));
  EXPECT_TRUE(cancel_tree_of({}).chapters.empty());
}

TEST(CancelStory, TiesNoKnotOfRequestsThatNameEachOther) {
  EXPECT_EQ(
      story(tasks + "1 cancel_requested task=2 cause=5 why=parent\n1 cancel_requested task=3 cause=4 why=parent\n").find(">>>"),
      std::string::npos);
}

}  // namespace
}  // namespace awaitscope
