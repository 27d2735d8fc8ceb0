#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L19, Ask) {
  EXPECT_EQ(answer(lesson("L19").ask), 'B');
  const Ran bad = run("L19", lesson("L19").ask.run);
  EXPECT_EQ(bad.times("got data"), std::vector<double>{1.0});
  EXPECT_EQ(bad.task("client")->outcome, Outcome::returned);
  EXPECT_DOUBLE_EQ(bad.seconds(), 2.0);
  ASSERT_EQ(bad.sentences("cancel-lost").size(), 1u);
  EXPECT_TRUE(bad.sentences("cancel-swallowed").empty()) << "the program has swallowed nothing";
}
TEST(L19, Twist1) {
  EXPECT_EQ(answer(lesson("L19").twists[0]), 'B');
  for (const char* variant : {"fixed", "fixed.wait_for"}) {
    const Ran ran = run("L19", variant);
    EXPECT_EQ(ran.task("client")->outcome, Outcome::cancelled) << variant;
    EXPECT_TRUE(ran.logged("got data").empty()) << variant;
    EXPECT_DOUBLE_EQ(ran.seconds(), 1.0) << variant;
  }
}
TEST(L19, BothArriveInOneTurnOfTheLoop) {
  const Ran bad = run("L19", "bad");
  const History& h = bad.history;
  ASSERT_EQ(h.cancellations.size(), 1u);
  Seq answered = 0;
  for (Seq seq = 1; seq <= bad.trace.size(); ++seq)
    if (bad.trace[seq].kind == Kind::log && words_of(bad.trace, bad.trace[seq]) == "the answer arrives") answered = seq;
  const auto turn = [&](Seq seq) {
    std::uint32_t number = 0;
    for (const Tick& tick : h.ticks)
      if (tick.first <= seq) number = tick.number;
    return number;
  };
  EXPECT_EQ(turn(answered), turn(h.cancellations[0].delivered));
}
TEST(L19, OneTurnEarlierTheCancelWins) {
  EXPECT_EQ(run("L19", "bad", {{"offset", "-1"}}).last(), "the client is cancelled");
  EXPECT_EQ(run("L19", "bad", {{"offset", "1"}}).last(), "the client was never told");
}
TEST(L19, TheOrderWithinTheMomentDecides) {
  int lost = 0;
  for (int seed = 1; seed <= 50; ++seed)
    lost += run("L19", "bad", {}, "random:" + std::to_string(seed)).last() == "the client was never told";
  EXPECT_EQ(lost, lesson("L19").schedules.at("bad").fail);
  EXPECT_EQ(run("L19", lesson("L19").variations.back().run).last(), "the client is cancelled");
}

}  // namespace
}  // namespace awaitscope
