#include <gtest/gtest.h>

#include <cmath>

#include "app/view/text.h"
#include "stories.h"

namespace awaitscope::view {
namespace {

double luminance(Color c) {
  const auto part = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
  return 0.2126 * part(c.r / 255.0) + 0.7152 * part(c.g / 255.0) + 0.0722 * part(c.b / 255.0);
}
double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(Theme, TextIsReadableAndStatesStandOut) {
  for (const Theme theme : {Theme::dark, Theme::light})
    for (const Role ground : {Role::background, Role::panel, Role::header}) {
      for (const Role text : {Role::text, Role::text_dim, Role::text_warning})
        EXPECT_GE(contrast(color(text, theme), color(ground, theme)), 7)
            << name(text) << " on " << name(ground) << (theme == Theme::dark ? " dark" : " light");
      for (const Role state : {Role::running, Role::ready, Role::waiting, Role::waiting_request, Role::waiting_semaphore,
                               Role::waiting_sleep, Role::cancelling, Role::cancelled, Role::failed, Role::stall, Role::created,
                               Role::done, Role::error, Role::playhead})
        EXPECT_GE(contrast(color(state, theme), color(ground, theme)), 2.9)
            << name(state) << " on " << name(ground) << (theme == Theme::dark ? " dark" : " light");
    }
}

void expect_no_controls(const std::string& text) {
  for (const char* bad : {"\x1b", "\x07", "\n<b>", "\xE2\x80\xAE"}) EXPECT_EQ(text.find(bad), std::string::npos) << bad;
}
/// No raw markup or control characters from the trace, whatever it holds.
void expect_harmless(const std::string& text) {
  for (const char* bad : {"<script", "onload=x>", "</text><svg", "\x1b", "\x07", "\xE2\x80\xAE"})
    EXPECT_EQ(text.find(bad), std::string::npos) << bad;
}

TEST(Painters, HostileNamesStayText) {
  const auto session = session_of(hostile(), hostile());
  for (const Theme theme : {Theme::dark, Theme::light}) {
    const std::string svg = paint_svg(timeline(*session, {0, 0, 1600, 600}, pixels), theme, pixels);
    expect_harmless(svg);
    EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(svg.find("a&amp;b"), std::string::npos);
  }
  const Side& side = session->side();
  expect_harmless(paint_svg(machine(side.trace, side.model, {0, 0, 1000, 400}, pixels), Theme::dark, pixels));
  const std::string text = paint_text(timeline(*session, {0, 0, 120, 30}, cells), false);
  expect_no_controls(text);
  EXPECT_NE(text.find("\\u202E"), std::string::npos);
  update(*session, {Act::seek_event, 6, 0, {}, {}});
  expect_no_controls(session->message);
}

TEST(Painters, SvgIsSelfContained) {
  const auto session = session_of(swallowed(), stalled());
  const std::string svg = paint_svg(timeline(*session, {0, 0, 1280, 720}, svg_metrics(14)), Theme::light, svg_metrics(14));
  EXPECT_EQ(svg.find("href"), std::string::npos);
  EXPECT_EQ(svg.find("@import"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_TRUE(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
}

TEST(Painters, TheTerminalKeepsToItsColumns) {
  for (const int width : {20, 60, 100}) {
    const auto session = session_of(swallowed(), refused());
    const std::string text = paint_text(timeline(*session, {0, 0, static_cast<float>(width), 40}, cells), false);
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      EXPECT_LE(columns(text.substr(at, end - at)), static_cast<std::size_t>(width));
      at = end + 1;
    }
  }
}

TEST(Painters, CardsAreTidy) {
  const auto session = session_of(swallowed());
  for (const Act act : {Act::end, Act::home}) {
    update(*session, {act, 0, 0, {}, {}});
    const Side& side = session->side();
    for (const Rect canvas : {Rect{0, 0, 900, 300}, Rect{5, 5, 300, 200}, Rect{0, 0, 30, 10}}) {
      expect_tidy(machine(side.trace, side.model, canvas, pixels), "machine");
      expect_tidy(cancel_tree(side.trace, side.history, canvas, pixels, side.step), "cancel tree");
      expect_tidy(overview(*session, canvas, pixels), "overview");
    }
    for (const Rect canvas : {Rect{0, 0, 100, 12}, Rect{0, 0, 30, 4}}) {
      expect_tidy(machine(side.trace, side.model, canvas, cells), "machine in cells");
      expect_tidy(cancel_tree(side.trace, side.history, canvas, cells, {}), "cancel tree in cells");
    }
  }
}

TEST(Machine, AThousandReadyTasksAreCountedNotListed) {
  const Trace trace = crowd(1000);
  Replay replay(trace);
  const DrawList picture = machine(trace, replay.at(2004), {0, 0, 900, 300}, pixels);
  expect_tidy(picture, "machine");
  EXPECT_LT(picture.labels.size(), 40u);
  EXPECT_TRUE(
      std::any_of(picture.labels.begin(), picture.labels.end(), [](const Label& l) { return l.text.starts_with("+9"); }));
}

TEST(CancelTree, TellsTheWholeStory) {
  const Trace trace = swallowed();
  const History h = history(trace);
  EXPECT_EQ(paint_text(cancel_tree(trace, h, {0, 0, 100, 8}, cells, {}), false),
            "⊗ the loop asked worker to stop\n"
            "  1.000 s · timeout 1.0 s · a.cpp:3\n"
            "  delivered at a.cpp:14 → swallowed at a.cpp:16, ended 3.0 s later\n");
}

TEST(Text, IsANumberOrNone) {
  EXPECT_EQ(number_in("120"), 120u);
  for (const char* none : {"", "12x", " 1", "-1", "+1", "4294967296"}) EXPECT_FALSE(number_in(none)) << none;
}

TEST(Text, AWordTurnsSomethingOnOrOff) {
  EXPECT_TRUE(turned("on", true) && turned("on", false));
  EXPECT_FALSE(turned("off", true) || turned("off", false));
  EXPECT_TRUE(turned("", false));
  EXPECT_FALSE(turned("", true));
}

TEST(Text, IsPrintableAndElided) {
  EXPECT_EQ(printable("a\nb\tc\x1b[1m"), "a\\nb\\tc\\x1B[1m");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "x"),
            "\\u202Ex");
  EXPECT_EQ(printable("\xFF\xC0\x80"), "\\xFF\\xC0\\x80");
  EXPECT_EQ(printable("grün 数"), "grün 数");
  EXPECT_EQ(columns("grün 数"), 7u);
  EXPECT_EQ(elide("abcdefgh", 8, cells), "abcdefgh");
  EXPECT_EQ(elide("abcdefgh", 5, cells), "abcd…");
  EXPECT_EQ(elide("abcdefgh", 2, cells), "");
  EXPECT_EQ(elide(std::string(10'000'000, 'x'), 5, cells), "xxxx…");
}

Session with_source(std::string cpp, std::string py) {
  Session session;
  session.sides.push_back(std::make_unique<Side>("bad"));
  session.sides[0]->trace = swallowed();
  take_in(session, *session.sides[0]);
  session.lesson.name = "swallowed_cancel";
  session.lesson.sources = {{SourceLanguage::cpp, "a.cpp", std::move(cpp)}, {SourceLanguage::python, "a.py", std::move(py)}};
  return session;
}

TEST(Source, ShowsTheVariantAndWhereTasksStand) {
  std::string cpp = "// head\n// @begin both\nint shared;\n// @end both\n// @begin bad\n";  // the next line is 6
  for (int line = 6; line < 20; ++line)
    cpp += line == 14   ? "  co_await sleep(10s);  // @a\n"
           : line == 18 ? "  co_await sleep(3s);  // @b\n"
                        : "  ;  // words are kept\n";
  cpp += "// @end bad\n// @begin fixed\nint other;\n// @end fixed\n";
  Session session = with_source(
      cpp,
      "# @begin bad\nasync def worker():\n    await asyncio.sleep(10)  # @a\n    await asyncio.sleep(3)  # @b\n# @end bad\n");
  update(session, {Act::seek_time, 2e9, 0, {}, {}});
  const auto lines = source_view(session);
  ASSERT_EQ(lines.size(), 15u);
  EXPECT_EQ(lines[0].text, "int shared;");
  EXPECT_EQ(lines[1].text, "  ;  // words are kept");
  for (const SourceLine& line : lines) {
    EXPECT_EQ(line.tasks.empty(), line.number != 18) << line.number;
    if (line.number != 18) continue;
    EXPECT_EQ(line.mark, "b");
    EXPECT_EQ(line.text, "  co_await sleep(3s);");
    EXPECT_EQ(line.tasks, std::vector<std::string>{"worker"});
  }
  update(session, {Act::lesson_language, 0, 0, "py", {}});
  const auto python = source_view(session);
  ASSERT_EQ(python.size(), 3u);
  EXPECT_TRUE(python[1].tasks.empty());
  EXPECT_EQ(python[2].tasks, std::vector<std::string>{"worker"});
}

}  // namespace
}  // namespace awaitscope::view
