// The window in Chinese: every character of ours has a glyph, and no English is left among our own words.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "app/desk/desk.h"
#include "app/panels/headless.h"
#include "app/panels/panel.h"
#include "app/platform/chinese_font.h"
#include "app/view/break_lines.h"
#include "app/view/inspect.h"
#include "app/view/text.h"
#include "core/findings/lint.h"
#include "core/trace/text.h"

namespace awaitscope {

std::string_view program_characters();

namespace {

using panels::HeadlessApp;

std::unique_ptr<HeadlessApp> open(int width = 1440, int height = 900) {
  auto app = HeadlessApp::open(width, height);
  EXPECT_TRUE(app) << app.error();
  return app ? std::move(*app) : nullptr;
}

bool has_font() { return platform::find_chinese_face(platform::font_folders()).has_value(); }

TEST(Chinese, EveryCharacterOfOurTextsHasAGlyphInEveryFaceAtEverySize) {
  if (!has_font()) GTEST_SKIP() << "no Chinese font (Debian: fonts-wqy-microhei)";
  const auto app = open();
  ASSERT_TRUE(app);
  view::Session session;
  session.language = Language::chinese;
  for (const float size : {14.0F, 17.0F, 32.0F, 64.0F}) {
    session.text_size = size;
    app->frame(session);
    const platform::Fonts& fonts = app->screen().ui().fonts();
    ASSERT_TRUE(fonts.chinese) << size;
    std::size_t count = 0;
    for (std::size_t at = 0; at < program_characters().size(); ++count) {
      const char32_t c = view::next_code_point(program_characters(), at);
      for (const ImFont* font : {fonts.ui, fonts.small, fonts.bold, fonts.title, fonts.mono})
        EXPECT_TRUE(font->FindGlyphNoFallback(static_cast<ImWchar>(c))) << "U+" << std::hex << static_cast<unsigned>(c);
    }
    EXPECT_GT(count, 500U);
    EXPECT_FALSE(fonts.ui->FindGlyphNoFallback(0x9F98)) << "a character that nobody uses takes room";
  }
}

TEST(Chinese, CharactersOfALessonFromOutsideAreBakedWhenTheyAppear) {
  if (!has_font()) GTEST_SKIP() << "no Chinese font (Debian: fonts-wqy-microhei)";
  const auto app = open();
  view::Session session;
  session.language = Language::chinese;
  session.text_size = 40;  // at small sizes the common characters are there anyway
  app->frame(session);
  constexpr ImWchar rare = 0x9F98;
  EXPECT_FALSE(app->screen().ui().fonts().ui->FindGlyphNoFallback(rare));
  session.lesson.name = "own";
  session.lesson.title = {"own", "龘"};
  app->frame(session);
  EXPECT_TRUE(app->screen().ui().fonts().ui->FindGlyphNoFallback(rare));
}

TEST(Chinese, WithoutAFontEnglishStaysAndALineSaysWhatIsMissing) {
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "";
  setenv("HOME", "/nonexistent", 1);
  setenv("XDG_DATA_DIRS", "/nonexistent", 1);
  const auto app = open();
  view::Session session;
  session.language = Language::chinese;
  for (const view::Action& action : app->frame(session)) update(session, action);
  EXPECT_EQ(session.language, Language::english);
  EXPECT_EQ(session.message, "no Chinese font: apt install fonts-wqy-microhei");
  EXPECT_TRUE(session.message_is_error);
  EXPECT_TRUE(app->frame(session).empty());
  setenv("HOME", home.c_str(), 1);
  unsetenv("XDG_DATA_DIRS");
}

/// Words of two or more Latin letters; one that was cut off ("swallowed_canc…") is none.
std::vector<std::string> latin_words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (text.substr(i).starts_with("…")) word.clear();
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      word += c;
    } else {
      if (word.size() > 1) out.push_back(word);
      word.clear();
    }
  }
  return out;
}

