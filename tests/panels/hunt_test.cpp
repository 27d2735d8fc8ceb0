// The hunt by mouse and keyboard, drawn without a screen.
#include <gtest/gtest.h>
#include <imgui.h>

#include "app/panels/headless.h"
#include "app/platform/paint_imgui.h"
#include "core/trace/text.h"

namespace awaitscope {
namespace {

using panels::HeadlessApp;
using view::Act;

/// The app with its session: what the frames ask for is done at once.
struct Desk {
  view::Session session;
  std::unique_ptr<HeadlessApp> app;
  std::vector<Act> done;

  Desk() {
    auto trace = read_text(R"(
0 run_begin
0 task_created task=1 name=main
0 task_ready task=1 why=start
0 step_begin task=1
0 task_created task=2 parent=1 cause=4 name="work%s%n##er"
0 task_ready task=2 by=1 cause=5 why=start
0 step_end task=1 object=2 waits=task
0 step_begin task=2
0.3 step_end task=2 waits=sleep
0.8 task_ready task=2 why=timer
0.8 step_begin task=2
0.8 log task=2 text="almost there"
0.8 task_done task=2
0.8 task_ready task=1 by=2 cause=13 why=task
0.8 step_end task=2
0.8 step_begin task=1
1.0 task_done task=1
1.0 step_end task=1
1.0 run_end
)");
    EXPECT_TRUE(trace) << trace.error();
    session.sides.push_back(std::make_unique<view::Side>("bad"));
    session.sides[0]->trace = std::move(*trace);
    session.show = view::Show::one;
    take_in(session, *session.sides[0]);
    auto opened = HeadlessApp::open(1440, 900);
    EXPECT_TRUE(opened) << opened.error();
    app = std::move(*opened);
    frames(3);
  }
  void frames(int n = 1) {
    for (int i = 0; i < n; ++i)
      for (const view::Action& action : app->frame(session)) {
        if (action.act != Act::hover) done.push_back(action.act);
        update(session, action);
      }
  }
  view::Rect place(const char* name) const {
    const auto found = app->screen().ui().places.find(name);
    return found == app->screen().ui().places.end() ? view::Rect{} : found->second;
  }
  view::Point on(const char* name, float x, float y = 0.6F) const {
    const view::Rect rect = place(name);
    return {rect.x + rect.w * x, rect.y + rect.h * y};
  }
  void drag(view::Point from, view::Point to, int button = 0) {
    app->move(from);
    frames();
    app->press(button, true);
    frames();
    for (const float part : {0.3F, 0.6F, 1.0F}) {
      app->move({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
      frames();
    }
    app->press(button, false);
    frames(2);
  }
  void click(view::Point at, int count = 1) {
    app->move(at);
    frames();
    for (int i = 0; i < count; ++i) {
      app->press(0, true);
      frames();
      app->press(0, false);
      frames();
    }
  }
  void key(const std::string& chord) {
    for (const view::Action& action : app->press_key(session, chord)) {
      done.push_back(action.act);
      update(session, action);
    }
    frames(3);
  }
  void type(const std::string& text) {
    app->type(text);
    frames(2);
  }
  double length() const { return static_cast<double>(session.view_end.ns - session.view_begin.ns); }
  int cursor() const { return ImGui::GetMouseCursor(); }
  /// Where a place on the ruler lies.
  float x_of(double t) const {
    const platform::Painter painter{app->screen().ui(), session.theme};
    return scale_of(session, place("timeline"), painter.metrics()).x_of(t);
  }
};

TEST(HuntByHand, ARangesEdgesStayDraggable) {
  Desk desk;
  desk.drag(desk.on("timeline", 0.4F), desk.on("timeline", 0.6F));
  ASSERT_TRUE(desk.session.range);
  const auto before = *desk.session.range;
  const float edge = desk.x_of(static_cast<double>(before.second.ns)), y = desk.on("timeline", 0, 0.6F).y;
  desk.app->move({edge + 4, y});
  desk.frames(2);
  EXPECT_EQ(desk.cursor(), ImGuiMouseCursor_ResizeEW);
  desk.app->move({edge + 20, y});
  desk.frames(2);
  EXPECT_NE(desk.cursor(), ImGuiMouseCursor_ResizeEW);
  desk.drag({edge + 4, y}, {edge + 104, y});
  ASSERT_TRUE(desk.session.range);
  EXPECT_EQ(desk.session.range->first, before.first);
  EXPECT_GT(desk.session.range->second, before.second);
  // Across the other edge: the range turns round.
  const float left = desk.x_of(static_cast<double>(before.first.ns));
  const float right = desk.x_of(static_cast<double>(desk.session.range->second.ns));
  desk.drag({right, y}, {left - 60, y});
  EXPECT_LE(std::abs((desk.session.range->second - before.first).count()), 3'000'000);
  EXPECT_LT(desk.session.range->first, before.first);
  // Each drag is one step back.
  desk.key("Ctrl+Z");
  desk.key("Ctrl+Z");
  EXPECT_EQ(*desk.session.range, before);
  desk.key("Ctrl+Shift+Z");
  EXPECT_EQ(desk.session.range->first, before.first);
}

TEST(HuntByHand, CtrlDragZoomsAndTheOtherButtonsPan) {
  Desk desk;
  const double whole = desk.length();
  desk.app->modifiers(true, false, false);
  desk.drag(desk.on("timeline", 0.4F), desk.on("timeline", 0.6F));
  desk.app->modifiers(false, false, false);
  EXPECT_LT(desk.length(), whole * 0.35);
  EXPECT_FALSE(desk.session.range);
  const auto begin = desk.session.view_begin;
  const double zoomed = desk.length();
  desk.drag(desk.on("timeline", 0.5F), desk.on("timeline", 0.4F), 2);
  EXPECT_GT(desk.session.view_begin, begin);
  EXPECT_NEAR(desk.length(), zoomed, zoomed * 0.01);
  const auto later = desk.session.view_begin;
  desk.app->modifiers(false, true, false);
  desk.drag(desk.on("timeline", 0.4F), desk.on("timeline", 0.5F));
  EXPECT_LT(desk.session.view_begin, later);
  const auto here = desk.session.view_begin;
  desk.app->wheel(-1);
  desk.frames(2);
  EXPECT_GT(desk.session.view_begin, here);
  desk.app->modifiers(false, false, false);
  EXPECT_FALSE(desk.session.range);
  // A double click at a bar fits it, at nothing all of the run.
  desk.click({desk.x_of(desk.session.view_begin.ns + desk.length() / 2), desk.on("timeline", 0, 0.97F).y}, 2);
  EXPECT_NEAR(desk.length(), whole, whole * 0.01);
}

TEST(HuntByHand, TheOverviewsWindowIsDraggedByItsBodyAndItsEdges) {
  Desk desk;
  update(desk.session, {Act::show_range, 0.2e9, 0.4e9, "", {}});
  desk.frames();
  const view::Rect strip = desk.place("overview");
  const auto at = [&](double t) {
    return view::Point{strip.x + strip.w * static_cast<float>(t / overview_end(desk.session)), strip.y + strip.h / 2};
  };
  desk.drag(at(0.3e9), at(0.5e9));
  EXPECT_NEAR(static_cast<double>(desk.session.view_begin.ns), 0.4e9, 2e6);
  EXPECT_NEAR(desk.length(), 0.2e9, 1e6);
  desk.drag(at(0.6e9), at(0.8e9));
  EXPECT_NEAR(static_cast<double>(desk.session.view_begin.ns), 0.4e9, 2e6);
  EXPECT_NEAR(static_cast<double>(desk.session.view_end.ns), 0.8e9, 4e6);
  desk.app->move(at(0.4e9));
  desk.frames(2);
  EXPECT_EQ(desk.cursor(), ImGuiMouseCursor_ResizeEW);
  desk.drag(at(0.4e9), at(0.1e9));
  EXPECT_NEAR(static_cast<double>(desk.session.view_begin.ns), 0.1e9, 4e6);
  desk.click(at(0.9e9));
  EXPECT_GT(desk.session.view_end.ns, 0.9e9);
}

TEST(HuntByHand, TheSearchFieldIsTypedInAndAnswersEnterAndEsc) {
  Desk desk;
  desk.key("/");
  desk.type("ALMOST");
  EXPECT_EQ(desk.session.hunt.search.matches.size(), 1U);
  EXPECT_TRUE(desk.app->press_key(desk.session, "Space").empty()) << "keys are dead while one types";
  desk.frames();
  desk.key("Enter");
  EXPECT_EQ(desk.session.hunt.search.at, 1U);
  EXPECT_EQ(desk.session.side().trace[desk.session.side().step].kind, Kind::log);
  desk.key("Esc");
  EXPECT_TRUE(desk.session.hunt.search.query.empty());
  desk.key("Home");
  EXPECT_EQ(desk.session.side().step, 0U);
  desk.key("Ctrl+L");
  desk.type("main");
  EXPECT_EQ(desk.session.hunt.filter, "main");
  desk.key("Esc");
  EXPECT_EQ(desk.session.hunt.filter, "");
}

TEST(HuntByHand, ALaneIsFoundByLettersAndAMarkGetsItsWord) {
  Desk desk;
  desk.key("Ctrl+P");
  desk.type("wrk");
  ASSERT_GT(desk.place("lane:work%s%n##er").w, 0);
  desk.key("Enter");
  EXPECT_EQ(desk.session.selected, (view::Hit{view::Hit::Kind::task, 2, 0}));
  EXPECT_EQ(desk.session.hunt.field, view::Hunt::Field::none);
  desk.key("M");
  desk.type("here %s##");
  desk.key("Enter");
  ASSERT_EQ(desk.session.side().trace.notes.size(), 1U);
  EXPECT_EQ(desk.session.side().trace.notes[0].text, "here %s##");
  desk.key("M");
  desk.type("never mind");
  desk.key("Esc");
  EXPECT_EQ(desk.session.side().trace.notes.size(), 1U);
  EXPECT_EQ(desk.session.hunt.field, view::Hunt::Field::none);
  desk.key("Home");
  desk.click(desk.on("tab:Marks", 0.5F));
  desk.frames(2);
  desk.click(desk.on("mark:0", 0.5F));
  EXPECT_EQ(desk.session.side().step, desk.session.side().trace.size());
  desk.click(desk.on("delete-mark:0", 0.5F));
  EXPECT_TRUE(desk.session.side().trace.notes.empty());
}

TEST(HuntByHand, WhatIsCopiedGoesToTheClipboardOnce) {
  Desk desk;
  ImGui::SetClipboardText("before");
  desk.frames();
  EXPECT_STREQ(ImGui::GetClipboardText(), "before");
  desk.key("Ctrl+Shift+C");
  EXPECT_TRUE(std::string_view(ImGui::GetClipboardText()).starts_with("#t=0s..")) << ImGui::GetClipboardText();
  ImGui::SetClipboardText("other");
  desk.frames(2);
  EXPECT_STREQ(ImGui::GetClipboardText(), "other");
  desk.drag(desk.on("timeline", 0.4F), desk.on("timeline", 0.6F));
  desk.key("Ctrl+C");
  EXPECT_TRUE(std::string_view(ImGui::GetClipboardText()).starts_with("lane\t"));
}

TEST(HuntByHand, ATriangleFoldsWhatATaskMade) {
  Desk desk;
  const platform::Painter painter{desk.app->screen().ui(), desk.session.theme};
  const auto triangle = [&] {
    for (const view::Icon& icon : timeline(desk.session, desk.place("timeline"), painter.metrics()).icons)
      if (icon.hit.kind == view::Hit::Kind::fold) return icon.rect;
    return view::Rect{};
  };
  ASSERT_GT(triangle().w, 0);
  for (const std::size_t folded : {1U, 0U}) {
    const view::Rect at = triangle();
    desk.click({at.x + at.w / 2, at.y + at.h / 2});
    EXPECT_EQ(desk.session.hunt.folded.size(), folded);
  }
}

}  // namespace
}  // namespace awaitscope
