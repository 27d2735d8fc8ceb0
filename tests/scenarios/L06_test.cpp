// Computing on the loop: the lag, and what a thread changes.
#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The most that a timer came late, in seconds.
double lag(const Ran& ran) {
  std::int64_t most = 0;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq)
    if (const Event e = ran.trace[seq]; e.kind == Kind::timer_fired) most = std::max(most, e.time - e.nanoseconds());
  return static_cast<double>(most) / 1e9;
}

TEST(L06, Ask) {
  EXPECT_EQ(answer(lesson("L06").ask), 'B');
  const Ran bad = run("L06", "bad"), fixed = run("L06", "fixed");
  EXPECT_DOUBLE_EQ(fixed.times("all hashed").at(0), bad.times("all hashed").at(0)) << "the same total";
  EXPECT_NEAR(lag(bad), 2.9, 1e-9) << "a timer that was due 0.1 s after the job began";
  EXPECT_DOUBLE_EQ(lag(fixed), 0) << "the lag is gone";
  EXPECT_DOUBLE_EQ(revealed("L06", lesson("L06").ask), bad.times("all hashed").at(0));
}

TEST(L06, TheHeartStandsStillForTheWholeJob) {
  for (const double beat : run("L06", "bad").times("beat")) EXPECT_TRUE(beat <= 0.5 || beat >= 3.5) << beat;
  const auto beats = run("L06", "fixed").times("beat");
  EXPECT_GE(beats.size(), 17u);
  for (std::size_t n = 0; n < beats.size(); ++n) EXPECT_NEAR(beats[n], 0.2 * static_cast<double>(n), 1e-9);
}

TEST(L06, SlicesCostTheSameAndGiveWay) {
  const Ran slices = run("L06", "fixed.slices");
  EXPECT_NEAR(slices.times("all hashed").at(0), 3.5, 1e-9);
  const double block = 3.0 / 200;
  EXPECT_LE(lag(slices), block + 1e-9) << "nobody waits longer than one slice";
  const Ran rarely = run("L06", "fixed.slices", {{"every", "40"}});
  EXPECT_GT(lag(rarely), 10 * block);
  EXPECT_EQ(rarely.findings(), (std::vector<std::string>{"cpu-on-loop", "slow-step"}));
}

TEST(L06, MoreWorkersHelpOnlyWhereThereAreMoreJobs) {
  EXPECT_NEAR(run("L06", "fixed", {{"workers", "1"}}).times("all hashed").at(0), 3.5, 1e-9);
  EXPECT_NEAR(run("L06", "fixed", {{"jobs", "4"}, {"workers", "2"}}).times("all hashed").at(0), 6.5, 1e-9);
  EXPECT_NEAR(run("L06", "bad", {{"jobs", "4"}}).times("all hashed").at(0), 12.5, 1e-9);
}

TEST(L06, TheFindingNamesTheWorkAndAdvisesAThread) {
  const auto told = run("L06", "bad").sentences("cpu-on-loop");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("3.0 s in hash at scenarios/cpu_on_loop.cpp"), std::string::npos) << told[0];
}

}  // namespace
}  // namespace awaitscope
