#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The event that closed the client.
Event closed(const Ran& ran) {
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq)
    if (const Event e = ran.trace[seq];
        e.kind == Kind::resource_closed && ran.history.model.resource(ResourceId{e.a})->type == ResourceType::connection)
      return e;
  return {};
}
double closed_at(const Ran& ran) { return static_cast<double>(closed(ran).time) / 1e9; }
double left_at(const Ran& ran) { return ran.times("chunk").back(); }
std::uint32_t turn(const Ran& ran, Seq seq) {
  std::uint32_t number = 0;
  for (const Tick& tick : ran.history.ticks)
    if (tick.first <= seq) number = tick.number;
  return number;
}

TEST(X03, Ask) {
  EXPECT_EQ(answer(lesson("X03").ask), 'C');
  const Ran bad = run("X03", lesson("X03").ask.run);
  EXPECT_EQ(bad.times("chunk").size(), 2u);
  EXPECT_DOUBLE_EQ(closed_at(bad) - left_at(bad), 1.0);
  EXPECT_NE(closed(bad).who(), bad.task("main")->id);
  EXPECT_EQ(bad.sentences("async-gen-not-closed").size(), 1u);
}
TEST(X03, Twist1) {
  EXPECT_EQ(answer(lesson("X03").twists[0]), 'B');
  const Ran dropped = run("X03", lesson("X03").twists[0].run);
  Seq left = 0;
  for (Seq seq = 1; seq <= dropped.trace.size(); ++seq)
    if (dropped.trace[seq].kind == Kind::log) left = seq;
  EXPECT_DOUBLE_EQ(closed_at(dropped), left_at(dropped));
  EXPECT_EQ(turn(dropped, closed(dropped).seq) - turn(dropped, left), 2u);
  EXPECT_NE(closed(dropped).who(), dropped.task("main")->id) << "in a task of its own";
}
TEST(X03, TheBlockClosesItOnTheSpot) {
  for (const char* variant : {"fixed", "fixed.caller"}) {
    const Ran fixed = run("X03", variant);
    EXPECT_DOUBLE_EQ(closed_at(fixed), left_at(fixed)) << variant;
    EXPECT_EQ(closed(fixed).who(), fixed.task("main")->id) << variant;
  }
}

TEST(X03, StreamingKeepsTheMemoryFlat) {
  EXPECT_EQ(run("X03", "bad.all").peak("memory"), 5u);
  EXPECT_EQ(run("X03", "bad.all", {{"chunks", "100"}}).peak("memory"), 100u);
  EXPECT_EQ(run("X03", "fixed.stream", {{"chunks", "100"}}).peak("memory"), 1u);
}

}  // namespace
}  // namespace awaitscope
