#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string begins = "0 run_begin\n0 task_created task=1 name=main\n";
std::string enters(int scope, const std::string& time, const std::string& deadline, int line, int task = 1) {
  return time + " scope_enter task=" + std::to_string(task) + " scope=" + std::to_string(scope) + " deadline=" + deadline +
         " type=timeout at=a.cpp:" + std::to_string(line) + "\n";
}
std::string leaves(int scope, const std::string& time, int task = 1) {
  return time + " scope_exit task=" + std::to_string(task) + " scope=" + std::to_string(scope) + "\n";
}
const std::string both_left = leaves(2, "0.5") + leaves(1, "0.5");

TEST(DeadlineInversion, FiresOnALongerLimitInsideOfAShorterOne) {
  const auto j = judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "5", 11) + both_left);
  ASSERT_EQ(sentences(j),
            "info proven deadline-inversion: the limit of 5.0 s at a.cpp:11 of task main can never strike: it stands inside of "
            "one of 2.0 s at a.cpp:10, which is due at 2.000 s, before it at 5.000 s\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:11");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{4, 3}));
}

TEST(DeadlineInversion, FiresOnceForAPlace) {
  std::string text = begins;
  for (int i = 0; i < 3; ++i)
    text += enters(2 * i + 1, "0", "2", 10) + enters(2 * i + 2, "0", "5", 11) + leaves(2 * i + 2, "0") + leaves(2 * i + 1, "0");
  const auto j = judge("deadline-inversion", text);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("; so in all 3 passes"), std::string::npos) << j.findings[0].sentence;
}

TEST(DeadlineInversion, FiresOnALimitThatIsMovedBehind) {
  const std::string inside = begins + enters(1, "0", "2", 10) + enters(2, "0", "1", 11);
  EXPECT_EQ(sentences(judge("deadline-inversion", inside + both_left)), "");
  EXPECT_EQ(judge("deadline-inversion", inside + "0.1 scope_deadline task=1 scope=2 deadline=9\n" + both_left)
                .findings.at(0)
                .evidence,
            (std::vector<Seq>{5, 3}));
  // And back, or with the outer one.
  EXPECT_EQ(sentences(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "5", 11) +
                                                      "0.1 scope_deadline task=1 scope=1 deadline=9\n" + both_left)),
            "");
  EXPECT_EQ(sentences(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "5", 11) +
                                                      "0.1 scope_deadline task=1 scope=2\n" + both_left)),
            "");
}

TEST(DeadlineInversion, NearlyFiresAtTheSameMoment) {
  EXPECT_EQ(sentences(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "2", 11) + both_left)), "");
  EXPECT_NE(sentences(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "2.001", 11) + both_left)),
            "");
}

TEST(DeadlineInversion, RecheckWhereEventsWereLost) {
  const std::string lost = begins + enters(1, "0", "2", 10) + "0 dropped count=1\n" + enters(2, "0", "5", 11) + both_left;
  EXPECT_EQ(judge("deadline-inversion", lost).findings.at(0).confidence, Confidence::recheck);
  // Both limits are told when they begin: a cut after that hides nothing.
  EXPECT_EQ(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "5", 11)).findings.at(0).confidence,
            Confidence::proven);
}

TEST(DeadlineInversion, SparesABudgetThatRunsOut) {
  // Three attempts of 1 s at most within 2 s: the last one has less left than it may take.
  std::string text = begins + enters(1, "0", "2", 10);
  for (int i = 0; i < 3; ++i) {
    const std::string at = std::to_string(800 * i) + "ms", due = std::to_string(800 * i + 1000) + "ms";
    text += enters(i + 2, at, due, 11) + leaves(i + 2, at);
  }
  EXPECT_EQ(sentences(judge("deadline-inversion", text + leaves(1, "2"))), "");
}

TEST(DeadlineInversion, SparesALimitThatIsOfUseToOthers) {
  const std::string elsewhere = enters(3, "0", "5", 11) + leaves(3, "0");
  EXPECT_EQ(sentences(judge("deadline-inversion",
                            begins + elsewhere + enters(1, "0", "2", 10) + enters(2, "0", "5", 11) + both_left)),
            "");
}

TEST(DeadlineInversion, SparesBlocksThatDoNotNest) {
  EXPECT_EQ(sentences(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + leaves(1, "0") + enters(2, "0", "5", 11))),
            "");
  EXPECT_EQ(sentences(judge("deadline-inversion", begins + enters(1, "0", "2", 10) + enters(2, "0", "5", 11, 2))), "");
  EXPECT_EQ(
      sentences(judge("deadline-inversion", begins + "0 scope_enter task=1 scope=1 type=group\n" + enters(2, "0", "5", 11))),
      "");
}

}  // namespace
}  // namespace awaitscope
