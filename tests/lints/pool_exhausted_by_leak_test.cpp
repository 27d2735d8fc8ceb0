#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string pool =
    "0 run_begin\n0 resource_created resource=1 type=pool capacity=2 name=db\n0 task_created task=1 name=main\n"
    "0 task_created task=2 name=a parent=1\n0 task_created task=3 name=b parent=1\n0 task_created task=4 name=c parent=1\n"
    "1 acquired task=2 resource=1 left=1 at=a.py:5\n2 acquired task=3 resource=1 left=0 at=a.py:5\n";
const std::string c_waits = "3 acquire_begin task=4 resource=1 left=0 waiters=1 at=a.py:5\n";
std::string fails(int task, int second) {
  return std::to_string(second) + " step_end task=" + std::to_string(task) + " at=a.py:6\n" + std::to_string(second) +
         " task_done task=" + std::to_string(task) + " error=Oops how=raised\n";
}
const std::string end = "9 run_end\n";

TEST(PoolExhaustedByLeak, FiresWhereBothConnectionsWentWithTasksThatFailed) {
  const auto j = judge("pool-exhausted-by-leak", pool + c_waits + fails(2, 4) + fails(3, 5) + end);
  ASSERT_EQ(sentences(j),
            "error proven pool-exhausted-by-leak: everything that db lends (2) was taken and never given back: by a (took it "
            "at a.py:5, failed at a.py:6) and b (took it at a.py:5, failed at a.py:6); since 5.000 s nobody can get any, and c "
            "waited in vain\n");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{2}, {3}, {4}}));
  EXPECT_EQ(j.trace[j.findings[0].evidence[0]].kind, Kind::task_done) << "the moment: the last one is lost";
}

TEST(PoolExhaustedByLeak, FiresAlsoWhereTheVictimCameLaterOrGaveUp) {
  EXPECT_EQ(judge("pool-exhausted-by-leak", pool + fails(2, 3) + fails(3, 4) +
                                                "5 acquire_begin task=4 resource=1 left=0 waiters=1\n"
                                                "6 acquire_abandoned task=4 resource=1 left=0\n" +
                                                end)
                .findings.size(),
            1u);
}

TEST(PoolExhaustedByLeak, NearlyFiresWhereOneIsGivenBack) {
  EXPECT_EQ(sentences(judge("pool-exhausted-by-leak", pool + c_waits + fails(2, 4) +
                                                          "5 released task=3 resource=1 left=1\n5 acquired task=4 resource=1 "
                                                          "left=0\n" +
                                                          fails(3, 6) + end)),
            "");
  EXPECT_EQ(judge("pool-exhausted-by-leak", pool + c_waits + fails(2, 4) + fails(3, 6) + end).findings.size(), 1u);
}
TEST(PoolExhaustedByLeak, SparesALongLoan) {
  EXPECT_EQ(sentences(judge("pool-exhausted-by-leak", pool + c_waits + fails(2, 4) + end)), "");
}
TEST(PoolExhaustedByLeak, SparesALeakThatNobodyFeels) {
  EXPECT_EQ(sentences(judge("pool-exhausted-by-leak", pool + fails(2, 4) + fails(3, 5) + end)), "");
  // It gave up before: the connections were still at work then.
  EXPECT_EQ(sentences(judge("pool-exhausted-by-leak", pool + c_waits + "4 acquire_abandoned task=4 resource=1 left=0\n" +
                                                          fails(2, 5) + fails(3, 6) + end)),
            "");
}
TEST(PoolExhaustedByLeak, SparesWhatAnotherTaskGivesBack) {
  // a hands its connection on to main and ends; main gives it back.
  EXPECT_EQ(sentences(judge("pool-exhausted-by-leak", pool + c_waits + fails(2, 4) + fails(3, 5) +
                                                          "6 released task=1 resource=1 left=1\n6 acquired task=4 resource=1 "
                                                          "left=0\n" +
                                                          end)),
            "");
}
TEST(PoolExhaustedByLeak, SparesASemaphoresPermits) {
  std::string text = pool + c_waits + fails(2, 4) + fails(3, 5) + end;
  text.replace(text.find("type=pool"), 9, "type=semaphore");
  EXPECT_EQ(sentences(judge("pool-exhausted-by-leak", text)), "");
}

TEST(PoolExhaustedByLeak, RecheckWhereTheTraceIsCut) {
  for (const std::string& text :
       {pool + c_waits + fails(2, 4) + fails(3, 5), "0 dropped count=2\n" + pool + c_waits + fails(2, 4) + fails(3, 5) + end}) {
    const auto j = judge("pool-exhausted-by-leak", text);
    ASSERT_EQ(j.findings.size(), 1u);
    EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
  }
}

}  // namespace
}  // namespace awaitscope
