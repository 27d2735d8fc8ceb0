// Every panel, drawn without a screen.  Dear ImGui's own assertions abort the test.
#include "app/panels/keys.h"
#include "app/panels/panel.h"
#include "app/panels/render.h"
#include "tests/panels/demo.h"

namespace awaitscope {
namespace {

using namespace demo;

TEST(Panels, EveryPanelDrawsAtEverySizeInBothThemes) {
  const view::Session empty;
  for (const auto& [width, height] : {std::pair{640, 480}, std::pair{1280, 800}, std::pair{1920, 1080}}) {
    const auto app = open(width, height);
    ASSERT_TRUE(app);
    app->frame(empty);
    EXPECT_GT(app->vertices(), 0);
    for (const view::Theme theme : {view::Theme::dark, view::Theme::light}) {
      view::Session session = session_with_runs();
      session.theme = theme;
      app->frame(session);
      app->frame(session);
      const int before = app->vertices();
      EXPECT_GT(before, 500);
      EXPECT_GT(app->boxes(), 10U);
      for (const Panel& panel : all_panels()) {
        SCOPED_TRACE(panel.title.en);
        const bool is_tab =
            panel.slot == Panel::Slot::upper || panel.slot == Panel::Slot::lower || panel.slot == Panel::Slot::below;
        if (!is_tab) continue;
        update(session, {Act::show_tab, 0, 0, std::string(panel.title.en), {}});
        for (int i = 0; i < 3; ++i)
          for (const view::Action& action : app->frame(session)) update(session, action);
        EXPECT_TRUE(app->find("tab:" + std::string(panel.title.en))) << width;
        EXPECT_GT(app->vertices(), 0);
      }
      session.help = true;
      app->frame(session);
      app->frame(session);
      EXPECT_GT(app->vertices(), before);
    }
  }
}

TEST(Panels, TextOfAnySizeIsBakedBetweenFrames) {
  const auto app = open();
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  for (const float size : {14.0F, 32.0F, 64.0F, 17.0F}) {
    session.text_size = size;
    app->frame(session);
    EXPECT_EQ(app->screen().ui().fonts().em, size);
  }
}

TEST(Panels, TextBeyondTheLimitsIsBakedOnce) {
  const auto app = open();
  ASSERT_TRUE(app);
  for (const float size : {120.0F, 3.0F}) {
    app->screen().begin_frame(size, Language::english, {});
    app->screen().end_frame();
    app->screen().ui().fonts().ui->Scale = 0.5F;  // a mark: a font that is baked anew has none
    app->screen().begin_frame(size, Language::english, {});
    app->screen().end_frame();
    EXPECT_EQ(app->screen().ui().fonts().ui->Scale, 0.5F) << size;
  }
}

TEST(Panels, AClickInTheTimelineSelects) {
  const auto app = open();
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  session.show = view::Show::one;
  app->frame(session);
  // The worker's wait from 0.3 to 0.8 s, found in the picture that is on screen.
  const view::Rect canvas = app->screen().ui().places.at("timeline");
  const platform::Painter painter{app->screen().ui(), session.theme};
  const view::DrawList picture = timeline(session, canvas, painter.metrics());
  const auto bar = std::find_if(picture.boxes.begin(), picture.boxes.end(), [](const view::Box& box) {
    return box.hit.kind == view::Hit::Kind::span && box.hit.value == 2 && box.rect.w > 50;
  });
  ASSERT_NE(bar, picture.boxes.end());
  const view::Point at{bar->rect.x + bar->rect.w * 0.8F, bar->rect.y + bar->rect.h * 0.8F};
  const view::Hit expected = picture.hit(at);
  ASSERT_NE(expected.kind, view::Hit::Kind::none);
  const view::Actions actions = app->click(session, at);
  ASSERT_TRUE(holds(actions, Act::select));
  for (const view::Action& action : actions) update(session, action);
  EXPECT_EQ(session.selected, expected);
}

TEST(Panels, ADragSelectsARangeAndTheWheelZooms) {
  const auto app = open();
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  app->frame(session);
  const view::Point middle = *app->find("timeline");
  app->move(middle);
  app->frame(session);
  app->press();
  app->frame(session);
  app->move({middle.x + 100, middle.y});
  EXPECT_TRUE(holds(app->frame(session), Act::select_range));
  app->press(0, false);
  EXPECT_FALSE(holds(app->frame(session), Act::select));
  app->modifiers(true, false, false);
  app->wheel(1);
  EXPECT_TRUE(holds(app->frame(session), Act::zoom_in));
  app->modifiers(false, false, false);
  app->wheel(-1);
  EXPECT_TRUE(holds(app->frame(session), Act::scroll_lanes));
}

TEST(Panels, ButtonsAskForWhatTheySay) {
  const auto app = open();
  ASSERT_TRUE(app);
  const view::Session session = session_with_runs();
  app->frame(session);
  app->frame(session);
  for (const auto& [name, act] :
       {std::pair{"play-pause", Act::play_pause}, std::pair{"step-back", Act::step_back}, std::pair{"end", Act::end},
        std::pair{"show:Fix", Act::show_fixed}, std::pair{"theme", Act::toggle_theme},
        std::pair{"finding:0", Act::select_finding}, std::pair{"scrub", Act::seek_event}}) {
    SCOPED_TRACE(name);
    const auto at = app->find(name);
    ASSERT_TRUE(at);
    EXPECT_TRUE(holds(app->click(session, *at), act));
  }
  app->click(session, *app->find("tab:Parameters"));
  app->frame(session);
  EXPECT_TRUE(holds(app->click(session, *app->find("knob:delay")), Act::set_parameter));
  EXPECT_TRUE(holds(app->click(session, *app->find("preset:crowd")), Act::load_preset));
  app->click(session, *app->find("scenarios"));
  app->frame(session);
  EXPECT_TRUE(holds(app->click(session, *app->find("scenario:other")), Act::load_scenario));
}

TEST(Keys, EveryKeyOfTheTableIsAKeyAndAsksForItsAction) {
  const auto app = open();
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  for (const bool presenting : {false, true}) {
    session.presenting = presenting;
    app->frame(session);
    for (const view::ActionInfo& info : view::all_actions()) {
      std::string keys(info.keys(presenting));
      for (std::size_t at = 0; at < keys.size();) {
        const std::size_t end = std::min(keys.find(' ', at), keys.size());
        const std::string key = keys.substr(at, end - at);
        at = end + 1;
        ASSERT_TRUE(panels::read_chord(key)) << key;
        if (info.act == Act::open_file || info.act == Act::save_file || info.act == Act::save_session ||
            info.act == Act::export_file)
          continue;  // they ask first
        EXPECT_TRUE(holds(app->press_key(session, key), info.act)) << key << " for " << info.name;
      }
    }
  }
}

// A lesson at every width and size of text, from its first phase to its last, in both languages.
TEST(Keys, ChordsAreReadExactly) {
  EXPECT_EQ(*panels::read_chord("Shift+Right"), (panels::Chord{262, false, true, false}));
  EXPECT_EQ(*panels::read_chord("Ctrl+="), (panels::Chord{'=', true, false, false}));
  EXPECT_EQ(*panels::read_chord("Ctrl+-"), (panels::Chord{'-', true, false, false}));
  EXPECT_EQ(*panels::read_chord("?"), (panels::Chord{'/', false, true, false}));
  EXPECT_EQ(*panels::read_chord("F5"), (panels::Chord{294, false, false, false}));
  EXPECT_EQ(*panels::read_chord("F12"), (panels::Chord{301, false, false, false}));
  EXPECT_EQ(*panels::read_chord("shift+ctrl+escape"), (panels::Chord{256, true, true, false})) << "as in the settings";
  EXPECT_EQ(*panels::read_chord("Shift+/"), *panels::read_chord("?"));
  EXPECT_FALSE(panels::read_chord("Hyper+X"));
  EXPECT_FALSE(panels::read_chord("F13"));
  EXPECT_FALSE(panels::read_chord(""));
}

TEST(Keys, AreDeadWhileAPathIsTyped) {
  const auto app = open();
  ASSERT_TRUE(app);
  const view::Session session = session_with_runs();
  app->frame(session);
  EXPECT_FALSE(holds(app->press_key(session, "Ctrl+O"), Act::open_file));  // asks for the path
  for (int i = 0; i < 3; ++i) app->frame(session);
  EXPECT_TRUE(app->press_key(session, "Space").empty());
  app->type("a.awtrace");
  app->frame(session);
  const auto button = app->find("Open");
  ASSERT_TRUE(button);
  const view::Actions actions = app->click(session, *button);
  ASSERT_TRUE(holds(actions, Act::open_file));
  EXPECT_EQ(actions.back().text, "a.awtrace");
}

TEST(Render, GivesTheSamePngTwice) {
  const view::Session session = session_with_runs();
  const auto first = panels::render_png(session, 800, 600), second = panels::render_png(session, 800, 600);
  ASSERT_TRUE(first) << first.error();
  EXPECT_EQ(first->substr(1, 3), "PNG");
  EXPECT_EQ(*first, *second);
  EXPECT_FALSE(panels::render_png(session, 0, 600));
}

}  // namespace
}  // namespace awaitscope
