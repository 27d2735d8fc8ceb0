#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// `count` tasks of one place that work `each` ms, and then one that works `ms` ms.
std::string peers(int count, int ms, const std::string& site = " at=a.cpp:6", int each = 2) {
  std::string out = "0 run_begin\n0 task_created task=1 name=main\n";
  int at = 0;
  for (int i = 0; i <= count; ++i) {
    const std::string task = " task=" + std::to_string(i + 2);
    const std::string begin = std::to_string(at) + "ms ", end = std::to_string(at += i == count ? ms : each) + "ms ";
    out += begin + "task_created parent=1 name=parse" + (site.empty() ? "-" + std::to_string(i + 1) : "") + task + site + "\n";
    out += begin + "step_begin" + task + "\n" + end + "task_done" + task + "\n" + end + "step_end at=b.cpp:3" + task + "\n";
  }
  return out + std::to_string(at) + "ms run_end\n";
}

TEST(PeerOutlier, FiresForTheOneThatWorksFarLonger) {
  const auto j = judge("peer-outlier", peers(12, 50));
  ASSERT_EQ(
      sentences(j),
      "info proven peer-outlier: task parse-13 was at work on the loop for 50.0 ms, its 12 peers made at a.cpp:6 for 2.0 ms "
      "(median); its longest step took 50.0 ms at b.cpp:3\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "b.cpp:3");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{14}});
  ASSERT_EQ(f.evidence.size(), 1u);
  EXPECT_EQ(j.trace[f.evidence[0]].kind, Kind::step_begin);
  EXPECT_EQ(j.trace[f.evidence[0]].task, 14u);
}

TEST(PeerOutlier, FiresOnceForAPlaceAndByNameWhereNoPlaceIsKnown) {
  const auto j = judge("peer-outlier", peers(12, 50, ""));
  ASSERT_EQ(
      sentences(j),
      "info likely peer-outlier: task parse-13 was at work on the loop for 50.0 ms, its 12 peers made for 2.0 ms (median); "
      "its longest step took 50.0 ms at b.cpp:3\n");
}

TEST(PeerOutlier, NearlyFires) {
  EXPECT_EQ(sentences(judge("peer-outlier", peers(12, 20))), "") << "ten times as long";
  EXPECT_EQ(judge("peer-outlier", peers(12, 21)).findings.size(), 1u);
  EXPECT_EQ(sentences(judge("peer-outlier", peers(9, 50))), "") << "9 peers";
  EXPECT_EQ(judge("peer-outlier", peers(10, 50)).findings.size(), 1u);
  EXPECT_EQ(judge("peer-outlier", peers(12, 20), {{"peer-outlier.factor", 9}}).findings.size(), 1u);
  EXPECT_EQ(judge("peer-outlier", peers(9, 50), {{"peer-outlier.peers_count", 9}}).findings.size(), 1u);
}

TEST(PeerOutlier, NearlyFiresBelow10Ms) {
  const std::map<std::string, double> five{{"peer-outlier.factor", 4}};
  EXPECT_EQ(sentences(judge("peer-outlier", peers(12, 9), five)), "") << "too little to matter";
  std::string busy = peers(12, 9);
  busy.resize(busy.find("33ms run_end"));
  busy += "33ms step_begin task=1\n90ms step_end task=1\n90ms run_end\n";
  EXPECT_EQ(sentences(judge("peer-outlier", busy, five)), "") << "another task is busy, which changes nothing";
  EXPECT_EQ(judge("peer-outlier", peers(12, 10), five).findings.size(), 1u);
}

TEST(PeerOutlier, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("peer-outlier", "0 dropped count=1\n" + peers(12, 50)).findings.at(0).confidence, Confidence::recheck);
}

TEST(PeerOutlier, SparesOthersWorkAndWaits) {
  std::string other = peers(12, 2);
  other.resize(other.find("26ms run_end"));
  EXPECT_EQ(
      sentences(judge("peer-outlier", other + "26ms task_created task=20 parent=1 name=report at=a.cpp:9\n26ms step_begin "
                                              "task=20\n90ms step_end task=20\n90ms run_end\n")),
      "")
      << "made at another place";
  EXPECT_EQ(sentences(judge("peer-outlier", other + "26ms task_created task=20 parent=1 name=parse at=a.cpp:6\n26ms step_begin "
                                                    "task=20\n28ms step_end task=20 waits=sleep\n900ms step_begin task=20\n")),
            "")
      << "it waited";
}

TEST(PeerOutlier, SparesPeersThatAllWorkLong) {
  EXPECT_EQ(sentences(judge("peer-outlier", peers(12, 300, " at=a.cpp:6", 30))), "");
}

}  // namespace
}  // namespace awaitscope
