// Lessons as text and as pages, playlists, explorations.
#include "app/desk/course.h"

#include <gtest/gtest.h>

#include "app/exports/handout.h"

namespace awaitscope::desk {
namespace {

Lesson ticker() { return *load_lesson(**find_scenario("L04")); }
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(LessonText, HoldsEverythingInBothLanguages) {
  for (const Language language : {Language::english, Language::chinese}) {
    const Lesson lesson = ticker();
    const std::string text = lesson_text(lesson, language, false);
    EXPECT_TRUE(holds(text, lesson.title.in(language)));
    EXPECT_TRUE(holds(text, "awaitscope run L04 --variant bad.timeout --set block=3"));
    EXPECT_TRUE(holds(text, "verified on: CPython 3.11.7") || holds(text, "验证于: CPython 3.11.7"));
    for (const auto& variant : lesson.scenario->variants) EXPECT_TRUE(holds(text, variant.name + " · ")) << variant.name;
    for (const Option& option : lesson.ask.options) EXPECT_TRUE(holds(text, option.text.in(language)));
    EXPECT_FALSE(holds(text, "\x1b["));
  }
}

TEST(Handout, KeepsTheAnswersForTheSecondSide) {
  const auto page = handout(ticker(), Language::english, "");
  ASSERT_TRUE(page);
  const std::size_t second = page->find("class=\"answers\"");
  ASSERT_NE(second, std::string::npos);
  const std::string first = page->substr(0, second);
  EXPECT_TRUE(holds(first, "time.sleep(opts.block)")) << "the code";
  EXPECT_TRUE(holds(first, "<svg")) << "the timelines";
  EXPECT_FALSE(holds(first, "Answer D"));
  EXPECT_TRUE(holds(page->substr(second), "Answer D: 0"));
  const std::string say = "<b>Say:</b>";
  EXPECT_TRUE(holds(page->substr(second), say) && !holds(first, say)) << "the notes are for who holds the second side";
  EXPECT_FALSE(holds(*page, "href=") || holds(*page, "src=") || holds(*page, "url(http")) << "no network";
}

TEST(Handout, ShowsTheSourceThatWasAskedFor) {
  EXPECT_TRUE(holds(*handout(ticker(), Language::english, "cpp"), "block_for(set.time(&quot;block&quot;))"));
  EXPECT_EQ(handout(ticker(), Language::english, "js").error(), "blocking_sleep has no source 'js'; it has: python, cpp");
}

TEST(Handout, WritesNothingAsMarkup) {
  exports::Handout page;
  page.title = page.card = page.explain = "<script>alert(1)</script>";
  page.versions.push_back({"<b>", "\"", "'", "a < b && c", "<svg/>"});
  page.questions.push_back({"<i>", {"<u>"}, {""}, "A", "</p>"});
  const std::string html = exports::handout_html(page);
  EXPECT_FALSE(holds(html, "<script>"));
  EXPECT_FALSE(holds(html, "<i>"));
  EXPECT_TRUE(holds(html, "a &lt; b &amp;&amp; c"));
}

TEST(Exploration, SaysHowManyFailAndHowToReplayTheFirst) {
  const Scenario& crowd = **find_scenario("L08");
  const Program program{&crowd, "bad", *settings_for(crowd, {{"jobs", "7"}}), {}, false};
  const auto explored = explore(subject_of(program), "random", 4);
  ASSERT_TRUE(explored);
  EXPECT_EQ(exploration_text(program, *explored),
            "unbounded_gather bad: 4 of 4 schedules break its promise\n"
            "  xxxx\n"
            "  first: 2 jobs were refused\n"
            "  awaitscope run unbounded_gather --variant bad --set jobs=7 --schedule random:1\n");
}

TEST(Badges, OfTheFirstLessons) {
  const auto earned = [](const char* card, const char* variant) {
    std::string out;
    for (const Badge& badge : badges_of(**find_scenario(card), variant)) out += badge.earned ? badge.name[0] : '-';
    return out;
  };
  EXPECT_EQ(earned("L01", "bad"), "c-rm") << "three in a row: right, but slow";
  EXPECT_EQ(earned("L01", "fixed"), "cerm");
  EXPECT_EQ(earned("L08", "bad"), "-erm") << "jobs are refused";
  EXPECT_EQ(earned("L16", "bad")[0], '-') << "its timeout does nothing";
  EXPECT_EQ(earned("L16", "fixed"), "cerm");
}

TEST(Playlists, AreReadAndRefusedWithFileAndLine) {
  const std::string good = R"([{"id": "one", "title": {"en": "One", "zh": "一"}, "cards": ["L04", "unbounded_gather"]}])";
  const auto read = read_playlists("p.json", good);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ((*read)[0].scenarios[1]->id, "L08");
  EXPECT_TRUE(holds(playlist_text((*read)[0], {ticker()}, Language::chinese), "一 · 10 分钟"));
  EXPECT_EQ(read_playlists("p.json", "{}").error(), "p.json:1: playlists are an array");
  EXPECT_TRUE(holds(read_playlists("p.json", "[\n{\"id\": 1}]").error(), "p.json:2: a playlist has"));
  EXPECT_TRUE(
      holds(read_playlists("p.json", "[{\"id\":\"a\",\"title\":{\"en\":\"\",\"zh\":\"\"},\n\"cards\":[\"L99\"]}]").error(),
            "p.json:2: unknown scenario 'L99'"));
  EXPECT_TRUE(holds(read_playlists("p.json", "[").error(), "p.json:1: no JSON"));
}

}  // namespace
}  // namespace awaitscope::desk
