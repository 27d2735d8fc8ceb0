// The hunt in a large trace: going back, searching, choosing lanes, marks, ranges, arrows, locators.
#include <gtest/gtest.h>

#include "app/view/arrows.h"
#include "app/view/filter.h"
#include "app/view/glide.h"
#include "app/view/lane_choice.h"
#include "app/view/locator.h"
#include "app/view/range.h"
#include "app/view/search.h"
#include "core/trace/notes.h"
#include "core/trace/text.h"
#include "stories.h"

namespace awaitscope::view {
namespace {

void act(Session& session, Act what, double x = 0, double y = 0, std::string text = {}, Hit hit = {}) {
  EXPECT_TRUE(update(session, {what, x, y, std::move(text), hit}).empty());
}
std::pair<std::int64_t, std::int64_t> window(const Session& session) { return {session.view_begin.ns, session.view_end.ns}; }

/// The names of the lanes of a picture, from top to bottom.
std::vector<std::string> lanes(const Session& session, Rect canvas = {0, 0, 1200, 600}) {
  const DrawList picture = timeline(session, canvas, pixels);
  expect_tidy(picture, "lanes");
  std::vector<std::string> out;
  for (const Box& box : picture.boxes)
    if (box.hit.kind == Hit::Kind::task && box.role == Role::panel)
      out.push_back(display_name(session.side().history.model, session.side().trace, TaskId{box.hit.value}));
  return out;
}

Trace family() {
  auto trace = read_text(R"(
0 task_created task=1 name=main
0 step_begin task=1
0 task_created task=2 parent=1 name=boss
0 task_created task=3 parent=1 name=lone
0 step_end task=1 waits=group
0 step_begin task=2
0 task_created task=4 parent=2 name=hand
0 task_created task=5 parent=2 name=hand
0 step_end task=2 waits=group
1 step_begin task=4
1 log task=4 text="Half done"
1 task_done task=4 how=raised error="ValueError: no"
1 step_end task=4
2 step_begin task=5
2 task_done task=5 how=cancelled
2 step_end task=5
3 step_begin task=3
3 step_end task=3 waits=sleep
4 run_end
)");
  if (!trace) throw std::runtime_error(trace.error());
  return std::move(*trace);
}

// ---------------------------------------------------------------------------------------------------------- going back

TEST(Journey, UndoAndRedoGoBackAndForthOverWindowSelectionFilterAndPlayhead) {
  const auto session = session_of(swallowed());
  const auto whole = window(*session);
  act(*session, Act::show_range, 1e9, 2e9);
  act(*session, Act::select, 0, 0, {}, {Hit::Kind::task, 2, 0});
  act(*session, Act::seek_event, 18);
  act(*session, Act::filter_lanes, 0, 0, "worker");
  EXPECT_EQ(session->hunt.journey.past.size(), 4u);
  act(*session, Act::undo);
  EXPECT_EQ(session->hunt.filter, "");
  EXPECT_EQ(session->side().step, 18u);
  act(*session, Act::undo);
  EXPECT_EQ(session->side().step, 39u);
  EXPECT_EQ(session->selected.value, 2u);
  act(*session, Act::undo);
  EXPECT_EQ(session->selected, Hit{});
  EXPECT_EQ(window(*session), (std::pair<std::int64_t, std::int64_t>{1'000'000'000, 2'000'000'000}));
  act(*session, Act::undo);
  EXPECT_EQ(window(*session), whole);
  act(*session, Act::undo);
  EXPECT_EQ(session->message, "there is nothing to undo");
  for (int i = 0; i < 4; ++i) act(*session, Act::redo);
  EXPECT_EQ(session->hunt.filter, "worker");
  EXPECT_EQ(session->side().step, 18u);
  act(*session, Act::redo);
  EXPECT_EQ(session->message, "there is nothing to redo");
}

TEST(Journey, PansAndZoomsInARowAreOneStepAndSoIsADrag) {
  const auto session = session_of(swallowed());
  const auto whole = window(*session);
  for (int i = 0; i < 5; ++i) act(*session, Act::zoom_in, 0.5);
  for (int i = 0; i < 5; ++i) act(*session, Act::pan_right);
  act(*session, Act::show_range, 1e9, 1.5e9, "drag");
  EXPECT_EQ(session->hunt.journey.past.size(), 1u);
  act(*session, Act::select_range, 1e9, 1.1e9);
  for (int i = 2; i < 9; ++i) act(*session, Act::select_range, 1e9, 1e9 + i * 1e8, "drag");
  EXPECT_EQ(session->hunt.journey.past.size(), 2u);
  act(*session, Act::undo);
  EXPECT_FALSE(session->range);
  act(*session, Act::undo);
  EXPECT_EQ(window(*session), whole);
  // What follows a step back is a new branch.
  act(*session, Act::zoom_in, 0.5);
  EXPECT_TRUE(session->hunt.journey.future.empty());
}

TEST(Journey, KeepsTwoHundredPlacesAndForgetsThoseOfOtherRuns) {
  const auto session = session_of(swallowed());
  for (int i = 0; i < 500; ++i) act(*session, Act::show_range, i * 1e6, 1e9 + i * 1e6);
  EXPECT_EQ(session->hunt.journey.past.size(), 200u);
  act(*session, Act::hover, 0, 0, {}, {Hit::Kind::task, 1, 0});
  EXPECT_EQ(session->hunt.journey.past.size(), 200u);
}

// ----------------------------------------------------------------------------------------------------------- searching

TEST(Search, FindsNamesTextsIdsPlacesKindsAndFindings) {
  const auto session = session_of(swallowed());
  const auto found = [&](std::string text) {
    act(*session, Act::find, 0, 0, std::move(text));
    std::vector<Seq> out;
    for (const Match& match : session->hunt.search.matches) out.push_back(match.seq);
    return out;
  };
  EXPECT_EQ(found("WORKER"), (std::vector<Seq>{6, 22})) << "its name, and what the finding about it rests on";
  EXPECT_EQ(found("got l"), (std::vector<Seq>{36}));
  EXPECT_EQ(found("task:2"), (std::vector<Seq>{6}));
  EXPECT_EQ(found("#21"), (std::vector<Seq>{21}));
  EXPECT_EQ(found("timer:3"), (std::vector<Seq>{23, 27}));
  EXPECT_EQ(found("a.cpp:16"), (std::vector<Seq>{22}));
  EXPECT_EQ(found("sleep"), (std::vector<Seq>{12, 13, 23, 24})) << "what timers and waits are for";
  EXPECT_EQ(found("cancel delivered"), (std::vector<Seq>{21}));
  EXPECT_EQ(found("cancel-swallowed"), (std::vector<Seq>{session->side().findings.front().evidence.front()}));
  EXPECT_TRUE(found("nothing of the kind").empty());
  act(*session, Act::find_next);
  EXPECT_EQ(session->message, "nothing holds \"nothing of the kind\"");
}

TEST(Search, NextAndPreviousGoRoundAndSayWhereTheyAre) {
  const auto session = session_of(crowd(30));
  act(*session, Act::home);
  act(*session, Act::find, 0, 0, "boom");
  EXPECT_EQ(search_words(session->hunt.search, true), "3");
  act(*session, Act::find_next);
  EXPECT_EQ(search_words(session->hunt.search, true), "1/3");
  EXPECT_EQ(session->side().trace[session->side().step].kind, Kind::task_done);
  EXPECT_EQ(session->selected, (Hit{Hit::Kind::task, 11, 0}));
  act(*session, Act::find_next);
  act(*session, Act::find_next);
  act(*session, Act::find_next);
  EXPECT_EQ(session->hunt.search.at, 1u);
  act(*session, Act::find_previous);
  EXPECT_EQ(session->hunt.search.at, 3u);
  // One of many is found by the name that is on screen.
  act(*session, Act::find, 0, 0, "job-7");
  EXPECT_EQ(session->hunt.search.matches.size(), 1u);
  act(*session, Act::clear_selection);
  EXPECT_TRUE(session->hunt.search.query.empty());
}

TEST(Search, AMillionEventsAreLookedAtInPieces) {
  Trace trace;
  const auto name = trace.intern("main").value, text = trace.intern("needle").value;
  Record record;
  record.kind = Kind::task_created, record.task = 1, record.b = name;
  trace.append(record);
  for (int i = 0; i < 350'000; ++i) {
    record = {};
    record.kind = i == 349'999 ? Kind::log : Kind::step_begin, record.task = 1, record.a = i == 349'999 ? text : 0;
    trace.append(record);
  }
  Session session;
  session.sides.push_back(std::make_unique<Side>("bad"));
  session.sides[0]->trace = std::move(trace);
  session.sides[0]->history.extend(session.sides[0]->trace);
  find(session, "needle");
  EXPECT_TRUE(searching(session));
  EXPECT_EQ(session.hunt.search.looked_at, 100'000u);
  EXPECT_EQ(search_words(session.hunt.search, false), "0…");
  int pieces = 0;
  while (advance(session, 0.01)) ++pieces;
  EXPECT_EQ(pieces, 2);
  EXPECT_FALSE(searching(session));
  EXPECT_EQ(session.hunt.search.matches.size(), 1u);
}

TEST(Search, MatchesAreMarkedOnTheirLanes) {
  const auto session = session_of(swallowed());
  const auto marks = [&] {
    const DrawList picture = timeline(*session, {0, 0, 1200, 500}, pixels);
    expect_tidy(picture, "matches");
    return std::count_if(picture.boxes.begin(), picture.boxes.end(), [](const Box& b) { return b.role == Role::accent; });
  };
  EXPECT_EQ(marks(), 0);
  act(*session, Act::find, 0, 0, "worker");
  EXPECT_EQ(marks(), 3);  // the lane's name and two events
  act(*session, Act::find_next);
  EXPECT_EQ(marks(), 5);  // ... and where one stands
}

// ------------------------------------------------------------------------------------------------------- choosing lanes

TEST(Lanes, AFilterHidesByNameAndState) {
  const auto session = session_of(family());
  const auto shown = [&](std::string text) {
    act(*session, Act::filter_lanes, 0, 1, std::move(text));
    return lanes(*session);
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(shown(""), (Names{"main", "boss", "hand-1", "hand-2", "lone"}));
  EXPECT_EQ(shown("HAND"), (Names{"hand-1", "hand-2"}));
  EXPECT_EQ(shown("hand-2"), (Names{"hand-2"}));
  EXPECT_EQ(shown("-hand -main"), (Names{"boss", "lone"}));
  EXPECT_EQ(shown("failed"), (Names{"hand-1"}));
  EXPECT_EQ(shown("cancelled"), (Names{"hand-2"}));
  EXPECT_EQ(shown("unfinished"), (Names{"main", "boss", "lone"}));
  EXPECT_EQ(shown("waiting lone"), (Names{"lone"}));
  EXPECT_EQ(session->message, "4 of 5 lanes are hidden");
  EXPECT_EQ(hidden_lanes(*session, session->side()).hidden, 4u);
  EXPECT_EQ(shown("nobody"), Names{});
  // What a lane does is that of the playhead.
  act(*session, Act::seek_time, 0.5e9);
  EXPECT_EQ(shown("created hand"), (Names{"hand-1", "hand-2"}));
}

TEST(Lanes, PinnedOnesStayOnTopInBothVersionsAndAfterAnotherRun) {
  const auto session = session_of(family(), family());
  session->show = Show::one;
  session->selected = {Hit::Kind::task, 3, 0};
  act(*session, Act::pin_lane);
  EXPECT_EQ(lanes(*session).front(), "lone");
  EXPECT_EQ(lanes(*session).size(), 5u);
  act(*session, Act::switch_side);
  EXPECT_EQ(lanes(*session).front(), "lone");
  // A filter does not hide what is pinned, and scrolling does not move it.
  act(*session, Act::filter_lanes, 0, 0, "hand");
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"lone", "hand-1", "hand-2"}));
  act(*session, Act::scroll_lanes, 1);
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"lone", "hand-2"}));
  session->selected = {Hit::Kind::span, 3, 4};
  act(*session, Act::pin_lane);
  EXPECT_TRUE(session->hunt.pins.empty());
}

