#include "app/view/cards.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "app/view/pictures.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t least_lines = 6, most_lines = 10, wrong_lines = 2;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

/// A line, or several that are one statement.
struct CodeLine {
  std::string text;
  int indent = 0;
  bool marked = false;  ///< a task stands here at some moment
};

/// The line without blanks and with one name for every version: `Task<void> bad(Settings set) {` is fixed's first line too.
std::string meaning(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_word(text[i])) {
      if (text[i] != ' ') out += text[i];
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string_view word = text.substr(i, end - i);
    out += word.starts_with("bad") || word.starts_with("fixed") ? "version" : std::string(word) + " ";
    i = end;
  }
  return out;
}

bool is_comment(std::string_view text) { return text.starts_with("//") || text.starts_with("#") || text.starts_with("/*"); }

/// Whether the statement goes on in the next line: something is open that is no block.
bool goes_on(std::string_view text) {
  if (text.empty() || text.back() == '{' || text.back() == ':') return false;
  int open = 0;
  for (const char c : text) open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
  return open > 0 || text.back() == ',' || text.back() == '=';
}

/// The lines of one block, not those that all versions share; brackets alone and comments are no lines.
std::vector<CodeLine> block(std::string_view source, std::string_view name) {
  std::set<int> shared;
  if (name != "both")
    for (const SourceLine& line : version_lines(source, "both")) shared.insert(line.number);
  std::vector<CodeLine> out;
  bool more = false;
  for (const SourceLine& line : version_lines(source, name)) {
    if (shared.count(line.number)) continue;
    const std::size_t from = line.text.find_first_not_of(' ');
    if (from == std::string::npos) continue;
    const std::string text = line.text.substr(from);
    if (more) {
      const bool tight = out.back().text.ends_with('(') || out.back().text.ends_with('[');
      out.back().text += (tight ? "" : " ") + text;
      out.back().marked |= !line.mark.empty();
    } else if (std::any_of(text.begin(), text.end(), is_word) && !is_comment(text)) {
      out.push_back({text, static_cast<int>(from), !line.mark.empty()});
    } else {
      continue;
    }
    more = goes_on(out.back().text) && out.back().text.size() < 100;
  }
  return out;
}

std::set<std::string> meanings(const std::vector<CodeLine>& lines) {
  std::set<std::string> out;
  for (const CodeLine& line : lines) out.insert(meaning(line.text));
  return out;
}

/// What a line tells about the fix.
int weight(const CodeLine& line, const std::set<std::string>& bug) {
  return (bug.count(meaning(line.text)) ? 0 : 4) + (line.marked ? 2 : 0) +
         (line.text.find("await") != std::string::npos ? 2 : 0);
}

/// The `count` lines of most weight, in their order.
std::vector<CodeLine> telling(const std::vector<CodeLine>& lines, std::size_t count, const std::set<std::string>& bug) {
  std::vector<std::size_t> order(lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return weight(lines[a], bug) > weight(lines[b], bug); });
  order.resize(std::min(order.size(), count));
  std::sort(order.begin(), order.end());
  std::vector<CodeLine> out;
  for (const std::size_t i : order) out.push_back(lines[i]);
  return out;
}

/// The names behind "@begin", in the order of the file.
std::vector<std::string> blocks(std::string_view source) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = source.find("@begin ", at)) != std::string_view::npos;) {
    at += 7;
    const std::size_t end = std::min(source.find_first_of(" \r\n", at), source.size());
    out.emplace_back(source.substr(at, end - at));
  }
  return out;
}

/// How alike two lines are, 0 to 1: the share of pairs of letters that both have.
double likeness(const std::string& a, const std::string& b) {
  std::multiset<std::string> pairs;
  for (std::size_t i = 0; i + 1 < a.size(); ++i) pairs.insert(a.substr(i, 2));
  std::size_t both = 0;
  for (std::size_t i = 0; i + 1 < b.size(); ++i)
    if (const auto found = pairs.find(b.substr(i, 2)); found != pairs.end()) pairs.erase(found), ++both;
  return 2.0 * static_cast<double>(both) / static_cast<double>(std::max<std::size_t>(a.size() + b.size(), 3) - 2);
}

/// Lines of the other versions that the fix does not have, those first that could be taken for one of its own.
std::vector<CodeLine> wrong(std::string_view source, const std::vector<CodeLine>& solution, std::set<std::string> known) {
  std::vector<CodeLine> out;
  std::vector<std::string> names = blocks(source);
  std::stable_partition(names.begin(), names.end(), [](const std::string& name) { return name == "bad"; });
  for (const std::string& name : names) {
    if (name == "fixed" || name == "both" || out.size() >= wrong_lines) continue;
    std::vector<std::pair<double, CodeLine>> found;
    for (const CodeLine& line : block(source, name)) {
      if (!known.insert(meaning(line.text)).second) continue;
      double like = 0;
      for (const CodeLine& right : solution) like = std::max(like, likeness(line.text, right.text));
      found.emplace_back(like + weight(line, {}), line);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [like, line] : found)
      if (out.size() < wrong_lines) out.push_back(line);
  }
  // Where the versions differ too little: lines of the fix whose await somebody forgot.
  for (const CodeLine& right : solution) {
    CodeLine line = right;
    for (const std::string_view word : {"co_await ", "await "})
      if (const std::size_t at = line.text.find(word); at != std::string::npos) line.text.erase(at, word.size());
    if (out.size() < wrong_lines && known.insert(meaning(line.text)).second) out.push_back(std::move(line));
  }
  return out;
}

