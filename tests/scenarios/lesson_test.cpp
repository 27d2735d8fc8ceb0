// What every lesson promises, and what its file may not say.
#include <set>

#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

std::set<std::string> tests_of(const std::string& suite) {
  std::set<std::string> out;
  const auto& unit = *testing::UnitTest::GetInstance();
  for (int i = 0; i < unit.total_test_suite_count(); ++i) {
    const auto& one = *unit.GetTestSuite(i);
    if (one.name() != suite) continue;
    for (int j = 0; j < one.total_test_count(); ++j) out.insert(one.GetTestInfo(j)->name());
  }
  return out;
}

class LessonOf : public ::testing::TestWithParam<std::string> {};

TEST_P(LessonOf, ItsFileIsComplete) {
  const auto read = load_lesson(**find_scenario(GetParam()));
  ASSERT_TRUE(read) << read.error();
  EXPECT_GE(read->bookmarks.size(), 3u) << "three to five stops";
  EXPECT_LE(read->bookmarks.size(), 6u);
  EXPECT_LE(read->title.en.size(), 80u) << read->title.en;
}

TEST_P(LessonOf, EveryAnswerIsATest) {
  const Lesson& told = lesson(GetParam());
  const std::set<std::string> tests = tests_of(told.scenario->id);
  EXPECT_TRUE(tests.contains("Ask"));
  for (std::size_t i = 1; i <= told.twists.size(); ++i) EXPECT_TRUE(tests.contains("Twist" + std::to_string(i))) << i;
  for (const FalseClaim& claim : told.false_claims) EXPECT_TRUE(tests.contains(claim.id)) << claim.id;
}

TEST_P(LessonOf, EveryRevealAndVariationRuns) {
  const Lesson& told = lesson(GetParam());
  EXPECT_GE(revealed(GetParam(), told.ask), 0) << "the reveal of the question finds nothing";
  for (const Question& twist : told.twists)
    EXPECT_TRUE(!twist.run.python.empty() || revealed(GetParam(), twist) >= 0) << twist.question.en;
  for (const Variation& one : told.variations) EXPECT_TRUE(run(GetParam(), one.run).history.model.ended) << one.words.en;
}

TEST_P(LessonOf, ChineseIsChinese) {
  const auto is_chinese = [](const Words& words) {
    return words.zh != words.en && std::any_of(words.zh.begin(), words.zh.end(), [](char c) { return (c & 0x80) != 0; });
  };
  const Lesson& told = lesson(GetParam());
  for (const Words* words : {&told.title, &told.watch, &told.explain, &told.ask.question, &told.instructor.say,
                             &told.instructor.ask, &told.instructor.trap})
    EXPECT_TRUE(is_chinese(*words)) << words->zh;
}

std::vector<std::string> cards() {
  std::vector<std::string> out;
  for (const Scenario* s : scenarios_by_card()) out.push_back(s->id);
  return out;
}
INSTANTIATE_TEST_SUITE_P(Lessons, LessonOf, ::testing::ValuesIn(cards()), [](const auto& info) { return info.param; });

// The widely repeated claims that are false, and the lesson that refutes each.
TEST(FalseClaims, EachIsANoteOfItsLesson) {
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"D1", "X11"}, {"D2", "L07"}, {"D3", "L12"},  {"D4", "L13"},  {"D5", "X12"},  {"D6", "L09"},  {"D7", "X09"},
      {"D8", "L11"}, {"D9", "X08"}, {"D10", "L21"}, {"D11", "X12"}, {"D12", "L18"}, {"D13", "L17"}, {"D14", "L09"}};
  for (const auto& [claim, card] : expected) {
    ASSERT_TRUE(find_scenario(card)) << card;
    const auto& claims = lesson(card).false_claims;
    EXPECT_TRUE(std::any_of(claims.begin(), claims.end(), [&](const FalseClaim& c) { return c.id == claim; }))
        << claim << " is missing in " << card;
  }
}

TEST(Catalogue, HoldsTheWholeCourse) {
  std::set<std::string> expected, there;
  for (int i = 1; i <= 24; ++i) expected.insert((i < 10 ? "L0" : "L") + std::to_string(i));
  for (int i = 1; i <= 13; ++i) expected.insert((i < 10 ? "X0" : "X") + std::to_string(i));
  for (const Scenario& s : all_scenarios()) there.insert(s.id);
  EXPECT_TRUE(std::includes(there.begin(), there.end(), expected.begin(), expected.end()));
}

// A file that somebody is writing: the complaint names file and line.
std::string complaint(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  if (at == std::string::npos) return "the text has no " + what;
  text.replace(at, what.size(), with);
  const auto read = read_lesson(**find_scenario("L04"), "x.json", text);
  return read ? "accepted" : read.error();
}
std::string ticker_json() { return std::string(scenario_source("scenarios/blocking_sleep.json")); }

TEST(LessonFile, TheBuiltInOneIsReadOnce) {
  const Scenario& ticker = **find_scenario("L04");
  const Result<Lesson>&first = built_in_lesson(ticker), &again = built_in_lesson(ticker);
  EXPECT_EQ(&first, &again);
  EXPECT_EQ(load_lesson(ticker)->title.en, first->title.en);
  EXPECT_NE(built_in_lesson(**find_scenario("L05"))->title.en, first->title.en);
}

TEST(LessonFile, AWrongOneSaysFileAndLine) {
  const std::string good = ticker_json();
  ASSERT_TRUE(read_lesson(**find_scenario("L04"), "x.json", good));
  EXPECT_EQ(complaint(good, "\"L04\"", "\"L05\""), "x.json:2: the scenario's id is L04, not L05");
  EXPECT_EQ(complaint(good, "\"level\": \"beginner\"", "\"level\": \"easy\""),
            "x.json:4: 'level' is one of: beginner, intermediate, advanced");
  EXPECT_EQ(complaint(good, "\"level\"", "\"lever\"").substr(0, 33), "x.json:4: a lesson has no 'lever'");
  EXPECT_NE(complaint(good, "\"answer\": \"D\"", "\"answer\": \"E\"").find("is the letter of an option"), std::string::npos);
  EXPECT_NE(complaint(good, "\"event\": \"block_begin\"", "\"event\": \"block\"").find("there is no event 'block'"),
            std::string::npos);
  EXPECT_NE(complaint(good, "bad.timeout", "bad.nothing").find("has no variant 'bad.nothing'"), std::string::npos);
  EXPECT_NE(complaint(good, "\"block\": 3", "\"block\": 300").find("block=300 is out of range"), std::string::npos);
  EXPECT_NE(complaint(good, "\"zh\": \"睡眠持续多久\"", "\"zh\": \"\"").find("is empty"), std::string::npos);
  EXPECT_NE(complaint(good, "\"block\": {\"en\"", "\"blocks\": {\"en\"").find("has no parameter 'blocks'"), std::string::npos);
  EXPECT_NE(complaint(good, "\"minutes\": 10", "\"minutes\": ten").find("x.json:"), std::string::npos);
  EXPECT_NE(complaint(good, "{\n  \"id\"", "[\n  \"id\"").find("x.json:"), std::string::npos);
  EXPECT_NE(complaint(good, "\"misconception\"", "\"misconceptions\"").find("an option has no 'misconceptions'"),
            std::string::npos);
}

}  // namespace
}  // namespace awaitscope