TEST(Lanes, FoldingATaskHidesWhatItMadeAndCountsIt) {
  const auto session = session_of(family());
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::fold, 2, 0});
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"main", "boss", "lone"}));
  const DrawList picture = timeline(*session, {0, 0, 1200, 600}, pixels);
  EXPECT_TRUE(std::any_of(picture.labels.begin(), picture.labels.end(),
                          [](const Label& l) { return l.text == "2 tasks, 2 steps, 1 failed, 1 cancelled"; }));
  session->selected = {Hit::Kind::task, 1, 0};
  act(*session, Act::fold_lane);
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"main"}));
  act(*session, Act::fold_lane);
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::fold, 2, 0});
  EXPECT_EQ(lanes(*session).size(), 5u);
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::task, 3, 0});
  EXPECT_EQ(session->message, "lone made no tasks");
}

TEST(Lanes, ARowOfEqualTasksOpensAndCloses) {
  const auto session = session_of(crowd(300));
  const auto triangle = [&]() -> Icon {
    const DrawList picture = timeline(*session, {0, 0, 1200, 600}, pixels);
    expect_tidy(picture, "crowd");
    for (const Icon& icon : picture.icons)
      if (icon.hit.kind == Hit::Kind::fold && icon.hit.seq == 1) return icon;
    return {};
  };
  ASSERT_EQ(triangle().glyph, Glyph::closed);
  EXPECT_EQ(lanes(*session).size(), 2u);
  act(*session, Act::select, 0, 0, {}, triangle().hit);
  EXPECT_GT(lanes(*session).size(), 15u);
  ASSERT_EQ(triangle().glyph, Glyph::opened);
  act(*session, Act::select, 0, 0, {}, triangle().hit);
  EXPECT_EQ(lanes(*session).size(), 2u);
}

