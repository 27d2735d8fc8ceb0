// A coroutine that calls asyncio.run, and one that waits for its own loop with the thread.
//
// A running loop refuses to be entered again: RuntimeError at once, loud and lucky.  Waiting for it from its own thread is
// silent: the only thread that could finish the work is the one that waits.  Inside, await; at the process's entry, one run.
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

Task<void> fetch(Settings set, Place = Place::current()) {
  co_await sleep(set.time("takes"));  // @g
  log("fetched");  // @h
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  run(fetch(set));  // @c
  log("loaded");  // @d
  co_await ticks;  // @e
}
// @end bad

// @begin bad.complete
Task<void> bad_complete(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  auto loop = get_running_loop();
  loop.run_until_complete(fetch(set));  // @c
  log("loaded");  // @d
  co_await ticks;  // @e
}
// @end bad.complete

// @begin bad.thread
Task<void> bad_thread(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  auto loop = get_running_loop();
  auto task = run_coroutine_threadsafe(fetch(set), loop);
  task.result();  // @c
  log("loaded");  // @d
  co_await ticks;  // @e
}
// @end bad.thread

// @begin fixed
Task<void> fixed(Settings set) {
  auto ticks = create_task(ticker(set), "ticker");  // @a
  co_await sleep(set.time("start"));  // @b
  co_await fetch(set);  // @c
  log("loaded");  // @d
  co_await ticks;  // @e
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  return run.ok() && run.logged("loaded").size() == 1 ? "" : "nothing was loaded";
}

}  // namespace

Scenario nested_loop() {
  Scenario out;
  out.id = "L07";
  out.name = "nested_loop";
  out.parameters = {{"start", "s", 1.2, 0, 5, 0.1},
                    {"takes", "s", 1, 0, 10, 0.1},
                    {"period", "s", 0.5, 0.05, 5, 0.05},
                    {"ticks", "", 6, 1, 100, 1}};
  out.variants = {{"bad", bad, {"nested-loop-run", "never-awaited"}},
                  {"bad.complete", bad_complete, {"nested-loop-run", "never-awaited"}},
                  {"bad.thread", bad_thread, {"self-deadlock"}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
