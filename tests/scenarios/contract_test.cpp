// What every scenario of the catalogue promises.
#include <fstream>
#include <set>
#include <sstream>

#include "app/desk/pictures.h"
#include "core/trace/text.h"
#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

struct Case {
  const Scenario* scenario;
  std::string variant;
};
// Test names that ctest prints must not depend on addresses.
void PrintTo(const Case& c, std::ostream* out) { *out << c.scenario->name << ' ' << c.variant; }

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (const Scenario* s : scenarios_by_card())
    for (const auto& v : s->variants) out.push_back({s, v.name});
  return out;
}
/// Characters, not bytes.
std::size_t letters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

class Contract : public ::testing::TestWithParam<Case> {};

TEST_P(Contract, ItRaisesExactlyItsFindings) {
  const auto [scenario, variant] = GetParam();
  const Scenario::Variant& declared = **find_variant(*scenario, variant);
  std::vector<std::string> expected = declared.findings;
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(run(scenario->id, variant).findings(), expected);
  EXPECT_TRUE(declared.bad() || expected.empty()) << "a fixed version is beyond reproach";
}

TEST_P(Contract, TheSameSeedGivesTheSameTrace) {
  const auto [scenario, variant] = GetParam();
  EXPECT_EQ(to_text(run(scenario->id, variant).trace), to_text(run(scenario->id, variant).trace));
}

TEST_P(Contract, EveryPlaceLiesInTheScenariosFile) {
  const auto [scenario, variant] = GetParam();
  const Ran ran = run(scenario->id, variant);
  for (std::uint32_t id = 1; id < ran.trace.site_count(); ++id)
    EXPECT_EQ(ran.trace.site(SiteId{id}).file, "scenarios/" + scenario->name + ".cpp")
        << show(ran.trace.site(SiteId{id})) << ": make it as a variable, or pass a Place; make_shared is the place otherwise";
}

TEST_P(Contract, TheTraceIsTheGoldenOne) {
  const auto [scenario, variant] = GetParam();
  const std::string path = std::string(AWAITSCOPE_SOURCE_DIR) + "/tests/golden/" + scenario->name + "." + variant;
  const Ran ran = run(scenario->id, variant);
  for (const auto& [file, text] : {std::pair{path + ".txt", to_text(ran.trace)},
                                   std::pair{path + ".picture", desk::terminal_picture(ran.trace, 100, false)}}) {
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(file) << text;
    std::ifstream in(file);
    if (!in) {
      ADD_FAILURE() << file << " is not there yet: run again with UPDATE_GOLDEN=1 and read what it wrote";
      continue;
    }
    std::stringstream golden;
    golden << in.rdbuf();
    EXPECT_EQ(text, golden.str()) << file
                                  << ": if the change is meant, run again with UPDATE_GOLDEN=1 and say why in the commit";
  }
}

TEST_P(Contract, FiftySchedulesKeepItsPromiseOrBreakItAsTheLessonSays) {
  const auto [scenario, variant] = GetParam();
  ASSERT_TRUE(scenario->promise);
  const Settings settings = *settings_for(*scenario, {});
  int fails = 0;
  std::string first;
  for (int seed = 1; seed <= 50; ++seed) {
    const std::string schedule = "random:" + std::to_string(seed);
    const Ran ran = run(scenario->id, variant, {}, schedule);
    EXPECT_TRUE(ran.history.model.ended) << schedule;
    const std::string broken = scenario->promise(ran, settings);
    fails += !broken.empty();
    if (fails == 1 && first.empty()) first = schedule + ": " + broken;
  }
  const auto& odds = lesson(scenario->id).schedules;
  if (const auto told = odds.find(variant); told != odds.end()) {
    EXPECT_EQ(told->second.of, 50);
    EXPECT_EQ(fails, told->second.fail) << first;
    EXPECT_TRUE(fails > 0 && fails < 50) << "the lesson need not say it";
  } else if (variant.starts_with("bad")) {
    EXPECT_TRUE(fails == 0 || fails == 50) << fails << " of 50 fail, and the lesson does not say so; " << first;
  } else {
    EXPECT_EQ(fails, 0) << first;
  }
}

