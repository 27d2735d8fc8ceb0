#include "core/model/replay.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"
#include "tests/model/synthetic.h"

namespace awaitscope {
namespace {

/// At every event, forwards, backwards and at random, replay gives what folding from the start gives.
void expect_exact(const Trace& trace, unsigned seed) {
  ASSERT_GT(trace.size(), 0u);
  std::vector<Model> folded(1);
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    folded.push_back(folded.back());
    apply(folded.back(), trace[seq]);
    ASSERT_EQ(folded.back().seq, seq);
  }
  Replay replay(trace);
  std::mt19937 random(seed);
  for (int i = 0; i < 50; ++i) {
    const Seq seq = random() % (trace.size() + 1);
    ASSERT_EQ(replay.at(seq), folded[seq]) << "jump to " << seq;
  }
  for (Seq seq = 0; seq <= trace.size(); ++seq) ASSERT_EQ(replay.at(seq), folded[seq]) << "forwards to " << seq;
  for (Seq seq = trace.size() + 1; seq-- > 0;) ASSERT_EQ(replay.at(seq), folded[seq]) << "back to " << seq;
  EXPECT_EQ(replay.last(), folded.back());
  EXPECT_EQ(replay.at(trace.size() + 1000), folded.back());
}

TEST(Replay, EqualsFoldingOnAHandwrittenTrace) {
  const auto trace = read_text(R"(
0 run_begin
0 task_created task=1 name=main
0 task_ready task=1 why=start
0 tick_begin tick=1 ready=1
0 step_begin task=1
0 task_created task=2 name=child parent=1
0 task_ready task=2 why=start
0 timer_set task=1 timer=1 when=1
0 step_end task=1 waits=sleep
0 step_begin task=2
1 block_begin task=2 what=hash
3 block_end task=2
3 task_done task=2
3 step_end task=2
3 timer_fired task=1 timer=1 due=1
3 task_ready task=1 why=timer
3 step_begin task=1
3 task_done task=1
3 step_end task=1
3 run_end
)");
  ASSERT_TRUE(trace) << trace.error();
  expect_exact(*trace, 1);
}

TEST(Replay, EqualsFoldingOnPlausibleRuns) {
  for (unsigned seed = 1; seed <= 2; ++seed) {
    const Trace trace = plausible_run(seed, 12, 2000);
    ASSERT_GE(trace.size(), 1500u);  // long enough for keyframes
    expect_exact(trace, seed);
  }
}

TEST(Replay, EqualsFoldingOnGarbage) {
  for (unsigned seed = 1; seed <= 5; ++seed) expect_exact(garbage(seed, 150), seed);
  for (unsigned seed = 1; seed <= 5; ++seed) expect_exact(garbage(seed, 1300, 8, false), seed);
}

TEST(Replay, AGrowingTraceIsFollowed) {
  const Trace whole = plausible_run(5, 10, 1200);
  Trace growing;
  Replay replay(growing);
  Model folded;
  for (Seq seq = 1; seq <= whole.size(); ++seq) {
    growing.append(whole[seq]);
    apply(folded, whole[seq]);
    ASSERT_EQ(replay.last(), folded);
  }
}

TEST(Model, NoIdSizesAnAllocation) {
  const auto trace = read_text(
      "0 step_begin task=4000000000\n0 scope_enter scope=4000000000 task=1\n0 level resource=4000000000 value=4000000000\n0 "
      "dropped count=4000000000\n0 step_begin task=900000\n");
  ASSERT_TRUE(trace);
  Replay replay(*trace);
  EXPECT_TRUE(replay.last().scopes.empty());
  EXPECT_TRUE(replay.last().resources.empty());
  EXPECT_LT(replay.last().tasks.size(), 100000u);
  EXPECT_EQ(replay.last().dropped, 4000000000u);
}

}  // namespace
}  // namespace awaitscope
