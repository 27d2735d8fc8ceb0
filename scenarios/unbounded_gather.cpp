// Twenty jobs at once against a service that can work on five.
//
// Your machine can start far more than the other side can take.  A semaphore turns the crowd into a queue: it bounds the
// work in flight, not the number of tasks.
#include <algorithm>

#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

// @begin both
void report(const std::vector<Settled<Value<int>>>& results) {
  const auto ok = std::count_if(results.begin(), results.end(), [](auto& r) { return r.ok(); });
  log("ok", ok, "refused", static_cast<long>(results.size()) - ok);  // @r
}
// @end both

// @begin bad
Task<Value<int>> process(Service api) {
  co_return co_await api.get("job");  // @a
}

Task<void> bad(Settings set) {
  Service api(ServiceOptions("api").capacity(set.count("capacity")).latency(set.time("service_time")));  // @s
  std::vector<Task<Value<int>>> jobs;
  for (int i = 0; i < set.count("jobs"); ++i)
    jobs.push_back(process(api));
  auto results = co_await gather_settled(std::move(jobs));  // @b
  report(results);
}
// @end bad

// @begin fixed
Task<Value<int>> process_limited(Service api, Semaphore* limit) {
  auto permit = co_await limit->hold();  // @a
  co_return co_await api.get("job");  // @b
}

Task<void> fixed(Settings set) {
  Service api(ServiceOptions("api").capacity(set.count("capacity")).latency(set.time("service_time")));  // @s
  Semaphore limit(set.count("limit"), "limit");  // @l
  std::vector<Task<Value<int>>> jobs;
  for (int i = 0; i < set.count("jobs"); ++i)
    jobs.push_back(process_limited(api, &limit));
  auto results = co_await gather_settled(std::move(jobs));  // @c
  report(results);
}
// @end fixed

}  // namespace

Scenario unbounded_gather() {
  Scenario out;
  out.id = "L08";
  out.name = "unbounded_gather";
  out.topic = "How much at once";
  out.title = "A gather over everything overruns the service behind it";
  out.watch = "A spike to 20 with 15 refusals against a flat plateau of 5 of 5 with a wedge of waiters that drains in four steps.";
  out.parameters = {{"jobs", "", 20, 1, 10000, 1, "how many jobs there are"},
                    {"limit", "", 5, 1, 1000, 1, "permits of the semaphore (fixed version)"},
                    {"capacity", "", 5, 1, 1000, 1, "requests the service can work on at once"},
                    {"service_time", "s", 1, 0.01, 10, 0.01, "how long one request takes"}};
  out.presets = {{"crowd", {{"jobs", 10000}, {"limit", 100}, {"capacity", 100}}},
                 {"limit_above_capacity", {{"limit", 10}}}};
  out.variants = {{"bad", bad}, {"fixed", fixed}};
  out.findings = {"unbounded-concurrency"};
  return out;
}

}  // namespace awaitscope::scenarios
