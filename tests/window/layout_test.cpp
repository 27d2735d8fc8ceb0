// The window's room: splitters, and tabs that never scroll.
#include <gtest/gtest.h>

#include "app/desk/desk.h"
#include "app/panels/headless.h"
#include "app/panels/panel.h"
#include "app/panels/slots.h"

namespace awaitscope {
namespace {

using panels::HeadlessApp;
using view::Act;
using view::Rect;

class Layout : public ::testing::Test {
 protected:
  void open(int width, int height) {
    app.reset();  // one context at a time on a thread
    auto opened = HeadlessApp::open(width, height);
    ASSERT_TRUE(opened) << opened.error();
    app = std::move(*opened);
    if (!session.has_runs()) desk.load_scenario("swallowed_cancel");
    frames(3);
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) desk.apply(app->frame(session));
  }
  void click(view::Point at, int count = 1) {
    desk.apply(app->click(session, at, count));
    frames(2);
  }
  void drag(view::Point from, view::Point to) {
    app->move(from);
    frames(1);
    app->press(0, true);
    frames(1);
    for (const float part : {0.3F, 1.0F}) {
      app->move({from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part});
      frames(1);
    }
    app->press(0, false);
    frames(1);
  }
  std::optional<Rect> place(const std::string& name) {
    const auto& places = app->screen().ui().places;
    const auto found = places.find(name);
    return found == places.end() ? std::nullopt : std::optional(found->second);
  }

  view::Session session;
  desk::Desk desk{session, nullptr};
  std::unique_ptr<HeadlessApp> app;
};

TEST_F(Layout, EveryTabIsInItsBarOrInTheMenuAtItsEnd) {
  for (const auto& [width, height] :
       {std::pair{1024, 768}, std::pair{1280, 800}, std::pair{1440, 900}, std::pair{1920, 1080}, std::pair{3840, 2160}}) {
    SCOPED_TRACE(width);
    open(width, height);
    for (const Panel& panel : all_panels()) {
      if (panel.slot != Panel::Slot::upper && panel.slot != Panel::Slot::lower && panel.slot != Panel::Slot::below) continue;
      const std::string name = "tab:" + std::string(panel.title.en);
      SCOPED_TRACE(name);
      // Under the timeline where there is room for that, else with the lower ones.
      const char* menu = panel.slot == Panel::Slot::upper                     ? "more:upper"
                         : panel.slot == Panel::Slot::below && place("below") ? "more:below"
                                                                              : "more:lower";
      for (int clicks = 0; clicks < 2 && !place(name) && app->find(menu); ++clicks)  // the first may close another menu
        click(*app->find(menu));
      const auto found = place(name);
      ASSERT_TRUE(found);
      click({found->x + found->w / 2, found->y + found->h / 2});
      // Now it is open, and so it stands in its bar, wholly inside the surface.
      const auto tab = place(name);
      ASSERT_TRUE(tab);
      bool inside = false;
      for (const char* slot : {"upper", "below", "lower"})
        if (const auto surface = place(slot))
          inside |= tab->x >= surface->x && tab->right() <= surface->right() && surface->contains({tab->x, tab->y});
      EXPECT_TRUE(inside);
    }
  }
}

TEST_F(Layout, TabsOfABarDoNotOverlap) {
  for (const int width : {1024, 1280, 2560}) {
    open(width, 800);
    for (const char* slot : {"upper", "below", "lower"}) {
      const auto surface = place(slot);
      if (!surface) continue;
      std::vector<Rect> tabs;
      for (const auto& [name, rect] : app->screen().ui().places)
        if ((name.starts_with("tab:") || name == "more:" + std::string(slot)) && surface->contains({rect.x, rect.y}))
          tabs.push_back(rect);
      std::sort(tabs.begin(), tabs.end(), [](const Rect& a, const Rect& b) { return a.x < b.x; });
      for (std::size_t i = 1; i < tabs.size(); ++i) EXPECT_GE(tabs[i].x, tabs[i - 1].right()) << slot << " at " << width;
    }
  }
}

TEST_F(Layout, ASplitterFollowsTheHandAndADoubleClickGivesTheStandardBack) {
  open(1440, 1000);
  for (const char* name : {"side", "upper", "below"}) {
    SCOPED_TRACE(name);
    const auto before = place(std::string("split:") + name);
    ASSERT_TRUE(before);
    const view::Point middle{before->x + before->w / 2, before->y + before->h / 2};
    const view::Point to{middle.x - 60, middle.y - 60};
    drag(middle, to);
    frames(2);
    const auto after = place(std::string("split:") + name);
    ASSERT_TRUE(after);
    const bool upright = before->h > before->w;
    EXPECT_NEAR(upright ? after->x - before->x : after->y - before->y, -60, 2);
    click({after->x + after->w / 2, after->y + after->h / 2}, 2);
    EXPECT_EQ(*view::share_of(session.layout, name), 0);
    EXPECT_NEAR(place(std::string("split:") + name)->y, before->y, 1);
  }
}

TEST_F(Layout, SharesFromOutsideAreClampedSoThatNothingIsLost) {
  for (const double share : {-1.0, 0.0, 1e-9, 0.5, 1.0, 1e30, std::numeric_limits<double>::quiet_NaN()}) {
    for (const char* name : {"side", "upper", "below", "nonsense"}) update(session, {Act::split, share, 0, name, {}});
    for (const auto& [w, h] : {std::pair{640.0F, 480.0F}, std::pair{1440.0F, 900.0F}, std::pair{3840.0F, 2160.0F}}) {
      const panels::Slots at = panels::lay_out(w, h, 17, 300, session.layout);
      for (const Rect& one : {at.top, at.strip, at.center, at.upper, at.lower, at.transport, at.status}) {
        EXPECT_GT(one.w, 20) << share << " at " << w;
        EXPECT_GT(one.h, 20) << share << " at " << w;
        EXPECT_GE(one.x, 0);
        EXPECT_LE(one.right(), w);
        EXPECT_LE(one.bottom(), h + 0.01F);
      }
    }
  }
}

}  // namespace
}  // namespace awaitscope
