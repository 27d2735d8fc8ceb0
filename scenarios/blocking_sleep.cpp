// A sleep that blocks the loop beside a ticker that should tick every half second.
//
// One thread runs one step at a time, and a sleeping step is still a running step.  Timers are only looked at between
// steps, so nothing ticks while the loop is held.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

// @begin both
Task<void> ticker(Settings set) {
  for (int n = 1; n <= set.count("ticks"); ++n) {
    log("tick", n);  // @t
    co_await sleep(set.time("period"));  // @u
  }
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  block_for(set.time("block"));  // @c
  log("slept");  // @d
  co_await ticks;  // @e
}
// @end bad

// @begin bad.timeout
Task<void> bad_timeout(Settings set) {
  co_await with_timeout(1s, [&]() -> Task<void> {  // @a
    block_for(set.time("block"));  // @b
    co_return;
  });
  log("left");  // @c
}
// @end bad.timeout

// @begin bad.three
Task<void> sleeper(Settings set) {
  block_for(set.time("block"));  // @a
  co_return;
}

Task<void> bad_three(Settings set) {
  std::vector<Task<void>> sleepers;
  for (int i = 0; i < set.count("coroutines"); ++i)
    sleepers.push_back(sleeper(set));
  co_await gather(std::move(sleepers));  // @b
  log("all slept");  // @c
}
// @end bad.three

// @begin fixed
Task<void> fixed(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  co_await sleep(set.time("block"));  // @c
  log("slept");  // @d
  co_await ticks;  // @e
}
// @end fixed

std::string promise(const Told& run, const Settings& set) {
  const auto ticks = run.logged("tick").size();
  return run.ok() && (ticks == 0 || ticks == static_cast<std::size_t>(set.count("ticks"))) ? "" : "a tick is missing";
}

}  // namespace

Scenario blocking_sleep() {
  Scenario out;
  out.id = "L04";
  out.name = "blocking_sleep";
  out.parameters = {{"block", "s", 2, 0.01, 10, 0.1},
                    {"period", "s", 0.5, 0.05, 5, 0.05},
                    {"start", "s", 0.6, 0, 5, 0.1},
                    {"ticks", "", 7, 1, 100, 1},
                    {"coroutines", "", 3, 1, 8, 1}};
  out.variants = {{"bad", bad, {"blocking-call", "slow-step"}},
                  {"bad.timeout", bad_timeout, {"blocking-call", "slow-step"}},
                  {"bad.three", bad_three, {"blocking-call", "slow-step"}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
