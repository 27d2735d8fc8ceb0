#include "app/view/kept.h"

#include <algorithm>
#include <cmath>

#include "app/view/say.h"

namespace awaitscope::view {
namespace {

using What = Request::What;

/// A number from a script as a row from 0; -1 where it is none.
int row_of(double number) { return number >= 1 && number <= 1000 ? static_cast<int>(number) - 1 : -1; }
int rows_of(double number) { return std::isfinite(number) ? static_cast<int>(std::clamp(number, -1000.0, 1000.0)) : 0; }

void tell_check(Session& session) {
  const LineCards& cards = session.cards;
  const auto right = std::count(cards.marks.begin(), cards.marks.end(), Placed::right);
  note_try(session.student.progress, cards.lesson, "order", cards.solved);
  if (cards.solved) return say(session, Phrase{"every line is where the fix has it", "每一行都在修正版的位置上"});
  say(session, Phrase{"{} of {} lines are where the fix has them", "{1} 行中有 {0} 行位置正确"}, right, cards.solution());
}

}  // namespace

void remember(Session& session, const std::string& path) {
  std::erase_if(session.recent, [&](const RecentFile& one) { return one.path == path; });
  session.recent.insert(session.recent.begin(), {path, true});
  if (session.recent.size() > most_recent) session.recent.resize(most_recent);
}

std::vector<Request> open_recent(Session& session, double number) {
  const int row = row_of(number);
  if (row < 0 || row >= static_cast<int>(session.recent.size()))
    return refuse(session, {"there are {} recent files", "最近的文件有 {} 个"}, session.recent.size());
  return {{What::open, session.recent[static_cast<std::size_t>(row)].path}};
}

std::vector<Request> save_session(Session& session, const std::string& path) {
  if (path.empty()) return refuse(session, {"save-session takes a path", "save-session 需要一个路径"});
  return {{What::save, path.ends_with(session_ending) ? path : path + std::string(session_ending)}};
}

void handle_cards(Session& session, const Action& action) {
  LineCards cards = cards_of(session);
  if (cards.empty()) {
    refuse(session, {"this lesson has no lines to order", "这一课没有可排列的代码行"});
    return;
  }
  const int row = action.x == 0 ? cards.chosen : row_of(action.x);
  const int by = action.text == "up" ? -1 : action.text == "down" ? 1 : 0;
  switch (action.act) {
    case Act::cards_choose: choose(cards, by ? std::clamp(cards.chosen + by, 0, cards.rows() - 1) : row); break;
    case Act::cards_put: put(cards, row); break;
    case Act::cards_move: shift(cards, row, by ? by : rows_of(action.y)); break;
    case Act::cards_check: check(cards); break;
    case Act::cards_shuffle: {
      const std::uint64_t seed = action.x >= 1 && action.x <= 1e9 ? static_cast<std::uint64_t>(action.x) : cards.seed + 1;
      cards = deal(cards.lesson, cards.source, std::move(cards.deck), seed);
      break;
    }
    default: break;
  }
  session.cards = std::move(cards);
  if (action.act == Act::cards_check) tell_check(session);
}

std::vector<Request> set_student(Session& session, const std::string& word) {
  Student& student = session.student;
  student.on = turned(word, student.on);
  say(session, student.on ? Phrase{"challenges are open", "挑战已打开"} : Phrase{"challenges are closed", "挑战已关闭"});
  if (!student.on || session.lesson.empty() || student.lesson == session.lesson.name) return {};
  return {{What::challenge, session.lesson.name}};
}

}  // namespace awaitscope::view
