// Forward and back through a lesson.  Where it stands is question, phase and playhead; going there is one function, so that the
// way back shows exactly what the way there did.
#include "app/view/teaching_walk.h"

#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/search.h"
#include "app/view/stage.h"

namespace awaitscope::view {
namespace {

using Phase = Teaching::Phase;

constexpr Seq last_place = 0xFFFFFFFF;

bool walks_stops(Phase phase) { return phase == Phase::run || phase == Phase::other; }

int side_of(const Session& session) {
  const int asked = asked_side(session);
  return session.teaching.phase == Phase::other && session.sides.size() > 1 ? 1 - asked : asked;
}
const Side& here(const Session& session) { return *session.sides[static_cast<std::size_t>(side_of(session))]; }

/// Where the walk stops in a run; a run that the lesson knows no moment of stops at its end.
std::vector<Seq> walked_stops(const Side& side) {
  std::vector<Seq> out = stops_of(side);
  if (out.empty()) out.push_back(side.trace.size());
  return out;
}

/// The last stop at or before `at`, else the first.
Seq snapped(const Side& side, Seq at) {
  const auto stops = walked_stops(side);
  const auto after = std::upper_bound(stops.begin(), stops.end(), at);
  return after == stops.begin() ? stops.front() : *(after - 1);
}

/// What the answer is about.
Hit answer_of(const Side& side, Seq seq) {
  return seq && seq <= side.trace.size() ? spot_of(side, side.trace[seq].who(), seq) : Hit{};
}

/// Shows the place where the lesson stands.
void place(Session& session) {
  Teaching& t = session.teaching;
  if (!open_question(session) || !session.has_runs()) return;
  const int at_side = side_of(session);
  session.playing = false;
  activate(session, at_side);
  session.show = t.phase >= Phase::other && session.sides.size() > 1 ? Show::both : Show::one;
  session.selected = session.hovered = {};
  session.selected_finding = -1;
  session.range.reset();
  const Side& side = here(session);
  const Seq reveal = reveal_of(session);
  Seq at = 0;
  if (walks_stops(t.phase)) at = snapped(side, t.at);
  else if (t.phase >= Phase::reveal) at = reveal && t.phase != Phase::done ? reveal : side.trace.size();
  t.at = at;
  if (t.phase == Phase::done) seek_end(session);
  else seek(session, at);
  if (t.phase == Phase::reveal || t.phase == Phase::saw) session.selected = answer_of(side, reveal);
  const Stop* stop = walks_stops(t.phase) ? stop_here(session) : nullptr;
  say(session, stop ? stop->say.in(session.language) : std::string());
}

void set_phase(Session& session, Phase phase, Seq at) {
  Teaching& t = session.teaching;
  t.phase = phase;
  t.at = at;
  t.marked = 0;
  t.typing = false;
  t.peek = false;
  if (phase == Phase::done) t.taught.insert(t.lesson);
}

void enter(Session& session, Phase phase, Seq at) {
  set_phase(session, phase, at);
  place(session);
}

/// Another question's runs are wanted; they are shown from end to end, at that place once they have arrived.
std::vector<Request> to_question(Session& session, std::size_t question, Phase phase, Seq at) {
  session.teaching.question = question;
  session.view_begin = {0}, session.view_end = {1};
  session.lane_scroll = 0;
  set_phase(session, phase, at);
  return {{Request::What::run_question, std::to_string(question)}};
}

bool lacks_votes(const Session& session) {
  const Teaching& t = session.teaching;
  const Votes& votes = votes_of(session);
  if (!t.votes || votes.open) return false;
  return (t.phase == Phase::vote && total(votes.first) == 0) || (t.phase == Phase::revote && total(votes.second) == 0);
}

bool veiled(const Session& session, int side) {
  return keeps_ahead(session) || (open_question(session) && session.teaching.phase == Phase::other && side == side_of(session));
}

}  // namespace

std::vector<Phase> phases_of(const Session& session, std::size_t index) {
  std::vector<Phase> out;
  if (index >= session.lesson.questions.size()) return out;
  const bool first = index == 0, pair = session.sides.size() > 1;
  if (first) out.push_back(Phase::read);
  out.push_back(Phase::vote);
  if (session.teaching.votes) out.insert(out.end(), {Phase::talk, Phase::revote});
  if (session.lesson.questions[index].run.here) out.push_back(Phase::run);
  out.push_back(Phase::reveal);
  if (first) out.push_back(Phase::saw);
  if (first && pair) out.push_back(Phase::other);
  if (index + 1 == session.lesson.questions.size()) out.push_back(Phase::done);
  return out;
}

std::vector<Request> go_on(Session& session) {
  Teaching& t = session.teaching;
  if (!open_question(session) || !session.has_runs()) return {};
  if (walks_stops(t.phase)) {
    const auto stops = walked_stops(here(session));
    const auto next = std::upper_bound(stops.begin(), stops.end(), here(session).step);
    if (next != stops.end()) return t.at = *next, place(session), std::vector<Request>{};
  }
  if (lacks_votes(session)) {
    say(session, Phrase{"First the votes: type a count, Enter for the next option; Shift+PageDown runs without",
                        "先投票：输入票数，Enter 到下一个选项；Shift+PageDown 不投票直接运行"});
    return {};
  }
  const auto phases = phases_of(session, t.question);
  const auto next = std::upper_bound(phases.begin(), phases.end(), t.phase);
  if (next != phases.end()) return enter(session, *next, 0), std::vector<Request>{};
  if (t.question + 1 < session.lesson.questions.size())
    return to_question(session, t.question + 1, phases_of(session, t.question + 1).front(), 0);
  return lesson_act(session, action(Act::next_lesson));
}

std::vector<Request> go_back(Session& session) {
  Teaching& t = session.teaching;
  if (!open_question(session) || !session.has_runs()) return {};
  if (walks_stops(t.phase)) {
    const auto stops = walked_stops(here(session));
    const auto after = std::lower_bound(stops.begin(), stops.end(), here(session).step);
    if (after != stops.begin()) return t.at = *(after - 1), place(session), std::vector<Request>{};
  }
  const auto phases = phases_of(session, t.question);
  const auto now = std::lower_bound(phases.begin(), phases.end(), t.phase);
  if (now != phases.begin()) return enter(session, *(now - 1), last_place), std::vector<Request>{};
  if (t.question > 0) return to_question(session, t.question - 1, phases_of(session, t.question - 1).back(), last_place);
  say(session, Phrase{"Here the lesson begins", "这里是课的开头"});
  return {};
}

void begin_lesson(Session& session) {
  Teaching& t = session.teaching;
  t.lesson = session.lesson.name;
  t.question = 0;
  t.phase = Phase::read;
  t.at = 0;
  t.marked = 0;
  t.typing = t.peek = t.concealed = false;
  if (session.lesson.questions.empty()) t.on = false;
  session.view_begin = {0}, session.view_end = {1};
  session.lane_scroll = 0;
  session.order_ruler = false;
}

void resume_lesson(Session& session) {
  place(session);
  draw_veil(session);
}

void draw_veil(Session& session) {
  bool searched_anew = false;
  for (std::size_t i = 0; i < session.sides.size(); ++i) {
    Side& side = *session.sides[i];
    const bool was_veiled = side.past != nullptr, is_veiled = veiled(session, static_cast<int>(i));
    if (was_veiled != is_veiled && session.hunt.search.side == static_cast<int>(i)) searched_anew = true;
    if (!is_veiled) {
      side.past.reset();
      continue;
    }
    if (!side.past || side.past->trace.size() > side.step) side.past = std::make_unique<Past>();
    Trace& past = side.past->trace;
    past.info = side.trace.info;
    for (auto id = static_cast<std::uint32_t>(past.text_count()); id < side.trace.text_count(); ++id)
      past.define({Definition::What::text, id, std::string(side.trace.text(id)), 0});
    for (auto id = static_cast<std::uint32_t>(past.site_count()); id < side.trace.site_count(); ++id) {
      const Site& site = side.trace.site({static_cast<decltype(SiteId::value)>(id)});
      past.define({Definition::What::site, id, site.file, site.line});
    }
    while (past.size() < side.step) past.append(static_cast<const Record&>(side.trace[past.size() + 1]));
    side.past->history.extend(past);
  }
  searched_anew ? search_again(session) : forget_ahead(session);
}

}  // namespace awaitscope::view
