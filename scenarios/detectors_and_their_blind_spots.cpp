// Five steps of 30 ms in a row under a detector that warns of steps above 50 ms.
//
// A per-step limit cannot see many small steps in a row: no step is slow, and everybody waits for all of them.  Lag is what
// users feel, so measure it too: a heartbeat that compares when it should run with when it does.  Then give way between
// the steps.
#include <cmath>

#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

/// asyncio's own detector.
void warn_of_slow_steps(const Settings& set) {
  auto loop = get_running_loop();
  loop.set_debug(true);
  loop.slow_callback_duration = set.time("threshold");
}
long ms(double seconds) { return std::lround(seconds * 1000); }

// @begin both
Task<void> heartbeat(Settings set) {
  for (int n = 1; n <= set.count("beats"); ++n) {
    const double due = loop_time() + set.number("beat");
    co_await sleep(set.time("beat"));  // @h
    log("late by", ms(loop_time() - due), "ms");  // @l
  }
}

Task<void> parse(Settings set) {
  compute_for(set.time("step") / 2, "decode");  // @p
  compute_for(set.time("step") / 2, "validate");  // @q
  co_return;
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  warn_of_slow_steps(set);
  auto pulse = create_task(heartbeat(set), "heartbeat");  // @a
  co_await sleep(set.time("start"));  // @b
  std::vector<Task<void>> parsing;
  for (int i = 0; i < set.count("messages"); ++i)
    parsing.push_back(parse(set));
  co_await gather(std::move(parsing));  // @c
  co_await pulse;  // @d
}
// @end bad

// @begin fixed
Task<void> fixed(Settings set) {
  warn_of_slow_steps(set);
  auto pulse = create_task(heartbeat(set), "heartbeat");  // @a
  co_await sleep(set.time("start"));  // @b
  for (int i = 0; i < set.count("messages"); ++i) {
    co_await parse(set);  // @c
    co_await sleep(set.time("pause"));  // @e
  }
  co_await pulse;  // @d
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  for (const auto& line : run.logged("late by"))
    if (std::atoi(line.text.c_str() + 8) >= 100) return "a heartbeat was " + line.text;
  return run.ok() ? "" : "it failed";
}

}  // namespace

Scenario detectors_and_their_blind_spots() {
  Scenario out;
  out.id = "X11";
  out.name = "detectors_and_their_blind_spots";
  out.parameters = {{"threshold", "s", 0.05, 0.001, 1, 0.01},
                    {"step", "s", 0.03, 0, 1, 0.01},
                    {"messages", "", 5, 1, 50, 1},
                    {"start", "s", 0.1999, 0, 2, 0.0001},
                    {"pause", "s", 0.001, 0, 1, 0.001},
                    {"beat", "s", 0.1, 0.01, 1, 0.01},
                    {"beats", "", 6, 1, 50, 1}};
  out.variants = {{"bad", bad, {"iteration-stall", "loop-lag"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
