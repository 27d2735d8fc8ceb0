// Twenty jobs at once against a service that can work on five.
//
// Your machine can start far more than the other side can take.  A semaphore turns the crowd into a queue: it bounds the
// work in flight, not the number of tasks.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Results = std::vector<Settled<Value<int>>>;

ServiceOptions busy(const Settings& set) {
  return ServiceOptions("api").capacity(set.count("capacity")).latency(set.time("service_time"));
}

// @begin both
void report(const Results& results) {
  int ok = 0, refused = 0;
  for (auto& r : results)
    ++(r.ok() ? ok : refused);
  log("ok", ok, "refused", refused);  // @r
}
// @end both

// @begin bad
Task<Value<int>> process(Service api) {
  co_return co_await api.get("job");  // @a
}

Task<void> bad(Settings set) {
  Service api(busy(set));  // @s
  std::vector<Task<Value<int>>> jobs;
  for (int i = 0; i < set.count("jobs"); ++i)
    jobs.push_back(process(api));
  auto results = co_await gather_settled(std::move(jobs));  // @b
  report(results);
}
// @end bad

// @begin fixed
Task<Value<int>> process(Service api, Semaphore* limit) {
  auto permit = co_await limit->hold();  // @a
  co_return co_await api.get("job");  // @b
}

Task<void> fixed(Settings set) {
  Service api(busy(set));  // @s
  Semaphore limit(set.count("limit"), "limit");  // @l
  std::vector<Task<Value<int>>> jobs;
  for (int i = 0; i < set.count("jobs"); ++i)
    jobs.push_back(process(api, &limit));
  auto results = co_await gather_settled(std::move(jobs));  // @c
  report(results);
}
// @end fixed

std::string promise(const Told& run, const Settings&) {
  const int refused = run.count(Kind::request_end) - static_cast<int>(run.number("ok"));
  return refused ? std::to_string(refused) + " jobs were refused" : "";
}

}  // namespace

Scenario unbounded_gather() {
  Scenario out;
  out.id = "L08";
  out.name = "unbounded_gather";
  out.parameters = {{"jobs", "", 20, 1, 10000, 1},
                    {"limit", "", 5, 1, 1000, 1},
                    {"capacity", "", 5, 1, 1000, 1},
                    {"service_time", "s", 1, 0.01, 10, 0.01}};
  out.presets = {{"crowd", {{"jobs", 10000}, {"limit", 100}, {"capacity", 100}}}, {"limit_above_capacity", {{"limit", 10}}}};
  out.variants = {{"bad", bad, {"unbounded-concurrency"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
