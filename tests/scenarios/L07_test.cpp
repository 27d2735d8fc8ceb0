#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double asked_at() { return settings_for(**find_scenario("L07"), {})->number("start"); }

/// It was refused, and at once: no time passed between the call and the end of main.
void expect_refused(const std::string& variant, const std::string& message) {
  const Ran ran = run("L07", variant);
  EXPECT_EQ(ran.outcome(), RunOutcome::raised) << variant;
  EXPECT_EQ(ran.trace.text(ran.task("main")->error.value), "RuntimeError: " + message);
  EXPECT_DOUBLE_EQ(static_cast<double>(ran.task("main")->ended.ns) / 1e9, asked_at());
  EXPECT_EQ(ran.count(Kind::diagnosed, message), 1);
  EXPECT_TRUE(ran.logged("fetched").empty());
  EXPECT_EQ(ran.count(Kind::coro_unstarted, "fetch"), 1);
}

TEST(L07, Ask) {
  EXPECT_EQ(answer(lesson("L07").ask), 'C');
  EXPECT_DOUBLE_EQ(revealed("L07", lesson("L07").ask), asked_at());
  expect_refused("bad", "asyncio.run() cannot be called from a running event loop");
}
TEST(L07, Twist1) {
  const Question& twist = lesson("L07").twists[0];
  EXPECT_EQ(answer(twist), 'B');
  const Ran ran = run("L07", twist.run);
  EXPECT_EQ(ran.outcome(), RunOutcome::hang);
  EXPECT_DOUBLE_EQ(ran.seconds(), asked_at()) << "the clock stands still from the call on";
  EXPECT_DOUBLE_EQ(revealed("L07", twist), asked_at());
  EXPECT_EQ(ran.last(), "tick 3") << "at 1.0; the tick of 1.5 never comes";
  EXPECT_EQ(ran.count(Kind::block_end), 0);
  EXPECT_EQ(ran.task("main")->phase, Phase::running);
  EXPECT_EQ(ran.task("ticker")->phase, Phase::waiting);
  EXPECT_EQ(ran.history.model.tasks.size(), 2u) << "the callback that would make the task still stands in the queue";
}
TEST(L07, D2) {
  EXPECT_EQ(lesson("L07").false_claims.at(0).run.variant, "bad.complete");
  expect_refused("bad.complete", "This event loop is already running");
  EXPECT_EQ(run("L07", "bad").findings(), run("L07", "bad.complete").findings());
}
TEST(L07, FixedTheTicksGoOn) {
  const Ran ran = run("L07", "fixed");
  EXPECT_DOUBLE_EQ(ran.times("loaded").at(0), 2.2);
  EXPECT_EQ(ran.times("tick"), (std::vector<double>{0.0, 0.5, 1.0, 1.5, 2.0, 2.5}));
}
TEST(L07, TheSentenceNamesWhoWaitsForWhat) {
  const auto sentences = run("L07", "bad.thread").sentences("self-deadlock");
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_EQ(sentences[0].find("task main waits in result() of fetch on the loop's own thread at scenarios/nested_loop.cpp:"),
            0u)
      << sentences[0];
  EXPECT_NE(sentences[0].find("1 task will never go on either (ticker)"), std::string::npos) << sentences[0];
}

}  // namespace
}  // namespace awaitscope
