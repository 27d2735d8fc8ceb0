#pragma once
// Order the lines (a Parsons problem): the lines of a lesson's fix, shuffled, with two lines of the bug among them.  Whoever
// puts them in order has read every one of them, in half the time that writing takes.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::view {

struct Session;

struct LineCard {
  std::string text;  ///< as it may be shown, without its indentation
  int indent = 0;    ///< blanks before it
  int line = -1;     ///< its place in the solution, -1: it does not belong there
};

/// What a check says of a card in the program.
enum class Placed : std::uint8_t { right, elsewhere, foreign };

struct LineCards {
  std::string lesson, source;  ///< whose lines these are: name and path
  std::uint64_t seed = 1;      ///< of the shuffle
  std::vector<LineCard> deck;  ///< the solution in its order, then the lines that do not belong
  std::vector<int> in, out;    ///< indices into the deck: the program so far, and what lies beside it
  int chosen = 0;              ///< a row: first those that are in, then those that are out
  std::vector<Placed> marks;   ///< of `in`, after a check and until something moves
  int checks = 0;
  bool solved = false;

  bool empty() const { return deck.empty(); }
  int solution() const;  ///< how many lines it has
  int rows() const { return static_cast<int>(deck.size()); }
};

/// The cards of a source: six to ten telling lines of its fixed version and two that only the other versions have.  Empty
/// where the source has no fixed version.
std::vector<LineCard> deck_of(std::string_view source);
/// All cards out, shuffled.
LineCards deal(std::string lesson, std::string source, std::vector<LineCard> deck, std::uint64_t seed);

// What a hand does with them.  Rows that are not there change nothing.
void choose(LineCards& cards, int row);
void put(LineCards& cards, int row);              ///< one that is in comes out, one that is out comes in, at the end
void shift(LineCards& cards, int row, int rows);  ///< moves a card of the program, down is positive
void check(LineCards& cards);

/// The session's cards, dealt anew where they are another lesson's or another language's.
const LineCards& cards_of(const Session& session);

}  // namespace awaitscope::view
