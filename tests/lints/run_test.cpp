// What holds for every rule: the catalogue, suppression, order, settings, and garbage.
#include "tests/lints/judged.h"
#include "core/findings/words.h"
#include "tests/model/synthetic.h"

namespace awaitscope {
namespace {

const std::string two = R"(
0 task_created task=1 name=handler
0 step_begin task=1
0 block_begin task=1 what=recv at=src/a.cpp:12
2 block_end task=1
2 step_end task=1 waits=sleep
2 task_created task=2 name=handler
2 step_begin task=2
2.06 step_end task=2 waits=sleep at=src/b.cpp:3
2.06 run_end
)";

std::string rules(const Judged& j) {
  std::string out;
  for (const Finding& f : j.findings) out += f.rule + "@" + show(f.site) + " ";
  return out;
}

TEST(Lints, EveryRuleDescribesItself) {
  ASSERT_GE(all_lints().size(), 9u);
  for (const Lint& lint : all_lints()) {
    EXPECT_FALSE(lint.id.empty() || lint.summary.empty() || lint.fix.empty());
    ASSERT_NE(lint.check, nullptr) << lint.id;
    EXPECT_EQ(judge(lint.id, "").findings.size(), 0u) << lint.id << " on an empty trace";
  }
}

TEST(Lints, TheMostSevereComesFirst) {
  EXPECT_EQ(rules(judge("", two)), "slow-step@src/a.cpp:12 blocking-call@src/a.cpp:12 slow-step@src/b.cpp:3 ");
}

TEST(Lints, AFindingIsAllowedByFileLineOrTask) {
  const auto left = [](const std::string& rule, const std::string& site) { return rules(judge("", two, {}, {{rule, site, {}}})); };
  const std::string without_first = "blocking-call@src/a.cpp:12 slow-step@src/b.cpp:3 ";
  const std::string all = "slow-step@src/a.cpp:12 " + without_first;
  EXPECT_EQ(left("slow-step", "src/a.cpp"), without_first);
  EXPECT_EQ(left("slow-step", "a.cpp"), without_first);
  EXPECT_EQ(left("slow-step", "src/a.cpp:12"), without_first);
  EXPECT_EQ(left("slow-step", "a.cpp:12"), without_first);
  EXPECT_EQ(left("slow-step", "handler-1"), without_first);
  EXPECT_EQ(left("slow-step", "handler"), "blocking-call@src/a.cpp:12 ");
  EXPECT_EQ(left("blocking-call", "handler"), "slow-step@src/a.cpp:12 slow-step@src/b.cpp:3 ");
  EXPECT_EQ(left("slow-step", "cpp"), all);
  EXPECT_EQ(left("slow-step", "src/a.cpp:1"), all);
  EXPECT_EQ(left("slow-step", "a.cpp:2"), all);
  EXPECT_EQ(left("slow-step", "hand"), all);
  EXPECT_EQ(left("slow", "src/a.cpp"), all);
}

TEST(Lints, GarbageIsJudgedWithoutHarm) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    const Trace trace = seed % 2 ? garbage(seed, 400) : garbage(seed, 400, 6, false);
    const History history = history_of(trace);
    for (const Finding& f : run_lints({trace, history, {}}, all_lints())) {
      EXPECT_LE(f.begin, f.end) << f.rule;
      EXPECT_FALSE(f.sentence.empty() || f.evidence.empty()) << f.rule;
      for (Seq seq : f.evidence) EXPECT_TRUE(seq >= 1 && seq <= trace.size()) << f.rule;
    }
  }
}

TEST(Words, ListsAndCounts) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed({"a"}), "a");
  EXPECT_EQ(listed({"a", "b"}), "a and b");
  EXPECT_EQ(listed({"a", "b", "c", "d"}), "a, b, c and d");
  EXPECT_EQ(listed({"a", "b", "c", "d", "e"}), "a, b, c and 2 more");
  EXPECT_EQ(counted(1, "timer"), "1 timer");
  EXPECT_EQ(counted(0, "timer"), "0 timers");
}

}  // namespace
}  // namespace awaitscope
