#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The pool's connections in use after each change.
std::vector<std::uint32_t> in_use(const Ran& ran) {
  std::vector<std::uint32_t> out;
  for (const ResourceModel& r : ran.history.model.resources)
    if (r.type == ResourceType::pool)
      for (const Counter::Point& p : ran.history.counters[r.id.value - 1].points) out.push_back(p.value);
  return out;
}
int failures_before(const Ran& ran, Seq seq) {
  int count = 0;
  for (const Request& r : ran.history.requests) count += r.ended && r.ended < seq && r.status == RequestStatus::failed;
  return count;
}

TEST(L22, Ask) {
  const Lesson& told = lesson("L22");
  EXPECT_EQ(answer(told.ask), 'B');
  const Ran ran = run("L22", told.ask.run);
  const Seq stop = find_event(told.ask.reveal, ran.trace, ran.history);
  EXPECT_EQ(failures_before(ran, stop), 3);
  EXPECT_EQ(ran.last(), "ok 3 failed 3 waiting 4");
  for (Seq seq = stop; seq <= ran.trace.size(); ++seq) EXPECT_NE(ran.trace[seq].kind, Kind::acquired) << "it has stopped";
}

TEST(L22, TheLeakedOnesClimbAndStay) {
  const auto bad = in_use(run("L22", "bad")), fixed = in_use(run("L22", "fixed"));
  EXPECT_EQ(std::vector<std::uint32_t>(bad.begin(), bad.begin() + 10),
            (std::vector<std::uint32_t>{0, 1, 0, 1, 2, 1, 2, 3, 2, 3}));
  EXPECT_EQ(bad.back(), 3u);
  EXPECT_EQ(*std::max_element(fixed.begin(), fixed.end()), 1u);
  EXPECT_EQ(fixed.back(), 0u);
}

TEST(L22, TheFindingNamesTheThreeThatFailed) {
  const auto sentences = run("L22", "bad").sentences("pool-exhausted-by-leak");
  ASSERT_EQ(sentences.size(), 1u);
  for (const char* culprit : {"request-2 (took it at ", "request-4 (took it at ", "request-6 (took it at ", "since 5.500 s",
                              "request-7, request-8, request-9 and request-10 waited in vain"})
    EXPECT_NE(sentences[0].find(culprit), std::string::npos) << culprit << " in: " << sentences[0];
}

TEST(L22, WithAPoolTimeoutTheVictimsFailToo) {
  const Ran ran = run("L22", "bad", {{"pool_timeout", "1"}});
  EXPECT_EQ(ran.last(), "ok 3 failed 7 waiting 0");
  EXPECT_EQ(ran.sentences("pool-exhausted-by-leak").size(), 1u);
}

TEST(L22, TheBlockPaysBackOnEveryPath) { EXPECT_EQ(run("L22", "fixed").last(), "ok 5 failed 5 waiting 0"); }

TEST(L22, ABiggerPoolOnlyLastsLonger) {
  EXPECT_EQ(run("L22", lesson("L22").variations[1].run).last(), "ok 40 failed 10 waiting 5");
}

}  // namespace
}  // namespace awaitscope
