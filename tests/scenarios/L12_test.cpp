#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// Requests begun up to the moment at which the caller knew of the failure, and all.
std::pair<int, int> begun(const Ran& ran) {
  Selector failed;
  failed.kind = Kind::log;
  failed.text = "failed";
  const Seq told = find_event(failed, ran.trace, ran.history);
  int before = 0;
  for (const Request& request : ran.history.requests) before += request.begun < told;
  return {before, static_cast<int>(ran.history.requests.size())};
}

TEST(L12, Ask) {
  EXPECT_EQ(answer(lesson("L12").ask), 'B');
  const Ran ran = run("L12", lesson("L12").ask.run);
  EXPECT_EQ(ran.times("failed"), std::vector<double>{1.0});
  EXPECT_EQ(ran.times("b done"), std::vector<double>{3.0});
  EXPECT_EQ(ran.times("c done"), std::vector<double>{4.0});
  EXPECT_DOUBLE_EQ(revealed("L12", lesson("L12").ask), 4.0);
  EXPECT_EQ(ran.count(Kind::cancel_requested), 0);
  EXPECT_EQ(ran.sentences("siblings-left-running").size(), 1u);
}
TEST(L12, Twist1) {
  EXPECT_EQ(answer(lesson("L12").twists[0]), 'C');
  const Ran ran = run("L12", lesson("L12").twists[0].run);
  EXPECT_EQ(begun(ran), (std::pair{4, 10}));
  EXPECT_EQ(begun(run("L12", "fixed.limit")), (std::pair{4, 4}));
  EXPECT_NE(ran.sentences("siblings-left-running").at(0).find("9 requests, 6 of them begun since"), std::string::npos);
}
TEST(L12, D3) {
  const RunChoice& choice = lesson("L12").false_claims.at(0).run;
  const Ran plain = run("L12", choice);  // without the switch: nobody is cancelled
  EXPECT_EQ(plain.count(Kind::cancel_requested), 0);
  EXPECT_EQ(plain.logged("b done").size() + plain.logged("c done").size(), 2u);
  EXPECT_LT(plain.times("failed").at(0), plain.times("b done").at(0));
  const Ran settled = run("L12", "fixed.settled");  // with it gather waits
  EXPECT_EQ(settled.times("failed"), std::vector<double>{4.0});
  EXPECT_EQ(settled.last(), "failed 1 of 3");
}
TEST(L12, AGroupCutsBothSiblingsAtTheFailure) {
  const Ran ran = run("L12", "fixed");
  EXPECT_DOUBLE_EQ(static_cast<double>(ran.task("fetch-2")->ended.ns) / 1e9, 1.0);
  EXPECT_DOUBLE_EQ(static_cast<double>(ran.task("fetch-3")->ended.ns) / 1e9, 1.0);
  EXPECT_EQ(ran.task("fetch-3")->outcome, Outcome::cancelled);
}
TEST(L12, NobodyIsLeftBehindWhereTheLastOneFails) {
  EXPECT_TRUE(run("L12", "bad", {{"fails", "3"}}).findings().empty());
  EXPECT_TRUE(run("L12", "bad", {{"fails", "9"}}).findings().empty());
  EXPECT_EQ(run("L12", "bad", {{"fails", "2"}}).sentences("siblings-left-running").size(), 1u);
}

}  // namespace
}  // namespace awaitscope
