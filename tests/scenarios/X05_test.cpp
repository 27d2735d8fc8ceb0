// Threads under an interpreter lock, a pool that is too small, a thread that no cancel stops.
#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double done(const Ran& ran) { return ran.times("all").at(0); }

/// How long each job took from its start to its end, in seconds.
std::vector<double> lengths(const Ran& ran) {
  std::map<std::uint32_t, std::int64_t> began;
  std::vector<double> out;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq) {
    const Event e = ran.trace[seq];
    if (e.kind == Kind::job_started) began[e.a] = e.time;
    if (e.kind == Kind::job_ended) out.push_back(static_cast<double>(e.time - began[e.a]) / 1e9);
  }
  return out;
}

TEST(X05, Ask) {
  EXPECT_EQ(answer(lesson("X05").ask), 'B');
  const Ran ran = run("X05", "bad");
  EXPECT_NEAR(done(ran), 6.0, 1e-9) << "the sum of both: no gain";
  EXPECT_DOUBLE_EQ(revealed("X05", lesson("X05").ask), done(ran));
}
TEST(X05, Twist1) {
  EXPECT_EQ(answer(lesson("X05").twists[0]), 'B');
  EXPECT_NEAR(revealed("X05", lesson("X05").twists[0]), 3.0, 1e-9);
  EXPECT_NEAR(done(run("X05", "bad.pool", {{"workers", "12"}})), 1.0, 1e-9) << "waiting needs no lock";
  EXPECT_NEAR(done(run("X05", "fixed.pool")), 1.0, 1e-9);
}
TEST(X05, Twist2) {
  EXPECT_EQ(answer(lesson("X05").twists[1]), 'B');
  const Ran ran = run("X05", "bad.cancel");
  EXPECT_NEAR(ran.times("cancelled").at(0), 1.0, 1e-9);
  EXPECT_NEAR(ran.times("mail sent").at(0), 4.0, 1e-9) << "the thread finishes anyway";
  EXPECT_NEAR(ran.seconds(), 4.0, 1e-9) << "and the run waits for it";
  const Ran fixed = run("X05", "fixed.cancel");
  EXPECT_EQ(fixed.last(), "gave up");
  EXPECT_NEAR(fixed.seconds(), 1.0, 1e-9);
}

TEST(X05, BothTakeTwiceAsLongAndOnlyOneGetsOn) {
  const Ran ran = run("X05", "bad");
  for (const double length : lengths(ran)) EXPECT_NEAR(length, 6.0, 0.26) << "a slice more or less";
  // A zip: until one of them has done its share, the other waits at every moment.
  int paused = 0, turns = 0;
  std::int64_t before = 0;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq) {
    const Event e = ran.trace[seq];
    if (e.time > before && e.time <= 5'750'000'000) { EXPECT_EQ(paused, 1) << seq; }
    before = e.time;
    paused += e.kind == Kind::job_paused;
    paused -= e.kind == Kind::job_resumed;
    turns += e.kind == Kind::job_resumed;
  }
  EXPECT_EQ(turns, 23) << "3 s in slices of 0.25 s are 12 turns each, and the first needs no switch";
}

TEST(X05, TheMeasuredContentionIsAFifth) {
  const double slower = done(run("X05", "bad", {{"preset", "measured"}})) / done(run("X05", "bad"));
  EXPECT_NEAR(slower, 14.4 / 12.0, 0.02) << "all but the last slice are contended";
}

TEST(X05, WithoutTheLockThreadsAreCores) {
  EXPECT_NEAR(done(run("X05", "bad", {{"preset", "free_threaded"}})), 3.0, 1e-9);
  EXPECT_TRUE(run("X05", "bad", {{"preset", "free_threaded"}}).findings().empty());
  EXPECT_NEAR(done(run("X05", "fixed")), 3.0, 1e-9) << "processes have a lock each";
  EXPECT_EQ(run("X05", "fixed").count(Kind::job_paused), 0);
}

TEST(X05, TheFindingsSayWhatStoodInLine) {
  EXPECT_NE(run("X05", "bad").sentences("executor-saturated").at(0).find("one interpreter lock"), std::string::npos);
  const auto pool = run("X05", "bad.pool").sentences("executor-saturated");
  ASSERT_EQ(pool.size(), 1u);
  EXPECT_NE(pool[0].find("8 of 12 calls waited for a free worker, the longest 2.0 s"), std::string::npos) << pool[0];
  const auto cancel = run("X05", "bad.cancel").sentences("cancel-does-not-stop-thread");
  ASSERT_EQ(cancel.size(), 1u);
  EXPECT_NE(cancel[0].find("after 1.0 s"), std::string::npos) << cancel[0];
  EXPECT_NE(cancel[0].find("went on for 3.0 s"), std::string::npos) << cancel[0];
}

}  // namespace
}  // namespace awaitscope
