// A hash of three seconds inside a coroutine, beside a heartbeat.
//
// Work that computes never waits, so there is nothing an await could help with: for three seconds the loop serves nobody.
// A worker thread takes the same three seconds, only somewhere else, and the loop is free meanwhile.  Offloading buys
// responsiveness, not speed.  Cut into slices with an await between, the work may stay on the loop.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

void hash_file(Settings set) { compute_for(set.time("job"), "hash"); }
Duration block(const Settings& set) {
  return Duration{static_cast<std::int64_t>(set.number("job") / set.number("blocks") * 1e9 + 0.5)};
}
std::vector<Task<void>> several(Task<void> (*job)(Settings), const Settings& set) {
  std::vector<Task<void>> jobs;
  for (int n = 0; n < set.count("jobs"); ++n)
    jobs.push_back(job(set));
  return jobs;
}

// @begin both
Task<void> heartbeat(Settings set) {
  for (;;) {
    log("beat");  // @h
    co_await sleep(set.time("period"));  // @i
  }
}
// @end both

// @begin bad
Task<void> hash_here(Settings set) {
  compute_for(set.time("job"), "hash");  // @a
  log("hashed");  // @b
  co_return;
}

Task<void> bad(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  co_await sleep(set.time("start"));  // @d
  auto jobs = several(hash_here, set);
  co_await gather(std::move(jobs));  // @e
  log("all hashed");  // @f
  beats.cancel();  // @g
  co_await wait(beats);  // @w
}
// @end bad

// @begin fixed
Task<void> hash_in_thread(Settings set) {
  co_await to_thread(hash_file, set);  // @a
  log("hashed");  // @b
}

Task<void> fixed(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  co_await sleep(set.time("start"));  // @d
  auto jobs = several(hash_in_thread, set);
  co_await gather(std::move(jobs));  // @e
  log("all hashed");  // @f
  beats.cancel();  // @g
  co_await wait(beats);  // @w
}
// @end fixed

// @begin fixed.slices
Task<void> hash_in_slices(Settings set) {
  for (int n = 1; n <= set.count("blocks"); ++n) {
    compute_for(block(set), "hash");  // @a
    if (n % set.count("every") == 0)
      co_await sleep(0s);  // @y
  }
  log("hashed");  // @b
}

Task<void> fixed_slices(Settings set) {
  auto beats = create_task(heartbeat(set), "heartbeat");  // @c
  co_await sleep(set.time("start"));  // @d
  auto jobs = several(hash_in_slices, set);
  co_await gather(std::move(jobs));  // @e
  log("all hashed");  // @f
  beats.cancel();  // @g
  co_await wait(beats);  // @w
}
// @end fixed.slices

std::string promise(const Told& run, const Settings& set) {
  if (!run.ok() || run.logged("hashed").size() != static_cast<std::size_t>(set.count("jobs"))) return "a hash is missing";
  std::vector<double> beats = run.times("beat");
  beats.push_back(run.seconds());
  for (std::size_t n = 1; n < beats.size(); ++n)
    if (beats[n] - beats[n - 1] > set.number("period") + 0.1) return "the heart stood still";
  return "";
}

void prepare(const Settings& set, RunOptions& options) { options.workers = static_cast<std::size_t>(set.count("workers")); }

}  // namespace

Scenario cpu_on_loop() {
  Scenario out;
  out.id = "L06";
  out.name = "cpu_on_loop";
  out.parameters = {{"job", "s", 3, 0.1, 10, 0.1}, {"jobs", "", 1, 1, 6, 1}, {"period", "s", 0.2, 0.05, 2, 0.05}, {"start", "s", 0.5, 0.1, 2, 0.1}, {"workers", "", 4, 1, 8, 1}, {"blocks", "", 200, 1, 400, 1}, {"every", "", 1, 1, 400, 1}};
  out.variants = {{"bad", bad, {"blocking-call", "cpu-on-loop", "slow-step"}},
                  {"fixed", fixed, {}},
                  {"fixed.slices", fixed_slices, {}}};
  out.promise = promise;
  out.prepare = prepare;
  return out;
}

}  // namespace awaitscope::scenarios
