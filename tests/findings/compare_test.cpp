#include "core/findings/compare.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"

namespace awaitscope {
namespace {

struct Judged {
  explicit Judged(const std::string& text) : trace(*read_text(text)), history(history_of(trace)) {
    findings = run_lints(run(), all_lints());
  }
  Run run() const { return {trace, history, {}}; }
  Trace trace;
  History history;
  std::vector<Finding> findings;
};

Result<Comparison> compare(const Judged& a, const Judged& b) { return compare(a.run(), a.findings, b.run(), b.findings); }

const Measure& measure(const Comparison& c, const std::string& name) {
  for (const Measure& m : c.measures)
    if (m.name == name) return m;
  ADD_FAILURE() << "no measure " << name;
  return c.measures.front();
}

/// main waits for `count` workers that each sleep for a while; the loop is held for `held` ms by the first.
std::string story(int count, int ms, int held = 0, const std::string& header = "# scenario story\n") {
  std::string out = header + "0 run_begin\n0 task_created task=1 name=main\n0 step_begin task=1\n";
  for (int i = 0; i < count; ++i) out += "0 task_created task=" + std::to_string(i + 2) + " parent=1 name=worker\n";
  out += "0 step_end task=1 waits=task object=2\n";
  int now = 0;
  for (int i = 0; i < count; ++i) {
    const std::string task = std::to_string(i + 2);
    out += std::to_string(now) + "ms step_begin task=" + task + "\n";
    if (i == 0) now += held;
    out += std::to_string(now) + "ms step_end task=" + task + " waits=sleep at=a.py:" + std::to_string(3 + ms) + "\n";
  }
  now = std::max(now, ms);
  for (int i = 0; i < count; ++i) {
    const std::string at = std::to_string(now) + "ms ", task = std::to_string(i + 2);
    out += at + "task_ready task=" + task + " why=timer\n" + at + "step_begin task=" + task + "\n" + at +
           "task_done task=" + task + "\n" + at + "step_end task=" + task + "\n";
  }
  return out + std::to_string(now) + "ms run_end\n";
}

TEST(Compare, ARunWithItselfIsTheSame) {
  const Judged a(story(3, 100)), b(story(3, 100));
  const auto c = compare(a, b);
  ASSERT_TRUE(c) << c.error();
  EXPECT_FALSE(c->order);
  EXPECT_FALSE(c->time);
  EXPECT_FALSE(c->outcome);
  EXPECT_EQ(c->same_tasks, 4u);
  for (const Measure& m : c->measures) EXPECT_EQ(m.a, m.b) << m.name;
  EXPECT_FALSE(c->worse(0));
}

TEST(Compare, TimesAndTasksThatChange) {
  const Judged a(story(3, 100)), b(story(4, 150));
  const auto c = compare(a, b);
  ASSERT_TRUE(c);
  EXPECT_EQ(measure(*c, "total time").a, 100'000'000);
  EXPECT_EQ(measure(*c, "total time").b, 150'000'000);
  EXPECT_EQ(measure(*c, "tasks").b, 5);
  EXPECT_EQ(c->same_tasks, 4u);
  EXPECT_EQ(c->tasks.front().life_b - c->tasks.front().life_a, std::chrono::milliseconds(50));
  EXPECT_EQ(c->tasks.back().id, "main/worker[3]");
  EXPECT_EQ(c->tasks.back().a, nullptr);
}

TEST(Compare, WorseIsMoreThanTheMarginAndNotNoise) {
  const Judged a(story(3, 100)), b(story(3, 109)), little(story(3, 100, 0));
  EXPECT_TRUE(compare(a, b)->worse(0.05));
  EXPECT_FALSE(compare(a, b)->worse(0.1));
  EXPECT_FALSE(compare(b, a)->worse(0));
  EXPECT_FALSE((Measure{"", true, 0, 999'999, true}.worse(0)));
  EXPECT_TRUE((Measure{"", true, 0, 1'000'000, true}.worse(0.5)));
  EXPECT_TRUE((Measure{"", false, 0, 1, true}.worse(0.5)));
  EXPECT_FALSE((Measure{"", false, 3, 3, true}.worse(0)));
}

TEST(Compare, WhatIsOnlyToldDecidesNothing) { EXPECT_FALSE(compare(Judged(story(1, 100)), Judged(story(9, 100)))->worse(0)); }

TEST(Compare, AStallAndItsFindingAreWorse) {
  const auto c = compare(Judged(story(3, 300)), Judged(story(3, 300, 200)));
  ASSERT_TRUE(c);
  EXPECT_EQ(measure(*c, "stalls of 50 ms and more").b, 1);
  EXPECT_EQ(measure(*c, "longest stall").b, 200'000'000);
  EXPECT_EQ(c->rules_new, std::vector<std::string>{"slow-step"});
  EXPECT_TRUE(c->worse(1e6));
  EXPECT_EQ(compare(Judged(story(3, 300, 200)), Judged(story(3, 300)))->rules_gone, std::vector<std::string>{"slow-step"});
}

TEST(Compare, TheFirstDifferenceIsFoundWhateverTheLines) {
  // Only the places differ (they follow the milliseconds), and then the times.
  const Judged a(story(2, 100)), b(story(2, 150));
  const auto c = compare(a, b);
  EXPECT_FALSE(c->order);
  ASSERT_TRUE(c->time);
  EXPECT_EQ(a.trace[c->time->a].kind, Kind::task_ready);
  // A third worker: there the order differs, and no time before it does.
  const auto more = compare(a, Judged(story(3, 100)));
  ASSERT_TRUE(more->order);
  EXPECT_FALSE(more->time);
  EXPECT_EQ(a.trace[more->order->a].kind, Kind::step_end);
  // Wall clocks never agree, so their times are not compared.
  const std::string steady = "# scenario story\n# clock steady\n";
  EXPECT_FALSE(compare(Judged(story(2, 100, 0, steady)), Judged(story(2, 150, 0, steady)))->time);
}

TEST(Compare, TheEndOfOneRunIsADifference) {
  const Judged whole(story(2, 100));
  std::string text = story(2, 100);
  text.erase(text.rfind("100ms run_end"));
  const Judged cut(text);
  const auto c = compare(whole, cut);
  ASSERT_TRUE(c->order);
  EXPECT_EQ(c->order->b, 0u);
  EXPECT_EQ(c->outcome, "ok, then cut off");
  EXPECT_TRUE(c->worse(1));
  EXPECT_FALSE(compare(cut, whole)->ended_worse);
}

TEST(Compare, OtherProgramsAreRefused) {
  const auto named = compare(Judged(story(2, 1)), Judged(story(2, 1, 0, "# scenario \"other\\x1b\"\n")));
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error(), "nothing to compare: one is a run of story, the other of other\\x1b");
  const auto foreign = compare(Judged("0 task_created task=1 name=a\n"), Judged("0 task_created task=1 name=b\n"));
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error(), "nothing to compare: the runs have no task in common");
}

}  // namespace
}  // namespace awaitscope
