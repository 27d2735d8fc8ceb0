#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The most users that a connection ever had at once, and the number of connections.
std::pair<std::uint32_t, int> connections(const Ran& ran) {
  std::uint32_t most = 0;
  int count = 0;
  for (const ResourceModel& r : ran.history.model.resources)
    if (r.type == ResourceType::connection) {
      ++count;
      for (const Counter::Point& p : ran.history.counters[r.id.value - 1].points) most = std::max(most, p.value);
    }
  return {most, count};
}

TEST(X06, Ask) {
  const Lesson& told = lesson("X06");
  EXPECT_EQ(answer(told.ask), 'C');
  EXPECT_TRUE(told.ask.verified.starts_with("no: "));
  const Ran ran = run("X06", told.ask.run);
  EXPECT_EQ(ran.last(), "ok 1 errors 1");
  const Seq refused = find_event(told.ask.reveal, ran.trace, ran.history);
  EXPECT_EQ(ran.trace.text(ran.trace[refused].a), "InterfaceError: cannot perform operation: another operation is in progress");
}

TEST(X06, OneLineWithACollisionOrALineEach) {
  EXPECT_EQ(connections(run("X06", "bad")), std::pair(2u, 1));
  EXPECT_EQ(connections(run("X06", "fixed")), std::pair(1u, 3));
}
TEST(X06, TheFindingNamesBothSides) {
  const auto sentences = run("X06", "bad").sentences("shared-connection-overlap");
  ASSERT_EQ(sentences.size(), 1u);
  EXPECT_TRUE(sentences[0].starts_with("connection engine-1 was in use by execute-1 at ")) << sentences[0];
  EXPECT_NE(sentences[0].find("when execute-2 and execute-3 used it too"), std::string::npos) << sentences[0];
}
TEST(X06, WithoutAConnectionTheSessionItselfRefuses) {
  const Ran ran = run("X06", "bad", {{"connected", "0"}});
  EXPECT_EQ(ran.last(), "ok 1 errors 2");
  EXPECT_EQ(ran.count(Kind::task_done, "InvalidRequestError: This session is provisioning"), 2);
}
TEST(X06, ADriverThatBlocksMakesThemWait) {
  EXPECT_DOUBLE_EQ(run("X06", "bad.sync").seconds(), 3 * 0.2);
  EXPECT_DOUBLE_EQ(run("X06", "fixed").seconds(), 0.1 + 3 * 0.2) << "connect, then order, commit and refresh";
  EXPECT_DOUBLE_EQ(run("X06", "fixed", {{"orders", "5"}}).seconds(), 0.1 + 3 * 0.2) << "however many";
}
TEST(X06, ARowExpiresWithTheCommitUnlessItIsKept) {
  EXPECT_EQ(run("X06", "bad.expired").last(), "ok 0 errors 1");
  EXPECT_EQ(run("X06", "bad.expired").count(Kind::diagnosed, "greenlet_spawn has not been called"), 1);
  EXPECT_EQ(run("X06", "fixed").logged("order").size(), 3u);
}
TEST(X06, MoreTasksThanConnectionsOnlyWait) {
  const Ran ran = run("X06", lesson("X06").variations[3].run);
  EXPECT_TRUE(ran.ok());
  EXPECT_EQ(ran.peak("engine"), 2u);
  EXPECT_EQ(ran.logged("order").size(), 12u);
}

}  // namespace
}  // namespace awaitscope
