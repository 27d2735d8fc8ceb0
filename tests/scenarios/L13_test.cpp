#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The request that ended last or first; its name.
std::string ended(const Ran& ran, bool last) {
  const auto& all = ran.history.requests;
  const auto order = [](const Request& a, const Request& b) { return a.ended < b.ended; };
  const auto& one = last ? *std::max_element(all.begin(), all.end(), order) : *std::min_element(all.begin(), all.end(), order);
  return std::string(ran.trace.text(one.what.value));
}

TEST(L13, Ask) {
  EXPECT_EQ(answer(lesson("L13").ask), 'B');
  const auto log = run("L13", lesson("L13").ask.run).log();
  ASSERT_EQ(log.size(), 4u);
  EXPECT_EQ(log[0].text, "✓ user 1");
  EXPECT_EQ(log[1].text, "✗ ServiceError: api failed user 2");
  EXPECT_EQ(log[2].text, "✓ user 3");
}
TEST(L13, Twist1) {
  EXPECT_EQ(answer(lesson("L13").twists[0]), 'B');
  const Ran ran = run("L13", lesson("L13").twists[0].run);
  EXPECT_EQ(ran.task("fetch-3")->outcome, Outcome::cancelled);
  EXPECT_EQ(ran.last(), "ok 2 failed 1") << "user 1 and the cancelled one";
}
TEST(L13, D4) {
  const Ran ran = run("L13", lesson("L13").false_claims[0].run);
  EXPECT_EQ(ran.findings(), std::vector<std::string>{"cancelled-counted-as-success"});
  int answered = 0;
  for (const Request& request : ran.history.requests) answered += request.status == RequestStatus::ok;
  EXPECT_EQ(answered, 1);
  EXPECT_EQ(ran.number("ok"), 2);
}
TEST(L13, OneFailureLosesTheResultsThatAreThere) {
  const Ran ran = run("L13", "bad");
  EXPECT_EQ(ran.last(), "nothing: api failed user 2");
  EXPECT_EQ(ended(ran, true), "user 2") << "the others had ended";
}
TEST(L13, SlotsStandInTheOrderOfTheInputNotOfTheEnd) {
  const Ran ran = run("L13", "fixed");
  EXPECT_EQ(ended(ran, false), "user 3");
  EXPECT_EQ(ran.last(), "ok 2 failed 1");
}
TEST(L13, TheOtherCountKnowsThreeKinds) {
  EXPECT_EQ(run("L13", "fixed.filter").last(), "ok 1 failed 1 cancelled 1");
  EXPECT_EQ(run("L13", "bad.filter", {{"failing", "0"}}).findings(), std::vector<std::string>{"cancelled-counted-as-success"});
}

}  // namespace
}  // namespace awaitscope
