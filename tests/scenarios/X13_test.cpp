#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

struct Total {
  double ms = 0, parts = 0;
};
Total total(const std::string& variant, int card) {
  const Ran ran = run("X13", variant, {{"card", std::to_string(card)}});
  EXPECT_TRUE(ran.ok()) << variant << " of card " << card;
  const std::string line = ran.last();
  return {std::atof(line.c_str() + line.rfind(": ") + 2), ran.number("ms,")};
}

TEST(X13, Ask) {
  EXPECT_EQ(answer(lesson("X13").ask), 'B');
  const Total async = total("bad", 1), plain = total("fixed", 1);
  EXPECT_EQ(plain.ms, async.ms) << "no gain";
  EXPECT_LT(plain.parts, async.parts) << "and more that moves";
}
TEST(X13, OnEachCardTheRightModelWins) {
  int plain_wins = 0;
  for (int card = 1; card <= 10; ++card) {
    const Total async = total("bad", card), plain = total("bad.nothing", card), right = total("fixed", card);
    for (const Total& other : {async, plain}) {
      EXPECT_LE(right.ms, other.ms) << "card " << card;
      EXPECT_TRUE(right.ms < other.ms || right.parts <= other.parts) << "card " << card;
    }
    plain_wins += right.parts == 0;
  }
  EXPECT_EQ(plain_wins, 4);
}
TEST(X13, AsyncGainsWhereManyThingsAreWaitedForAndNowhereElse) {
  EXPECT_EQ(total("bad.nothing", 4).ms, 20000);
  EXPECT_EQ(total("fixed", 4).ms, 1000);
  for (const int card : {1, 2, 3, 6, 8, 9}) EXPECT_EQ(total("bad", card).ms, total("bad.nothing", card).ms) << card;
}
TEST(X13, TheSevenExcusesAreRuns) {
  const auto& variations = lesson("X13").variations;
  ASSERT_GE(variations.size(), 7u);
  const std::vector<std::string> clips = {"L01", "L05", "L05", "L12", "L15", "L04", "X06"};
  for (std::size_t i = 0; i < clips.size(); ++i)
    EXPECT_NE(variations[i].words.en.find("replay " + clips[i]), std::string::npos) << variations[i].words.en;
}

}  // namespace
}  // namespace awaitscope