/// Numbers that are the same on every machine.
std::uint64_t next(std::uint64_t& state) {
  std::uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

bool is_row(const LineCards& cards, int row) { return row >= 0 && row < cards.rows(); }

/// Something moved: what the last check said holds no more.
void moved(LineCards& cards) {
  cards.marks.clear();
  cards.solved = false;
}

}  // namespace

std::vector<LineCard> deck_of(std::string_view source) {
  const std::vector<std::string> names = blocks(source);
  if (std::find(names.begin(), names.end(), "fixed") == names.end()) return {};
  const std::vector<CodeLine> fixed = block(source, "fixed"), shared = block(source, "both");
  const std::set<std::string> bug = meanings(block(source, "bad"));
  std::vector<CodeLine> solution = telling(fixed, most_lines, bug);
  if (solution.size() < least_lines) {
    std::vector<CodeLine> before = telling(shared, least_lines - solution.size(), {});
    solution.insert(solution.begin(), before.begin(), before.end());
  }
  std::set<std::string> known = meanings(fixed);
  known.merge(meanings(shared));
  std::vector<LineCard> deck;
  for (std::size_t i = 0; i < solution.size(); ++i) deck.push_back({solution[i].text, solution[i].indent, static_cast<int>(i)});
  for (CodeLine& line : wrong(source, solution, std::move(known))) deck.push_back({std::move(line.text), line.indent, -1});
  return deck;
}

int LineCards::solution() const {
  return static_cast<int>(std::count_if(deck.begin(), deck.end(), [](const LineCard& card) { return card.line >= 0; }));
}

LineCards deal(std::string lesson, std::string source, std::vector<LineCard> deck, std::uint64_t seed) {
  LineCards cards;
  cards.lesson = std::move(lesson);
  cards.source = std::move(source);
  cards.seed = seed;
  cards.deck = std::move(deck);
  for (int i = 0; i < cards.rows(); ++i) cards.out.push_back(i);
  std::uint64_t state = seed;
  for (std::size_t i = cards.out.size(); i > 1; --i) std::swap(cards.out[i - 1], cards.out[next(state) % i]);
  return cards;
}

void choose(LineCards& cards, int row) {
  if (is_row(cards, row)) cards.chosen = row;
}

void put(LineCards& cards, int row) {
  if (!is_row(cards, row)) return;
  const int in = static_cast<int>(cards.in.size());
  std::vector<int>&from = row < in ? cards.in : cards.out, &to = row < in ? cards.out : cards.in;
  const auto card = from.begin() + (row < in ? row : row - in);
  to.push_back(*card);
  from.erase(card);
  moved(cards);
  // The next card of those that are out comes under the hand: a program is built by Enter and the arrows alone.
  cards.chosen = std::clamp(row < in ? row : row + 1, 0, cards.rows() - 1);
}

void shift(LineCards& cards, int row, int rows) {
  const int in = static_cast<int>(cards.in.size());
  if (row < 0 || row >= in || rows == 0) return;
  const int to = std::clamp(row + rows, 0, in - 1);
  cards.chosen = to;
  if (to == row) return;
  const int card = cards.in[static_cast<std::size_t>(row)];
  cards.in.erase(cards.in.begin() + row);
  cards.in.insert(cards.in.begin() + to, card);
  moved(cards);
}

void check(LineCards& cards) {
  cards.marks.clear();
  const int lines = cards.solution();
  std::size_t right = 0;
  for (std::size_t i = 0; i < cards.in.size(); ++i) {
    const LineCard& card = cards.deck[static_cast<std::size_t>(cards.in[i])];
    // By what it says: of two equal lines either may stand in either place.
    const bool here = card.line >= 0 && static_cast<int>(i) < lines && cards.deck[i].text == card.text;
    right += here;
    cards.marks.push_back(here ? Placed::right : card.line >= 0 ? Placed::elsewhere : Placed::foreign);
  }
  ++cards.checks;
  cards.solved = lines > 0 && right == cards.in.size() && static_cast<int>(right) == lines;
}

const LineCards& cards_of(const Session& session) {
  static const LineCards none;
  const SourceFile* shown = shown_source(session);
  if (!shown || session.lesson.empty()) return none;
  if (session.cards.lesson == session.lesson.name && session.cards.source == shown->path) return session.cards;
  const std::string key = fmt::format("{} {} {} {}", session.lesson.name, shown->path, session.cards.seed,
                                      std::hash<std::string_view>{}(shown->text));
  return session.memo.of<LineCards>(
      key, [&] { return deal(session.lesson.name, shown->path, deck_of(shown->text), session.cards.seed); });
}

}  // namespace awaitscope::view
