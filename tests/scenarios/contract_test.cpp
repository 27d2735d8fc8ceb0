// What every scenario of the catalogue promises.
#include <fstream>
#include <set>
#include <sstream>

#include "app/desk/pictures.h"
#include "app/desk/runner.h"
#include "core/findings/lint.h"
#include "core/trace/text.h"

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
Trace run(const Scenario& scenario, const std::string& variant,
          const std::vector<std::pair<std::string, std::string>>& changes = {}) {
  desk::Program program{&scenario, variant, *settings_for(scenario, changes), {}, false};
  return *desk::record(program);
}

class Contract : public ::testing::TestWithParam<Case> {};

TEST_P(Contract, BadRaisesExactlyItsFindingsAndFixedNone) {
  const auto [scenario, variant] = GetParam();
  const Trace trace = run(*scenario, variant);
  const History history = history_of(trace);
  std::set<std::string> found;
  for (const Finding& f : run_lints({trace, history, {}}, all_lints()))
    if (f.severity != Severity::info) found.insert(f.rule);
  std::set<std::string> expected;
  if (variant.starts_with("bad")) expected.insert(scenario->findings.begin(), scenario->findings.end());
  EXPECT_EQ(found, expected);
}

TEST_P(Contract, TheSameSeedGivesTheSameTrace) {
  const auto [scenario, variant] = GetParam();
  EXPECT_EQ(to_text(run(*scenario, variant)), to_text(run(*scenario, variant)));
}

TEST_P(Contract, EveryPlaceLiesInTheScenariosFile) {
  const auto [scenario, variant] = GetParam();
  const Trace trace = run(*scenario, variant);
  for (std::uint32_t id = 1; id < trace.site_count(); ++id)
    EXPECT_EQ(trace.site(SiteId{id}).file, "scenarios/" + scenario->name + ".cpp") << show(trace.site(SiteId{id}));
}

TEST_P(Contract, TheTraceIsTheGoldenOne) {
  const auto [scenario, variant] = GetParam();
  const std::string path = std::string(AWAITSCOPE_SOURCE_DIR) + "/tests/golden/" + scenario->name + "." + variant;
  const Trace trace = run(*scenario, variant);
  for (const auto& [file, text] :
       {std::pair{path + ".txt", to_text(trace)}, std::pair{path + ".picture", desk::terminal_picture(trace, 100, false)}}) {
    if (std::getenv("UPDATE_GOLDEN")) std::ofstream(file) << text;
    std::ifstream in(file);
    std::stringstream golden;
    golden << in.rdbuf();
    EXPECT_EQ(text, golden.str()) << file
                                  << ": if the change is meant, run again with UPDATE_GOLDEN=1 and say why in the commit";
  }
}

