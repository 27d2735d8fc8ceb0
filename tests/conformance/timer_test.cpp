// Timers and sleep (rules T1 to T6, L4).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

CONFORMANCE(012_timers_by_deadline) {
  later(300, [] { log("c"); });
  later(100, [] { log("a"); });
  later(200, [] { log("b"); });
  later(150, [] { log("absolute 150"); });  // call_at(now() + 150)
  co_await sleep(400);
  log("end");
}

namespace case_013 {
Task<void> sleeper(std::string n, int ms) {
  co_await sleep(ms);
  log(n);
}
}  // namespace case_013
CONFORMANCE(013_equal_deadlines_fifo) {
  using namespace case_013;
  for (int i = 0; i < 6; ++i) later(50, [i] { log("t", i); });
  std::vector<TaskHandle<void>> ts;
  for (int i = 0; i < 6; ++i) ts.push_back(go(sleeper(cat("s", i), 50)));
  later(50, [] { log("t6"); });
  co_await wait(ts);
  log("end");
}

CONFORMANCE(014_zero_and_negative_delays, CaseOptions{.frame_bound = true}) {
  const int t0 = tick();
  later(0, [&] { log("later 0 +", tick() - t0); });
  later(-5, [&] { log("later -5 +", tick() - t0); });
  soon([&] { log("soon +", tick() - t0); });
  co_await sleep(0);
  log("main +", tick() - t0);
  co_await sleep(-1);
  log("after sleep(-1) +", tick() - t0);
}

CONFORMANCE(015_timer_cancel_same_instant) {
  std::optional<CallHandle> h;
  const auto first = [&] {
    log("first fires and cancels second");
    h->cancel();
  };
  later(10, first);
  h = later(10, [] { log("second never"); });
  later(10, [] { log("third"); });
  auto gone = later(5, [] { log("gone never"); });
  gone.cancel();
  co_await sleep(20);
  log(h->cancelled(), " ", gone.cancelled());
}

CONFORMANCE(016_stall_delays_timers, CaseOptions{.frame_bound = true}) {
  int t0 = 0;
  later(30, [&] { log("30 fires +", tick() - t0); });
  later(10, [&] { log("10 fires +", tick() - t0); });
  later(90, [] { log("90 fires on time"); });
  co_await sleep(5);
  t0 = tick();
  log("stall begins");
  block(60);
  log("stall ends");
  co_await sleep(50);
  log("end");
}

namespace case_017 {
Task<void> ticker() {
  for (int i = 0; i < 5; ++i) {
    co_await sleep(10);
    log("tick ", i);
  }
}
Task<void> stall() {
  co_await sleep(15);
  log("stall 30");
  block(30);
}
}  // namespace case_017
CONFORMANCE(017_sleep_counts_from_the_call) {
  using namespace case_017;
  auto t = go(ticker());
  co_await go(stall());
  co_await t;
}

}  // namespace
}  // namespace awaitscope::conformance
