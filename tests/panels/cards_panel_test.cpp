// The cards under a keyboard and a hand, chosen keys, and files that are gone.
#include <gtest/gtest.h>

#include "app/panels/headless.h"
#include "app/panels/keys.h"
#include "app/panels/panel.h"

namespace awaitscope {
namespace {

using panels::HeadlessApp;
using view::Act;

constexpr std::string_view program =
    "# @begin bad\nasync def bad():\n    a = fetch(1)\n    b = fetch(2)\n# @end bad\n"
    "# @begin fixed\nasync def fixed():\n    a = await fetch(1)\n    b = await fetch(2)\n    c = await fetch(3)\n"
    "    d = await fetch(4)\n    print(a, b, c, d)\n# @end fixed\n";

struct Told {
  view::Session session;
  std::unique_ptr<HeadlessApp> app;
  explicit Told(int width = 1440) {
    session.lesson.id = "L00";
    session.lesson.name = "demo";
    session.lesson.sources = {{view::SourceLanguage::python, "demo.py", std::string(program)}};
    session.catalogue = {{"L00", "demo", {"Basics", "基础"}, {"A demonstration", "示例"}}};
    auto opened = HeadlessApp::open(width, 900);
    EXPECT_TRUE(opened) << opened.error();
    app = std::move(*opened);
    for (int i = 0; i < 3; ++i) apply(app->frame(session));
  }
  void apply(const view::Actions& actions) {
    for (const view::Action& action : actions) {
      acts.push_back(action.act);
      update(session, action);
    }
  }
  void click(std::string_view name) {
    // A tab that does not fit stands in the menu at its bar's end.
    if (const auto more = app->find("more:upper"); more && name.starts_with("tab:") && !app->find(name))
      apply(app->click(session, *more)), apply(app->frame(session));
    const auto at = app->find(name);
    ASSERT_TRUE(at) << name;
    apply(app->click(session, *at));
    apply(app->frame(session));
  }
  void key(const std::string& chord) {
    apply(app->press_key(session, chord));
    apply(app->frame(session));
  }
  bool asked(Act act) { return std::find(acts.begin(), acts.end(), act) != acts.end(); }
  std::vector<Act> acts;
};

TEST(CardsPanel, TheArrowsAreItsOwnWhileItHasTheKeyboard) {
  Told told;
  told.key("Right");
  EXPECT_TRUE(told.asked(Act::event_forward));
  told.click("tab:Order the lines");
  told.acts.clear();
  for (const char* key : {"Right", "Left", "Ctrl+Right"}) told.key(key);
  EXPECT_FALSE(told.asked(Act::event_forward) || told.asked(Act::event_back) || told.asked(Act::bookmark_forward));
  told.key("Down");
  EXPECT_EQ(told.session.cards.chosen, 1);
  told.key("Enter");
  told.key("Enter");
  EXPECT_EQ(told.session.cards.in.size(), 2u);
  const std::vector<int> in = told.session.cards.in;
  told.key("Up");
  told.key("Up");
  told.key("Ctrl+Up");
  EXPECT_EQ(told.session.cards.in, (std::vector<int>{in[1], in[0]}));
  told.key("Ctrl+Enter");
  EXPECT_EQ(told.session.cards.checks, 1);
  told.key("Home");  // not an arrow: still the playhead's
  EXPECT_TRUE(told.asked(Act::home));
  told.key("Escape");  // gives the keyboard back
  told.key("Right");
  EXPECT_TRUE(told.asked(Act::event_forward));
}

TEST(CardsPanel, AHandPutsMovesAndTakesOut) {
  Told told;
  told.click("tab:Order the lines");
  for (const char* line : {"line:2", "line:1", "line:3"}) told.click(line);
  EXPECT_EQ(told.session.cards.in, (std::vector<int>{1, 0, 2}));
  // The first card is pulled down by one row.
  const auto from = told.app->find("card:1"), to = told.app->find("card:2");
  told.app->move(*from);
  told.apply(told.app->frame(told.session));
  told.app->press(0, true);
  told.apply(told.app->frame(told.session));
  for (const float part : {0.3F, 0.7F, 1.0F}) {
    told.app->move({from->x, from->y + (to->y - from->y) * part});
    told.apply(told.app->frame(told.session));
  }
  told.app->press(0, false);
  for (int i = 0; i < 2; ++i) told.apply(told.app->frame(told.session));
  EXPECT_EQ(told.session.cards.in, (std::vector<int>{0, 1, 2}));
  told.click("cards-check");
  EXPECT_EQ(told.session.cards.marks, (std::vector<view::Placed>(3, view::Placed::right)));
  told.click("cards-shuffle");
  EXPECT_TRUE(told.session.cards.in.empty());
}

TEST(Keys, AChosenKeyCountsInsteadOfTheTables) {
  Told told;
  told.session.keys.desk[Act::event_forward] = "J";
  told.key("Right");
  EXPECT_FALSE(told.asked(Act::event_forward));
  told.key("J");
  EXPECT_TRUE(told.asked(Act::event_forward));
}

TEST(Keys, WhatIsAKeyInTheSettingsIsOneInTheWindow) {
  for (const char* key :
       {"Ctrl+Shift+Right", "F12", "Alt+PageDown", "?", "+", "Ctrl+=", "Backspace", "Esc", "7", "J", "`", "Space"}) {
    EXPECT_TRUE(view::spelt(key)) << key;
    EXPECT_TRUE(panels::read_chord(key)) << key;
  }
  for (const char* key : {"F13", "Hyper+X", "xy", ""}) EXPECT_FALSE(view::spelt(key) || panels::read_chord(key)) << key;
}

TEST(RecentFiles, OnlyThoseThatAreThereCanBeOpened) {
  Told told;
  told.session.recent = {{"/tmp/there%s##.awtrace", true}, {"/tmp/gone.awtrace", false}};
  told.click("scenarios");
  told.acts.clear();
  told.click("recent:2");
  EXPECT_FALSE(told.asked(Act::open_recent));
  told.click("recent:1");
  EXPECT_TRUE(told.asked(Act::open_recent));
}

TEST(ChallengePanel, ItIsOpenedByAButtonAndShowsWhatWasReached) {
  Told told(2400);  // wide enough for every tab
  told.click("tab:Challenge");
  told.click("student");
  EXPECT_TRUE(told.session.student.on);
  told.session.student.lesson = "demo";
  told.session.student.challenges = view::challenges_for({});
  told.apply(told.app->frame(told.session));
  EXPECT_TRUE(told.app->find("challenge:fail"));
  EXPECT_TRUE(told.app->find("challenge:budget"));
  EXPECT_TRUE(told.app->find("challenge:order"));
  told.click("student-off");
  EXPECT_FALSE(told.session.student.on);
}

}  // namespace
}  // namespace awaitscope