/// What may stay: names out of the trace, the lesson's code and keys, the rules' own sentences, libraries' words.
std::set<std::string> allowed(const view::Session& session) {
  std::set<std::string> out;
  const auto allow = [&](std::string_view text) {
    for (std::string& word : latin_words(text)) out.insert(std::move(word));
  };
  for (const auto& side : session.sides) {
    allow(side->label);
    allow(to_text(side->trace));
    for (const Finding& finding : side->findings) allow(finding.rule + " " + finding.sentence + " " + finding.advice);
  }
  for (const view::CatalogueRow& row : session.catalogue)
    allow(row.id + " " + row.name + " " + row.title.zh + " " + row.topic.zh);
  const view::Lesson& lesson = session.lesson;
  allow(lesson.id + " " + lesson.name + " " + lesson.title.zh + " " + lesson.watch.zh);
  for (const view::Knob& knob : lesson.knobs) allow(knob.name + " " + knob.unit + " " + knob.meaning.zh);
  for (const std::string& preset : lesson.presets) allow(preset);
  for (const view::SourceFile& source : lesson.sources) allow(source.text + " " + source.path);
  for (const view::ActionInfo& info : view::all_actions()) allow(std::string(info.desk) + " " + std::string(info.label.zh));
  for (const Lint& rule : all_lints()) {
    allow(rule.id + " " + rule.summary);
    for (const auto& [key, value] : rule.defaults) allow(key);
  }
  allow("Up Down ms us ns cpp py js C++ Python JavaScript Ctrl Shift wheel drag ruler double click Awaitscope");
  // Of what a trace holds, by asyncio's and trio's names, and an event's fields.
  allow("yield sleep gather group timeout cancelled returned scope");
  return out;
}

class SpokenChinese : public ::testing::TestWithParam<const char*> {};

TEST_P(SpokenChinese, NoEnglishIsLeftAmongOurWords) {
  if (!has_font()) GTEST_SKIP() << "no Chinese font (Debian: fonts-wqy-microhei)";
  view::Session session;
  desk::Desk desk(session, nullptr);
  session.language = Language::chinese;
  desk.load_scenario(GetParam());
  const auto app = open();
  ASSERT_TRUE(app);
  std::set<std::string> heard;
  std::set<std::string> may_stay = allowed(session);
  const auto allow = [&](std::string_view text) {
    for (std::string& word : latin_words(text)) may_stay.insert(std::move(word));
  };
  const auto frames = [&](int count) {
    for (int i = 0; i < count; ++i) desk.apply(app->frame(session));
    // What the rules' layer says at this playhead is in its own language, as findings are.
    for (const view::WhyLine& line : why_nothing(session)) allow(line.text);
    for (const view::Detail& detail : inspect(session)) allow(detail.text);
  };
  if (session.comparison)
    for (const Measure& measure : session.comparison->measures) allow(measure.name);
  frames(3);
  app->screen().ui().listener = [&](std::string_view words) { heard.emplace(words); };
  frames(1);
  for (const Panel& panel : all_panels())
    for (const char* menu : {"", "more:upper", "more:below", "more:lower"}) {
      const std::string tab = "tab:" + std::string(panel.title.en);
      if (*menu && !app->find(tab) && app->find(menu)) desk.apply(app->click(session, *app->find(menu))), frames(1);
      if (app->find(tab)) desk.apply(app->click(session, *app->find(tab))), frames(2);
    }
  for (const double at : {0.0, 0.3, 0.7}) {
    desk.apply({view::action(view::Act::seek_event, at * session.side().trace.size())});
    frames(2);
  }
  desk.apply({view::action(view::Act::toggle_help)});
  frames(2);
  ASSERT_GT(heard.size(), 100U);
  std::size_t chinese = 0;
  for (const std::string& words : heard) {
    chinese += view::breaks_anywhere(words);
    for (const std::string& word : latin_words(words)) EXPECT_TRUE(may_stay.contains(word)) << word << " in: " << words;
  }
  EXPECT_GT(chinese, 60U);
}

INSTANTIATE_TEST_SUITE_P(Lessons, SpokenChinese,
                         ::testing::Values("swallowed_cancel", "unbounded_gather", "blocking_sleep", "deadlock_lock_order"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace awaitscope
