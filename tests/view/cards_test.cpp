// Order the lines: the rules of the cards.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/view/kept.h"
#include "tests/support/solve.h"

namespace awaitscope::view {
namespace {

constexpr std::string_view program = R"(
# @begin both
def fetch(n):
    return n
# @end both

# @begin bad
async def bad():
    a = fetch(1)  # @a
    b = fetch(2)  # @b
    first.close()
# @end bad

# @begin fixed
async def fixed():
    a = await fetch(1)  # @a
    b = await fetch(2)  # @b

    # a comment is no line
    print(
        a)
    )
    close()
    close()
# @end fixed
)";

LineCards dealt(std::uint64_t seed = 1) { return deal("demo", "demo.py", deck_of(program), seed); }

TEST(Cards, ADeckIsTheFixAndTwoLinesOfTheBug) {
  const std::vector<LineCard> deck = deck_of(program);
  std::vector<std::string> lines, wrong;
  for (const LineCard& card : deck) (card.line >= 0 ? lines : wrong).push_back(card.text);
  EXPECT_EQ(lines, (std::vector<std::string>{"async def fixed():", "a = await fetch(1)", "b = await fetch(2)", "print(a)",
                                             "close()", "close()"}));
  EXPECT_EQ(wrong.size(), 2u);
  for (const std::string& line : wrong) EXPECT_TRUE(line == "a = fetch(1)" || line == "b = fetch(2)") << line;
  EXPECT_TRUE(deck_of("int main() {}\n").empty());
  EXPECT_TRUE(deck_of("").empty());
}

TEST(Cards, TheSolutionIsAcceptedAndEqualLinesMayBeSwapped) {
  LineCards cards = dealt();
  solve(cards);
  check(cards);
  EXPECT_TRUE(cards.solved);
  shift(cards, 5, -1);  // close() and close()
  EXPECT_FALSE(cards.solved);
  check(cards);
  EXPECT_TRUE(cards.solved);
  EXPECT_EQ(cards.checks, 2);
  shift(cards, 0, 1);
  check(cards);
  EXPECT_FALSE(cards.solved);
  EXPECT_EQ(cards.marks[0], Placed::elsewhere);
  EXPECT_EQ(cards.marks[2], Placed::right);
}

TEST(Cards, AForeignLineIsRefusedWhereverItStands) {
  LineCards cards = dealt();
  solve(cards);
  put(cards, static_cast<int>(cards.in.size()));  // one of the two that are left
  check(cards);
  EXPECT_FALSE(cards.solved);
  EXPECT_EQ(cards.marks.back(), Placed::foreign);
  for (std::size_t i = 0; i + 1 < cards.marks.size(); ++i) EXPECT_EQ(cards.marks[i], Placed::right);
  put(cards, static_cast<int>(cards.in.size()) - 1);
  EXPECT_TRUE(cards.marks.empty());  // it moved: what was said holds no more
  check(cards);
  EXPECT_TRUE(cards.solved);
}

TEST(Cards, TooFewLinesAreNotSolved) {
  LineCards cards = dealt();
  check(cards);
  EXPECT_FALSE(cards.solved);
  solve(cards);
  put(cards, cards.solution() - 1);
  check(cards);
  EXPECT_FALSE(cards.solved);
}

TEST(Cards, EveryCardIsSomewhereWhateverAHandDoes) {
  LineCards cards = dealt(7);
  std::uint32_t dice = 1;
  for (int i = 0; i < 2000; ++i) {
    dice = dice * 1664525 + 1013904223;
    const int row = static_cast<int>(dice >> 24) % 14 - 2, by = static_cast<int>(dice >> 16) % 7 - 3;
    switch (dice >> 30) {
      case 0: put(cards, row); break;
      case 1: shift(cards, row, by); break;
      case 2: choose(cards, row); break;
      default: check(cards);
    }
    std::multiset<int> all(cards.in.begin(), cards.in.end());
    all.insert(cards.out.begin(), cards.out.end());
    ASSERT_EQ(std::vector<int>(all.begin(), all.end()), (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    ASSERT_TRUE(cards.chosen >= 0 && cards.chosen < cards.rows());
    ASSERT_TRUE(cards.marks.empty() || cards.marks.size() == cards.in.size());
  }
}

TEST(Cards, ASeedShufflesTheSameEverywhere) {
  EXPECT_EQ(dealt(3).out, dealt(3).out);
  EXPECT_NE(dealt(3).out, dealt(4).out);
  std::vector<int> sorted = dealt(3).out;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_NE(dealt(3).out, sorted);
}

TEST(Cards, TheActsWorkOnTheShownSource) {
  Session session;
  session.lesson.name = "demo";
  session.lesson.sources = {{SourceLanguage::python, "demo.py", std::string(program)}};
  update(session, {Act::cards_put, 1, 0, "", {}});
  EXPECT_EQ(session.cards.in.size(), 1u);
  EXPECT_EQ(session.cards.lesson, "demo");
  update(session, {Act::cards_choose, 0, 0, "down", {}});
  EXPECT_EQ(session.cards.chosen, 2);
  update(session, {Act::cards_put, 0, 0, "", {}});
  EXPECT_EQ(session.cards.in.size(), 2u);
  const std::vector<int> in = session.cards.in;
  update(session, {Act::cards_move, 1, 1, "", {}});
  EXPECT_EQ(session.cards.in, (std::vector<int>{in[1], in[0]}));
  for (const double row : {-1.0, 0.5, 99.0, 1e300}) update(session, {Act::cards_put, row, 0, "", {}});
  EXPECT_EQ(session.cards.in.size(), 2u);
  update(session, {Act::cards_check, 0, 0, "", {}});
  EXPECT_EQ(session.cards.marks.size(), 2u);
  EXPECT_EQ(session.student.progress["demo"]["order"].tries, 1);
  const std::uint64_t seed = session.cards.seed;
  update(session, {Act::cards_shuffle, 0, 0, "", {}});
  EXPECT_EQ(session.cards.seed, seed + 1);
  EXPECT_TRUE(session.cards.in.empty());
  session.lesson.name = "other";  // another lesson deals anew
  EXPECT_TRUE(cards_of(session).marks.empty());
  const LineCard* dealt = cards_of(session).deck.data();
  EXPECT_EQ(cards_of(session).deck.data(), dealt) << "once, not in each frame";
  session.lesson.sources[0].text.insert(0, "# @begin fixed\nawait other()\n# @end fixed\n");
  EXPECT_TRUE(std::any_of(cards_of(session).deck.begin(), cards_of(session).deck.end(),
                          [](const LineCard& card) { return card.text == "await other()"; }));
  session.lesson = {};
  update(session, {Act::cards_put, 1, 0, "", {}});
  EXPECT_TRUE(session.message_is_error);
}

}  // namespace
}  // namespace awaitscope::view
