#include <map>

#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

using Times = std::vector<double>;

Times requests(const Ran& run) {
  Times out;
  for (const Request& request : run.history.requests) out.push_back(static_cast<double>(request.begin.ns) / 1e9);
  return out;
}
/// Requests by the second in which they begin.
std::map<int, int> arrivals(const Ran& run) {
  std::map<int, int> out;
  for (const double at : requests(run)) ++out[static_cast<int>(at)];
  return out;
}

TEST(L21, Ask) {
  EXPECT_EQ(answer(lesson("L21").ask), 'B');
  const Ran ran = run("L21", lesson("L21").ask.run);
  EXPECT_EQ(requests(ran), (Times{0, 1, 3}));
  EXPECT_DOUBLE_EQ(ran.seconds(), 3.0) << "no wait after the last";
}
TEST(L21, Twist1) {
  EXPECT_EQ(answer(lesson("L21").twists[0]), 'A');
  const Ran ran = run("L21", lesson("L21").twists[0].run);
  EXPECT_EQ(ran.times("try"), (Times{0, 1}));
  EXPECT_EQ(ran.last(), "stopped");
  EXPECT_DOUBLE_EQ(ran.seconds(), 1.5);
}
TEST(L21, Twist2) {
  EXPECT_EQ(answer(lesson("L21").twists[1]), 'C');
  const Ran ran = run("L21", lesson("L21").twists[1].run);
  EXPECT_EQ(ran.times("try").size(), 3u);
  EXPECT_EQ(ran.times("stop"), Times{1.5});
  EXPECT_EQ(ran.last(), "gave up");
}
TEST(L21, D10) {
  const Ran all = run("L21", lesson("L21").false_claims[0].run);
  EXPECT_EQ(all.times("try"), (Times{0, 2.5, 4.5})) << "two tries after it was told to stop";
  const Ran wrong = run("L21", "bad.any_error", {{"tries", "3"}});
  EXPECT_EQ(wrong.times("try"), (Times{0, 1, 3})) << "what cannot succeed";
}
TEST(L21, WithoutJitterThirtyOfFiftySurvive) {
  const Ran bad = run("L21", "bad.no_jitter");
  EXPECT_EQ(bad.last(), "ok 30 of 50");
  EXPECT_EQ(arrivals(bad), (std::map<int, int>{{0, 50}, {1, 45}, {3, 40}, {7, 35}, {15, 30}, {31, 25}}));
}
TEST(L21, WithJitterAllDo) {
  const Ran fixed = run("L21", "fixed");
  EXPECT_EQ(fixed.last(), "ok 50 of 50");
  const auto most_after = [](const Ran& ran, int second) {
    int most = 0;
    for (const auto& [at, count] : arrivals(ran))
      if (at >= second) most = std::max(most, count);
    return most;
  };
  EXPECT_LE(most_after(fixed, 7), 7) << "a smear";
  EXPECT_EQ(most_after(run("L21", "bad.no_jitter"), 7), 35) << "a spike";
}
TEST(L21, RetryingAtOnceSavesNobody) {
  EXPECT_EQ(run("L21", "bad").last(), "ok 5 of 50");
  const Ran bad = run("L21", "bad.at_once");
  EXPECT_EQ(bad.last(), "ok 5 of 50");
  EXPECT_EQ(bad.count(Kind::request_begin), 5 + 45 * 6);
}

}  // namespace
}  // namespace awaitscope
