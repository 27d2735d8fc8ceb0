#include <chrono>

#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

const char* const message = "TypeError: slow_fetch() takes 0 positional arguments but 1 was given";

TEST(X12, Ask) {
  EXPECT_EQ(answer(lesson("X12").ask), 'B');
  const Ran ran = run("X12", lesson("X12").ask.run);
  EXPECT_EQ(ran.outcome(), RunOutcome::raised);
  EXPECT_EQ(ran.trace.text(ran.task("main")->error.value), message);
  EXPECT_DOUBLE_EQ(revealed("X12", lesson("X12").ask), 0.0) << "at once, before any timeout";
  EXPECT_EQ(ran.count(Kind::scope_enter), 0);
}
TEST(X12, D5) {
  const Ran ran = run("X12", lesson("X12").false_claims.at(0).run);
  EXPECT_EQ(ran.trace.text(ran.task("main")->error.value), message);
  EXPECT_EQ(ran.last(), "testing the timeout") << "there was no verdict";
}
TEST(X12, D11) {
  const Ran ran = run("X12", lesson("X12").false_claims.at(1).run);
  EXPECT_EQ(ran.logged("client").size(), 3u);
  EXPECT_EQ(ran.logged("client")[1].text, "client passes");
  EXPECT_EQ(ran.last(), "client closes");
  const std::string_view twin = scenario_source("scenarios/testing_async.py");
  EXPECT_NE(twin.find("AsyncClient(transport=ASGITransport(app))"), std::string_view::npos);
  EXPECT_NE(twin.find("@pytest_asyncio.fixture"), std::string_view::npos);
}
TEST(X12, TenVirtualSecondsCostTheWallNothing) {
  const auto begin = std::chrono::steady_clock::now();
  const Ran ran = run("X12", "fixed");
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  EXPECT_GT(ran.seconds(), 10.0);
  EXPECT_LT(wall.count(), 5.0);
  std::vector<std::string> verdicts;
  for (const auto& line : ran.log()) verdicts.push_back(line.text);
  EXPECT_EQ(verdicts, (std::vector<std::string>{"ada passes", "failed passes", "timed out passes"}));
}
TEST(X12, SleepingAndHopingDependsOnTheSeedAlone) {
  EXPECT_EQ(run("X12", "bad.sleeps").last(), "success passes") << "on my machine";
  const int fail = lesson("X12").schedules.at("bad.sleeps").fail;
  EXPECT_GT(fail, 0);
  EXPECT_LT(fail, 25);
  // Longer than the slowest answer it is right; that is not known of a real service.
  for (int seed = 1; seed <= 20; ++seed)
    EXPECT_EQ(run("X12", "bad.sleeps", {{"guess", "0.16"}}, "random:" + std::to_string(seed)).last(), "success passes");
}

}  // namespace
}  // namespace awaitscope
