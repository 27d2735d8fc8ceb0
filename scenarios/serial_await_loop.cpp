// Four jobs, awaited one by one in a loop.
//
// Awaiting an un-started coroutine runs it alone; awaiting a task only joins one that already runs.  The loop joins in the
// order of the list, so a failure further down waits for the slow head, and if the head fails the rest run on unowned.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

ServiceOptions flaky(const Settings& set) {
  return ServiceOptions("api").fails([bad = set.count("failing")](int n) { return n == bad; });
}
Duration takes(int n, const Settings& set) {
  return set.time(n == set.count("slow") ? "slow_takes" : n == set.count("failing") ? "fails_after"
                                                                                    : "takes");
}
std::string name(int n) { return "job " + std::to_string(n); }
std::string words(const std::exception_ptr& error) {
  const std::string text = describe(error);
  return text.substr(text.find(": ") + 2);
}

// @begin both
Task<void> job(Service api, int n, Settings set) {
  co_await api.get(name(n), takes(n, set));  // @j
  log(name(n), "done");  // @d
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<Task<void>> jobs;
  for (int n = 1; n <= set.count("jobs"); ++n)
    jobs.push_back(job(api, n, set));
  for (auto& each : jobs) {
    try {
      co_await each;  // @a
    } catch (const ServiceError& error) {
      log("caught", error.what());  // @c
    }
  }
  log("finished");  // @f
}
// @end bad

// @begin bad.tasks
Task<void> bad_tasks(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<TaskHandle<void>> jobs;
  for (int n = 1; n <= set.count("jobs"); ++n)
    jobs.push_back(create_task(job(api, n, set)));  // @t
  try {
    for (auto& each : jobs)
      co_await each;  // @a
  } catch (const ServiceError& error) {
    log("caught", error.what());  // @c
  }
  co_await sleep(set.time("more"));  // @m
  log("finished");  // @f
}
// @end bad.tasks

// @begin fixed
Task<void> fixed(Settings set) {
  Service api(flaky(set));  // @s
  auto jobs = [&](TaskGroup& group) -> Task<void> {
    for (int n = 1; n <= set.count("jobs"); ++n)
      group.create_task(job(api, n, set));  // @t
    co_return;
  };
  try {
    co_await with_task_group(jobs);  // @a
  } catch (const ExceptionGroup& group) {
    log("caught", words(group.errors()[0]));  // @c
  }
  log("finished");  // @f
}
// @end fixed

// @begin fixed.gather
Task<void> fixed_gather(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<Task<void>> jobs;
  for (int n = 1; n <= set.count("jobs"); ++n)
    jobs.push_back(job(api, n, set));
  auto results = co_await gather_settled(std::move(jobs));  // @a
  for (auto& one : results)
    if (!one.ok()) log("caught", words(one.error));  // @c
  log("finished");  // @f
}
// @end fixed.gather

std::string promise(const Told& run, const Settings& set) {
  double last = 0;
  for (const auto& line : run.log())
    if (line.text != "finished") last = std::max(last, line.at);
  const double longest = std::max({set.number("slow_takes"), set.number("takes"), set.number("fails_after")});
  return last <= longest + 1e-6 ? "" : "the jobs took longer than the slowest of them";
}

}  // namespace

Scenario serial_await_loop() {
  Scenario out;
  out.id = "L02";
  out.name = "serial_await_loop";
  out.parameters = {{"jobs", "", 4, 2, 8, 1},
                    {"slow", "", 1, 0, 8, 1},
                    {"failing", "", 2, 0, 8, 1},
                    {"slow_takes", "s", 5, 0.1, 10, 0.1},
                    {"takes", "s", 2, 0.1, 10, 0.1},
                    {"fails_after", "s", 1, 0.1, 10, 0.1},
                    {"more", "s", 0, 0, 10, 0.1}};
  out.presets = {{"head", {{"slow", 3}, {"failing", 1}, {"more", 5}}}};
  out.variants = {{"bad", bad, {"await-in-loop"}},
                  {"bad.tasks", bad_tasks, {"late-error"}},
                  {"fixed", fixed, {}},
                  {"fixed.gather", fixed_gather, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
