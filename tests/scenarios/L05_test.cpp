// Blocking clients inside a gather.
#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

double all_answered(const Ran& ran) { return ran.times("all answered").at(0); }

TEST(L05, Ask) {
  EXPECT_EQ(answer(lesson("L05").ask), 'C');
  EXPECT_DOUBLE_EQ(revealed("L05", lesson("L05").ask), 3.0);
  EXPECT_EQ(run("L05", "bad").times("answer"), (std::vector<double>{1, 2, 3}));
}

TEST(L05, EveryVersionStartsAllCallsAtOnce) {
  for (const char* variant : {"bad", "bad.db", "fixed", "fixed.thread"}) {
    const Ran ran = run("L05", variant);
    int calls = 0;
    for (const TaskModel& task : ran.history.model.tasks)
      if (task.scope) {
        ++calls;
        EXPECT_EQ(task.created_time.ns, 0) << variant;
      }
    EXPECT_EQ(calls, 3) << variant;
  }
}

TEST(L05, ADatabaseDriverIsNoBetter) {
  EXPECT_DOUBLE_EQ(all_answered(run("L05", "bad.db")), 3.0);
  EXPECT_NE(run("L05", "bad.db").sentences("blocking-call").at(0).find("cursor.execute"), std::string::npos);
}

TEST(L05, FixedTheWaitsOverlap) {
  for (const char* variant : {"fixed", "fixed.thread"}) {
    EXPECT_EQ(run("L05", variant).times("answer"), (std::vector<double>{1, 1, 1})) << variant;
    EXPECT_DOUBLE_EQ(all_answered(run("L05", variant)), 1.0) << variant;
  }
  EXPECT_EQ(run("L05", "fixed").peak("http"), 3u);
}

TEST(L05, TheHeartbeatStandsStillOnlyInTheBadVersions) {
  for (const char* variant : {"bad", "bad.db"})
    for (const double beat : run("L05", variant).times("beat")) EXPECT_TRUE(beat == 0 || beat >= 3) << variant << ' ' << beat;
  for (const char* variant : {"fixed", "fixed.thread"}) EXPECT_GE(run("L05", variant).times("beat").size(), 2u) << variant;
  EXPECT_DOUBLE_EQ(run("L05", "fixed").times("beat").at(1), 0.5);
}

TEST(L05, ThreadsTakeRoundsWhereTheyAreFewer) {
  EXPECT_DOUBLE_EQ(all_answered(run("L05", "fixed.thread", {{"requests", "6"}, {"workers", "2"}})), 3.0);
  EXPECT_DOUBLE_EQ(all_answered(run("L05", "fixed", {{"requests", "6"}, {"workers", "2"}})), 1.0);
}

TEST(L05, TheStallIsNamedWithItsCallAndItsVictims) {
  const auto slow = run("L05", "bad").sentences("slow-step");
  ASSERT_EQ(slow.size(), 1u);
  EXPECT_NE(slow[0].find("requests.get"), std::string::npos) << slow[0];
  EXPECT_NE(slow[0].find("heartbeat 2.5 s late"), std::string::npos) << slow[0];
  EXPECT_NE(slow[0].find("; and 2 more like it, 3.0 s in all"), std::string::npos) << slow[0];
}

}  // namespace
}  // namespace awaitscope
