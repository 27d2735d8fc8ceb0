#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

TEST(DroppedEvents, FiresOnceAndCounts) {
  const auto j = judge("dropped-events", "0 run_begin\n1 dropped count=12\n2 log text=x\n3 dropped count=30\n4 run_end\n");
  ASSERT_EQ(sentences(j),
            "info proven dropped-events: 42 events were lost at 2 moments from 1.000 s to 3.000 s: findings that rest on what "
            "came before and after are marked recheck, others may be missing\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site.line, 0u);
  EXPECT_TRUE(f.tasks.empty());
  EXPECT_EQ(f.evidence, (std::vector<Seq>{2, 4}));
  EXPECT_EQ(f.begin, Instant{1000000000});
  EXPECT_EQ(f.end, Instant{3000000000});
}

TEST(DroppedEvents, FiresOnASingleOne) {
  EXPECT_NE(sentences(judge("dropped-events", "0 run_begin\n1 dropped count=1\n")).find("1 event was lost before 1.000 s: "),
            std::string::npos);
}

TEST(DroppedEvents, NearlyFiresWhereNothingIsMissing) {
  EXPECT_EQ(sentences(judge("dropped-events", "0 run_begin\n4 run_end\n")), "");
  EXPECT_NE(sentences(judge("dropped-events", "0 run_begin\n1 dropped count=1\n4 run_end\n")), "");
}

// No Recheck: the recorder itself says what it lost, and that stays true wherever the trace is cut.

TEST(DroppedEvents, SparesATraceThatIsOnlyCut) { EXPECT_EQ(sentences(judge("dropped-events", "5 step_end task=3\n")), ""); }

TEST(DroppedEvents, KeepsItsEvidenceShort) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "1 dropped count=1\n";
  EXPECT_EQ(judge("dropped-events", text).findings.at(0).evidence.size(), 100u);
}

}  // namespace
}  // namespace awaitscope
