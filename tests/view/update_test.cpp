#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <sstream>

#include "app/view/inspect.h"
#include "core/trace/text.h"
#include "stories.h"

namespace awaitscope::view {
namespace {

std::vector<Request> act(Session& session, Act what, double x = 0, double y = 0, std::string text = {}) {
  return update(session, {what, x, y, std::move(text), {}});
}

TEST(Actions, EveryActIsInTheTableOnceAndNoKeyTwice) {
  std::set<Act> acts;
  std::set<std::string> names, desk, room;
  for (const ActionInfo& info : all_actions()) {
    EXPECT_TRUE(acts.insert(info.act).second) << info.name;
    EXPECT_TRUE(names.insert(std::string(info.name)).second) << info.name;
    for (const Phrase& words : {info.label, info.group}) EXPECT_FALSE(words.en.empty() || words.zh.empty()) << info.name;
    for (auto* keys : {&desk, &room}) {
      std::istringstream list{std::string(info.keys(keys == &room))};
      for (std::string key; list >> key;) EXPECT_TRUE(keys->insert(key).second) << key << " is bound twice";
    }
  }
  EXPECT_EQ(acts.size(), static_cast<std::size_t>(Act::quit) + 1);
}

TEST(Actions, OfAGroupStandTogetherSoThatTheKeySheetNamesItOnce) {
  std::set<std::string_view> known;
  std::string_view group;
  for (const ActionInfo& info : all_actions()) {
    const bool begins = std::exchange(group, info.group.en) != info.group.en;
    EXPECT_TRUE(!begins || known.insert(group).second) << group << " again at " << info.name;
  }
}

TEST(Update, TheFirstArrivalFitsTheViewAndStandsAtTheEnd) {
  const auto session = session_of(swallowed(), stalled());
  EXPECT_EQ(session->side().step, session->side().trace.size());
  EXPECT_EQ(session->view_begin.ns, 0);
  EXPECT_GT(session->view_end, Instant{4'000'000'000});
  EXPECT_LT(session->view_end, Instant{5'000'000'000});
}

TEST(Update, SteppingForwardAndBackIsExact) {
  const auto session = session_of(swallowed());
  Side& side = session->side();
  act(*session, Act::home);
  EXPECT_EQ(side.step, 0u);
  std::vector<Model> seen = {side.model};
  while (side.step < side.trace.size()) {
    act(*session, Act::event_forward);
    EXPECT_EQ(side.step, seen.size());
    seen.push_back(side.model);
  }
  for (Seq step = side.trace.size(); step-- > 0;) {
    act(*session, Act::event_back);
    ASSERT_EQ(side.step, step);
    ASSERT_TRUE(side.model == seen[step]) << step;
  }
  act(*session, Act::event_back);
  EXPECT_EQ(side.step, 0u);
}

TEST(Update, StepsTicksAndBookmarksLandOnTheirEvents) {
  const auto session = session_of(swallowed());
  Side& side = session->side();
  const auto kind = [&] { return side.trace[side.step].kind; };
  act(*session, Act::home);
  act(*session, Act::step_forward);
  EXPECT_EQ(kind(), Kind::step_begin);
  EXPECT_EQ(side.step, 5u);
  act(*session, Act::tick_forward);
  EXPECT_EQ(side.step, 10u);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(kind(), Kind::cancel_requested);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(kind(), Kind::cancel_delivered);
  act(*session, Act::tick_back);
  EXPECT_EQ(side.step, 16u);
  act(*session, Act::step_back);
  EXPECT_EQ(side.step, 11u);
}

TEST(Update, TheOtherSideFollowsByTime) {
  const auto session = session_of(swallowed(), stalled());
  act(*session, Act::seek_time, 1e9);
  EXPECT_EQ(session->sides[0]->model.now, Instant{1'000'000'000});
  EXPECT_EQ(session->sides[1]->step, session->sides[1]->trace.at_or_before({1'000'000'000}));
  act(*session, Act::home);
  EXPECT_EQ(session->sides[1]->step, 0u);
  act(*session, Act::switch_side);
  EXPECT_EQ(session->active, 1);
  act(*session, Act::end);
  EXPECT_EQ(session->sides[0]->step, session->sides[0]->trace.size());
}

TEST(Update, ZoomKeepsThePointUnderTheCursor) {
  const auto session = session_of(swallowed());
  const Rect canvas{0, 0, 1200, 500};
  const double length = static_cast<double>(session->view_end.ns - session->view_begin.ns);
  const double fixed = static_cast<double>(session->view_begin.ns) + length * 0.3;
  act(*session, Act::zoom_in, 0.3, 4);
  const double after = static_cast<double>(session->view_end.ns - session->view_begin.ns);
  EXPECT_NEAR(after, length / 4, 10);
  EXPECT_NEAR(static_cast<double>(session->view_begin.ns) + after * 0.3, fixed, 10);
  for (int i = 0; i < 200; ++i) act(*session, Act::zoom_in, 0.5);
  EXPECT_GE(session->view_end.ns - session->view_begin.ns, 8);
  expect_tidy(timeline(*session, canvas, pixels), "closest");
  for (int i = 0; i < 200; ++i) act(*session, Act::zoom_out, 0.5);
  for (int i = 0; i < 50; ++i) act(*session, Act::pan_right);
  expect_tidy(timeline(*session, canvas, pixels), "far right");
  act(*session, Act::fit_all);
  EXPECT_EQ(session->view_begin.ns, 0);
}

TEST(Update, SeekingKeepsThePlayheadInSight) {
  const auto session = session_of(swallowed());
  act(*session, Act::show_range, 0, 1e8);
  act(*session, Act::end);
  EXPECT_LE(playhead(*session), session->view_end);
  EXPECT_GE(playhead(*session), session->view_begin);
}

TEST(Update, EscClearsAndNeverQuits) {
  const auto session = session_of(swallowed());
  session->selected = {Hit::Kind::task, 1, 0};
  act(*session, Act::select_range, 2e9, 1e9);
  ASSERT_TRUE(session->range);
  EXPECT_LT(session->range->first, session->range->second);
  const Seq step = session->side().step;
  EXPECT_TRUE(act(*session, Act::clear_selection).empty());
  EXPECT_EQ(session->selected, Hit{});
  EXPECT_FALSE(session->range);
  EXPECT_EQ(session->side().step, step);
}

TEST(Update, PlayingMovesByEventsPerSecond) {
  const auto session = session_of(swallowed());
  act(*session, Act::play_pause);  // at the end: starts again
  EXPECT_EQ(session->side().step, 0u);
  session->events_per_second = 10;
  EXPECT_FALSE(advance(*session, 0.05));
  EXPECT_TRUE(advance(*session, 0.05));
  EXPECT_EQ(session->side().step, 1u);
  for (int i = 0; i < 100; ++i) advance(*session, 0.5);
  EXPECT_EQ(session->side().step, session->side().trace.size());
  EXPECT_FALSE(session->playing);
}

TEST(Update, ParametersAreClampedAndAskForARun) {
  Session session;
  EXPECT_TRUE(act(session, Act::rerun).empty());
  EXPECT_TRUE(session.message_is_error);
  session.lesson.name = "blocking_sleep";
  session.lesson.knobs.push_back({"length", "s", {"how long", "多久"}, 2, 0.1, 10, 0.1, 2});
  const auto requests = act(session, Act::set_parameter, 99, 0, "length");
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].what, Request::What::run);
  EXPECT_EQ(requests[0].text, "blocking_sleep");
  EXPECT_EQ(session.lesson.knobs[0].value, 10);
  EXPECT_TRUE(act(session, Act::set_parameter, 1, 0, "nothing").empty());
  EXPECT_TRUE(act(session, Act::set_parameter, std::nan(""), 0, "length").empty());
  EXPECT_EQ(act(session, Act::save_file, 0, 0, "x.awtrace")[0].text, "x.awtrace");
}

TEST(Update, NothingBreaksOnAnEmptySession) {
  for (const ActionInfo& info : all_actions())
    for (const double x : {0.0, -1.0, 1e300, std::nan("")}) {
      Session session;
      update(session, {info.act, x, x, "?", {Hit::Kind::span, 77, 99}});
      expect_tidy(timeline(session, {0, 0, 500, 300}, pixels), "empty");
      expect_tidy(overview(session, {0, 0, 500, 30}, pixels), "empty");
      EXPECT_TRUE(inspect(session).empty());
    }
}

TEST(Update, EveryActionWithWildNumbersLeavesADrawableSession) {
  for (const ActionInfo& info : all_actions())
    for (const double x : {-1.0, 1e300, -1e300, std::nan(""), 3.0}) {
      const auto session = session_of(swallowed(), stalled());
      update(*session, {info.act, x, x, "?", {Hit::Kind::span, 77, 99}});
      update(*session, {info.act, x, 2, "?", {Hit::Kind::task, 2, 4}});
      EXPECT_LE(session->side().step, session->side().trace.size());
      EXPECT_LT(session->view_begin, session->view_end);
      expect_tidy(timeline(*session, {0, 0, 900, 500}, pixels), std::string(info.name).c_str());
      inspect(*session);
    }
}

TEST(Update, TheTextSizeKeepsToWhatARoomCanReadAndAScreenCanHold) {
  Session session;
  for (int i = 0; i < 40; ++i) act(session, Act::text_larger);
  EXPECT_EQ(session.text_size, 64);
  for (int i = 0; i < 40; ++i) act(session, Act::text_smaller);
  EXPECT_EQ(session.text_size, 14);
  act(session, Act::text_standard);
  EXPECT_EQ(session.text_size, 17);
}

TEST(Update, ARunThatGrowsIsFollowed) {
  const Trace whole = swallowed();
  Session session;
  session.sides.push_back(std::make_unique<Side>("bad"));
  Side& side = *session.sides[0];
  side.running = true;
  for (Seq seq = 1; seq <= whole.size(); ++seq) {
    side.trace.append(static_cast<const Record&>(whole[seq]));
    take_in(session, side);
    ASSERT_EQ(side.step, seq);
  }
  EXPECT_TRUE(side.findings.empty());
  EXPECT_GT(session.view_end, Instant{4'000'000'000});
  act(session, Act::home);
  side.running = false;
  take_in(session, side);
  EXPECT_EQ(side.step, 0u) << "who has moved the playhead keeps it";
}

TEST(Inspect, TellsOfTheSelectedTask) {
  const auto session = session_of(swallowed());
  session->selected = {Hit::Kind::task, 2, 0};
  act(*session, Act::seek_time, 2e9);
  std::string all;
  for (const Detail& d : inspect(*session)) all += d.label + "=" + d.text + "\n";
  EXPECT_NE(all.find("Task=worker\n"), std::string::npos) << all;
  EXPECT_NE(all.find("Waits for=sleep\n"), std::string::npos) << all;
  EXPECT_NE(all.find("Since=1.000 s\n"), std::string::npos) << all;
  EXPECT_NE(all.find("swallowed"), std::string::npos) << all;
}

TEST(Update, AThresholdJudgesAnew) {
  const auto session = session_of(swallowed(), stalled());
  const auto rules = [&](int side) {
    std::set<std::string> out;
    for (const Finding& f : session->sides[static_cast<std::size_t>(side)]->findings)
      if (f.severity == Severity::error) out.insert(f.rule);
    return out;
  };
  ASSERT_TRUE(rules(1).count("slow-step"));
  const auto before = rules(0);
  act(*session, Act::set_threshold, 1e6, 0, "slow-step.error_ms");
  EXPECT_FALSE(rules(1).count("slow-step"));
  EXPECT_EQ(rules(0), before);
  EXPECT_EQ(session->thresholds.size(), 1u);
  act(*session, Act::reset_thresholds, 0, 0, "slow-ste");
  EXPECT_EQ(session->thresholds.size(), 1u);
  act(*session, Act::reset_thresholds, 0, 0, "slow-step");
  EXPECT_TRUE(session->thresholds.empty());
  EXPECT_TRUE(rules(1).count("slow-step"));
  // The standard value is no change; nonsense changes nothing and says so.
  act(*session, Act::set_threshold, 100, 0, "slow-step.error_ms");
  EXPECT_TRUE(session->thresholds.empty());
  for (const double wrong : {-1.0, std::nan(""), HUGE_VAL}) act(*session, Act::set_threshold, wrong, 0, "slow-step.error_ms");
  act(*session, Act::set_threshold, 1, 0, "slow-step.nothing");
  EXPECT_TRUE(session->thresholds.empty());
  EXPECT_EQ(session->message, "no threshold 'slow-step.nothing'");
  EXPECT_TRUE(session->message_is_error);
}

TEST(Update, TwoSidesOfOneProgramAreCompared) {
  EXPECT_FALSE(session_of(swallowed())->comparison);
  const auto session = session_of(swallowed(), swallowed());
  ASSERT_TRUE(session->comparison);
  EXPECT_FALSE(session->comparison->order);
  session->sides[1]->running = true;
  take_in(*session, *session->sides[1]);
  EXPECT_FALSE(session->comparison);
}

TEST(Inspect, TellsWhyASelectedStepRanWhenItDid) {
  const auto session = session_of(swallowed());
  const Side& side = session->side();
  const auto why = [&] {
    bool here = false;
    for (const Detail& d : inspect(*session)) {
      if (here) return d.text;
      here = d.type == Detail::Type::heading && d.label == "Why it resumed here";
    }
    return std::string();
  };
  const Span& woken = *std::find_if(side.history.lanes[1].spans.rbegin(), side.history.lanes[1].spans.rend(),
                                    [](const Span& s) { return s.phase == Phase::running; });
  session->selected = {Hit::Kind::span, 2, woken.first};
  EXPECT_NE(why().find("worker resumed because its sleep was over after"), std::string::npos) << why();
  // At the playhead, where no step is selected.
  session->selected = {Hit::Kind::task, 2, 0};
  act(*session, Act::seek_time, 2e9);
  EXPECT_NE(why().find("asked it to stop"), std::string::npos) << why();
  // Another task's step.
  session->selected = {Hit::Kind::span, 1, woken.first};
  EXPECT_EQ(why().find("worker resumed"), std::string::npos) << why();
}

TEST(WhyNothing, IsThatOfThePlayheadAndKnowsAHang) {
  const auto trace = read_text(R"(
0 task_created task=1 name=main
0 task_created task=2 name=t parent=1
0 step_end task=1 object=2 waits=task at=a.cpp:1
1 step_end task=2 object=1 waits=task at=a.cpp:2
1 run_end how=hang
)");
  ASSERT_TRUE(trace);
  const auto session = session_of(*trace);
  EXPECT_TRUE(hangs(*session));
  EXPECT_EQ(why_nothing(*session).at(0).text, "deadlock since 1.000 s: main and t wait for each other");
  EXPECT_EQ(why_nothing(*session).at(1).event, 3u);
  act(*session, Act::seek_event, 3);
  EXPECT_EQ(why_nothing(*session).at(0).text.find("deadlock"), std::string::npos);
  EXPECT_FALSE(hangs(*session_of(swallowed())));
  EXPECT_TRUE(why_nothing({}).empty());
}

}  // namespace
}  // namespace awaitscope::view
