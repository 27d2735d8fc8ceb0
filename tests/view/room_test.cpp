// In front of a room: keys that never lose the place, few lanes, little code, one sentence.
#include "app/view/room_picture.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "stories.h"

namespace awaitscope::view {
namespace {

std::vector<Request> act(Session& session, Act what, std::string text = {}) {
  return update(session, {what, 0, 0, std::move(text), {}});
}

std::unique_ptr<Session> in_the_room() {
  auto session = session_of(swallowed(), stalled());
  session->lesson.id = "L16";
  session->lesson.name = "swallowed_cancel";
  session->lesson.title = {"A timeout that does nothing", "没有用的超时"};
  session->sides[0]->stops = {{12, "the alarm", {"The alarm rings.", "闹钟响了。"}},
                              {20, "the answer", {"Nobody listens.", "没人听。"}}};
  act(*session, Act::present, "on");
  return session;
}

/// The rows of lanes of a picture: each has one cell in the column of names.
std::size_t rows_of(const DrawList& picture) {
  return static_cast<std::size_t>(std::count_if(picture.boxes.begin(), picture.boxes.end(), [&](const Box& box) {
    return box.hit.kind == Hit::Kind::task && box.role == Role::panel && box.rect.x == picture.canvas.x;
  }));
}

bool says(const DrawList& picture, std::string_view words) {
  return std::any_of(picture.labels.begin(), picture.labels.end(), [&](const Label& label) { return label.text == words; });
}

Act of_key(std::string_view key) {
  for (const ActionInfo& info : all_actions()) {
    std::istringstream keys{std::string(info.room)};
    for (std::string one; keys >> one;)
      if (one == key) return info.act;
  }
  ADD_FAILURE() << key << " is bound to nothing in the room";
  return Act::home;
}

TEST(Room, HasTheKeysThatClickersSendAndHandsLookFor) {
  const std::pair<const char*, Act> wanted[] = {
      {"PageDown", Act::bookmark_forward},
      {"PageUp", Act::bookmark_back},
      {".", Act::toggle_blank},
      {"B", Act::toggle_blank},
      {"F5", Act::present},
      {"Esc", Act::clear_selection},
      {"Right", Act::event_forward},
      {"Left", Act::event_back},
      {"Shift+Right", Act::step_forward},
      {"Shift+Left", Act::step_back},
      {"Ctrl+Right", Act::bookmark_forward},
      {"Ctrl+Left", Act::bookmark_back},
      {"Alt+Right", Act::tick_forward},
      {"Alt+Left", Act::tick_back},
      {"Space", Act::play_pause},
      {"Home", Act::home},
      {"End", Act::end},
      {"[", Act::slower},
      {"]", Act::faster},
      {"G", Act::next_show},
      {"?", Act::toggle_help},
      {"H", Act::toggle_bar},
      {"L", Act::toggle_spotlight},
      {"S", Act::take_screenshot},
      {"F9", Act::reload},
      {"Ctrl+N", Act::toggle_notes},
      {"Shift+F5", Act::next_screen},
      {"Ctrl+=", Act::text_larger},
      {"Ctrl+-", Act::text_smaller},
      {"Ctrl+0", Act::text_standard},
  };
  for (const auto& [key, what] : wanted) EXPECT_EQ(of_key(key), what) << key;
}

TEST(Room, NoKeyOfAClickerQuitsOrLosesThePlace) {
  const auto session = in_the_room();
  act(*session, Act::seek_event);
  act(*session, Act::bookmark_forward);
  act(*session, Act::zoom_in);
  session->room.bar = true;
  const Seq step = session->side().step;
  const auto kept = [&] {
    return std::tuple(session->side().step, session->lesson.name, session->view_begin.ns, session->view_end.ns,
                      session->room.text_size, session->text_size, session->active, session->show, session->room.bar);
  };
  const auto before = kept();
  EXPECT_EQ(step, 12u);
  std::mt19937 random(1);
  const char* sent[] = {"F5", "Esc", "F5", "Esc", ".", "B", "Shift+F5"};
  for (int i = 0; i < 2000; ++i) {
    const Act what = of_key(sent[random() % std::size(sent)]);
    for (const Request& request : act(*session, what)) ADD_FAILURE() << "asks for " << static_cast<int>(request.what);
    ASSERT_EQ(kept(), before) << i;
  }
  // With the pages too it stays within the run, and they lead back.
  for (int i = 0; i < 2000; ++i) {
    const Act what = of_key(std::array{"F5", "Esc", ".", "PageDown", "PageUp"}[random() % 5]);
    EXPECT_TRUE(act(*session, what).empty());
    ASSERT_EQ(session->lesson.name, "swallowed_cancel");
  }
  act(*session, Act::present, "on");
  act(*session, Act::home);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->side().step, step);
}

TEST(Room, AnyKeyEndsTheBlackScreenAndDoesNothingElse) {
  for (const ActionInfo& info : all_actions()) {
    if (info.room.empty()) continue;
    SCOPED_TRACE(info.name);
    const auto session = in_the_room();
    act(*session, Act::home);
    act(*session, Act::toggle_blank);
    ASSERT_TRUE(session->room.blank);
    const auto requests = act(*session, info.act);
    const bool works =
        info.act == Act::quit || info.act == Act::toggle_notes || info.act == Act::next_screen || info.act == Act::reload;
    EXPECT_EQ(session->room.blank, works);
    EXPECT_EQ(!requests.empty(), info.act == Act::quit || info.act == Act::reload);
    EXPECT_EQ(session->side().step, 0u);
    EXPECT_TRUE(session->presenting);
  }
  const auto chosen = in_the_room();  // a key that the person gave to an action without one
  chosen->keys.room[Act::save_file] = "Ctrl+Alt+S";
  act(*chosen, Act::toggle_blank);
  EXPECT_TRUE(act(*chosen, Act::save_file).empty());
  EXPECT_FALSE(chosen->room.blank);
  const auto session = in_the_room();
  act(*session, Act::toggle_blank);
  act(*session, Act::hover);
  EXPECT_TRUE(session->room.blank) << "the mouse is no key";
  act(*session, Act::present, "off");
  EXPECT_FALSE(session->presenting || session->room.blank);
  act(*session, Act::toggle_blank);
  EXPECT_FALSE(session->room.blank) << "the desk is never black";
}

TEST(Room, HasItsOwnTextSizeLargeFromTheStart) {
  const auto session = in_the_room();
  EXPECT_GE(session->shown_text_size(), 32);
  act(*session, Act::text_larger);
  EXPECT_EQ(session->text_size, 17);
  const float large = session->shown_text_size();
  EXPECT_GT(large, 32);
  act(*session, Act::present);
  EXPECT_EQ(session->shown_text_size(), 17);
  act(*session, Act::text_smaller);
  act(*session, Act::present);
  EXPECT_EQ(session->shown_text_size(), large);
  act(*session, Act::text_standard);
  EXPECT_EQ(session->shown_text_size(), 32);
}

TEST(Room, OneRowHoldsWhatTheOthersLeave) {
  const Trace trace = crowd(300);
  const History all = history(trace);
  for (const FontMetrics& metrics : {FontMetrics{46, 18, false, nullptr, nullptr}, cells})
    for (const std::size_t most : {2u, 4u, 8u}) {
      TimelineOptions options;
      options.canvas = metrics.cells ? Rect{0, 0, 100, 30} : Rect{0, 0, 1000, 940};
      options.metrics = metrics;
      options.end = {trace.end().ns + 1};
      options.most_lanes = most;
      const DrawList picture = timeline(trace, all, options);
      expect_tidy(picture, "few lanes");
      EXPECT_TRUE(says(picture, "+" + std::to_string(301 - (most - 1)) + " more")) << most;
      if (!metrics.cells) { EXPECT_EQ(rows_of(picture), most); }
      options.most_lanes = 301;
      EXPECT_FALSE(says(timeline(trace, all, options), "+1 more"));
    }
}

TEST(Room, NoLaneIsFoldedThatHasARow) {
  for (const int jobs : {7, 8}) {  // and main
    const Trace trace = crowd(jobs);
    const History all = history(trace);
    TimelineOptions options;
    options.canvas = {0, 0, 1000, 940};
    options.metrics = {46, 18, false, nullptr, nullptr};
    options.end = {trace.end().ns + 1};
    options.most_lanes = 8;
    const DrawList picture = timeline(trace, all, options);
    EXPECT_EQ(rows_of(picture), 8u);
    EXPECT_EQ(says(picture, "+2 more"), jobs == 8);
  }
}

TEST(Room, WhoIsSelectedOrFoundGuiltyKeepsARow) {
  const Trace trace = crowd(300);
  const History all = history(trace);
  TimelineOptions options;
  options.canvas = {0, 0, 1200, 940};
  options.metrics = {46, 18, false, nullptr, nullptr};
  options.end = {trace.end().ns + 1};
  options.most_lanes = 4;
  options.selected = {Hit::Kind::task, 200, 0};
  Finding finding;
  finding.tasks = {TaskId{250}};
  const std::vector<Finding> findings = {finding};
  options.findings = &findings;
  const DrawList picture = timeline(trace, all, options);
  const auto has_row = [&](std::uint32_t task) {
    return std::any_of(picture.boxes.begin(), picture.boxes.end(), [&](const Box& box) {
      return box.hit == Hit{Hit::Kind::task, task, 0} && box.role == Role::panel;
    });
  };
  EXPECT_TRUE(has_row(1) && has_row(200) && has_row(250));
  EXPECT_FALSE(has_row(5));
}

TEST(Room, TheCodeIsAPageWithTheCurrentLineOnIt) {
  Trace trace = swallowed();
  auto session = session_of(std::move(trace));
  session->lesson.name = "demo";
  std::string code;
  for (int i = 1; i <= 60; ++i) code += "line " + std::to_string(i) + "\n";
  session->lesson.sources = {{SourceLanguage::cpp, "a.cpp", code}};
  for (Seq step = 0; step <= session->side().trace.size(); ++step) {
    update(*session, action(Act::seek_event, step));
    for (const std::size_t most : {1u, 5u, 18u}) {
      const auto all = source_view(*session), shown = room_code(*session, most);
      ASSERT_EQ(shown.size(), most);
      const auto running = [](const SourceLine& line) { return line.running; };
      if (std::any_of(all.begin(), all.end(), running)) {
        EXPECT_TRUE(std::any_of(shown.begin(), shown.end(), running)) << step;
      }
    }
  }
  EXPECT_EQ(room_code(*session, 100).size(), 60u);
}

TEST(Room, TheSentenceComesWithItsEventAndNotBefore) {
  const auto session = in_the_room();
  act(*session, Act::home);
  EXPECT_EQ(narration(*session).text, "A timeout that does nothing");
  EXPECT_FALSE(narration(*session).stop);
  EXPECT_EQ(next_sentence(*session), "The alarm rings.");
  update(*session, action(Act::seek_event, 11));
  EXPECT_FALSE(narration(*session).stop);
  update(*session, action(Act::seek_event, 12));
  EXPECT_EQ(narration(*session).text, "The alarm rings.");
  EXPECT_EQ(narration(*session).reached, 1u);
  EXPECT_EQ(next_sentence(*session), "Nobody listens.");
  update(*session, action(Act::seek_event, 19));
  EXPECT_EQ(narration(*session).text, "The alarm rings.") << "until the next one";
  act(*session, Act::end);
  EXPECT_EQ(narration(*session).text, "Nobody listens.");
  EXPECT_EQ(next_sentence(*session), "");
  session->language = Language::chinese;
  EXPECT_EQ(narration(*session).text, "没人听。");
  session->sides[0]->stops[1].say.zh = std::string(500, 'x');
  EXPECT_LE(narration(*session).text.size(), room_sentence + 3);
}

TEST(Room, EverythingHasItsPlaceAtEverySize) {
  const auto session = in_the_room();
  session->lesson.sources = {{SourceLanguage::cpp, "a.cpp", "// @begin bad\nint main() {\n}\n// @end bad\n"}};
  for (const bool bar : {false, true})
    for (const float em : {14.0f, 32.0f, 64.0f})
      for (const auto& [w, h] : {std::pair{1024.f, 768.f}, {1920.f, 1080.f}, {3840.f, 2160.f}, {320.f, 200.f}}) {
        session->room.bar = bar;
        const FontMetrics metrics{std::round(em * 1.45f), em * 0.56f, false, nullptr, nullptr};
        const RoomLayout at = lay_out_room(*session, {0, 0, w, h}, metrics);
        const Rect parts[] = {at.bar, at.code, at.lanes, at.narration};
        for (std::size_t i = 0; i < std::size(parts); ++i) {
          EXPECT_GE(parts[i].x, 0);
          EXPECT_LE(parts[i].right(), w);
          EXPECT_LE(parts[i].bottom(), h);
          for (std::size_t k = i + 1; k < std::size(parts); ++k)
            EXPECT_TRUE(parts[i].h == 0 || parts[k].h == 0 || parts[i].bottom() <= parts[k].y ||
                        parts[k].bottom() <= parts[i].y || parts[i].right() <= parts[k].x || parts[k].right() <= parts[i].x)
                << i << " over " << k << " at " << w << " x " << h << ", text " << em;
        }
      }
}

TEST(Room, AScreenshotIsNamedAfterThePlaceWhateverATraceSays) {
  const auto session = in_the_room();
  update(*session, action(Act::seek_event, 37));
  EXPECT_EQ(screenshot_name(*session), "L16-bad-0037");
  session->lesson = {};
  session->sides[0] = std::make_unique<Side>("../../etc/%s\n.png");
  session->sides[0]->trace = swallowed();
  EXPECT_EQ(screenshot_name(*session), "trace-______etc__s__png-0000");
  EXPECT_EQ(screenshot_size(action(Act::take_screenshot)), "1920x1080");
  EXPECT_EQ(screenshot_size({Act::take_screenshot, 1e9, std::nan(""), "", {}}), "8192x1080");
}

}  // namespace
}  // namespace awaitscope::view
