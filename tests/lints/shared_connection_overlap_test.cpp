#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string line(const std::string& capacity = " capacity=1") {
  return "0 run_begin\n0 resource_created resource=1 type=connection name=c" + capacity +
         "\n0 task_created task=1 name=main\n0 task_created task=2 name=a parent=1\n0 task_created task=3 name=b parent=1\n";
}
std::string takes(int second, int task) {
  return std::to_string(second) + " acquired task=" + std::to_string(task) + " resource=1 at=a.py:" + std::to_string(task) +
         "\n";
}
std::string leaves(int second, int task) {
  return std::to_string(second) + " released task=" + std::to_string(task) + " resource=1\n";
}
const std::string end = "9 run_end\n";

TEST(SharedConnectionOverlap, FiresOnTwoTasksAtOnce) {
  const auto j = judge("shared-connection-overlap", line() + takes(1, 2) + takes(2, 3) + leaves(2, 3) + leaves(3, 2) + end);
  ASSERT_EQ(sentences(j),
            "error proven shared-connection-overlap: connection c was in use by a at a.py:2 when b used it too at "
            "a.py:3; a connection carries one request at a time\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{2}, {3}}));
  EXPECT_EQ(j.trace[j.findings[0].evidence[0]].task, 3u) << "the moment at which the second one comes";
}

TEST(SharedConnectionOverlap, NearlyFiresOnOneAfterTheOther) {
  EXPECT_EQ(sentences(judge("shared-connection-overlap", line() + takes(1, 2) + leaves(2, 2) + takes(2, 3) + leaves(3, 3) +
                                                             takes(3, 2) + leaves(4, 2) + end)),
            "");
  EXPECT_EQ(judge("shared-connection-overlap", line() + takes(1, 2) + takes(2, 3) + leaves(2, 2) + leaves(3, 3) + end)
                .findings.size(),
            1u)
      << "the first gives it back too late";
}
TEST(SharedConnectionOverlap, SparesOneTaskThatPipelines) {
  EXPECT_EQ(sentences(judge("shared-connection-overlap",
                            line() + takes(1, 2) + takes(2, 2) + leaves(3, 2) + leaves(4, 2) + takes(5, 3) + end)),
            "");
}
TEST(SharedConnectionOverlap, SparesAConnectionThatCarriesSeveral) {
  const std::string two = takes(1, 2) + takes(2, 3) + leaves(3, 3) + leaves(4, 2) + end;
  EXPECT_EQ(sentences(judge("shared-connection-overlap", line(" capacity=100") + two)), "");
  EXPECT_EQ(sentences(judge("shared-connection-overlap", line("") + two)), "") << "of this one nobody knows";
}
TEST(SharedConnectionOverlap, SparesWhoHasEnded) {
  EXPECT_EQ(sentences(judge("shared-connection-overlap",
                            line() + takes(1, 2) + "2 task_done task=2 how=raised\n" + takes(3, 3) + leaves(4, 3) + end)),
            "");
}
TEST(SharedConnectionOverlap, RecheckWhereAReleaseMayHaveBeenLost) {
  const auto j = judge("shared-connection-overlap", line() + takes(1, 2) + "1 dropped count=5\n" + takes(2, 3) + end);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
