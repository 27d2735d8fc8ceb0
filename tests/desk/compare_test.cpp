// Both versions beside each other: what differs, in one place, and with tied playheads.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/desk/course.h"
#include "scenarios/scenario.h"
#include "app/view/stage.h"
#include "tests/support/app.h"
#include "tests/view/stories.h"

namespace awaitscope::view {
namespace {

using desk::App;

DrawList picture(const Session& session, const FontMetrics& metrics = pixels) {
  return timeline(session, metrics.cells ? Rect{0, 0, 100, 40} : Rect{0, 0, 1200, 760}, metrics);
}

bool says(const DrawList& picture, std::string_view part) {
  return std::any_of(picture.labels.begin(), picture.labels.end(),
                     [&](const Label& l) { return l.text.find(part) != std::string::npos; });
}

std::string words(const Session& session) {
  std::string out;
  for (const Delta& delta : session.deltas) out += (out.empty() ? "" : ", ") + marked_words(delta, Language::english);
  return out;
}

TEST(Deltas, TheFixIsNeverWorseInTheFirst) {
  for (const Scenario* scenario : scenarios_by_card()) {
    const App app(scenario->name);
    // Its versions differ in what they hand on, which no number tells.
    if (app.session.deltas.empty()) {
      EXPECT_EQ(scenario->name, "partial_failure");
      continue;
    }
    EXPECT_LE(app.session.deltas.size(), 4u);
    EXPECT_NE(app.session.deltas.front().verdict(), Delta::Verdict::worse) << scenario->name << ": " << words(app.session);
    EXPECT_EQ(deltas(app.session).size(), app.session.deltas.size());
  }
}

TEST(Deltas, TellTheLessonsStories) {
  EXPECT_TRUE(words(App("sequential_awaits").session).starts_with("✓ 3.0 s → 1.0 s"))
      << words(App("sequential_awaits").session);
  const std::string crowd = words(App("unbounded_gather").session);
  EXPECT_NE(crowd.find("✓ refused 15 → 0"), std::string::npos) << crowd;
  EXPECT_NE(crowd.find("peak 20 → 5"), std::string::npos) << crowd;
  EXPECT_TRUE(words(App("race_across_await").session).starts_with("✓ lost updates 99 → 0"));
  EXPECT_NE(words(App("deadlock_lock_order").session).find("✓ never ends → "), std::string::npos);
}

TEST(Deltas, WhatAFixCostsIsSaid) {
  auto session = session_of(swallowed(), stalled());
  std::swap(session->sides[0], session->sides[1]);
  session->deltas = deltas(*session);
  EXPECT_EQ(session->deltas.front().verdict(), Delta::Verdict::better) << words(*session);
  EXPECT_TRUE(words(*session).find("✗ 2.5 s → 4.0 s") != std::string::npos) << words(*session);
  session->sides[1]->running = true;
  EXPECT_TRUE(deltas(*session).empty()) << "a run that goes on has no numbers yet";
}

TEST(Deltas, AreInViewHoweverTheSidesAreShown) {
  App app("sequential_awaits");
  for (const Act show : {Act::show_both, Act::show_bad, Act::show_fixed, Act::blink})
    for (const FontMetrics& metrics : {pixels, cells}) {
      app.act(show);
      EXPECT_TRUE(says(picture(app.session, metrics), "3.0 s → 1.0 s")) << static_cast<int>(show);
      expect_tidy(picture(app.session, metrics), "with the strip of differences");
    }
}

/// The names of lanes and strips and where they stand, without those that several have.
std::map<std::string, Rect> names_in(const DrawList& picture, float header) {
  std::map<std::string, Rect> out;
  std::map<std::string, int> times;
  for (const Label& label : picture.labels) {
    if (label.rect.right() > header) continue;
    out[label.text] = label.rect;
    ++times[label.text];
  }
  std::erase_if(out, [&](const auto& each) { return times[each.first] > 1; });
  return out;
}

/// How wide the column of names is.
float names_width(const Session& session, const FontMetrics& metrics) {
  float out = 0;
  for (const auto& side : session.sides)
    out = std::max(
        out, header_width(side->trace, side->history, metrics.cells ? Rect{0, 0, 100, 40} : Rect{0, 0, 1200, 760}, metrics));
  return metrics.cells ? out : out + triangle_width(metrics);
}

TEST(Blink, WhatBothHaveLiesInTheSamePlace) {
  for (const Scenario* scenario : scenarios_by_card())
    for (const FontMetrics& metrics : {pixels, cells}) {
      App app(scenario->name);
      app.act(Act::blink);
      ASSERT_EQ(app.session.show, Show::blink);
      const float header = names_width(app.session, metrics);
      const DrawList bad = picture(app.session, metrics);
      app.act(Act::switch_side);
      const DrawList fixed = picture(app.session, metrics);
      expect_tidy(bad, scenario->name.c_str());
      expect_tidy(fixed, scenario->name.c_str());
      const auto before = names_in(bad, header), after = names_in(fixed, header);
      int same = 0;
      for (const auto& [name, rect] : before) {
        const auto found = after.find(name);
        if (found == after.end()) continue;
        ++same;
        EXPECT_NEAR(rect.y, found->second.y, 0.01) << scenario->name << ": " << name;
      }
      EXPECT_GE(same, 3) << scenario->name << ": the loop, main and the versions' names at least";
    }
}

TEST(Blink, WithoutItTheLanesWouldMove) {
  bool moved = false;
  for (const Scenario* scenario : scenarios_by_card()) {
    App other(scenario->name);
    other.act(Act::show_bad);
    const float header = names_width(other.session, pixels);
    const auto before = names_in(picture(other.session), header);
    other.act(Act::show_fixed);
    for (const auto& [name, rect] : names_in(picture(other.session), header))
      if (const auto found = before.find(name); found != before.end() && std::abs(found->second.y - rect.y) > 1) moved = true;
  }
  EXPECT_TRUE(moved);
}

TEST(Blink, EndsWithBoth) {
  App app("sequential_awaits");
  app.act(Act::blink);
  EXPECT_EQ(app.session.show, Show::blink);
  app.act(Act::next_show);
  EXPECT_NE(app.session.show, Show::blink);
  app.act(Act::blink);
  app.act(Act::show_fixed);
  EXPECT_EQ(app.session.show, Show::blink) << "that is switching too";
  app.act(Act::blink);
  EXPECT_EQ(app.session.show, Show::both);
  app.act(Act::show_bad);
  EXPECT_NE(app.session.show, Show::blink);
}

TEST(Tie, ByTimeByMomentAndNotAtAll) {
  App app("sequential_awaits");
  Side &bad = *app.session.sides[0], &fixed = *app.session.sides[1];
  bad.stops = {{20, "a", {}}, {10, "b", {}}, {25, "only here", {}}};
  fixed.stops = {{12, "a", {}}, {30, "b", {}}};
  app.act(Act::tie_by, "bookmark");
  app.act(Act::seek_event, 9);
  EXPECT_EQ(fixed.step, 0u);
  app.act(Act::seek_event, 10);
  EXPECT_EQ(fixed.step, 30u) << "the moment of the same name, whichever comes first";
  EXPECT_EQ(fixed.model.seq, 30u);
  app.act(Act::seek_event, 19);
  EXPECT_EQ(fixed.step, 30u);
  app.act(Act::seek_event, 20);
  EXPECT_EQ(fixed.step, 12u);
  app.act(Act::seek_event, 26);
  EXPECT_EQ(fixed.step, 12u) << "the last that both have";
  bad.stops = {{20, "c", {}}};
  app.act(Act::seek_event, 21);
  EXPECT_EQ(fixed.step, 12u) << "it stays where it is: it has no such moment";
  bad.stops = {{20, "b", {}}};
  app.act(Act::seek_event, 21);
  EXPECT_EQ(fixed.step, 30u);
  app.act(Act::tie_by, "off");
  app.act(Act::seek_event, 5);
  EXPECT_EQ(fixed.step, 30u);
  app.act(Act::tie_by, "time");
  EXPECT_EQ(fixed.step, fixed.trace.at_or_before(bad.trace[5].at()));
  EXPECT_EQ(app.session.tie, Tie::time);
  app.act(Act::tie_by);
  EXPECT_EQ(app.session.tie, Tie::bookmark);
  bad.stops.clear();
  app.act(Act::seek_event, 6);
  EXPECT_EQ(fixed.step, fixed.trace.at_or_before(bad.trace[6].at())) << "without stops there is only the time";
  app.act(Act::tie_by, "mood");
  EXPECT_TRUE(app.session.message_is_error);
  EXPECT_EQ(app.session.tie, Tie::bookmark);
}

TEST(Schedules, AreOfTheParametersAsTheyAre) {
  App app("sequential_awaits");
  app.session.schedules = {{"bad", {{"random:1", ""}}}};
  app.act(Act::rerun);
  EXPECT_FALSE(app.session.schedules.empty());
  app.act(Act::set_parameter, 2, app.session.lesson.knobs.front().name);
  EXPECT_TRUE(app.session.schedules.empty());
}

/// A version of a lesson as one picture.
DrawList version(const std::string& lesson, const std::string& variant, const FontMetrics& metrics = pixels) {
  const Scenario& scenario = **find_scenario(lesson);
  const auto subject = desk::subject_of({&scenario, variant, *settings_for(scenario, {}), {}, false});
  const Trace trace = record(subject, {});
  const History h = history_of(trace);
  TimelineOptions o;
  o.canvas = metrics.cells ? Rect{0, 0, 120, 40} : Rect{0, 0, 1400, 600};
  o.metrics = metrics;
  o.end = shown_end(h);
  DrawList out = timeline(trace, h, o);
  expect_tidy(out, (lesson + " " + variant).c_str());
  return out;
}

TEST(Marks, AHangHasNoEnd) {
  for (const FontMetrics& metrics : {pixels, cells}) {
    const DrawList ring = version("deadlock_lock_order", "bad", metrics);
    EXPECT_TRUE(says(ring, "forever"));
    EXPECT_TRUE(says(ring, "nothing can ever run again"));
    EXPECT_TRUE(says(version("nested_loop", "bad.thread", metrics), "forever"));
    EXPECT_FALSE(says(version("deadlock_lock_order", "fixed", metrics), "forever"));
  }
  // Not only in words: the waiting bars reach the edge.
  const DrawList ring = version("deadlock_lock_order", "bad");
  const float edge = ring.canvas.right() - rail_width(ring.canvas, pixels) - 2 * pixels.char_width;
  EXPECT_GE(std::count_if(ring.boxes.begin(), ring.boxes.end(),
                          [&](const Box& b) { return b.role == Role::waiting_semaphore && b.rect.right() > edge; }),
            2);
}

TEST(Marks, WorkersHaveLanes) {
  for (const FontMetrics& metrics : {pixels, cells}) {
    const DrawList two = version("threads_are_not_cores", "bad", metrics);
    EXPECT_TRUE(says(two, "worker 1") && says(two, "worker 2"));
    EXPECT_TRUE(says(two, "in turns"));
    EXPECT_FALSE(says(version("threads_are_not_cores", "fixed", metrics), "in turns"));
    EXPECT_FALSE(says(version("cpu_on_loop", "bad", metrics), "worker 1"));
    EXPECT_TRUE(says(version("cpu_on_loop", "fixed", metrics), "worker 1"));
  }
}

TEST(Marks, AnErrorWaitsForItsReader) {
  for (const FontMetrics& metrics : {pixels, cells}) {
    EXPECT_TRUE(says(version("serial_await_loop", "bad.tasks", metrics), "unseen for 4.0 s"));
    EXPECT_FALSE(says(version("serial_await_loop", "fixed", metrics), "unseen"));
  }
  const DrawList late = version("serial_await_loop", "bad.tasks");
  EXPECT_TRUE(std::any_of(late.lines.begin(), late.lines.end(),
                          [](const Line& l) { return l.role == Role::warning && l.arrow && l.points.size() == 3; }));
}

TEST(Marks, ALostUpdateIsMarked) {
  EXPECT_TRUE(says(version("race_across_await", "bad"), "99 lost"));
  EXPECT_FALSE(says(version("race_across_await", "fixed"), "lost"));
}

TEST(Marks, RegionsGhostsAndPins) {
  for (const FontMetrics& metrics : {pixels, cells}) {
    const DrawList phases = version("graceful_shutdown", "fixed", metrics);
    for (const char* phase : {"accepting", "draining", "cancelling"}) EXPECT_TRUE(says(phases, phase)) << phase;
    EXPECT_TRUE(says(version("forgotten_await", "bad", metrics), "fetch()"));
    EXPECT_TRUE(says(version("forgotten_await", "bad", metrics), "not one line of it ran"));
    EXPECT_FALSE(says(version("forgotten_await", "fixed", metrics), "fetch()"));
    EXPECT_TRUE(says(version("js_abort_controller", "bad", metrics), "timer"));
    EXPECT_FALSE(says(version("js_abort_controller", "fixed", metrics), "timer"));
  }
}

TEST(Marks, TheRailTellsHowEachTaskEnded) {
  const DrawList some = version("partial_failure", "bad");
  std::vector<Glyph> rail;
  for (const Icon& icon : some.icons)
    if (icon.hit.kind == Hit::Kind::task && icon.rect.x > some.canvas.right() - rail_width(some.canvas, pixels))
      rail.push_back(icon.glyph);
  EXPECT_EQ(rail, (std::vector<Glyph>{Glyph::done, Glyph::done, Glyph::cross, Glyph::done}));
}

}  // namespace
}  // namespace awaitscope::view
