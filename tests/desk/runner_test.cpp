// Runs on their own thread: virtual and live, watched, held and ended.
#include "app/desk/runner.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/desk/desk.h"

namespace awaitscope::desk {
namespace {

Program program(std::string_view name, const std::string& variant, bool live,
                const std::vector<std::pair<std::string, std::string>>& changes = {}) {
  const Scenario& scenario = **find_scenario(name);
  return {&scenario, variant, *settings_for(scenario, changes), {}, live};
}
/// Short enough that a live run is over at once.
const std::vector<std::pair<std::string, std::string>> brief = {
    {"block", "10ms"}, {"period", "0.05"}, {"start", "0"}, {"ticks", "2"}};

void pump_until(Runner& runner, Trace& trace, Seq events) {
  while (trace.size() < events && !runner.finished())
    if (!runner.pump(trace)) std::this_thread::yield();
}

TEST(Runner, AVirtualRunArrivesWholeThroughTheQueue) {
  const Trace trace = *record(program("L08", "fixed", false));
  EXPECT_EQ(trace[1].kind, Kind::run_begin);
  EXPECT_EQ(trace[trace.size()].kind, Kind::run_end);
  EXPECT_EQ(trace.info.variant, "fixed");
}

TEST(Runner, ALiveRunTellsTheSameStoryOnTheSteadyClock) {
  const auto words = [](const Trace& trace) {
    std::vector<std::string> out;
    for (Seq seq = 1; seq <= trace.size(); ++seq)
      if (trace[seq].kind == Kind::log) out.emplace_back(trace.text(trace[seq].a));
    return out;
  };
  const Trace live = *record(program("L04", "bad", true, brief));
  EXPECT_EQ(live.info.clock, "steady");
  EXPECT_EQ(words(live), words(*record(program("L04", "bad", false, brief))));
  for (Seq seq = 2; seq <= live.size(); ++seq) ASSERT_GE(live[seq].time, live[seq - 1].time);
}

TEST(Runner, AClosedGateLetsSingleStepsAndTicksThroughAndItsClockStandsStill) {
  Runner runner(program("L04", "bad", true, {{"ticks", "100"}, {"period", "0.05"}}));
  runner.gate().pause();
  Trace trace;
  trace.info.clock = "steady";
  const auto passes = [&] {
    int count = 0;
    for (Seq seq = 1; seq <= trace.size(); ++seq) count += trace[seq].kind == Kind::tick_begin;
    return count;
  };
  // Whatever ran before the pause took hold; then every request adds one step or one pass, and nothing else happens.
  for (int i = 0; i < 3; ++i) {
    const int before = passes();
    runner.gate().tick();
    while (passes() == before && !runner.finished())
      if (!runner.pump(trace)) std::this_thread::yield();
  }
  EXPECT_FALSE(runner.finished());
  runner.gate().stop();
  while (!runner.finished()) runner.pump(trace);
  EXPECT_EQ(runner.result().outcome, RunOutcome::stopped);
  EXPECT_EQ(trace[trace.size()].kind, Kind::run_end);
}

TEST(Runner, DestroyingItInTheMiddleOfALiveRunEndsItsThread) {
  for (int i = 0; i < 20; ++i) {
    Runner runner(program("L16", i % 2 ? "bad" : "fixed", true));
    Trace trace;
    pump_until(runner, trace, static_cast<Seq>(i % 4));
  }
}

TEST(Desk, RunsBothVersionsAndAParameterRunsThemAgain) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("L16");
  ASSERT_EQ(session.sides.size(), 2u);
  EXPECT_EQ(session.sides[0]->trace.end().ns, 4'000'000'000);
  desk.apply({view::action(view::Act::set_parameter, 5, "more")});
  EXPECT_EQ(session.sides[0]->trace.end().ns, 6'000'000'000);
  ASSERT_FALSE(session.sides[0]->findings.empty());
  EXPECT_EQ(session.sides[0]->findings[0].rule, "cancel-swallowed");
  for (const Finding& f : session.sides[1]->findings) EXPECT_EQ(f.severity, Severity::info) << f.sentence;
}

TEST(Desk, ALessonIsReadAgainWhenItIsSaved) {
  const auto folder = std::filesystem::temp_directory_path() / ("lessons-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const auto write = [&](std::string text) { std::ofstream(folder / "blocking_sleep.json") << text; };
  std::string text(scenario_source("scenarios/blocking_sleep.json"));
  const auto replace = [&](const std::string& what, const std::string& with) {
    text.replace(text.find(what), what.size(), with);
  };
  replace("time.sleep in a coroutine stops every other task", "First words");
  write(text);

  view::Session session;
  Desk desk(session, {});
  ASSERT_TRUE(desk.use_lessons(folder));
  desk.load_scenario("L04");
  EXPECT_EQ(session.lesson.title.en, "First words");
  const auto until = [&](const std::string& message) {
    for (int i = 0; i < 600 && session.message != message; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      desk.pump();
    }
    return session.message;
  };
  replace("First words", "Other words, and longer");
  write(text);
  EXPECT_EQ(until("read the lessons again"), "read the lessons again");
  EXPECT_EQ(session.lesson.title.en, "Other words, and longer");
  replace("\"level\": \"beginner\"", "\"level\": \"easy\"");
  write(text);
  const std::string wrong =
      (folder / "blocking_sleep.json").string() + ":4: 'level' is one of: beginner, intermediate, advanced";
  EXPECT_EQ(until(wrong), wrong);
  EXPECT_EQ(session.lesson.title.en, "Other words, and longer") << "what was good stays";
  EXPECT_EQ(Desk(session, {}).use_lessons(folder).error(), wrong);
  std::filesystem::remove_all(folder);
}

TEST(Desk, ExploresSchedulesAndReplaysOne) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("L08");
  desk.apply({view::action(view::Act::explore)});
  EXPECT_TRUE(session.exploring);
  desk.settle();
  EXPECT_FALSE(session.exploring);
  ASSERT_EQ(session.schedules.size(), 2u);
  EXPECT_EQ(session.schedules[0].failed(), 50u);
  EXPECT_EQ(session.schedules[1].failed(), 0u);
  EXPECT_EQ(session.message, "bad: 50 of 50 schedules fail, fixed: 0 of 50 schedules fail");
  view::Action click;
  click.act = view::Act::select;
  click.hit = {view::Hit::Kind::schedule, 6, 0};
  desk.apply({click});
  EXPECT_EQ(to_text(session.sides[0]->trace.info.schedule), "random:7");
  EXPECT_EQ(session.message, "random:7 · bad: 15 jobs were refused");
  desk.apply({view::action(view::Act::replay_schedule, 0, "nonsense")});
  EXPECT_TRUE(session.message_is_error);
  desk.load_scenario("L01");
  EXPECT_TRUE(session.schedules.empty());
}

TEST(Desk, LeavingWhileItExploresEndsIt) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("L08");
  desk.apply({view::action(view::Act::set_parameter, 500, "jobs"), view::action(view::Act::explore)});
  desk.load_scenario("L01");
  EXPECT_FALSE(session.exploring);
}

TEST(Desk, ALiveRunCanBeLeftAtAnyMoment) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("L04");
  for (int i = 0; i < 10; ++i) {
    desk.apply({view::action(view::Act::run_live)});
    desk.pump();
    EXPECT_TRUE(desk.busy());
    if (i % 2) desk.load_scenario("L01");
  }
}

TEST(Desk, WhatCannotBeOpenedLeavesEverythingAsItWas) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("L01");
  const Seq events = session.sides[0]->trace.size();
  EXPECT_FALSE(desk.open("/nowhere/at/all"));
  EXPECT_EQ(session.sides[0]->trace.size(), events);
  desk.apply({view::action(view::Act::open_file, 0, "/nowhere/at/all")});
  EXPECT_TRUE(session.message_is_error);
  EXPECT_EQ(session.sides.size(), 2u);
}

}  // namespace
}  // namespace awaitscope::desk
