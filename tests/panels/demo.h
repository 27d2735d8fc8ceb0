#pragma once
// A session to draw, and a window to draw it in without a screen.
#include <gtest/gtest.h>

#include "app/panels/headless.h"

namespace awaitscope::demo {

using panels::HeadlessApp;
using view::Act;

// A run with names that try to be more than names: format strings, ImGui's id marks, control characters.
inline void record(view::Side& side) {
  Trace& trace = side.trace;
  const std::uint32_t main = trace.intern("main").value, worker = trace.intern("work%s%n##er\n").value;
  const auto site = static_cast<std::uint16_t>(trace.intern(Site{"tests/demo.cpp", 7}).value);
  const auto add = [&](Kind kind, std::int64_t ms, std::uint32_t task, std::uint32_t a = 0, std::uint32_t b = 0,
                       std::uint8_t c = 0) {
    trace.append(Record{ms * 1'000'000, task, 0, a, b, 0, site, kind, c});
  };
  const auto waits = [](Wait wait) { return static_cast<std::uint8_t>(wait); };
  add(Kind::run_begin, 0, 0);
  add(Kind::task_created, 0, 1, 0, main);
  add(Kind::task_ready, 0, 1);
  add(Kind::step_begin, 0, 1);
  add(Kind::task_created, 0, 2, 1, worker);
  add(Kind::task_ready, 0, 2, 1);
  add(Kind::step_end, 0, 1, 2, 0, waits(Wait::task));
  add(Kind::step_begin, 10, 2);
  add(Kind::step_end, 300, 2, 0, 0, waits(Wait::sleep));
  add(Kind::task_ready, 800, 2);
  add(Kind::step_begin, 800, 2);
  add(Kind::log, 800, 2, worker);
  add(Kind::task_done, 810, 2);
  add(Kind::step_end, 810, 2);
  add(Kind::task_ready, 810, 1, 2);
  add(Kind::step_begin, 810, 1);
  add(Kind::task_done, 820, 1);
  add(Kind::step_end, 820, 1);
  add(Kind::run_end, 820, 0);
}

inline view::Session session_with_runs() {
  view::Session session;
  for (const char* name : {"bad", "fixed"}) {
    session.sides.push_back(std::make_unique<view::Side>(name));
    record(*session.sides.back());
  }
  for (const auto& side : session.sides) {
    take_in(session, *side);
    Finding finding;
    finding.rule = "slow-step";
    finding.sentence = "%s held the loop for 290 ms";
    finding.advice = "Await instead";
    finding.evidence = {8};
    side->findings = {finding};
  }
  session.lesson.id = "L00";
  session.lesson.name = "demo";
  session.lesson.title = {"A demonstration", "示例"};
  session.lesson.watch = {"Nothing in particular", "没什么"};
  session.lesson.knobs = {{"delay", "s", {"how long", "多久"}, 1, 0, 10, 0.5, 1}};
  session.lesson.presets = {"crowd"};
  session.lesson.sources = {
      {view::SourceLanguage::cpp, "demo.cpp", "// @begin bad\nint main() { co_await sleep(1s); }  // @a\n// @end bad\n"}};
  session.catalogue = {{"L00", "demo", {"Basics", "基础"}, {"A demonstration", "示例"}},
                       {"L01", "other", {"Basics", "基础"}, {}}};
  update(session, {Act::fit_all, 0, 0, "", {}});
  return session;
}

inline bool holds(const view::Actions& actions, Act act) {
  return std::any_of(actions.begin(), actions.end(), [&](const view::Action& action) { return action.act == act; });
}

inline std::unique_ptr<HeadlessApp> open(int width = 1280, int height = 800) {
  auto app = HeadlessApp::open(width, height);
  EXPECT_TRUE(app) << app.error();
  return app ? std::move(*app) : nullptr;
}

}  // namespace awaitscope::demo
