// In front of a room: its layout, the notes beside it, and the lesson that it votes on.
#include "app/panels/keys.h"
#include "app/panels/notes.h"
#include "app/panels/panel.h"
#include "app/panels/room.h"
#include "app/platform/screens.h"
#include "app/view/teaching_walk.h"
#include "tests/panels/demo.h"

namespace awaitscope {
namespace {

using namespace demo;

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

TEST(Room, HasNoMenu) {
  const auto app = open(1280, 800);
  ASSERT_TRUE(app);
  view::Session session = session_with_runs();
  for (const bool presenting : {false, true}) {
    session.presenting = presenting;
    view::Actions asked;
    for (const bool down : {false, true, false}) {
      app->frame(session);
      app->move(*app->find("timeline"));
      app->press(1, down);
      for (view::Action& action : app->frame(session)) asked.push_back(std::move(action));
    }
    EXPECT_NE(holds(asked, Act::hands), presenting);
    EXPECT_FALSE(presenting && holds(asked, Act::switch_side)) << "nor does a right click anything else";
  }
}

TEST(Room, TheQuestionIsReadableInASmallWindow) {
  for (const auto& [width, height, text, whole] :
       {std::tuple{1024, 768, 32.F, true}, {800, 600, 64.F, false}, {640, 480, 48.F, false}}) {
    const auto app = open(width, height);
    ASSERT_TRUE(app);
    view::Session session = session_with_runs();
    view::Question question;
    question.question = {"The worker catches it, works 3 s more and returns 'late'. Its caller waits under timeout(1). What?",
                         "会怎样？"};
    question.options = {{{"TimeoutError at 1.0 s", "一"}, {"b", "b"}},
                        {{"TimeoutError at 4.0 s", "二"}, {}},
                        {{"no error", "三"}, {"b", "b"}},
                        {{"it hangs", "四"}, {"b", "b"}}};
    question.answer = 1;
    session.lesson.questions = {question, question};
    session.presenting = true;
    session.room.text_size = text;
    update(session, view::action(Act::teach));
    using Phase = view::Teaching::Phase;
    for (const Phase phase : {Phase::vote, Phase::revote, Phase::reveal}) {
      session.teaching.phase = phase;
      resume_lesson(session);
      for (int i = 0; i < 4; ++i) app->frame(session);
      const auto& places = app->screen().ui().places;
      for (const char* option : {"option:A", "option:B", "option:C", "option:D"}) {
        ASSERT_TRUE(places.contains(option)) << view::phase_name(phase) << width;
        if (!whole || phase == Phase::reveal) continue;
        EXPECT_GE(places.at(option).y, 150) << "the question stands above it";
        EXPECT_LE(places.at(option).bottom(), static_cast<float>(height) - 14) << option;
      }
      EXPECT_EQ(places.contains("narration"), phase == Phase::reveal);
    }
    session.message_is_error = true;
    session.teaching.phase = Phase::vote;
    app->frame(session);
    EXPECT_TRUE(app->find("narration")) << "where an error is told";
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
    (*screen)->begin_frame(20, Language::english, {});
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
  EXPECT_TRUE(holds(app->press_key(session, "V"), Act::toggle_votes)) << "as the lesson's hint says";
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

}  // namespace
}  // namespace awaitscope
