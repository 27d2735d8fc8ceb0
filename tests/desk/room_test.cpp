// Every scenario in front of a room, and as frames.
#include "app/desk/frames.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/desk/lessons.h"
#include "app/desk/recording.h"
#include "app/exports/frames.h"
#include "app/view/room_picture.h"
#include "app/view/text.h"

namespace awaitscope::desk {
namespace {

using view::Rect;

constexpr float text_size = 32;
view::FontMetrics metrics() { return {std::round(text_size * 1.45f), text_size * 0.564f, false, nullptr, nullptr}; }

view::Session in_the_room(const Scenario& scenario, const std::string& variant) {
  std::vector<std::pair<std::string, Trace>> sides;
  const auto add = [&](const std::string& name) {
    sides.emplace_back(name, *record(Program{&scenario, name, *settings_for(scenario, {}), {}, false}));
  };
  add(variant);
  if (variant == "bad") add("fixed");
  view::Session session = show(std::move(sides));
  for (auto& side : session.sides) find_stops(*side);
  update(session, view::action(view::Act::present, 0, "on"));
  update(session, view::action(view::Act::fit_all));
  return session;
}

std::size_t rows_of(const view::DrawList& picture) {
  return static_cast<std::size_t>(std::count_if(picture.boxes.begin(), picture.boxes.end(), [&](const view::Box& box) {
    return box.hit.kind == view::Hit::Kind::task && box.role == view::Role::panel && box.rect.x == picture.canvas.x;
  }));
}

/// The lanes that the row "+12 more" speaks of, 0 without one.
std::size_t more_of(const view::DrawList& picture) {
  for (const view::Label& label : picture.labels) {
    unsigned long n = 0;
    char word[5] = {};
    if (std::sscanf(label.text.c_str(), "+%lu %4s", &n, word) == 2 && std::string(word) == "more") return n;
  }
  return 0;
}

TEST(EveryScenario, HasFewLanesAndShortTextsInFrontOfARoom) {
  std::size_t folded = 0;
  for (const Scenario* scenario : scenarios_by_card())
    for (const auto& variant : scenario->variants) {
      SCOPED_TRACE(scenario->name + " " + variant.name);
      view::Session session = in_the_room(*scenario, variant.name);
      EXPECT_GE(session.shown_text_size(), text_size);
      for (const view::Show shown : {view::Show::one, view::Show::both}) {
        if (shown == view::Show::both && session.sides.size() < 2) continue;
        session.show = shown;
        const view::RoomLayout at = lay_out_room(session, {0, 0, 1920, 1080}, metrics());
        const view::DrawList picture = timeline(session, at.lanes, metrics());
        const std::size_t rows = rows_of(picture), more = more_of(picture);
        EXPECT_LE(rows, view::room_lanes);
        EXPECT_GE(rows, 1U);
        const view::Side& side = session.side();
        const auto lanes = static_cast<std::size_t>(std::count_if(
            side.history.model.tasks.begin(), side.history.model.tasks.end(), [](const TaskModel& t) { return t.created; }));
        if (shown == view::Show::one) { EXPECT_EQ(rows - (more ? 1 : 0) + more, lanes) << "what is not shown is counted"; }
        folded += more != 0;
        for (const view::DrawList& part :
             {picture, code_picture(session, at.code, metrics()), narration_picture(session, at.narration, metrics())})
          for (const view::Label& label : part.labels) EXPECT_GE(label.scale * text_size, text_size) << label.text;
      }
      const auto code = room_code(session);
      EXPECT_LE(code.size(), view::room_lines);
      for (const view::SourceLine& line : code) EXPECT_LE(view::columns(line.text), view::room_columns) << line.text;
      for (const auto& side : session.sides)
        for (const view::Stop& stop : side->stops)
          for (const Language language : {Language::english, Language::chinese})
            EXPECT_LE(view::columns(stop.say.in(language)), view::room_sentence) << stop.say.in(language);
    }
  EXPECT_GT(folded, 3U) << "no scenario is a crowd";
}

std::string read(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}
bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class FramesTest : public testing::Test {
 protected:
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("frames-" + std::to_string(getpid()));
  void TearDown() override { std::filesystem::remove_all(folder); }
  FrameOptions options() const { return {folder.string(), "", "", Language::english, false, false}; }
};

TEST_F(FramesTest, AreAPictureForEachStopAndAPage) {
  const Lesson lesson = *load_lesson(**find_scenario("L16"));
  const auto written = write_frames({lesson}, options(), {});
  ASSERT_TRUE(written) << written.error();
  EXPECT_EQ(*written, 6U);
  const std::string page = read(folder / "index.html");
  for (const char* name : {"01-bad-the-alarm.svg", "02-bad-the-answer.svg", "03-bad-the-caller.svg", "04-fixed-the-alarm.svg",
                           "05-fixed-the-answer.svg", "06-fixed-the-caller.svg"}) {
    EXPECT_TRUE(holds(page, std::string("src=\"") + name)) << name;
    const std::string svg = read(folder / name);
    EXPECT_TRUE(svg.starts_with("<svg") && svg.ends_with("</svg>\n")) << name;
    EXPECT_TRUE(holds(svg, "worker")) << name;
  }
  EXPECT_TRUE(holds(page, "The worker eats the CancelledError: the request is gone."));
  EXPECT_TRUE(holds(read(folder / "02-bad-the-answer.svg"), "The worker eats the CancelledError"));
  EXPECT_FALSE(holds(read(folder / "01-bad-the-alarm.svg"), "The worker eats the CancelledError"));
  EXPECT_TRUE(holds(page, "content=\"default-src 'none';"));
  for (const char* outside : {"<script", "http:", "https:"}) EXPECT_FALSE(holds(page, outside)) << outside;
}

TEST_F(FramesTest, OfSeveralLessonsCarryTheirCards) {
  const Lesson a = *load_lesson(**find_scenario("L01")), b = *load_lesson(**find_scenario("L04"));
  FrameOptions chinese = options();
  chinese.language = Language::chinese;
  ASSERT_TRUE(write_frames({a, b}, chinese, {}));
  const std::string page = read(folder / "index.html");
  EXPECT_TRUE(holds(page, "lang=\"zh-Hans\""));
  EXPECT_TRUE(holds(page, "src=\"L01-01-bad-") && holds(page, "src=\"L04-01-bad-"));
  EXPECT_TRUE(holds(page, a.title.zh) && holds(page, b.ask.question.zh));
}

TEST_F(FramesTest, AreWrittenWholeOrNotAtAll) {
  FrameOptions png = options();
  png.png = true;
  int drawn = 0;
  const auto fails_late = [&](const view::Session&, int width, int height) -> Result<std::string> {
    EXPECT_EQ(width * 9, height * 16);
    if (++drawn == 4) return Error{"no picture"};
    return std::string("PNG");
  };
  const auto written = write_frames({*load_lesson(**find_scenario("L16"))}, png, fails_late);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error(), "no picture");
  EXPECT_FALSE(std::filesystem::exists(folder));
  std::ofstream(folder.string()) << "a file";
  EXPECT_FALSE(write_frames({*load_lesson(**find_scenario("L16"))}, options(), {}));
  EXPECT_EQ(read(folder), "a file");
}

TEST(FramesPage, WritesNothingAsMarkupAndNamesAreSafe) {
  exports::Frames page;
  page.title = "<script>";
  page.lessons.push_back({"<b>", "<i>", "<u>", "\"><img src=x>", "</p>", {"<s>"}, {{"\"onerror=\"x", "<a>", "\" onload=\"x"}}});
  const std::string html = exports::frames_html(page);
  for (const char* markup : {"<script", "<b><", "<i>", "<u>", "<img src=x", "<s>", "\" onload", "\"onerror"})
    EXPECT_FALSE(holds(html, markup)) << markup;
  EXPECT_EQ(exports::frame_name(2, "bad", "the crowd"), "02-bad-the-crowd");
  EXPECT_EQ(exports::frame_name(12, "../..", "%s\n/"), "12-s");
}

}  // namespace
}  // namespace awaitscope::desk
