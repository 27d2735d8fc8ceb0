// Fifty callers ask a cold cache for the same thing at the same moment.
//
// A cache that is filled after an await is empty for everyone who asks in between: fifty calls.  Cache the promise, not the
// result: the first miss stores the task, and the others await that.  Shield it, or one caller's cancel is everybody's.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Load = TaskHandle<Value<int>>;

ServiceOptions backend(const Settings& set) { return ServiceOptions("api").latency(set.time("service_time")); }

int count_ok(const std::vector<Settled<int>>& results) {
  return static_cast<int>(std::count_if(results.begin(), results.end(), [](const auto& one) { return one.ok(); }));
}

// @begin bad
Task<int> lookup(Service api, Cell<int>* cache) {
  int known = cache->read();  // @a
  if (known) co_return known;
  auto user = co_await api.get("user");  // @b
  cache->write(user);  // @c
  co_return user;
}

Task<void> bad(Settings set) {
  Service api(backend(set));  // @d
  Cell<int> cache(0, "cache");  // @e
  std::vector<Task<int>> all;
  for (int i = 0; i < set.count("callers"); ++i)
    all.push_back(lookup(api, &cache));
  auto results = co_await gather_settled(std::move(all));  // @f
  log("served", count_ok(results), "of", results.size());  // @g
}
// @end bad

// @begin bad.cancel
Task<int> unshielded(Service api, Cell<Load>* cache) {
  Load load = cache->read();  // @a
  if (!load) {
    load = create_task(api.get("user"), "load");  // @b
    cache->write(load);  // @c
  }
  co_return co_await load;  // @d
}

Task<void> bad_cancel(Settings set) {
  Service api(backend(set));  // @e
  Cell<Load> cache({}, "cache");  // @f
  std::vector<TaskHandle<int>> all;
  for (int i = 0; i < set.count("callers"); ++i)
    all.push_back(create_task(unshielded(api, &cache)));  // @g
  co_await sleep(set.time("give_up"));  // @h
  all.front().cancel();  // @i
  auto results = co_await gather_settled(all);  // @j
  log("served", count_ok(results), "of", results.size());  // @k
}
// @end bad.cancel

// @begin fixed
Task<int> lookup(Service api, Cell<Load>* cache) {
  Load load = cache->read();  // @a
  if (!load) {
    load = create_task(api.get("user"), "load");  // @b
    cache->write(load);  // @c
  }
  co_return co_await shield(load);  // @d
}

Task<void> fixed(Settings set) {
  Service api(backend(set));  // @e
  Cell<Load> cache({}, "cache");  // @f
  std::vector<Task<int>> all;
  for (int i = 0; i < set.count("callers"); ++i)
    all.push_back(lookup(api, &cache));
  auto results = co_await gather_settled(std::move(all));  // @g
  log("served", count_ok(results), "of", results.size());  // @h
}
// @end fixed

// @begin fixed.cancel
Task<int> shielded(Service api, Cell<Load>* cache) {
  Load load = cache->read();  // @a
  if (!load) {
    load = create_task(api.get("user"), "load");  // @b
    cache->write(load);  // @c
  }
  co_return co_await shield(load);  // @d
}

Task<void> fixed_cancel(Settings set) {
  Service api(backend(set));  // @e
  Cell<Load> cache({}, "cache");  // @f
  std::vector<TaskHandle<int>> all;
  for (int i = 0; i < set.count("callers"); ++i)
    all.push_back(create_task(shielded(api, &cache)));  // @g
  co_await sleep(set.time("give_up"));  // @h
  all.front().cancel();  // @i
  auto results = co_await gather_settled(all);  // @j
  log("served", count_ok(results), "of", results.size());  // @k
}
// @end fixed.cancel

std::string promise(const Told& run, const Settings&) {
  if (run.count(Kind::request_begin) != 1) return std::to_string(run.count(Kind::request_begin)) + " calls for one answer";
  const double lost = run.number("of") - run.number("served");
  return lost <= 1 ? "" : "one caller gave up, and " + std::to_string(static_cast<int>(lost)) + " got nothing";
}

}  // namespace

Scenario single_flight_cache() {
  Scenario out;
  out.id = "X07";
  out.name = "single_flight_cache";
  out.parameters = {{"callers", "", 50, 1, 200, 1}, {"service_time", "s", 1, 0.1, 10, 0.1}, {"give_up", "s", 0.5, 0.1, 20, 0.1}};
  out.variants = {{"bad", bad, {"cache-stampede"}},
                  {"bad.cancel", bad_cancel, {}},
                  {"fixed", fixed, {}},
                  {"fixed.cancel", fixed_cancel, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
