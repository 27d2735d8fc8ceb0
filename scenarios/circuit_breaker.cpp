// One call a second to a service that is dead for twelve seconds.
//
// Without a breaker every call burns its whole timeout.  Failing fast protects you and gives the other side room.  Probing
// with one request, not with everybody, decides when to trust it again.
#include "scenarios/scenario.h"

#include "core/runtime/circuit.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

using Call = Task<void> (*)(Service api, Circuit breaker, int n, Settings set);

ServiceOptions dead_at_first(const Settings& set) {
  return ServiceOptions("api").latency(set.time("latency")).silent(0s, set.time("outage"));
}

// @begin callers
/// One call each second, in one of them a burst.
Task<void> callers(Call call, int burst, Settings set) {
  Service api(dead_at_first(set));  // @s
  Circuit breaker("breaker");  // @k
  std::vector<TaskHandle<void>> calls;
  for (int n = 0; n < set.count("seconds"); ++n) {
    for (int i = 0; i < (n == set.count("burst_at") ? burst : 1); ++i)
      calls.push_back(create_task(call(api, breaker, n, set), "call"));  // @t
    co_await sleep(1s);  // @w
  }
  co_await gather(std::move(calls));  // @g
}
// @end callers

// @begin bad
Task<void> exposed(Service api, Circuit, int n,
                   Settings set) {
  try {
    co_await wait_for(api.get("job"), set.time("timeout"));  // @a
    log("call", n, "ok");  // @c
  } catch (const TimeoutError&) {
    log("call", n, "failed");  // @d
  }
}

Task<void> bad(Settings set) {
  co_await callers(exposed, 1, set);  // @e
}
// @end bad

// @begin bad.stampede
bool anybody(Circuit breaker, const Settings& set) {
  if (breaker.open() && breaker.age() > set.time("pause"))
    breaker.try_again();  // @h
  return !breaker.open();
}

Task<void> hurried(Service api, Circuit breaker, int n,
                   Settings set) {
  if (!anybody(breaker, set))
    co_return log("call", n, "rejected");  // @r
  breaker.enter();  // @p
  try {
    co_await wait_for(api.get("job"), set.time("timeout"));  // @a
    breaker.succeeded();  // @o
    log("call", n, "ok");  // @c
  } catch (const TimeoutError&) {
    breaker.failed(set.count("threshold"));  // @f
    log("call", n, "failed");  // @d
  }
}

Task<void> bad_stampede(Settings set) {
  co_await callers(hurried, set.count("burst"), set);  // @e
}
// @end bad.stampede

// @begin fixed
bool one_probe(Circuit breaker, const Settings& set) {
  if (breaker.open() && breaker.age() > set.time("pause")) {
    breaker.try_again();  // @h
    return true;
  }
  return breaker.closed();
}

Task<void> guarded(Service api, Circuit breaker, int n,
                   Settings set) {
  if (!one_probe(breaker, set))
    co_return log("call", n, "rejected");  // @r
  breaker.enter();  // @p
  try {
    co_await wait_for(api.get("job"), set.time("timeout"));  // @a
    breaker.succeeded();  // @o
    log("call", n, "ok");  // @c
  } catch (const TimeoutError&) {
    breaker.failed(set.count("threshold"));  // @f
    log("call", n, "failed");  // @d
  }
}

Task<void> fixed(Settings set) {
  co_await callers(guarded, 1, set);  // @e
}
// @end fixed

// @begin fixed.burst
Task<void> fixed_burst(Settings set) {
  co_await callers(guarded, set.count("burst"), set);  // @e
}
// @end fixed.burst

std::string promise(const Told& run, const Settings& set) {
  const double outage = set.number("outage");
  int asked = 0;
  for (const Request& request : run.history.requests)
    asked += static_cast<double>(request.begin.ns) / 1e9 < outage;
  const int owed = set.count("threshold") + static_cast<int>(outage / set.number("pause"));
  return asked <= owed ? "" : "a dead service was asked " + std::to_string(asked) + " times";
}

}  // namespace

Scenario circuit_breaker() {
  Scenario out;
  out.id = "X02";
  out.name = "circuit_breaker";
  out.parameters = {{"threshold", "", 3, 1, 10, 1},
                    {"pause", "s", 5, 0.5, 20, 0.5},
                    {"outage", "s", 12, 0, 20, 0.5},
                    {"seconds", "", 19, 3, 40, 1},
                    {"timeout", "s", 0.5, 0.1, 0.9, 0.1},
                    {"latency", "s", 0, 0, 0.05, 0.01},
                    {"burst", "", 20, 2, 100, 1},
                    {"burst_at", "", 8, 0, 39, 1}};
  out.variants = {{"bad", bad, {"dead-service-asked"}},
                  {"bad.stampede", bad_stampede, {"half-open-stampede"}},
                  {"fixed", fixed, {}},
                  {"fixed.burst", fixed_burst, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
