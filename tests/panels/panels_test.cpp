// Every panel, drawn without a screen.  Dear ImGui's own assertions abort the test.
#include "app/panels/panel.h"

#include "app/panels/headless.h"
#include "app/panels/keys.h"
#include "app/panels/notes.h"
#include "app/panels/room.h"
#include "app/panels/render.h"
#include "app/platform/screens.h"
#include "app/view/teaching_walk.h"
#include "app/view/looking.h"
#include "app/view/tables.h"

namespace awaitscope {
namespace {

using panels::HeadlessApp;
using view::Act;

// A run with names that try to be more than names: format strings, ImGui's id marks, control characters.
void record(view::Side& side) {
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

view::Session session_with_runs() {
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

bool holds(const view::Actions& actions, Act act) {
  return std::any_of(actions.begin(), actions.end(), [&](const view::Action& action) { return action.act == act; });
}

std::unique_ptr<HeadlessApp> open(int width = 1280, int height = 800) {
  auto app = HeadlessApp::open(width, height);
  EXPECT_TRUE(app) << app.error();
  return app ? std::move(*app) : nullptr;
}

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
        if (const auto tab = app->find("tab:" + std::string(panel.title.en))) {
          for (view::Action& action : app->click(session, *tab)) update(session, action);
          app->frame(session);
          EXPECT_GT(app->vertices(), 0);
        }
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

TEST(Room, ShowsCodeLanesAndOneSentenceAtEverySize) {
  for (const auto& [width, height, text] :
       {std::tuple{1024, 768, 32.F}, {1920, 1080, 32.F}, {1920, 1080, 64.F}, {640, 480, 14.F}}) {
    const auto app = open(width, height);
    ASSERT_TRUE(app);
    for (const view::Theme theme : {view::Theme::dark, view::Theme::light}) {
      view::Session session = session_with_runs();
      session.theme = theme;
      session.presenting = session.room.bar = session.room.spotlight = true;
      session.room.text_size = text;
      app->move({static_cast<float>(width) / 2, static_cast<float>(height) / 2});
      app->frame(session);
      app->frame(session);
      for (const char* part : {"code", "timeline", "narration", "bar"}) EXPECT_TRUE(app->find(part)) << part;
      for (const char* gone : {"tab:Source", "tab:Findings", "transport", "status", "overview"})
        EXPECT_FALSE(app->find(gone)) << gone;
      EXPECT_EQ(app->screen().ui().fonts().em, text);
      session.room.bar = false;
      app->frame(session);
      EXPECT_FALSE(app->find("bar"));
    }
  }
}

TEST(Room, IsBlackWhenItIsBlank) {
  const auto app = open(320, 200);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  session.presenting = true;
  session.theme = view::Theme::light;
  const auto brightest = [&] {
    app->frame(session);
    app->frame(session);
    int most = 0;
    const platform::Image image = app->screen().pixels();
    for (std::size_t i = 0; i < image.rgba.size(); ++i)
      if (i % 4 != 3) most = std::max<int>(most, image.rgba[i]);
    return most;
  };
  EXPECT_GT(brightest(), 200);
  session.room.blank = true;
  EXPECT_EQ(brightest(), 0);
}

TEST(Room, TheLessonTakesTheCodesPlaceWhileItAsks) {
  static bool asks = false;
  asks = false;
  const std::vector<Panel> panels = {
      {{"Source", "源码"}, Panel::Slot::upper, 0, nullptr, [](const view::Session&) -> std::uint32_t { return 7; }},
      {{"Lesson", "课程"}, Panel::Slot::upper, 0, nullptr, [](const view::Session&) -> std::uint32_t { return asks; }}};
  const view::Session session;
  EXPECT_EQ(panels::instead_of_code(panels, session), nullptr);
  asks = true;
  EXPECT_EQ(panels::instead_of_code(panels, session), &panels[1]);
  EXPECT_EQ(panels::instead_of_code({}, session), nullptr);
}

TEST(Notes, ChangeWithTheStopAndTheMinuteOnly) {
  view::Session session = session_with_runs();
  session.lesson.instructor = {{"Say this", "讲"}, {"Ask that", "问"}, {"A trap", "陷阱"}, 10};
  session.sides[0]->stops = {{8, "a", {"First.", "一"}}, {12, "b", {"Second.", "二"}}};
  update(session, view::action(Act::seek_event, 8));
  const panels::Notes notes = panels::notes_of(session, "14:05", 3);
  EXPECT_EQ(notes.now, "First.");
  EXPECT_EQ(notes.next, "Second.");
  EXPECT_EQ(notes.used, "3 of 10 min");
  EXPECT_EQ(notes.say + notes.ask + notes.trap, "Say thisAsk thatA trap");
  session.hovered = {view::Hit::Kind::task, 2, 0};
  session.lane_scroll = 1;
  EXPECT_EQ(panels::notes_of(session, "14:05", 3), notes) << "nothing that they show has changed";
  EXPECT_NE(panels::notes_of(session, "14:06", 3), notes);
  update(session, view::action(Act::seek_event, 12));
  EXPECT_NE(panels::notes_of(session, "14:05", 3), notes);
  auto screen = platform::Offscreen::open(900, 700);
  ASSERT_TRUE(screen) << screen.error();
  for (int i = 0; i < 2; ++i) {
    (*screen)->begin_frame(20);
    panels::draw_notes(notes, (*screen)->ui());
    (*screen)->end_frame();
  }
  EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 400);
  EXPECT_TRUE((*screen)->ui().places.contains("notes"));
}

TEST(Screens, TheShowStaysWhereItsWindowIsAndTheNotesTakeAnother) {
  const std::vector<view::Rect> two = {{0, 0, 1920, 1080}, {1920, 0, 1024, 768}};
  EXPECT_EQ(platform::screen_of(two, {100, 100, 1440, 900}), 0U);
  EXPECT_EQ(platform::screen_of(two, {1800, 100, 800, 600}), 1U);
  EXPECT_EQ(platform::screen_of(two, {100, 100, 1440, 900}, 1), 1U);
  EXPECT_EQ(platform::screen_of(two, {100, 100, 1440, 900}, 2), 0U);
  EXPECT_EQ(platform::other_screen(two, 0), 1U);
  EXPECT_EQ(platform::other_screen(two, 1), 0U);
  EXPECT_FALSE(platform::other_screen({two[0]}, 0));
  EXPECT_EQ(platform::screen_of({}, {0, 0, 1, 1}, 3), 0U);
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
TEST(Lesson, DrawsInEachPhase) {
  using Phase = view::Teaching::Phase;
  for (const auto& [width, height, text] :
       {std::tuple{640, 480, 17.0F}, std::tuple{1440, 900, 17.0F}, std::tuple{1024, 768, 32.0F}}) {
    const auto app = open(width, height);
    ASSERT_TRUE(app);
    view::Session session = session_with_runs();
    view::Question question;
    question.question = {"%s: when?##", "何时？"};
    question.options = {{{"at 0.8 s", "0.8 秒"}, {"%n is a time", "……"}}, {{"never", "永不"}, {}}};
    question.answer = 1;
    question.explain = {"Because", "因为"};
    question.run.variant = "bad";
    session.lesson.questions = {question, question};
    session.teaching.course = {{"demo", {"A demonstration", "示例"}}, {"other", {"Another", "另一课"}}};
    session.text_size = text;
    update(session, view::action(Act::teach));
    resume_lesson(session);
    for (const Phase phase : phases_of(session, 0)) {
      session.teaching.phase = phase;
      for (const Language language : {Language::english, Language::chinese}) {
        session.language = language;
        session.presenting = language == Language::chinese;
        resume_lesson(session);
        for (int i = 0; i < 3; ++i) app->frame(session);
        const bool asks = phase >= Phase::vote && phase <= Phase::reveal;
        EXPECT_EQ(app->screen().ui().places.count("option:B") > 0, asks) << view::phase_name(phase);
      }
      session.presenting = false;
    }
  }
}

TEST(Lesson, KeysTypeVotesAlsoAtTheDesk) {
  const auto app = open();
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  view::Question question;
  question.options = {{{"a", "a"}, {"b", "b"}}, {{"c", "c"}, {}}};
  session.lesson.questions = {question};
  app->frame(session);
  EXPECT_FALSE(holds(app->press_key(session, "1"), Act::vote_digit));
  EXPECT_TRUE(holds(app->press_key(session, "0"), Act::fit_all));
  update(session, view::action(Act::teach));
  resume_lesson(session);
  update(session, view::action(Act::bookmark_forward));
  for (const char* key : {"1", "0"}) {
    const view::Actions typed = app->press_key(session, key);
    ASSERT_TRUE(holds(typed, Act::vote_digit)) << key;
    EXPECT_FALSE(holds(typed, Act::fit_all));
    for (const view::Action& action : typed) update(session, action);
  }
  EXPECT_EQ(view::votes_of(session).first, (std::vector<int>{10, 0}));
  EXPECT_TRUE(holds(app->press_key(session, "Enter"), Act::option_next));
  for (int i = 0; i < 3; ++i) app->frame(session);
  ASSERT_TRUE(app->find("option:B"));
  for (const view::Action& action : app->click(session, *app->find("option:B"))) update(session, action);
  EXPECT_EQ(view::votes_of(session).first, (std::vector<int>{10, 1}));
}

TEST(Lesson, KeepsWhatLiesAheadFromThePanels) {
  const auto app = open(1440, 900);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  view::Question question;
  question.options = {{{"a", "a"}, {"b", "b"}}, {{"c", "c"}, {}}};
  session.lesson.questions = {question};
  for (int i = 0; i < 2; ++i) app->frame(session);
  EXPECT_TRUE(app->find("finding:0"));
  update(session, view::action(Act::teach));
  resume_lesson(session);
  for (int i = 0; i < 2; ++i) app->frame(session);
  EXPECT_FALSE(app->find("finding:0"));
}

TEST(Keys, ChordsAreReadExactly) {
  EXPECT_EQ(*panels::read_chord("Shift+Right"), (panels::Chord{262, false, true, false}));
  EXPECT_EQ(*panels::read_chord("Ctrl+="), (panels::Chord{'=', true, false, false}));
  EXPECT_EQ(*panels::read_chord("Ctrl+-"), (panels::Chord{'-', true, false, false}));
  EXPECT_EQ(*panels::read_chord("?"), (panels::Chord{'/', false, true, false}));
  EXPECT_EQ(*panels::read_chord("F5"), (panels::Chord{294, false, false, false}));
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
  ASSERT_TRUE(session.brushed) << "the first bar";
  EXPECT_EQ(session.inspection.brush->low, 0);
  app->frame(session);
  app->move({-1e4F, -1e4F});
  carry(session, app->click(session, *app->find("all-lanes")));
  EXPECT_FALSE(session.brushed);
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
