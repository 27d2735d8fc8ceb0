// The window in Chinese: every character of ours has a glyph, and no English is left among our own words.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "app/desk/desk.h"
#include "app/panels/headless.h"
#include "app/panels/notes.h"
#include "app/panels/panel.h"
#include "app/platform/chinese_font.h"
#include "app/view/break_lines.h"
#include "app/view/inspect.h"
#include "app/view/text.h"
#include "app/view/words.h"
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
    for (std::size_t i = 0; i < side->trace.text_count(); ++i) allow(side->trace.text(static_cast<std::uint32_t>(i)));
    for (std::size_t i = 1; i < side->trace.site_count(); ++i)
      allow(show(side->trace.site(SiteId{static_cast<decltype(SiteId::value)>(i)})));
    for (const Finding& finding : side->findings) allow(finding.rule + " " + finding.sentence + " " + finding.advice);
    for (const view::Stop& stop : side->stops) allow(stop.say.zh);
  }
  for (const view::CatalogueRow& row : session.catalogue)
    allow(row.id + " " + row.name + " " + row.title.zh + " " + row.topic.zh);
  const view::Lesson& lesson = session.lesson;
  allow(lesson.id + " " + lesson.name + " " + lesson.title.zh + " " + lesson.watch.zh + " " + lesson.explain.zh);
  allow(lesson.instructor.say.zh + " " + lesson.instructor.ask.zh + " " + lesson.instructor.trap.zh);
  for (const view::Question& question : lesson.questions) {
    allow(question.question.zh + " " + question.explain.zh);
    for (const auto& option : question.options) allow(option.text.zh + " " + option.misconception.zh);
  }
  for (const view::Knob& knob : lesson.knobs) allow(knob.name + " " + knob.unit + " " + knob.meaning.zh);
  for (const std::string& preset : lesson.presets) allow(preset);
  for (const view::SourceFile& source : lesson.sources) allow(source.text + " " + source.path);
  for (const view::ActionInfo& info : view::all_actions()) allow(std::string(info.desk) + " " + std::string(info.label.zh));
  for (const Lint& rule : all_lints()) {
    allow(rule.id + " " + rule.summary);
    for (const auto& [key, value] : rule.defaults) allow(key);
  }
  allow("Up Down ms us ns cpp py js C++ Python JavaScript Ctrl Shift wheel drag ruler double click Awaitscope");
  // The trace format's kinds and the values of its enumerations: "gather", "timeout", "returned".
  for (int k = 0; k < kind_count; ++k) {
    const KindInfo& kind = info(static_cast<Kind>(k));
    allow(kind.name);
    allow(name(kind.family));
    for (const FieldInfo& field : {kind.a, kind.b, kind.c, kind.d})
      for (std::uint8_t value = 0; value < 64; ++value) allow(enum_name(field.type, value));
  }
  return out;
}

/// Sentences on events: they name the format's fields ("hands object 3"), which are no words of ours elsewhere.
class Told {
 public:
  void add(const view::Session& session) {
    std::string seen;
    for (const auto& side : session.sides)
      seen += fmt::format("{} {} {} ", side->trace.size(), side->trace.end().ns, side->seen_trace().size());
    if (std::exchange(seen_, seen) == seen) return;
    for (const auto& side : session.sides) {
      for (Seq seq = 1; seq <= side->seen_trace().size(); ++seq) tell(*side, seq);
      // Where two runs part, their events are shown as the format writes them.
      std::istringstream lines(to_text(side->seen_trace()));
      for (std::string line; std::getline(lines, line);) add_line(line);
    }
  }
  bool has(const std::string& words) const {
    const std::size_t cut = words.find("…");
    const std::string begin = run_together(words.substr(0, cut));
    const auto found = lines_.lower_bound(begin);
    return found != lines_.end() && (cut == std::string::npos ? *found == begin : found->starts_with(begin));
  }

 private:
  /// Where a panel breaks its lines does not matter.
  static std::string run_together(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
  }
  void add_line(std::string text) { lines_.insert(run_together(std::move(text))); }
  void tell(const view::Side& side, Seq seq) {
    const std::string line = view::describe(side.seen_trace(), side.seen().model, seq, Language::chinese);
    add_line(line);
    add_line(line.substr(line.find(" · ") + std::string_view(" · ").size()));         // the inspector's begins with the time
    std::string what = line.substr(line.find("：") + std::string_view("：").size());  // the table's has its place beside it
    if (const std::string at = view::place_words(side.trace, side.trace[seq].where()); !at.empty())
      what.resize(what.size() - at.size() - std::string_view(" · ").size());
    add_line(std::move(what));
    const KindInfo& kind = info(side.trace.kind(seq));
    for (const FieldInfo& field : {kind.a, kind.b, kind.c, kind.d}) lines_.emplace(field.name);  // its label
  }
  std::string seen_;
  std::set<std::string> lines_;
};

