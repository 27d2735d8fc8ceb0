#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

int cut(const Ran& ran) {
  int out = 0;
  for (const Request& request : ran.history.requests) out += request.status == RequestStatus::cancelled;
  return out;
}

TEST(L23, Ask) {
  EXPECT_EQ(answer(lesson("L23").ask), 'B');
  const Ran ran = run("L23", lesson("L23").ask.run);
  EXPECT_EQ(ran.times("main returns"), std::vector<double>{1.0});
  EXPECT_DOUBLE_EQ(ran.seconds(), 2.0);
  EXPECT_DOUBLE_EQ(revealed("L23", lesson("L23").ask), 2.0);
  for (const std::string_view worker : {"worker-1", "worker-2", "worker-3"}) {
    EXPECT_EQ(ran.task(worker)->outcome, Outcome::cancelled);
    EXPECT_DOUBLE_EQ(static_cast<double>(ran.task(worker)->ended.ns) / 1e9, 2.0);
  }
  EXPECT_EQ(cut(ran), 2) << "two writes are lost";
  EXPECT_NE(ran.sentences("work-lost-at-exit").at(0).find("2 requests under way"), std::string::npos);
}
TEST(L23, Twist1) {
  EXPECT_EQ(answer(lesson("L23").twists[0]), 'B');
  const Ran ran = run("L23", lesson("L23").twists[0].run);
  EXPECT_DOUBLE_EQ(ran.seconds(), 4.0);
  EXPECT_EQ(ran.task("report")->outcome, Outcome::returned);
  EXPECT_EQ(ran.sentences("shutdown-blocked").size(), 1u);
}
TEST(L23, FourPhasesAndNothingIsLeftOpen) {
  const Ran ran = run("L23", "fixed");
  std::vector<std::string> phases;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq)
    if (ran.trace[seq].kind == Kind::region_begin) phases.emplace_back(words_of(ran.trace, ran.trace[seq]));
  EXPECT_EQ(phases, (std::vector<std::string>{"accepting", "draining", "cancelling", "closing"}));
  EXPECT_EQ(ran.count(Kind::region_end), 4);
  EXPECT_EQ(ran.logged("order").size(), ran.logged("written").size());
  EXPECT_EQ(cut(ran), 0);
  for (const TaskModel& task : ran.history.model.tasks) EXPECT_EQ(task.phase, Phase::done);
  EXPECT_EQ(ran.last(), "closed db, then log file");
}
TEST(L23, ADeadlineBoundsTheDraining) {
  const Ran ran = run("L23", "fixed", {{"drain", "0.3"}});
  EXPECT_EQ(ran.times("gave up"), std::vector<double>{1.3});
  EXPECT_EQ(cut(ran), 1);
  EXPECT_TRUE(ran.findings().empty()) << "given up by decision";
}
TEST(L23, ALongCleanUpHoldsUpTheExit) {
  const Ran ran = run("L23", "bad", {{"flush", "5"}});
  EXPECT_DOUBLE_EQ(ran.seconds(), 6.0);
  const auto blocked = ran.sentences("shutdown-blocked");
  ASSERT_EQ(blocked.size(), 2u) << "the workers are asked at two lines";
  EXPECT_TRUE((blocked[0] + blocked[1]).find("; and 1 more like it") != std::string::npos) << blocked[0] << blocked[1];
}

}  // namespace
}  // namespace awaitscope
