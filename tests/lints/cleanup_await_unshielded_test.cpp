#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// A child of a nursery that is cancelled at 1 s, and waits again in its clean-up.
const std::string cancelled = R"(
0 run_begin
0 task_created task=1 name=main
0 scope_enter task=1 scope=1 type=nursery at=a.cpp:30
0 task_created task=2 name=job parent=1 scope=1
0 step_begin task=2
0 step_end task=2 waits=sleep at=a.cpp:5
1 cancel_requested task=1 by=1 scope=1 why=scope at=a.cpp:31
1 task_ready task=2 why=cancel cause=7
1 step_begin task=2
1 cancel_delivered task=2 cause=7 at=a.cpp:5
)";
const std::string cleans = R"(
1 step_end task=2 waits=sleep at=a.cpp:9
1 task_ready task=2 why=cancel cause=7
1 step_begin task=2
)";
const std::string ends = "1 task_done task=2 how=cancelled\n1 step_end task=2\n1 run_end\n";
const std::string cut = "1 cancel_delivered task=2 cause=7 at=a.cpp:9\n";
const std::string shield = "1 scope_enter task=2 scope=2 type=cancel_scope at=a.cpp:8\n";
const std::string waits = R"(
1 step_end task=2 waits=sleep at=a.cpp:9
1.5 task_ready task=2 why=timer
1.5 step_begin task=2
1.5 scope_exit task=2 scope=2
1.5 task_done task=2 how=cancelled
)";

TEST(CleanupAwaitUnshielded, FiresOnAnAwaitThatIsCutAtOnce) {
  const auto j = judge("cleanup-await-unshielded", cancelled + cleans + cut + ends);
  ASSERT_EQ(sentences(j),
            "info proven cleanup-await-unshielded: task job, cancelled at 1.000 s, awaited once more at a.cpp:9 while it "
            "unwound: outside of a shield that await is cancelled as well, and does nothing\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:9");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{14, 10}));
}

TEST(CleanupAwaitUnshielded, FiresOnAShieldWithoutADeadline) {
  const auto j = judge("cleanup-await-unshielded", cancelled + shield + waits);
  ASSERT_EQ(sentences(j),
            "info proven cleanup-await-unshielded: task job, cancelled at 1.000 s, awaited once more at a.cpp:9 while it "
            "unwound: behind a shield that has no deadline, so nothing ends that wait if it hangs\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{12, 10}));
}

TEST(CleanupAwaitUnshielded, FiresOnceForAPlace) {
  const auto j = judge("cleanup-await-unshielded", cancelled + cleans + cut + cleans + cut + cleans + cut + ends);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("(3 times in all)"), std::string::npos) << j.findings[0].sentence;
}

TEST(CleanupAwaitUnshielded, NearlyFiresWhereNothingIsAwaited) {
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded", cancelled + ends)), "");
  EXPECT_NE(sentences(judge("cleanup-await-unshielded", cancelled + cleans + cut + ends)), "");
}

TEST(CleanupAwaitUnshielded, RecheckWhereTheTraceIsCutOrLostEvents) {
  EXPECT_EQ(judge("cleanup-await-unshielded", cancelled + "1 dropped count=1\n" + cleans + cut).findings.at(0).confidence,
            Confidence::recheck);
  const std::string stands = cancelled + shield + "1 step_end task=2 waits=sleep at=a.cpp:9\n";
  EXPECT_EQ(judge("cleanup-await-unshielded", stands).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("cleanup-await-unshielded", stands + "9 run_end how=hang\n").findings.at(0).confidence, Confidence::proven);
}

TEST(CleanupAwaitUnshielded, SparesAShieldWithADeadline) {
  std::string limited = shield;
  limited.insert(limited.find(" type"), " deadline=2");
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded", cancelled + limited + waits)), "");
  // Also where that deadline strikes.
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded",
                            cancelled + limited +
                                "1 step_end task=2 waits=sleep at=a.cpp:9\n2 scope_expired task=2 scope=2\n2 cancel_requested "
                                "task=2 scope=2 why=timeout\n2 step_begin task=2\n2 cancel_delivered task=2 cause=14 "
                                "at=a.cpp:9\n2 cancel_caught task=2 scope=2\n2 scope_exit task=2 scope=2\n" +
                                ends)),
            "");
}

TEST(CleanupAwaitUnshielded, SparesAnAwaitAfterTheScopeHasAnswered) {
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded",
                            cancelled + "1 cancel_caught task=2 cause=7 scope=2\n" + cleans + cut + ends)),
            "");
  EXPECT_NE(sentences(judge("cleanup-await-unshielded", cancelled + cleans + cut + ends)), "");
}

TEST(CleanupAwaitUnshielded, SparesWhatNobodyWrote) {
  // The end of a nursery waits for its tasks, and looks for cancels.
  const std::string leaves =
      "1 step_end task=2 object=3 waits=group at=a.cpp:8\n1 cancel_delivered task=2 cause=7\n2 step_begin task=2\n";
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded", cancelled + leaves + ends)), "");
  std::string inside = cancelled;
  inside.insert(inside.find("0 step_begin task=2"), "0 scope_enter task=2 scope=3 type=nursery at=a.cpp:9\n");
  const auto shift = [](std::string text) {
    for (std::size_t at; (at = text.find("cause=7")) != std::string::npos;) text.replace(at, 7, "cause=8");
    return text;
  };
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded", shift(inside + cleans + cut + ends))), "");
  // aclose() closes first, and looks for a cancel then.
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded",
                            cancelled + "1 resource_closed task=2 resource=1 at=a.cpp:9\n" + cleans + cut + ends)),
            "");
}

TEST(CleanupAwaitUnshielded, SparesAsyncioWhichCancelsOnce) {
  std::string edge = cancelled;
  edge.replace(edge.find("type=nursery"), 12, "type=group");
  edge.replace(edge.find("why=scope"), 9, "why=group_exit");
  EXPECT_EQ(sentences(judge("cleanup-await-unshielded", edge + cleans + ends)), "");
}

}  // namespace
}  // namespace awaitscope