/// The reasons that the rules' layer gives are in its own language, as findings are.
std::vector<std::string> reasons(const view::Session& session) {
  std::vector<std::string> out;
  for (const view::WhyLine& line : why_nothing(session)) out.push_back(line.text);
  bool reason = false;
  for (const view::Detail& detail : inspect(session)) {
    if (detail.type == view::Detail::Type::heading) reason = detail.label == "为什么在这里恢复" || detail.label == "等待背后";
    else if (reason) out.push_back(detail.text);
  }
  if (session.comparison)
    for (const Measure& measure : session.comparison->measures) out.push_back(measure.name);
  return out;
}

/// Listens to a lesson in Chinese.
class SpokenChinese : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!has_font()) GTEST_SKIP() << "no Chinese font (Debian: fonts-wqy-microhei)";
    session_.language = Language::chinese;
    desk_.load_scenario(GetParam());
    desk_.settle();
    app_ = open();
    ASSERT_TRUE(app_);
    frames(3);
    app_->screen().ui().listener = [&](std::string_view words) { heard_.emplace(words); };
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) desk_.apply(app_->frame(session_)), desk_.settle();
    if (session_.has_runs()) told_.add(session_);
    std::string runs = session_.lesson.name;
    for (const auto& side : session_.sides) runs += fmt::format(" {} {}", side->label, side->trace.size());
    if (std::exchange(known_, runs) != runs) may_stay_.merge(allowed(session_));
    for (const std::string& words : reasons(session_))
      for (std::string& word : latin_words(words)) may_stay_.insert(std::move(word));
  }
  void act(const view::Action& action, int count = 1) {
    desk_.apply({action});
    desk_.settle();
    frames(count);
  }
  void draw_notes() {
    platform::Offscreen& screen = app_->screen();
    screen.begin_frame(session_.shown_text_size(), Language::chinese, chinese_words(session_));
    panels::draw_notes(panels::notes_of(session_, "14:05", 3), screen.ui());
    screen.end_frame();
  }
  void expect_no_english() {
    std::size_t chinese = 0;
    for (const std::string& words : heard_) {
      chinese += view::breaks_anywhere(words);
      if (told_.has(words)) continue;
      for (const std::string& word : latin_words(words)) EXPECT_TRUE(may_stay_.contains(word)) << word << " in: " << words;
    }
    EXPECT_GT(chinese, 60U);
  }

  view::Session session_;
  desk::Desk desk_{session_, nullptr};
  std::unique_ptr<HeadlessApp> app_;
  std::set<std::string> heard_, may_stay_;
  std::string known_;  ///< the runs of which may_stay_ has the names
  Told told_;
};

TEST_P(SpokenChinese, NoEnglishIsLeftAmongOurWords) {
  frames(1);
  for (const Panel& panel : all_panels())
    for (const char* menu : {"", "more:upper", "more:below", "more:lower"}) {
      const std::string tab = "tab:" + std::string(panel.title.en);
      if (*menu && !app_->find(tab) && app_->find(menu)) desk_.apply(app_->click(session_, *app_->find(menu))), frames(1);
      if (app_->find(tab)) desk_.apply(app_->click(session_, *app_->find(tab))), frames(2);
    }
  for (const double at : {0.0, 0.3, 0.7}) act(view::action(view::Act::seek_event, at * session_.side().trace.size()), 2);
  // What is selected, folded, pinned and measured has words of its own.
  for (const view::Act which : {view::Act::select_task, view::Act::select_resource, view::Act::select_scope})
    act(view::action(which, 1), 2);
  view::Action fold = view::action(view::Act::fold_lane);
  fold.hit = {view::Hit::Kind::task, 1, 0};
  act(fold, 2);
  act(fold);
  act(view::action(view::Act::next_arrow));
  act({view::Act::select_range, 0, 5e8, {}, {}}, 2);
  act(view::action(view::Act::note_range, 0, "备注"), 2);
  act(view::action(view::Act::toggle_order_ruler), 2);
  act(view::action(view::Act::toggle_help), 2);
  ASSERT_GT(heard_.size(), 100U);
  expect_no_english();
}

TEST_P(SpokenChinese, NorInALessonThatIsTaughtAndItsNotes) {
  act(view::action(view::Act::teach), 3);
  ASSERT_TRUE(session_.teaching.on);
  std::set<view::Teaching::Phase> phases;
  for (int i = 0; i < 60 && session_.teaching.phase != view::Teaching::Phase::done; ++i) {
    phases.insert(session_.teaching.phase);
    act({view::Act::set_vote, 1, 3, {}, {}});
    draw_notes();
    act(view::action(view::Act::bookmark_forward), 2);
  }
  EXPECT_EQ(session_.teaching.phase, view::Teaching::Phase::done);
  EXPECT_GE(phases.size(), 7U);
  const view::Question& question = session_.lesson.questions[0];
  for (const std::string& words : {question.options[0].text.zh, session_.lesson.instructor.say.zh})
    EXPECT_TRUE(heard_.contains(words)) << words;
  expect_no_english();
}

INSTANTIATE_TEST_SUITE_P(Lessons, SpokenChinese,
                         ::testing::Values("swallowed_cancel", "unbounded_gather", "blocking_sleep", "deadlock_lock_order",
                                           "race_across_await"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace awaitscope
