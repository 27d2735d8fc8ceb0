// Going back, searching, the window of time, locators.
#include "app/view/glide.h"
#include "app/view/locator.h"
#include "app/view/search.h"
#include "hunting.h"

namespace awaitscope::view {
namespace {

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
  forget_runs(*session);
  EXPECT_TRUE(session->hunt.journey.past.empty());
}

TEST(Journey, UndoBringsTheLanesBackToo) {
  const auto session = session_of(crowd(30));
  act(*session, Act::home);
  act(*session, Act::find, 0, 0, "boom");
  act(*session, Act::find_next);
  ASSERT_TRUE(session->hunt.reveal);
  act(*session, Act::undo);
  EXPECT_FALSE(session->hunt.reveal) << "it would scroll to the match again";
}

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

TEST(Search, WhereAMatchIsInTheOtherVersionNothingOfThisOneStaysChosen) {
  const auto session = session_of(swallowed(), swallowed());
  ASSERT_FALSE(session->sides[1]->findings.empty());
  act(*session, Act::find, 0, 0, "tick begin");
  act(*session, Act::show_fixed);
  act(*session, Act::select_finding, 0);
  session->hunt.arrow = 0;
  act(*session, Act::find_next);
  ASSERT_EQ(session->active, 0);
  EXPECT_EQ(session->selected_finding, -1);
  EXPECT_FALSE(session->hunt.arrow);
}

TEST(Search, IsAboutAllOfItsRunAlsoWhenTheOtherOneIsLookedAt) {
  const auto session = session_of(swallowed(), swallowed());
  act(*session, Act::find, 0, 0, "cancel-swallowed");
  const auto matches = session->hunt.search.matches;
  ASSERT_FALSE(matches.empty());
  session->hunt.search.matches.clear();
  act(*session, Act::show_fixed);
  take_in(*session, *session->sides[1]);
  EXPECT_TRUE(session->hunt.search.matches.empty()) << "the end of the other run says nothing about this one";
  take_in(*session, *session->sides[0]);
  EXPECT_EQ(session->hunt.search.matches, matches);
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

/// A log line a microsecond, by two tasks in turn; the second one's name is in all of its lines.
Trace chatter(std::uint32_t lines) {
  Trace trace;
  const std::uint32_t names[] = {trace.intern("quiet").value, trace.intern("needle").value};
  const auto add = [&](std::int64_t time, Kind kind, std::uint32_t task, std::uint32_t text) {
    trace.append(Record{time, task, 0, kind == Kind::log ? text : 0, kind == Kind::log ? 0 : text, 0, 0, kind, 0});
  };
  for (std::uint32_t task = 1; task <= 2; ++task) add(0, Kind::task_created, task, names[task - 1]);
  for (std::uint32_t i = 1; i <= lines; ++i) add(1000 * i, Kind::log, 1 + i % 2, names[i % 2]);
  return trace;
}

TEST(Search, OnlyMatchesInSightAreMarkedOnceAPixel) {
  const auto session = session_of(chatter(60'000));
  session->side().findings.clear();  // what they rest on would match too
  act(*session, Act::find, 0, 0, "needle");
  while (advance(*session, 0.01)) {}
  ASSERT_EQ(session->hunt.search.matches.size(), 30'001u);
  const auto marks = [&] {
    std::vector<Seq> out;
    const DrawList picture = timeline(*session, {0, 0, 1200, 500}, pixels);
    for (const Box& b : picture.boxes)
      if (b.role == Role::accent && b.hit.kind == Hit::Kind::event) out.push_back(b.hit.seq);
    return out;
  };
  const auto named = [&] {
    const DrawList picture = timeline(*session, {0, 0, 1200, 500}, pixels);
    return std::count_if(picture.boxes.begin(), picture.boxes.end(),
                         [](const Box& b) { return b.role == Role::accent && b.hit.kind == Hit::Kind::none; });
  };
  const std::vector<Seq> whole = marks();
  EXPECT_GT(whole.size(), 200u);
  EXPECT_LT(whole.size(), 300u) << "four pixels apart";
  EXPECT_EQ(whole.front(), 2u);
  // Line i is event i + 2, and lines of odd numbers match.
  act(*session, Act::show_range, 30'000'000, 30'010'000);
  EXPECT_EQ(marks(), (std::vector<Seq>{30'003, 30'005, 30'007, 30'009, 30'011}));
  EXPECT_EQ(named(), 1) << "its name begins out of sight";
  act(*session, Act::show_range, 30'001'000, 30'005'000);
  EXPECT_EQ(marks(), (std::vector<Seq>{30'003, 30'005, 30'007})) << "those at the edges too";
  act(*session, Act::toggle_order_ruler);
  act(*session, Act::show_range, 101, 111);
  EXPECT_EQ(marks(), (std::vector<Seq>{101, 103, 105, 107, 109, 111}));
  session->hunt.search.at = 52;
  ASSERT_EQ(session->hunt.search.matches[51].seq, 103u);
  EXPECT_EQ(marks(), (std::vector<Seq>{101, 103, 105, 107, 109, 111, 103})) << "and where one stands";
}

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

TEST(Locator, GoesBackToTheSamePlace) {
  const auto session = session_of(swallowed(), stalled());
  session->file = "run.awtrace";
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

TEST(Locator, WhatIsNotThereIsSaidAndTheTimeIsShownAllTheSame) {
  const auto session = session_of(swallowed(), stalled());
  for (const auto& [locator, said] : {std::pair{"at=1s&sel=task:9999", "there is no task 9999"},
                                      {"at=1s&sel=task:2:3", "there is no bar that begins with event 3"},
                                      {"at=1s&sel=resource:1", "there is no resource 1"},
                                      {"at=1s&sel=scope:2", "there is no scope 2"},
                                      {"at=1s&sel=event:40", "there is no event 40"},
                                      {"at=1s&sel=finding:77", "there is no finding 77"}}) {
    act(*session, Act::select_task, 1);
    act(*session, Act::home);
    act(*session, Act::go_to_locator, 0, 0, locator);
    EXPECT_EQ(session->message, said);
    EXPECT_TRUE(session->message_is_error);
    EXPECT_EQ(session->selected, Hit{}) << locator;
    EXPECT_EQ(session->selected_finding, -1);
    EXPECT_EQ(session->side().step, 25u) << locator;
  }
  act(*session, Act::go_to_locator, 0, 0, "at=0s&side=third");
  EXPECT_EQ(session->message, "there is no version 'third'");
  EXPECT_EQ(session->side().step, 14u);
  act(*session, Act::go_to_locator, 0, 0, "at=event:400");
  EXPECT_EQ(session->message, "there is no event 400");
  EXPECT_EQ(session->side().step, 39u) << "as near as it gets";
  session->language = Language::chinese;
  act(*session, Act::go_to_locator, 0, 0, "sel=task:9999");
  EXPECT_EQ(session->message, "没有任务 9999");
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