TEST(Lanes, AFewLettersFindALaneAndScrollToIt) {
  const auto session = session_of(crowd(300));
  act(*session, Act::toggle_fold);
  act(*session, Act::find_lane, 0, 0, "jb277");
  EXPECT_EQ(session->selected, (Hit{Hit::Kind::task, 278, 0}));
  const auto shown = lanes(*session);
  EXPECT_NE(std::find(shown.begin(), shown.end(), "job-277"), shown.end());
  EXPECT_GT(rows_above(*session, {0, 0, 1200, 600}, pixels), 200u);
  act(*session, Act::find_lane, 0, 0, "xyzzy");
  EXPECT_TRUE(session->message_is_error);
  EXPECT_EQ(lanes_like(session->side(), "job-3", 3).front().name, "job-3");
  act(*session, Act::find_lane);
  EXPECT_EQ(session->hunt.field, Hunt::Field::lane);
}

// -------------------------------------------------------------------------------------------------- marks, ranges, arrows

TEST(Marks, AreKeptByMomentAndGoneTo) {
  const auto session = session_of(swallowed());
  act(*session, Act::seek_event, 21);
  act(*session, Act::mark);
  EXPECT_EQ(session->hunt.field, Hunt::Field::mark);
  act(*session, Act::mark, 0, 0, "here");
  EXPECT_EQ(session->hunt.field, Hunt::Field::none);
  act(*session, Act::note_range, 0, 1);
  EXPECT_EQ(session->side().trace.notes.size(), 1u) << "no range, no note";
  act(*session, Act::select_range, 2e9, 3e9);
  act(*session, Act::note_range, 0, 0, "it sleeps <b>\n");
  act(*session, Act::home);
  act(*session, Act::mark, 0, 1);
  const std::vector<Note>& notes = session->side().trace.notes;
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_TRUE(notes[0].is_mark() && notes[0].text.empty());
  EXPECT_EQ(notes[1].first, 21u);
  EXPECT_EQ(notes[2].begin, Instant{2'000'000'000});
  act(*session, Act::next_mark);
  EXPECT_EQ(session->side().step, 21u);
  act(*session, Act::next_mark);
  EXPECT_EQ(session->range, (std::pair{Instant{2'000'000'000}, Instant{3'000'000'000}}));
  EXPECT_EQ(session->message, "2.000 s to 3.000 s · it sleeps <b>\\n");
  act(*session, Act::next_mark);
  EXPECT_EQ(session->side().step, 0u);
  for (const FontMetrics& metrics : {pixels, cells}) {
    const DrawList picture = timeline(*session, metrics.cells ? Rect{0, 0, 120, 30} : Rect{0, 0, 1200, 500}, metrics);
    expect_tidy(picture, "notes");
    EXPECT_EQ(
        std::count_if(picture.icons.begin(), picture.icons.end(), [](const Icon& i) { return i.hit.kind == Hit::Kind::note; }),
        3);
  }
  act(*session, Act::delete_mark, 1);
  EXPECT_EQ(notes.size(), 2u);
  act(*session, Act::delete_mark, 99);
  EXPECT_EQ(notes.size(), 2u);
}

TEST(Range, SumsStatesAndCountsWhatHappened) {
  const auto session = session_of(stalled());
  act(*session, Act::select_range, 0.25e9, 2e9);
  const RangeFacts facts = range_facts(*session);
  ASSERT_EQ(facts.lanes.size(), 2u);
  // main slept until 0.5 s and then held the loop; ticker slept until its timer, which was late.
  EXPECT_EQ(facts.lanes[0].sums.waiting, Duration{250'000'000});
  EXPECT_EQ(facts.lanes[0].sums.running, Duration{1'500'000'000});
  EXPECT_EQ(facts.lanes[1].sums.waiting, Duration{1'750'000'000});
  EXPECT_EQ(facts.all.longest_step, Duration{1'500'000'000});
  EXPECT_EQ(facts.step_task, TaskId{1});
  EXPECT_EQ(facts.wait_task, TaskId{2});
  EXPECT_EQ(facts.all.steps, 1u);
  session->range.reset();
  const RangeFacts whole = range_facts(*session);
  EXPECT_EQ(whole.all.steps, 5u);
  EXPECT_EQ(whole.switches, 4u);
  act(*session, Act::copy_table);
  EXPECT_EQ(session->hunt.copies, 1);
  EXPECT_TRUE(session->hunt.clipboard.starts_with("lane\tcreated s\t")) << session->hunt.clipboard;
  EXPECT_NE(session->hunt.clipboard.find("\nticker\t"), std::string::npos);
}

TEST(Range, ATableOfHostileNamesHoldsNoFormulasAndNoExtraCells) {
  auto trace =
      read_text("0 task_created task=1 name=\"=1+1\\t\\n\"\n0 step_begin task=1\n1 step_end task=1 waits=sleep\n1 run_end\n");
  ASSERT_TRUE(trace);
  const auto session = session_of(std::move(*trace));
  const std::string table = range_table(*session);
  EXPECT_NE(table.find("\n'=1+1\\t\\n\t"), std::string::npos) << table;
}

TEST(Arrows, TheLaneIsWalkedByBars) {
  const auto session = session_of(swallowed());
  act(*session, Act::next_span);
  EXPECT_EQ(session->message, "select a lane or a bar first");
  act(*session, Act::home);
  session->selected = {Hit::Kind::task, 2, 0};
  std::vector<Phase> seen;
  for (int i = 0; i < 5; ++i) {
    act(*session, Act::next_span);
    EXPECT_EQ(session->selected.kind, Hit::Kind::span);
    EXPECT_EQ(session->side().step, session->selected.seq);
    seen.push_back(span_at(session->side().history.lanes[1], session->selected.seq)->phase);
  }
  EXPECT_EQ(seen, (std::vector<Phase>{Phase::created, Phase::running, Phase::waiting, Phase::ready, Phase::running}));
  const Seq at = session->side().step;
  act(*session, Act::previous_span);
  EXPECT_LT(session->side().step, at);
}

TEST(Arrows, AreCycledAndFollowedBothWays) {
  const auto session = session_of(swallowed());
  session->selected = {Hit::Kind::task, 2, 0};
  act(*session, Act::seek_event, 11);
  const std::vector<std::uint32_t> arrows = arrows_at(*session);
  ASSERT_GE(arrows.size(), 3u);
  std::vector<std::uint32_t> seen;
  for (std::size_t i = 0; i < arrows.size(); ++i) {
    act(*session, Act::next_arrow);
    seen.push_back(*session->hunt.arrow);
  }
  std::sort(seen.begin(), seen.end());
  std::vector<std::uint32_t> sorted = arrows;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(seen, sorted);
  const auto before = session->hunt.arrow;
  act(*session, Act::next_arrow);
  act(*session, Act::previous_arrow);
  EXPECT_EQ(session->hunt.arrow, before);
  // The end of the worker woke main: along that arrow and back.
  act(*session, Act::clear_selection);
  EXPECT_FALSE(session->hunt.arrow);
  session->selected = {Hit::Kind::task, 2, 0};
  act(*session, Act::seek_event, 31);
  act(*session, Act::follow_arrow);
  EXPECT_EQ(session->message, "worker woke main at 4.000 s");
  EXPECT_EQ(session->selected.value, 1u);
  EXPECT_EQ(session->side().step, 32u);
  const auto bold = [&] {
    const DrawList picture = timeline(*session, {0, 0, 1200, 500}, pixels);
    expect_tidy(picture, "followed");
    return std::count_if(picture.lines.begin(), picture.lines.end(), [](const Line& l) { return l.role == Role::accent; });
  };
  EXPECT_EQ(bold(), 1);
  act(*session, Act::follow_arrow_back);
  EXPECT_EQ(session->selected.value, 2u);
  EXPECT_EQ(session->side().step, 31u);
  act(*session, Act::clear_selection);
  EXPECT_EQ(bold(), 0);
}

// ------------------------------------------------------------------------------------------------------------- windows

TEST(Window, FCentresTwiceFits) {
  const auto session = session_of(swallowed());
  act(*session, Act::show_range, 0, 1e9);
  act(*session, Act::select_range, 2e9, 3e9);
  act(*session, Act::center_playhead);
  EXPECT_EQ(window(*session), (std::pair<std::int64_t, std::int64_t>{2'000'000'000, 3'000'000'000}));
  act(*session, Act::zoom_out, 0.5, 4);
  act(*session, Act::center_playhead);
  act(*session, Act::hover);
  const auto centred = window(*session);
  EXPECT_GT(centred.second - centred.first, 3'000'000'000);
  act(*session, Act::center_playhead);
  EXPECT_EQ(window(*session), (std::pair<std::int64_t, std::int64_t>{2'000'000'000, 3'000'000'000}));
  // Of a bar that was double-clicked, also while a range is selected.
  act(*session, Act::fit_selection, 0, 0, {}, {Hit::Kind::task, 2, 0});
  EXPECT_GT(session->view_end.ns, 4'000'000'000);
}

TEST(Window, GlidesToItsGoalAndRests) {
  const auto session = session_of(swallowed());
  act(*session, Act::zoom_in, 0.5, 8);
  EXPECT_FALSE(gliding(*session)) << "only on a screen";
  act(*session, Act::fit_all);
  session->hunt.glides = true;
  const auto from = window(*session);
  act(*session, Act::zoom_in, 0.5, 8);
  EXPECT_TRUE(gliding(*session));
  EXPECT_EQ(shown_window(*session).first.ns, from.first);
  const auto goal = window(*session);
  double last = 9e18;
  int frames = 0;
  for (; gliding(*session) && frames < 100; ++frames) {
    EXPECT_TRUE(advance(*session, 1.0 / 60));
    const double length = static_cast<double>((shown_window(*session).second - shown_window(*session).first).count());
    EXPECT_LE(length, last);
    last = length;
    expect_tidy(timeline(*session, {0, 0, 900, 400}, pixels), "gliding");
  }
  EXPECT_GT(frames, 5);
  EXPECT_LT(frames, 40);
  EXPECT_EQ(shown_window(*session), (std::pair{Instant{goal.first}, Instant{goal.second}}));
  EXPECT_FALSE(advance(*session, 1.0 / 60));
  act(*session, Act::show_range, 0, 1e9, "drag");
  EXPECT_FALSE(gliding(*session)) << "what is dragged stays under the pointer";
}

// ------------------------------------------------------------------------------------------------------------ locators

TEST(Locator, GoesBackToTheSamePlace) {
  const auto session = session_of(swallowed(), stalled());
  session->hunt.file = "run.awtrace";
  act(*session, Act::select, 0, 0, {}, {Hit::Kind::span, 2, 13});
  act(*session, Act::show_range, 0.5e9, 2.25e9);
  act(*session, Act::select_range, 1e9, 1.5e9);
  act(*session, Act::filter_lanes, 0, 0, "wor &#= 10%");
  act(*session, Act::copy_locator);
  const std::string copied = session->hunt.clipboard;
  EXPECT_EQ(copied, "run.awtrace#t=0.5s..2.25s&at=event:13&sel=task:2:13&range=1s..1.5s&lanes=wor%20%26%23%3D%2010%25");
  const auto other = session_of(swallowed(), stalled());
  act(*other, Act::go_to_locator, 0, 0, copied);
  EXPECT_EQ(window(*other), window(*session));
  EXPECT_EQ(other->side().step, session->side().step);
  EXPECT_EQ(other->selected, session->selected);
  EXPECT_EQ(other->range, session->range);
  EXPECT_EQ(other->hunt.filter, session->hunt.filter);
  EXPECT_EQ(locator_of(*other), locator_of(*session));
  act(*other, Act::go_to_locator, 0, 0, "at=4s&side=fixed&sel=finding:0");
  EXPECT_EQ(other->active, 1);
  EXPECT_EQ(other->selected_finding, 0);
}

TEST(Locator, ABadOneIsOneLine) {
  for (const char* wrong :
       {"t=1s", "t=2s..1s", "t=x..y", "at=", "at=-1s", "at=event:x", "sel=task", "sel=task:", "sel=cow:1", "sel=event:1:2",
        "sel=task:99999999999", "lanes=%4", "lanes=%zz", "what=1", "nothing", "t=1s..2s&&"}) {
    const auto read = read_locator(wrong);
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().find('\n'), std::string::npos);
    const auto session = session_of(swallowed());
    const auto before = window(*session);
    act(*session, Act::go_to_locator, 0, 0, wrong);
    EXPECT_TRUE(session->message_is_error) << wrong;
    EXPECT_EQ(window(*session), before);
  }
  EXPECT_TRUE(read_locator(""));
  EXPECT_NE(read_locator(std::string("x\n\x1b[31m=1")).error().find("\\x1B"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope::view