TEST_P(Contract, AParameterAtItsEndsStillRuns) {
  const auto [scenario, variant] = GetParam();
  for (const Parameter& p : scenario->parameters) {
    if (p.name == "jobs") continue;  // ten thousand of them: the crowd preset has a test of its own
    for (double value : {p.least, p.most}) {
      const Trace trace = run(*scenario, variant, {{p.name, std::to_string(value)}});
      ASSERT_FALSE(trace.empty());
      EXPECT_EQ(trace[trace.size()].kind, Kind::run_end) << p.name << "=" << value;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Contract, ::testing::ValuesIn(all_cases()), [](const auto& param) {
  std::string name = param.param.scenario->name + "_" + param.param.variant;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

double length(const Trace& trace) { return static_cast<double>(trace.end().ns) / 1e9; }
int logged(const Trace& trace, std::string_view word) {
  int count = 0;
  for (Seq seq = 1; seq <= trace.size(); ++seq)
    if (trace[seq].kind == Kind::log && trace.text(trace[seq].a).starts_with(word)) ++count;
  return count;
}
std::string last_log(const Trace& trace) {
  std::string text;
  for (Seq seq = 1; seq <= trace.size(); ++seq)
    if (trace[seq].kind == Kind::log) text = trace.text(trace[seq].a);
  return text;
}
const Scenario& scenario(std::string_view name) { return **find_scenario(name); }

// The claims of the lessons, as numbers on the trace.
TEST(Claim, L01ThreeInARowTakeThreeSecondsTogetherOne) {
  EXPECT_DOUBLE_EQ(length(run(scenario("L01"), "bad")), 3.0);
  EXPECT_DOUBLE_EQ(length(run(scenario("L01"), "fixed")), 1.0);
}
TEST(Claim, L01OneTwoThreeSecondsTogetherTakeThree) {
  EXPECT_DOUBLE_EQ(length(run(scenario("L01"), "fixed", {{"posts", "2"}, {"comments", "3"}})), 3.0);
}
TEST(Claim, L01ADependencyIsNoMistakeButTheIndependentRestIs) {
  const Trace trace = run(scenario("L01"), "bad", {{"preset", "dependent"}});
  const History history = history_of(trace);
  const auto findings = run_lints({trace, history, {}}, all_lints());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].sentence.find("user"), std::string::npos) << findings[0].sentence;
  // With comments too short to matter, what is left is the chain, and nobody is accused.
  const Trace chain = run(scenario("L01"), "bad", {{"preset", "dependent"}, {"comments", "0.1"}});
  const History chained = history_of(chain);
  for (const Finding& f : run_lints({chain, chained, {}}, all_lints())) EXPECT_EQ(f.severity, Severity::info) << f.sentence;
}
TEST(Claim, L04NothingTicksBetween06And26) {
  const Trace bad = run(scenario("L04"), "bad");
  std::vector<std::string> ticks;
  for (Seq seq = 1; seq <= bad.size(); ++seq)
    if (bad[seq].kind == Kind::log && bad.text(bad[seq].a).starts_with("tick")) ticks.push_back(seconds(bad[seq].at(), 1));
  ASSERT_GE(ticks.size(), 4u);
  EXPECT_EQ((std::vector<std::string>(ticks.begin(), ticks.begin() + 4)),
            (std::vector<std::string>{"0.0", "0.5", "2.6", "3.1"}));
}
TEST(Claim, L08FifteenOfTwentyAreRefusedAndTheSemaphoreTakesFourSeconds) {
  EXPECT_EQ(last_log(run(scenario("L08"), "bad")), "ok 5 refused 15");
  const Trace fixed = run(scenario("L08"), "fixed");
  EXPECT_EQ(last_log(fixed), "ok 20 refused 0");
  EXPECT_DOUBLE_EQ(length(fixed), 4.0);
}
TEST(Claim, L08ALimitAboveTheCapacityStillFailsFifteen) {
  EXPECT_EQ(last_log(run(scenario("L08"), "fixed", {{"preset", "limit_above_capacity"}})), "ok 5 refused 15");
}
TEST(Claim, L08TheCrowdHoldsTenThousandTasksAliveAndAHundredInFlight) {
  const Trace crowd = run(scenario("L08"), "fixed", {{"preset", "crowd"}});
  const History history = history_of(crowd);
  EXPECT_EQ(history.lanes.size(), 10'001u);
  std::uint32_t peak = 0;
  for (const Counter& counter : history.counters)
    if (history.model.resource(counter.resource)->type == ResourceType::service)
      for (const auto& point : counter.points) peak = std::max(peak, point.value);
  EXPECT_EQ(peak, 100u);
  EXPECT_DOUBLE_EQ(length(crowd), 100.0);
}
TEST(Claim, L16TheTimeoutDoesNothingAndTheResultIsLate) {
  const Trace bad = run(scenario("L16"), "bad");
  EXPECT_EQ(last_log(bad), "got late");
  EXPECT_DOUBLE_EQ(length(bad), 4.0);
  const Trace fixed = run(scenario("L16"), "fixed");
  EXPECT_EQ(last_log(fixed), "timed out");
  EXPECT_DOUBLE_EQ(length(fixed), 1.2);
  EXPECT_EQ(logged(fixed, "cleaning up"), 1);
}

TEST(Settings, BadValuesSayWhatWouldBeAccepted) {
  EXPECT_EQ(settings_for(scenario("L04"), {{"block", "99"}}).error(), "block=99 is out of range: 0.01 to 10 s");
  EXPECT_EQ(settings_for(scenario("L08"), {{"jobs", "2.5"}}).error(), "jobs=2.5 must be a whole number");
  EXPECT_EQ(settings_for(scenario("L04"), {{"nope", "1"}}).error(),
            "blocking_sleep has no parameter 'nope'; it has: block, period, start, ticks");
  EXPECT_NE(find_scenario("blocking_slep").error().find("blocking_sleep"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope
