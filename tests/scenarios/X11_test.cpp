#include <array>
#include <cstdio>

#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

int warnings(const Ran& ran) {
  int out = 0;
  for (const Mark& mark : ran.history.marks)
    out += mark.kind == Kind::diagnosed && ran.trace[mark.seq].as<Diagnosis>() == Diagnosis::slow_callback;
  return out;
}

TEST(X11, Ask) {
  EXPECT_EQ(answer(lesson("X11").ask), 'C');
  const Ran ran = run("X11", lesson("X11").ask.run);
  EXPECT_EQ(warnings(ran), 0);
  EXPECT_EQ(ran.logged("late by 150 ms").size(), 1u);
  // The pass is 0.15 s long, and no step of it is above the limit.
  const Settings set = *settings_for(**find_scenario("X11"), {});
  Duration longest{}, sum{};
  for (const Stall& step : ran.history.steps) {
    longest = std::max(longest, step.end - step.begin);
    sum += step.end - step.begin;
  }
  EXPECT_EQ(ran.history.steps.size(), 5u);
  EXPECT_EQ(longest, set.time("step"));
  EXPECT_LT(longest, set.time("threshold"));
  EXPECT_EQ(sum, std::chrono::milliseconds(150));
}
TEST(X11, TheLimitWorksWhereAStepIsAboveIt) {
  EXPECT_EQ(warnings(run("X11", "bad", {{"threshold", "20ms"}})), 5);
  EXPECT_EQ(warnings(run("X11", "bad", {{"step", "60ms"}})), 5);
  EXPECT_EQ(warnings(run("X11", "bad", {{"step", "60ms"}, {"threshold", "100ms"}})), 0);
}
TEST(X11, FixedNoBeatIsLateByMoreThanOneStep) {
  const Ran ran = run("X11", "fixed");
  ASSERT_EQ(ran.logged("late by").size(), 6u);
  for (const auto& line : ran.logged("late by")) EXPECT_LE(std::atoi(line.text.c_str() + 8), 30) << line.text;
}
TEST(X11, GivingWayForOnePassOnlyABeatWaitsForThreeSteps) {
  EXPECT_EQ(run("X11", "fixed", {{"pause", "0"}}).logged("late by 90 ms").size(), 1u);
}
TEST(X11, TheSentencesBlameTheSteps) {
  const Ran ran = run("X11", "bad");
  const auto sentences = ran.sentences("loop-lag");
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_NE(sentences[0].find("was due at 0.200 s and fired 150 ms later"), std::string::npos) << sentences[0];
  EXPECT_NE(sentences[0].find("meanwhile 5 steps ran, the longest 30.0 ms"), std::string::npos) << sentences[0];
}
TEST(X11, D1) {
  const FalseClaim& claim = lesson("X11").false_claims.at(0);
  EXPECT_EQ(claim.id, "D1");
  EXPECT_EQ(claim.run.python, "d1");
  const std::string_view twin = scenario_source("scenarios/detectors_and_their_blind_spots.py");
  EXPECT_NE(twin.find("async def d1(opts):"), std::string_view::npos);
  // Where there is a Python that can run the twins, it says so itself.
  const std::string python = "python3 -B -c 'import sys; sys.exit(sys.version_info < (3, 11))'";
  if (std::system(python.c_str()) != 0) GTEST_SKIP() << "no Python 3.11";
  const std::string command =
      "python3 -B " AWAITSCOPE_SOURCE_DIR "/scenarios/detectors_and_their_blind_spots.py " + claim.run.python + " 2>&1";
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_TRUE(pipe);
  for (std::array<char, 256> part; std::fgets(part.data(), part.size(), pipe);) out += part.data();
  EXPECT_NE(pclose(pipe), 0);
  EXPECT_NE(out.find("AttributeError"), std::string::npos) << out;
  EXPECT_NE(out.find("set_slow_callback_duration"), std::string::npos) << out;
}

}  // namespace
}  // namespace awaitscope
