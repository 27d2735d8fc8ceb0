// Orders other than FIFO are outside of asyncio's promise, but the rules of the runtime hold in all of them: the random
// programs of tests/differential run under policies, and what must hold of every trace is checked.
#include <gtest/gtest.h>

#include <fstream>

#include "core/policies/policies.h"
#include "core/trace/queue_sink.h"
#include "tests/differential/interpreter.h"
#include "tests/differential/trio_interpreter.h"
#include "tests/support/invariants.h"

namespace awaitscope::differential {
namespace {

std::vector<Node> programs(const std::string& file) {
  std::ifstream in(AWAITSCOPE_SOURCE_DIR "/tests/differential/" + file);
  std::vector<Node> out;
  for (std::string line; std::getline(in, line);) out.push_back(read_json(line));
  return out;
}

Trace run(const Node& program, const Schedule& schedule) {
  const auto policy = make_policy(schedule);
  QueueSink sink;
  const Options options{policy->get(), &sink};
  if (!program["mode"].null()) TrioInterpreter(program, options).execute();
  else Interpreter(program, options).execute();
  Trace trace;
  sink.drain(trace);
  return trace;
}

class Invariants : public ::testing::TestWithParam<const char*> {};

TEST_P(Invariants, HoldForRandomPrograms) {
  const std::vector<Node> all = programs(GetParam());
  ASSERT_EQ(all.size(), 300u);
  std::size_t choices = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const std::string policy : {"fifo", "lifo", "random", "pct"}) {
      const Trace trace = run(all[i], {policy, i, {}});
      for (Seq seq = 1; seq <= trace.size(); ++seq) choices += trace[seq].kind == Kind::schedule_choice;
      const auto broken = testing::broken_invariants(trace);
      EXPECT_TRUE(broken.empty()) << all[i]["id"].text() << " under " << policy << ":" << i << ": " << broken.front();
    }
  EXPECT_GT(choices, 1000u) << "the policies had nothing to choose";
}

INSTANTIATE_TEST_SUITE_P(Programs, Invariants, ::testing::Values("samples.jsonl", "trio_samples.jsonl"),
                         [](const auto& p) { return std::string(p.param).substr(0, std::string(p.param).find('.')); });

TEST(Policies, TheSameScheduleGivesTheSameTrace) {
  const std::vector<Node> all = programs("samples.jsonl");
  bool differs = false;
  for (std::size_t i = 0; i < 20; ++i) {
    const auto text = [&](const Schedule& schedule) {
      const Trace trace = run(all[i], schedule);
      std::string kinds;
      for (Seq seq = 1; seq <= trace.size(); ++seq) kinds += static_cast<char>('0' + static_cast<int>(trace[seq].kind) % 64);
      return kinds;
    };
    EXPECT_EQ(text({"random", 7, {}}), text({"random", 7, {}}));
    differs = differs || text({"random", 7, {}}) != text({"random", 8, {}});
  }
  EXPECT_TRUE(differs);
}

TEST(Policies, AnUnknownOneIsNamedWithThoseThatThereAre) {
  EXPECT_EQ(make_policy({"fair", 1, {}}).error(), "schedule policy 'fair' is unknown; there is: fifo, lifo, pct, random");
}

}  // namespace
}  // namespace awaitscope::differential
