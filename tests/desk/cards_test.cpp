// Order the lines, with the lines of every lesson.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "app/desk/lessons.h"
#include "tests/support/solve.h"

namespace awaitscope::view {
namespace {

TEST(Cards, EveryLessonInEveryLanguageCanBeSolved) {
  int decks = 0;
  for (const Scenario* scenario : scenarios_by_card())
    for (const SourceFile& source : desk::lesson_of(*scenario, *settings_for(*scenario, {})).sources) {
      const std::vector<LineCard> deck = deck_of(source.text);
      if (source.text.find("@begin fixed\n") == std::string::npos) {
        EXPECT_TRUE(deck.empty()) << source.path;
        continue;
      }
      ++decks;
      LineCards cards = deal(scenario->name, source.path, deck, 1);
      EXPECT_GE(cards.solution(), 6) << source.path;
      EXPECT_LE(cards.solution(), 10) << source.path;
      EXPECT_EQ(cards.rows() - cards.solution(), 2) << source.path;
      // The lines stand in the file in this order, and no wrong one is a line of the fix.
      std::size_t at = 0;
      std::set<std::string> right;
      for (const LineCard& card : cards.deck) {
        if (card.line < 0) {
          EXPECT_FALSE(right.count(card.text)) << source.path << ": " << card.text;
          continue;
        }
        right.insert(card.text);
        const std::string first = card.text.substr(0, std::min<std::size_t>(card.text.find_first_of("([=,") + 1, 12));
        const std::size_t found = source.text.find(first, at);
        EXPECT_NE(found, std::string::npos) << source.path << ": " << card.text;
        if (found != std::string::npos) at = std::min(found, source.text.size());
      }
      solve(cards);
      check(cards);
      EXPECT_TRUE(cards.solved) << source.path;
      put(cards, cards.rows() - 1);
      check(cards);
      EXPECT_FALSE(cards.solved) << source.path;
    }
  EXPECT_GT(decks, 60);
}

}  // namespace
}  // namespace awaitscope::view