TEST_P(Contract, EveryBookmarkFindsItsEventOverTheWholeRange) {
  const auto [scenario, variant] = GetParam();
  std::vector<Changes> all = {{}};
  for (const Parameter& p : scenario->parameters)
    for (const double value : {p.least, p.most}) {
      if (value > 1000) continue;  // the crowd presets have tests of their own
      all.push_back({{p.name, std::to_string(value)}});
    }
  for (const auto& [preset, values] : scenario->presets)
    if (preset != "crowd") all.push_back({{"preset", preset}});
  for (const Changes& changes : all) {
    const std::string where = changes.empty() ? "standard" : changes[0].first + "=" + changes[0].second;
    const Ran ran = run(scenario->id, variant, changes);
    ASSERT_TRUE(ran.history.model.ended) << where;
    for (const Bookmark& bookmark : lesson(scenario->id).bookmarks)
      for (const Language language : {Language::english, Language::chinese}) {
        const Found found = find_bookmark(bookmark, ran.trace, ran.history, language);
        EXPECT_NE(found.seq, 0u) << bookmark.name << " with " << where;
        EXPECT_LE(letters(found.sentence), 140u) << found.sentence;
        EXPECT_EQ(found.sentence.find('{'), std::string::npos) << found.sentence;
      }
  }
}

TEST_P(Contract, ItIsLegibleFromTheLastRow) {
  const auto [scenario, variant] = GetParam();
  const Ran ran = run(scenario->id, variant);
  // Equal tasks of one parent fold into one lane.
  std::set<std::pair<std::uint32_t, std::string>> lanes;
  for (const TaskModel& task : ran.history.model.tasks) {
    std::string name(ran.trace.text(task.name.value));
    name.erase(name.find_last_not_of("0123456789-") + 1);
    lanes.insert({task.parent.value, name});
  }
  EXPECT_LE(lanes.size(), 8u);
  // What the source panel shows of this version; blank lines, lone braces and a bare try are no lines.
  std::istringstream source{std::string(scenario_source("scenarios/" + scenario->name + ".cpp"))};
  std::string line, block;
  int lines = 0;
  while (std::getline(source, line)) {
    const std::size_t note = line.find("// @");
    const std::string word = note == std::string::npos ? "" : line.substr(note + 4);
    if (word.starts_with("begin ")) block = word.substr(6);
    if (word.starts_with("end ")) block.clear();
    if (word.starts_with("begin ") || word.starts_with("end ")) continue;
    if (block != variant && block != "both") continue;
    const std::size_t end = line.substr(0, note).find_last_not_of(' ');
    const std::size_t first = line.substr(0, note).find_first_not_of(" })];,");
    lines += first != std::string::npos && line.substr(first) != "try {";
    EXPECT_LE(end == std::string::npos ? 0 : end + 1, 60u) << line;
  }
  EXPECT_GT(lines, 0) << "there is no block '" << variant << "'";
  EXPECT_LE(lines, 18);
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Contract, ::testing::ValuesIn(all_cases()), [](const auto& param) {
  std::string name = param.param.scenario->name + "_" + param.param.variant;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

TEST(Settings, BadValuesSayWhatWouldBeAccepted) {
  const Scenario& ticker = **find_scenario("L04");
  EXPECT_EQ(settings_for(ticker, {{"block", "99"}}).error(), "block=99 is out of range: 0.01 to 10 s");
  EXPECT_EQ(settings_for(**find_scenario("L08"), {{"jobs", "2.5"}}).error(), "jobs=2.5 must be a whole number");
  EXPECT_EQ(settings_for(ticker, {{"nope", "1"}}).error(),
            "blocking_sleep has no parameter 'nope'; it has: block, period, start, ticks, coroutines");
  EXPECT_NE(find_scenario("blocking_slep").error().find("blocking_sleep"), std::string::npos);
  EXPECT_EQ(find_variant(ticker, "worse").error(),
            "blocking_sleep has no variant 'worse'; it has: bad, bad.timeout, bad.three, fixed");
}

}  // namespace
}  // namespace awaitscope
