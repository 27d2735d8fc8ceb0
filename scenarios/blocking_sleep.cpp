// A sleep that blocks the loop beside a ticker that should tick every half second.
//
// One thread runs one step at a time, and a sleeping step is still a running step.  Timers are only looked at between
// steps, so nothing ticks while the loop is held.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

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

// @begin fixed
Task<void> fixed(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  co_await sleep(set.time("block"));  // @c
  log("slept");  // @d
  co_await ticks;  // @e
}
// @end fixed

}  // namespace

Scenario blocking_sleep() {
  Scenario out;
  out.id = "L04";
  out.name = "blocking_sleep";
  out.topic = "One loop";
  out.title = "time.sleep in a coroutine stops every other task";
  out.watch = "A full-height band from 0.6 to 2.6 s with no tick inside it; fixed, the ticks are even.";
  out.parameters = {{"block", "s", 2, 0.01, 10, 0.1, "how long the sleep lasts"},
                    {"period", "s", 0.5, 0.05, 5, 0.05, "the ticker's period"},
                    {"start", "s", 0.6, 0, 5, 0.1, "when the sleep begins"},
                    {"ticks", "", 7, 1, 100, 1, "how many ticks there are"}};
  out.variants = {{"bad", bad}, {"fixed", fixed}};
  out.findings = {"blocking-call", "slow-step"};
  return out;
}

}  // namespace awaitscope::scenarios
