// Tabs, tables, histograms and the inspector, by mouse and keys.
#include "app/panels/panel.h"
#include "app/view/looking.h"
#include "app/view/statistics.h"
#include "app/view/tables.h"
#include "tests/panels/demo.h"

namespace awaitscope {
namespace {

using namespace demo;

void carry(view::Session& session, const view::Actions& actions) {
  for (const view::Action& action : actions) update(session, action);
}

TEST(Tabs, EachNumberedOneIsAPanelAndItsKeyBringsItForward) {
  const auto app = open(1440, 900);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  const auto& tabs = view::numbered_tabs();
  for (std::size_t i = 0; i < tabs.size(); ++i) {
    SCOPED_TRACE(tabs[i]);
    EXPECT_TRUE(std::any_of(all_panels().begin(), all_panels().end(), [&](const Panel& panel) {
      return panel.title.en == tabs[i] && panel.slot != Panel::Slot::overlay;
    }));
    carry(session, app->press_key(session, "Ctrl+" + std::to_string(i + 1)));
    EXPECT_EQ(session.inspection.tab, tabs[i]);
  }
  // What a tab alone draws is a place.
  for (const auto& [tab, place] :
       {std::pair{"Tasks", "row:Tasks:0"}, std::pair{"Events", "row:Events:0"}, std::pair{"Statistics", "histogram:step"}}) {
    update(session, {Act::home, 0, 0, "", {}});
    update(session, {Act::show_tab, 0, 0, "Machine", {}});
    for (int i = 0; i < 3; ++i) app->frame(session);
    app->screen().ui().places.clear();
    app->frame(session);
    EXPECT_FALSE(app->find(place)) << place;
    update(session, {Act::end, 0, 0, "", {}});
    update(session, {Act::show_tab, 0, 0, tab, {}});
    for (int i = 0; i < 3; ++i) app->frame(session);
    if (std::string_view(tab) == "Events") update(session, {Act::home, 0, 0, "", {}});
    for (int i = 0; i < 3; ++i) app->frame(session);
    EXPECT_TRUE(app->find(place)) << place;
  }
}

TEST(Tables, SortFilterAndSelectByMouse) {
  const auto app = open(1440, 900);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  update(session, {Act::show_tab, 0, 0, "Tasks", {}});
  for (int i = 0; i < 3; ++i) app->frame(session);
  carry(session, app->click(session, *app->find("sort:Tasks:waiting")));
  EXPECT_EQ(session.inspection.tasks.column, 5);
  EXPECT_TRUE(session.inspection.tasks.down);
  carry(session, app->click(session, *app->find("row:Tasks:1")));
  EXPECT_EQ(session.selected.kind, view::Hit::Kind::task);
  EXPECT_EQ(session.selected.value, view::task_rows(session)[1].value);
  app->click(session, *app->find("filter:Tasks"));
  app->type("main");
  carry(session, app->frame(session));
  EXPECT_EQ(session.inspection.tasks.filter, "main");
  EXPECT_EQ(view::task_rows(session).size(), 1U);
}

TEST(Tables, OnlyTheRowsInSightAreMade) {
  view::Session session;
  session.sides.push_back(std::make_unique<view::Side>("bad"));
  Trace& trace = session.sides[0]->trace;
  const std::uint32_t name = trace.intern("task").value;
  const auto fill = [&](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t id = from; id <= to; ++id) trace.append(Record{0, id, 0, 0, name, 0, 0, Kind::task_created, 0});
    take_in(session, *session.sides[0]);
  };
  const auto app = open(1440, 900);
  ASSERT_TRUE(app);
  fill(1, 200);
  for (const char* tab : {"Tasks", "Events"}) {
    update(session, {Act::show_tab, 0, 0, tab, {}});
    for (int i = 0; i < 4; ++i) app->frame(session);
    const int few = app->vertices();
    fill(static_cast<std::uint32_t>(trace.size()) + 1, static_cast<std::uint32_t>(trace.size()) + 20'000);
    for (int i = 0; i < 4; ++i) app->frame(session);
    EXPECT_LT(app->vertices(), few + 3000) << tab;
    EXPECT_FALSE(app->find("row:" + std::string(tab) + ":10000")) << tab;
  }
}

TEST(Inspector, ALineLeadsToItsEventAndTheWordsAreExplained) {
  const auto app = open(1440, 900);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  update(session, {Act::select_task, 2, 0, "", {}});
  for (int i = 0; i < 3; ++i) app->frame(session);
  ASSERT_TRUE(app->find("detail:State"));
  const int quiet = app->vertices();
  const view::Rect state = app->screen().ui().places.at("detail:State");
  app->move({state.x + 5, state.y + state.h / 2});
  app->frame(session);
  app->frame(session);
  EXPECT_GT(app->vertices(), quiet + 100) << "a sentence about the state";
  carry(session, app->click(session, *app->find("detail:State")));
  EXPECT_EQ(session.selected.kind, view::Hit::Kind::event);
  EXPECT_EQ(session.side().step, session.selected.value);
  for (int i = 0; i < 3; ++i) app->frame(session);
  carry(session, app->click(session, *app->find("explain")));
  EXPECT_TRUE(session.inspection.explaining);
  app->frame(session);
  EXPECT_TRUE(app->find("words"));
  carry(session, app->press_key(session, "F1"));
  EXPECT_FALSE(session.inspection.explaining);
}

TEST(Statistics, ADragOverAHistogramBrushesItsLanes) {
  const auto app = open(1440, 900);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  update(session, {Act::show_tab, 0, 0, "Statistics", {}});
  for (int i = 0; i < 3; ++i) app->frame(session);
  const view::Rect place = app->screen().ui().places.at("histogram:step");
  carry(session, app->click(session, {place.x + 5, place.y + place.h / 2}));
  ASSERT_TRUE(view::brushed(session)) << "the first bar";
  EXPECT_EQ(session.inspection.brush->low, 0);
  app->frame(session);
  app->move({-1e4F, -1e4F});
  carry(session, app->click(session, *app->find("all-lanes")));
  EXPECT_FALSE(view::brushed(session));
}

}  // namespace
}  // namespace awaitscope
