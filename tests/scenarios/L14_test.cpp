#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double told_at(const Ran& ran, Diagnosis what) {
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq)
    if (ran.trace[seq].kind == Kind::diagnosed && ran.trace[seq].as<Diagnosis>() == what)
      return static_cast<double>(ran.trace[seq].time) / 1e9;
  return -1;
}

TEST(L14, Ask) {
  EXPECT_EQ(answer(lesson("L14").ask), 'C');
  const Ran ran = run("L14", lesson("L14").ask.run);
  EXPECT_TRUE(ran.ok()) << "it crashes nothing";
  EXPECT_DOUBLE_EQ(static_cast<double>(ran.task("fetch")->ended.ns) / 1e9, 1.0);
  EXPECT_EQ(ran.task("fetch")->outcome, Outcome::raised);
  EXPECT_DOUBLE_EQ(told_at(ran, Diagnosis::never_retrieved), 2.0) << "when the handle goes";
  EXPECT_EQ(ran.last(), "all is well");
}
TEST(L14, ThreeFailedNoneReported) {
  const Ran ran = run("L14", "bad");
  EXPECT_EQ(ran.last(), "stored 2 pages");
  ASSERT_EQ(ran.sentences("errors-discarded").size(), 1u);
  EXPECT_TRUE(ran.sentences("errors-discarded")[0].starts_with("3 failed, 0 reported")) << ran.sentences("errors-discarded")[0];
  EXPECT_TRUE(run("L14", "bad", {{"failing", "0"}}).findings().empty());
}
TEST(L14, APageOfAnErrorIsStoredAsData) {
  EXPECT_EQ(run("L14", "bad.status").last(), "stored <h1>503 Service Unavailable</h1>");
  EXPECT_EQ(run("L14", "fixed.status").last(), "failed: page: status 503");
  EXPECT_EQ(run("L14", "bad.status", {{"failing", "0"}}).last(), "stored page");
  EXPECT_TRUE(run("L14", "bad.status", {{"failing", "0"}}).findings().empty());
}
TEST(L14, TheComplaintComesWhenTheHandleGoesOrAtTheEnd) {
  EXPECT_DOUBLE_EQ(told_at(run("L14", "bad.task", {{"kept", "10"}}), Diagnosis::never_retrieved), 10.0);
  EXPECT_DOUBLE_EQ(told_at(run("L14", "bad.task", {{"kept", "0"}, {"more", "3"}}), Diagnosis::never_retrieved), 1.0)
      << "nobody holds it: as soon as it has failed";
}
TEST(L14, TheFixedOnesReportEachFailureOnce) {
  EXPECT_EQ(run("L14", "fixed").logged("failed").size(), 3u);
  EXPECT_EQ(run("L14", "fixed").last(), "stored 2 of 5 pages");
  EXPECT_DOUBLE_EQ(run("L14", "fixed.task").times("failed")[0], 1.0) << "when it fails, not when it is collected";
}

}  // namespace
}  // namespace awaitscope
