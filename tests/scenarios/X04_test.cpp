// Files: what a hop through a thread costs, and when it is worth it.
#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double read_at(const Ran& ran) { return ran.times("read").at(0); }

TEST(X04, Ask) {
  EXPECT_EQ(answer(lesson("X04").ask), 'B');
  const double threads = read_at(run("X04", "bad.tiny", {{"count", "300"}}));
  const double plain = read_at(run("X04", "fixed.tiny", {{"count", "300"}}));
  EXPECT_DOUBLE_EQ(revealed("X04", lesson("X04").ask), threads);
  EXPECT_NEAR(threads, 300 * 143e-6, 1e-9);
  EXPECT_NEAR(plain, 300 * 7e-6, 1e-9);
  EXPECT_NEAR(threads / plain, 20, 1) << "about twenty times";
}

TEST(X04, ABigFileStopsTheLoopUnlessAThreadReadsIt) {
  const Ran bad = run("X04", "bad"), fixed = run("X04", "fixed");
  EXPECT_NEAR(read_at(bad), 2.6, 1e-9);
  for (const double beat : bad.times("beat")) EXPECT_TRUE(beat <= 0.5 || beat >= 2.6) << beat;
  EXPECT_NEAR(read_at(fixed), read_at(bad) + 136e-6, 1e-9) << "a hop dearer, and the loop is free";
  EXPECT_EQ(fixed.times("beat").size(), 11u);
}

TEST(X04, TheHopIsNotedAndIsNoFault) {
  const auto note = run("X04", "bad.tiny", {{"count", "300"}}).sentences("needless-thread-hop");
  ASSERT_EQ(note.size(), 1u);
  EXPECT_NE(note[0].find("300 calls went through a thread"), std::string::npos) << note[0];
  EXPECT_NE(note[0].find("2.1 ms of work, and 40.8 ms to get there"), std::string::npos) << note[0];
  EXPECT_TRUE(run("X04", "fixed").sentences("needless-thread-hop").empty()) << "one long read is worth its hop";
}

TEST(X04, OnASlowDiskSizeDoesNotTellWhatIsLong) {
  const Ran slow = run("X04", "fixed.tiny", {{"preset", "network_disk"}});
  EXPECT_NEAR(read_at(slow), 30 * 0.020007, 1e-9);
  EXPECT_EQ(slow.findings(), (std::vector<std::string>{"blocking-call", "slow-step"}));
}

}  // namespace
}  // namespace awaitscope
