#include "core/explore/explore.h"

#include "core/explore/badges.h"
#include "core/runtime/runtime.h"
#include "core/trace/text.h"

namespace awaitscope {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

/// Two tasks that both write what they read before an await: whether the write of one is lost depends on the order.
Task<void> add(int* shared, int* turns, bool* both) {
  const int before = *shared;
  ++*turns;
  if (*turns == 1) co_await sleep(0s);
  *shared = before + 1;
  *both = *shared == 2;
}

Task<void> racy() {
  int shared = 0, turns = 0;
  bool both = false;
  auto a = create_task(add(&shared, &turns, &both), "a");
  auto b = create_task(add(&shared, &turns, &both), "b");
  co_await a;
  co_await b;
  log("sum", shared);
}

std::string sum_is_two(const Trace& trace, const History& history) {
  for (const Mark& mark : history.marks)
    if (mark.kind == Kind::log && trace.text(mark.text.value) == "sum 2") return "";
  return "an addition is lost";
}

Task<void> nap(Duration length) { co_await sleep(length); }

Task<void> ordered() {
  auto a = create_task(nap(10ms), "a");
  auto b = create_task(nap(20ms), "b");
  co_await a;
  co_await b;
  log("sum 2");
}

Subject subject(Main main) {
  Subject out;
  out.main = std::move(main);
  out.promise = sum_is_two;
  return out;
}

TEST(Explore, ARightProgramFailsUnderNoSchedule) {
  for (const char* policy : {"random", "pct", "lifo"}) {
    const auto explored = explore(subject(ordered), policy, 20);
    ASSERT_TRUE(explored);
    EXPECT_EQ(explored->outcomes.size(), 20u);
    EXPECT_EQ(explored->failed(), 0u);
    EXPECT_EQ(explored->first_failure(), nullptr);
  }
}

TEST(Explore, TheFirstFailureIsReplayedExactly) {
  const Subject racing = subject(racy);
  const auto explored = explore(racing, "random", 50);
  ASSERT_TRUE(explored);
  ASSERT_GT(explored->failed(), 0u);
  const Tried& first = *explored->first_failure();
  EXPECT_EQ(first.broken, "an addition is lost");
  const Trace again = record(racing, first.schedule);
  EXPECT_EQ(sum_is_two(again, history_of(again)), "an addition is lost");
  EXPECT_EQ(to_text(again), to_text(record(racing, first.schedule)));
}

TEST(Explore, AHangIsAFailure) {
  const auto explored = explore(subject([]() -> Task<void> {
                                  runtime::Event never;
                                  co_await never.wait();
                                }),
                                "random", 2);
  ASSERT_TRUE(explored);
  EXPECT_EQ(explored->outcomes[0].broken, "it hangs");
}

TEST(Explore, AnUnknownPolicyIsNamed) {
  EXPECT_EQ(explore(subject(ordered), "fair", 3).error(),
            "schedule policy 'fair' is unknown; there is: fifo, lifo, pct, random");
}

Task<void> one_request() {
  Service api(ServiceOptions("api").latency(1s));
  try {
    co_await api.get("a");
  } catch (const ServiceError&) {
    log("failed");
  }
  log("sum 2");
}

Task<void> careless_request() {
  Service api(ServiceOptions("api").latency(1s));
  auto unseen = create_task([](Service service) -> Task<void> { co_await service.get("a"); }(api), "unseen");
  co_await sleep(2s);
  log("sum 2");
}

std::string earned(const Subject& one, Instant fixed_end) {
  std::string out;
  for (const Badge& badge : badges_of(one, fixed_end))
    if (badge.earned) out += badge.name + " ";
  return out;
}

TEST(Badges, AGoodProgramEarnsAll) {
  EXPECT_EQ(earned(subject(one_request), Instant{1'000'000'000}), "correct efficient resilient maintainable ");
}
TEST(Badges, EachCanBeMissed) {
  EXPECT_EQ(earned(subject(one_request), Instant{500'000'000}), "correct resilient maintainable ");
  EXPECT_EQ(earned(subject(careless_request), Instant{2'000'000'000}), "correct efficient maintainable ")
      << "a request that fails unseen brings out a finding";
  EXPECT_EQ(earned(subject(racy), Instant{1}).find("correct"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope
