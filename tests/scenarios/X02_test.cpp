#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(X02, Ask) {
  EXPECT_EQ(answer(lesson("X02").ask), 'C');
  const Ran fixed = run("X02", "fixed");
  std::string story;  // what became of the call of each second
  for (int n = 0; n < 19; ++n)
    for (const auto& line : fixed.logged("call " + std::to_string(n) + " "))
      story += line.text[line.text.find_last_of(' ') + 1];
  EXPECT_EQ(story, "fffrrrrrfrrrrrooooo") << "fails 0 to 2, rejected to 7, the probe of 8 fails, that of 14 is answered";
  EXPECT_DOUBLE_EQ(revealed("X02", lesson("X02").ask), 14.0);
}
TEST(X02, Twist1) {
  EXPECT_EQ(answer(lesson("X02").twists[0]), 'B');
  const auto probes = [](const std::string& variant) {
    int out = 0;
    const Ran ran = run("X02", variant);
    for (const Request& request : ran.history.requests) out += request.begin.ns == 8'000'000'000;
    return out;
  };
  EXPECT_EQ(probes("bad.stampede"), 20);
  EXPECT_EQ(probes("fixed.burst"), 1);
}
TEST(X02, WithoutABreakerEveryCallOfTheOutageBurnsItsTimeout) {
  const Ran bad = run("X02", "bad");
  EXPECT_EQ(bad.count(Kind::request_begin), 19);
  EXPECT_EQ(bad.count(Kind::scope_expired), 12);
  EXPECT_EQ(run("X02", "fixed").count(Kind::scope_expired), 4);
}
TEST(X02, TheBreakersStateIsALevel) {
  const Ran fixed = run("X02", "fixed");
  std::string states;
  for (const Counter& counter : fixed.history.counters)
    if (fixed.history.model.resource(counter.resource)->type == ResourceType::breaker)
      for (const auto& point : counter.points)
        if (const char state = static_cast<char>('0' + point.value); states.empty() || states.back() != state) states += state;
  EXPECT_EQ(states, "021210") << "closed, open, half open, open, half open, closed";
}

}  // namespace
}  // namespace awaitscope
