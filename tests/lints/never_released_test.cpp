#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string lock =
    "0 run_begin\n0 resource_created resource=1 type=lock capacity=1 name=door\n0 task_created task=1 name=main\n"
    "0 task_created task=2 name=a parent=1\n0 task_created task=3 name=b parent=1\n1 acquired task=2 resource=1 at=a.py:5\n";
const std::string fails = "2 task_done task=2 error=Oops how=raised\n";
const std::string released = " released task=2 resource=1 left=1\n";
const std::string end = "9 run_end\n";

TEST(NeverReleased, FiresWhereATaskFailsWithALock) {
  const auto j = judge("never-released", lock + fails + end);
  ASSERT_EQ(sentences(j),
            "info proven never-released: task a took lock door at a.py:5, raised Oops at 2.000 s and never gave it back\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 5}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{7, 6}));  // the end of the task, then its taking
  EXPECT_EQ(f.begin, Instant{2'000'000'000});
}

TEST(NeverReleased, FiresAndSaysWhoWaitsInVain) {
  const auto j = judge("never-released", lock + fails + "3 acquire_begin task=3 resource=1 waiters=1\n9 run_end how=hang\n");
  EXPECT_NE(sentences(j).find("never gave it back; 1 task waits for it in vain"), std::string::npos) << sentences(j);
}

TEST(NeverReleased, FiresOnceForOneLine) {
  std::string text = lock;
  text += "1 resource_created resource=2 type=lock capacity=1 name=gate\n1 acquired task=3 resource=2 at=a.py:5\n";
  const auto j = judge("never-released", text + fails + "3 task_done task=3 how=cancelled\n" + end);
  EXPECT_EQ(sentences(j),
            "info proven never-released: 2 times what was taken at a.py:5 was never given back, first lock door, by a (raised "
            "Oops at 2.000 s) and b (was cancelled at 3.000 s)\n");
}

TEST(NeverReleased, FiresAsLikelyForASemaphore) {
  std::string text = lock + fails + end;
  text.replace(text.find("type=lock capacity=1"), 20, "type=semaphore capacity=3");
  EXPECT_EQ(sentences(judge("never-released", text)),
            "info likely never-released: task a took a permit of door at a.py:5, raised Oops at 2.000 s and never gave it "
            "back\n");
}

TEST(NeverReleased, NearlyFiresWhereItIsGivenBackAtTheLastMoment) {
  EXPECT_EQ(sentences(judge("never-released", lock + "2" + released + fails + end)), "");
  EXPECT_EQ(judge("never-released", lock + "2" + released + "2 acquired task=2 resource=1\n" + fails + end).findings.size(),
            1u);
}

TEST(NeverReleased, RecheckWhereTheTraceIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("never-released", lock + fails).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("never-released", "0 dropped count=1\n" + lock + fails + end).findings.at(0).confidence, Confidence::recheck);
}

TEST(NeverReleased, SparesWhatIsGivenBackByAnotherTask) {
  std::string late = "3" + released;
  late.replace(late.find("task=2"), 6, "task=1");
  EXPECT_EQ(sentences(judge("never-released", lock + fails + late + end)), "");
}

TEST(NeverReleased, SparesATaskThatStillRuns) { EXPECT_EQ(sentences(judge("never-released", lock + end)), ""); }

TEST(NeverReleased, SparesASemaphoreThatIsASignal) {
  // The permits come from one side and are taken by the other.
  const std::string signal =
      "0 run_begin\n0 resource_created resource=1 type=semaphore name=ready\n0 task_created task=1 name=producer\n"
      "0 task_created task=2 name=consumer\n1 released task=1 resource=1 left=1\n2 acquired task=2 resource=1\n";
  EXPECT_EQ(sentences(judge("never-released", signal + fails + end)), "");
  // Places of a buffer: one side takes them, the other gives them back, and two are in use at the end.
  const std::string places =
      "0 run_begin\n0 resource_created resource=1 type=semaphore capacity=3 name=places\n0 task_created task=1 name=consumer\n"
      "0 task_created task=2 name=producer\n1 acquired task=2 resource=1 left=2\n1 acquired task=2 resource=1 left=1\n";
  const std::string taken = "1 released task=1 resource=1 left=2\n";
  EXPECT_EQ(sentences(judge("never-released", places + taken + fails + end)), "");
  EXPECT_EQ(judge("never-released", places + fails + end).findings.size(), 1u);
}

TEST(NeverReleased, SparesThePoolThatPoolExhaustedByLeakTells) {
  std::string pool = lock;
  pool.replace(pool.find("type=lock"), 9, "type=pool");
  const std::string in_vain = "3 acquire_begin task=3 resource=1 waiters=1\n";
  EXPECT_EQ(sentences(judge("never-released", pool + fails + in_vain + end)), "");
  EXPECT_EQ(judge("pool-exhausted-by-leak", pool + fails + in_vain + end).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("never-released", pool + fails + in_vain + "4 acquire_abandoned task=3 resource=1\n" + end)), "");
  // Nobody feels it there yet: this rule's business.
  EXPECT_EQ(judge("never-released", pool + fails + end).findings.size(), 1u);
  EXPECT_EQ(judge("pool-exhausted-by-leak", pool + fails + end).findings.size(), 0u);
}

}  // namespace
}  // namespace awaitscope
