#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// main reads one item of a generator that has opened a client.
const std::string reads = R"(
0 task_created task=1 name=main
0 resource_created task=1 resource=1 type=generator name=stream at=a.cpp:9
0 resource_opened task=1 resource=1 at=a.cpp:9
0 acquired task=1 resource=1 at=a.cpp:9
0 resource_created task=1 resource=2 type=connection name=client
0 resource_opened task=1 resource=2
1 released task=1 resource=1 at=a.cpp:9
)";
std::string closes(int task, const std::string& time) {
  const std::string who = time + " acquired task=" + std::to_string(task) + " resource=1\n";
  return who + time + " resource_closed task=" + std::to_string(task) + " resource=2\n" + time +
         " released task=" + std::to_string(task) + " resource=1\n" + time + " resource_closed task=" + std::to_string(task) +
         " resource=1\n";
}
const std::string end = "9 task_done task=1\n9 run_end\n";

TEST(AsyncGenNotClosed, FiresOnWhatTheCollectorHadToClose) {
  const auto j = judge("async-gen-not-closed",
                       reads + "3 resource_destroyed resource=1\n3 task_created task=2 name=aclose\n" + closes(2, "3") + end);
  EXPECT_EQ(
      sentences(j),
      "warning proven async-gen-not-closed: task main left the async generator stream at a.cpp:9 after 1 item, at 1.000 s; "
      "it was closed only when it was collected, 2.0 s later, by a task of the loop, and client stayed open until then\n");
  EXPECT_EQ(j.findings.at(0).resources, (std::vector<ResourceId>{{2}}));
}

TEST(AsyncGenNotClosed, FiresOnWhatTheEndOfTheRunHadToClose) {
  const auto j = judge("async-gen-not-closed",
                       reads + "5 task_done task=1\n5 task_created task=2 name=aclose\n" + closes(2, "5") + "5 run_end\n");
  EXPECT_NE(sentences(j).find("was closed only by the end of the run, 4.0 s later"), std::string::npos) << sentences(j);
  EXPECT_NE(sentences(judge("async-gen-not-closed", reads + "5 resource_destroyed resource=1\n" + end))
                .find("was never closed, 8.0 s later"),
            std::string::npos);
}

TEST(AsyncGenNotClosed, SparesWhoReadsItToTheEndOrClosesIt) {
  EXPECT_EQ(sentences(judge("async-gen-not-closed", reads + closes(1, "2") + "2 resource_destroyed resource=1\n" + end)), "");
  // Another task that is given the generator, and closes it on purpose.
  EXPECT_EQ(sentences(judge("async-gen-not-closed", reads + "1 task_created task=2 name=closer\n" + closes(2, "2") + end)), "");
}

TEST(AsyncGenNotClosed, FiresAsANoteForAGeneratorThatHoldsNothing) {
  std::string bare = reads;
  bare.replace(bare.find("0 resource_opened task=1 resource=2\n"), 36, "");
  EXPECT_EQ(judge("async-gen-not-closed",
                  bare + "3 resource_destroyed resource=1\n3 task_created task=2 name=aclose\n" + closes(2, "3") + end)
                .findings.at(0)
                .severity,
            Severity::info);
}

TEST(AsyncGenNotClosed, RecheckWhereEventsWereLostAndSilentWhereTheTraceIsCut) {
  EXPECT_EQ(sentences(judge("async-gen-not-closed", reads + "3 log text=x\n")), "");
  EXPECT_EQ(judge("async-gen-not-closed", reads + "2 dropped count=4\n3 resource_destroyed resource=1\n" + end)
                .findings.at(0)
                .confidence,
            Confidence::recheck);
}

TEST(AsyncGenNotClosed, NearlyFiresWhereItsReaderClosesItInTheEnd) {
  const std::string dropped = reads + "3 resource_destroyed resource=1\n3 task_created task=2 name=aclose\n";
  EXPECT_EQ(sentences(judge("async-gen-not-closed", dropped + closes(1, "3") + end)), "");
  EXPECT_EQ(judge("async-gen-not-closed", dropped + closes(2, "3") + end).findings.size(), 1u);
}

}  // namespace
}  // namespace awaitscope
