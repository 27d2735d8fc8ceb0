#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string opened(int id, const std::string& name) {
  return "0 resource_created task=1 resource=" + std::to_string(id) + " capacity=1 type=connection name=" + name +
         "\n0 resource_opened task=1 resource=" + std::to_string(id) + " at=a.cpp:7\n";
}
const std::string task = "0 task_created task=1 name=fetch\n";
std::string closed(int id) { return "1 resource_closed task=1 resource=" + std::to_string(id) + "\n"; }

TEST(ResourceNotClosed, FiresAndNamesTheWayOutOnWhichNobodyClosed) {
  EXPECT_EQ(sentences(judge("resource-not-closed",
                            task + opened(1, "db") + "2 task_done task=1 how=raised error=\"boom\"\n9 run_end\n")),
            "warning proven resource-not-closed: connection db, opened at a.cpp:7, was never closed: task fetch raised boom at "
            "2.000 s\n");
  EXPECT_EQ(sentences(judge("resource-not-closed", task + opened(1, "db") + "9 run_end how=hang\n")),
            "warning proven resource-not-closed: connection db, opened at a.cpp:7, was never closed: task fetch never ended\n");
}

TEST(ResourceNotClosed, FiresOnceForManyOfOneLine) {
  const auto j = judge("resource-not-closed", task + opened(1, "a") + opened(2, "b") + opened(3, "c") + closed(2) +
                                                  "2 task_done task=1 how=returned\n9 run_end\n");
  EXPECT_EQ(
      sentences(j),
      "warning proven resource-not-closed: 2 of 3 connections opened at a.cpp:7 were never closed: a (task fetch returned "
      "at 2.000 s) and c (task fetch returned at 2.000 s)\n");
  EXPECT_EQ(j.findings.at(0).resources, (std::vector<ResourceId>{{1}, {3}}));
}

TEST(ResourceNotClosed, NearlyFiresUntilItIsClosed) {
  EXPECT_EQ(
      sentences(judge("resource-not-closed", task + opened(1, "db") +
                                                 "1 task_done task=1\n2 task_created task=2 name=closer\n3 resource_closed "
                                                 "task=2 resource=1\n9 run_end\n")),
      "");
  // Opened again and closed again.
  EXPECT_EQ(sentences(judge("resource-not-closed", task + opened(1, "db") + closed(1) +
                                                       "2 resource_opened task=1 resource=1\n" + closed(1) + "9 run_end\n")),
            "");
  EXPECT_EQ(
      judge("resource-not-closed", task + opened(1, "db") + closed(1) + "2 resource_opened task=1 resource=1\n" + "9 run_end\n")
          .findings.size(),
      1u)
      << "the second time it stays open";
}

TEST(ResourceNotClosed, SparesWhatWasNeverOpened) {
  EXPECT_EQ(sentences(judge(
                "resource-not-closed",
                task + "0 resource_created task=1 resource=1 type=lock name=lock\n1 acquired task=1 resource=1\n9 run_end\n")),
            "");
}

TEST(ResourceNotClosed, RecheckWhereEventsWereLostAndSilentWhereTheTraceIsCut) {
  EXPECT_EQ(sentences(judge("resource-not-closed", task + opened(1, "db") + "2 task_done task=1\n")), "");
  EXPECT_EQ(judge("resource-not-closed", task + opened(1, "db") + "2 dropped count=5\n9 run_end\n").findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
