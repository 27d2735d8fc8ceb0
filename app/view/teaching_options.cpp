// What the card of each option shows.
#include <fmt/format.h>

#include "app/view/teaching_walk.h"

namespace awaitscope::view {
namespace {

using Phase = Teaching::Phase;

OptionCard card_of(const Session& session, const Question& question, std::size_t index) {
  const Teaching& t = session.teaching;
  const Votes& votes = votes_of(session);
  const auto count = [&](const std::vector<int>& round) { return index < round.size() ? round[index] : 0; };
  OptionCard card;
  card.index = index;
  card.words = question.options[index].text.in(session.language);
  card.first = count(votes.first), card.second = count(votes.second);
  card.all_first = total(votes.first), card.all_second = total(votes.second);
  card.bars = shows_counts(session) && card.all_first + card.all_second > 0;
  card.revote = t.phase == Phase::revote;
  card.marked = voting(session) && index == t.marked;
  card.answer = t.phase >= Phase::reveal && index == question.answer;
  if (t.phase >= Phase::reveal) card.belief = question.options[index].misconception.in(session.language);
  if (voting(session)) {
    const int typed = card.revote ? card.second : card.first;
    if (card.marked || (card.bars && typed)) card.count = std::to_string(typed);
  } else if (card.bars) {
    card.count = card.all_first && card.all_second ? fmt::format("{} → {}", card.first, card.second)
                                                   : std::to_string(card.all_second ? card.second : card.first);
  }
  return card;
}

}  // namespace

std::vector<OptionCard> option_cards(const Session& session) {
  std::vector<OptionCard> out;
  if (const Question* question = open_question(session))
    for (std::size_t i = 0; i < question->options.size(); ++i) out.push_back(card_of(session, *question, i));
  return out;
}

}  // namespace awaitscope::view
