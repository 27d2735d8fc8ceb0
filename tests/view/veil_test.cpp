// What a lesson keeps from sight: nothing that lists, finds, measures or says tells of it either.
#include "app/view/arrows.h"
#include "app/view/filter.h"
#include "app/view/inspect.h"
#include "app/view/range.h"
#include "app/view/search.h"
#include "app/view/statistics.h"
#include "app/view/tables.h"
#include "app/view/teaching_walk.h"
#include "hunting.h"

namespace awaitscope::view {
namespace {

using Phase = Teaching::Phase;

/// The lesson has opened the run, and stands where the time is up; the rest of it has not been seen.
std::unique_ptr<Session> opened() {
  Question question;
  question.options = {{{"at 1.0 s", "1.0 秒"}, {}}, {{"at 4.0 s", "4.0 秒"}, {}}};
  question.answer = 1;
  auto session = lesson_of(question);
  Finding finding;
  finding.rule = "demo-rule";
  finding.evidence = {18};
  session->sides[0]->findings = {finding};
  update(*session, action(Act::teach));
  update(*session, action(Act::unlock));
  EXPECT_EQ(session->side().step, 25u);
  return session;
}

/// On to the answer, from which on nothing is kept back.
void answer(Session& session) {
  for (int i = 0; i < 9 && session.teaching.phase < Phase::reveal; ++i) act(session, Act::bookmark_forward);
  ASSERT_EQ(session.teaching.phase, Phase::reveal);
}

std::string details(const Session& session) {
  std::string out;
  for (const Detail& detail : inspect(session)) out += detail.label + ": " + detail.text + "\n";
  return out;
}

TEST(Veil, LanesThatAreStillToComeAreNeitherFoundNorCountedNorPinned) {
  const auto session = opened();
  act(*session, Act::seek_event, 5);
  EXPECT_TRUE(lanes_like(session->side(), "worker", 9).empty());
  act(*session, Act::filter_lanes, 0, 0, "nobody");
  EXPECT_EQ(hidden_lanes(*session, session->side()).all, 1u);
  EXPECT_EQ(session->message, "1 of 1 lanes are hidden");
  act(*session, Act::pin_lane, 0, 0, {}, {Hit::Kind::task, 2, 0});
  EXPECT_TRUE(session->hunt.pins.empty());
  act(*session, Act::find_lane, 0, 0, {}, {Hit::Kind::task, 2, 0});
  EXPECT_EQ(session->selected, Hit{});
  act(*session, Act::seek_event, 25);
  EXPECT_EQ(lanes_like(session->side(), "worker", 9).size(), 1u);
}

TEST(Veil, AFilterDoesNotTellHowATaskWillEnd) {
  const auto session = opened();
  act(*session, Act::filter_lanes, 0, 0, "unfinished");
  EXPECT_EQ(hidden_lanes(*session, session->side()).hidden, 0u);
  answer(*session);
  EXPECT_EQ(hidden_lanes(*session, session->side()).hidden, 2u);
}

TEST(Veil, ASearchGoesAsFarAsThePlayhead) {
  const auto session = opened();
  const auto found = [&] {
    while (advance(*session, 0)) {}
    return session->hunt.search.matches.size();
  };
  act(*session, Act::find, 0, 0, "got late");
  EXPECT_EQ(found(), 0u);
  EXPECT_FALSE(searching(*session));
  act(*session, Act::find_next);
  EXPECT_EQ(session->side().step, 25u);
  act(*session, Act::seek_event, 37);
  EXPECT_EQ(found(), 1u);
  act(*session, Act::find_next);
  EXPECT_EQ(session->side().step, 36u);
  EXPECT_EQ(session->hunt.search.at, 1u);
  act(*session, Act::seek_event, 25);
  EXPECT_EQ(found(), 0u) << "gone back, as the picture has";
  EXPECT_EQ(session->hunt.search.at, 0u);
  act(*session, Act::find, 0, 0, "#36");
  EXPECT_EQ(found(), 0u);
  answer(*session);
  EXPECT_EQ(found(), 1u);
}

TEST(Veil, ASearchDoesNotTellWhatTheRulesFound) {
  const auto session = opened();
  act(*session, Act::find, 0, 0, "demo-rule");
  EXPECT_TRUE(session->hunt.search.matches.empty());
  answer(*session);
  ASSERT_EQ(session->hunt.search.matches.size(), 1u) << "the same search, once it may";
  EXPECT_EQ(session->hunt.search.matches[0].seq, 18u);
}

TEST(Veil, ArrowsAndBarsEndAtThePlayhead) {
  const auto session = opened();
  act(*session, Act::select, 0, 0, {}, {Hit::Kind::task, 2, 0});
  const auto& flows = session->side().history.flows;
  for (const std::uint32_t arrow : arrows_at(*session)) EXPECT_LE(std::max(flows[arrow].from, flows[arrow].to), 25u);
  act(*session, Act::follow_arrow);
  EXPECT_EQ(session->message, "no arrow begins here");
  for (int i = 0; i < 9; ++i) act(*session, Act::next_span);
  EXPECT_LE(session->side().step, 25u);
  EXPECT_LE(session->selected.seq, 25u);
}

TEST(Veil, TotalsAreOfWhatIsSeenAndTheTableIsNotCopied) {
  const auto session = opened();
  EXPECT_EQ(range_facts(*session).end, Instant{1'000'000'000});
  EXPECT_EQ(range_facts(*session).last, 25u);
  act(*session, Act::select_range, 0, 4e9);
  EXPECT_LE(range_facts(*session).all.waiting, Duration{2'000'000'000}) << "two tasks, a second";
  const std::uint64_t steps = range_facts(*session).all.steps;
  act(*session, Act::seek_event, 5);
  EXPECT_LT(range_facts(*session).all.steps, steps) << "of the same range, of which less is seen";
  act(*session, Act::seek_event, 25);
  EXPECT_EQ(range_facts(*session).all.steps, steps);
  const int copies = session->hunt.copies;
  act(*session, Act::copy_table);
  EXPECT_EQ(session->hunt.copies, copies);
  EXPECT_EQ(session->message, "The table of the run comes after the answer");
  act(*session, Act::home);
  act(*session, Act::toggle_order_ruler);
  act(*session, Act::select_range, 0, 4);
  EXPECT_EQ(range_facts(*session).last, 0u) << "nothing has happened yet";
  answer(*session);
  act(*session, Act::copy_table);
  EXPECT_GT(session->hunt.copies, copies);
}

TEST(Veil, TheInspectorKnowsNoLater) {
  const auto session = opened();
  // A run of which no more was recorded.
  auto trace = read_text(to_text(session->side().seen_trace()));
  ASSERT_TRUE(trace) << trace.error();
  const auto cut = session_of(std::move(*trace));
  cut->side().findings.clear();
  EXPECT_EQ(details(*session), details(*cut));
  for (const Hit& hit : {Hit{Hit::Kind::task, 1, 0}, Hit{Hit::Kind::task, 2, 0}, Hit{Hit::Kind::scope, 1, 0},
                         Hit{Hit::Kind::loop, 3, 16}, Hit{Hit::Kind::span, 2, 24}, Hit{Hit::Kind::event, 23, 23}}) {
    for (Session* each : {session.get(), cut.get()}) {
      each->selected = hit;
      each->range = {Instant{0}, Instant{4'000'000'000}};
    }
    EXPECT_EQ(details(*session), details(*cut));
  }
  act(*session, Act::clear_selection);
  answer(*session);
  act(*session, Act::select, 0, 0, {}, {Hit::Kind::scope, 1, 0});
  EXPECT_NE(details(*session).find("4.000 s"), std::string::npos) << "when it was left";
}

TEST(Veil, TablesAndStatisticsCountWhatIsSeen) {
  const auto session = opened();
  EXPECT_EQ(event_count(*session), 25u);
  const auto steps = histogram(*session, Chart::step_length).total;
  act(*session, Act::filter_table, 0, 0, "Events log");
  EXPECT_EQ(event_count(*session), 0u);
  answer(*session);
  act(*session, Act::end);
  EXPECT_EQ(event_count(*session), 1u);
  EXPECT_GT(histogram(*session, Chart::step_length).total, steps);
}

TEST(Veil, TheStatusLineAndTheWindowDoNotTellTheLength) {
  const auto session = opened();
  act(*session, Act::event_back);
  EXPECT_TRUE(session->message.starts_with("event 24 of 24 ")) << session->message;
  act(*session, Act::fit_selection, 0, 0, {}, {Hit::Kind::task, 2, 0});
  EXPECT_LT(session->view_end, Instant{1'500'000'000});
  act(*session, Act::toggle_order_ruler);
  act(*session, Act::select_range, 2, 38);
  act(*session, Act::note_range, 0, 0, "look");
  ASSERT_EQ(session->side().trace.notes.size(), 1u);
  EXPECT_EQ(session->side().trace.notes[0].end, Instant{1'000'000'000});
}

TEST(Veil, TheOtherVersionIsSeenAsFarAsItWasWatched) {
  const auto session = opened();
  session->sides[1]->stops = {{13, "wait", {"it waits", "它等待"}}};
  for (int i = 0; i < 9 && session->teaching.phase < Phase::other; ++i) act(*session, Act::bookmark_forward);
  ASSERT_EQ(session->teaching.phase, Phase::other);
  ASSERT_EQ(session->active, 1);
  EXPECT_EQ(session->side().step, 13u);
  EXPECT_EQ(event_count(*session), 13u);
  act(*session, Act::find, 0, 0, "tick 2");
  EXPECT_TRUE(session->hunt.search.matches.empty());
  EXPECT_EQ(range_facts(*session).last, 13u);
}

}  // namespace
}  // namespace awaitscope::view
