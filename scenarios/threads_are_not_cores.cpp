// Two jobs that compute, in two threads, under one interpreter lock.
//
// The lock lets one thread run Python at a time: threads hide waiting, not work.  A pool lends as many threads as it has,
// and who comes later stands in line.  And a cancelled await lets go of its thread: it does not stop it.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

void compute(Settings set) { compute_for(set.time("job")); }
void ask(Settings set) { block_for(set.time("call"), "recv"); }
Executor processes(int workers) { return {Executor::Of::processes, workers}; }
Executor threads(int workers) { return {Executor::Of::threads, workers}; }

// @begin bad
Task<void> bad(Settings set) {
  std::vector<Task<void>> jobs;
  for (int n = 0; n < set.count("jobs"); ++n)
    jobs.push_back(to_thread(compute, set));
  co_await gather(std::move(jobs));  // @a
  log("all computed");  // @b
}
// @end bad

// @begin bad.pool
Task<void> bad_pool(Settings set) {
  std::vector<Task<void>> calls;
  for (int n = 0; n < set.count("calls"); ++n)
    calls.push_back(to_thread(ask, set));
  co_await gather(std::move(calls));  // @a
  log("all answered");  // @b
}
// @end bad.pool

// @begin bad.cancel
void send_mail(Settings set) {
  block_for(set.time("mail"), "smtp.send");
  log("mail sent");  // @m
}

Task<void> bad_cancel(Settings set) {
  auto work = to_thread(send_mail, set);
  auto mail = create_task(std::move(work), "mail");  // @a
  co_await sleep(set.time("patience"));  // @b
  mail.cancel();  // @c
  co_await wait(mail);  // @d
  log(mail.cancelled() ? "cancelled" : "too late");  // @e
}
// @end bad.cancel

// @begin fixed
Task<void> fixed(Settings set) {
  auto pool = processes(set.count("jobs"));
  std::vector<Future<void>> jobs;
  for (int n = 0; n < set.count("jobs"); ++n)
    jobs.push_back(
        run_in_executor(pool, compute, set));  // @j
  co_await gather(std::move(jobs));  // @a
  log("all computed");  // @b
}
// @end fixed

// @begin fixed.pool
Task<void> fixed_pool(Settings set) {
  auto pool = threads(set.count("calls"));
  std::vector<Future<void>> calls;
  for (int n = 0; n < set.count("calls"); ++n)
    calls.push_back(
        run_in_executor(pool, ask, set));  // @j
  co_await gather(std::move(calls));  // @a
  log("all answered");  // @b
}
// @end fixed.pool

// @begin fixed.cancel
void send_mail_within(Settings set) {
  auto takes = set.time("mail");
  auto limit = set.time("patience");
  block_for(std::min(takes, limit), "smtp.send");
  if (takes > limit) throw TimeoutError();
  log("mail sent");  // @m
}

Task<void> fixed_cancel(Settings set) {
  try {
    co_await to_thread(send_mail_within, set);  // @a
  } catch (const TimeoutError&) {
    log("gave up");  // @b
  }
}
// @end fixed.cancel

std::string promise(const Told& run, const Settings& set) {
  if (!run.ok()) return "it failed";
  for (const double at : run.times("all computed"))
    if (at > set.number("job") + 1e-6) return "the jobs took turns";
  for (const double at : run.times("all answered"))
    if (at > set.number("call") + 1e-6) return "calls stood in line";
  const bool called_off = !run.logged("cancelled").empty() || !run.logged("gave up").empty();
  return called_off && !run.logged("mail sent").empty() ? "a mail was sent that had been called off" : "";
}

void prepare(const Settings& set, RunOptions& options) {
  options.workers = static_cast<std::size_t>(set.count("workers"));
  options.threads.interpreter_lock = set.on("interpreter_lock");
  options.threads.switch_interval = set.time("slice");
  options.threads.contention = set.number("contention");
}

}  // namespace

Scenario threads_are_not_cores() {
  Scenario out;
  out.id = "X05";
  out.name = "threads_are_not_cores";
  out.parameters = {{"jobs", "", 2, 1, 4, 1},
                    {"job", "s", 3, 0.1, 10, 0.1},
                    {"interpreter_lock", "", 1, 0, 1, 1},
                    {"slice", "s", 0.25, 0.05, 1, 0.05},
                    {"contention", "", 0, 0, 0.5, 0.05},
                    {"calls", "", 12, 1, 40, 1},
                    {"call", "s", 1, 0.1, 5, 0.1},
                    {"workers", "", 4, 1, 36, 1},
                    {"mail", "s", 4, 0.1, 10, 0.1},
                    {"patience", "s", 1, 0.1, 5, 0.1}};
  out.presets = {{"free_threaded", {{"interpreter_lock", 0}}}, {"measured", {{"contention", 0.2}}}};
  out.variants = {{"bad", bad, {"executor-saturated"}},
                  {"bad.pool", bad_pool, {"executor-saturated"}},
                  {"bad.cancel", bad_cancel, {"cancel-does-not-stop-thread"}},
                  {"fixed", fixed, {}},
                  {"fixed.pool", fixed_pool, {}},
                  {"fixed.cancel", fixed_cancel, {}}};
  out.promise = promise;
  out.prepare = prepare;
  return out;
}

}  // namespace awaitscope::scenarios
