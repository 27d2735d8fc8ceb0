// Fifty clients and a service that can take five of them a second.
//
// Who asks again at once only adds load, and who waits exactly as long as everybody else meets everybody else again.
// Waiting longer each time lets the service breathe, and randomness stops the crowd from returning in step.  What
// cannot succeed is not asked again, and who was told to stop stops.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

using Answer = Task<Value<int>>;

ServiceOptions down() {
  return ServiceOptions("api").latency(0s).fails([](int) { return true; });
}
ServiceOptions busy(const Settings& set) {
  if (set.on("dead")) return down();
  return ServiceOptions("api").capacity(set.count("capacity")).latency(set.time("service_time"));
}

/// The wait before a try: none before the first, then growing.
Duration backoff(int attempt, const Settings& set) {
  if (attempt == 1) return 0s;
  Duration wait = set.time("base");
  for (int n = 2; n < attempt && wait < set.time("cap"); ++n)
    wait *= set.count("factor");
  return std::min(wait, set.time("cap"));
}

/// The first try hangs, later ones fail at once.
Duration takes(int attempt) { return attempt == 1 ? 60s : 0s; }

// @begin crowd
Task<void> crowd(Answer (*client)(Service, Settings), Settings set) {
  Service api(busy(set));  // @s
  std::vector<Answer> clients;
  for (int i = 0; i < set.count("clients"); ++i)
    clients.push_back(client(api, set));
  auto results = co_await gather_settled(std::move(clients));  // @g
  auto ok = std::count_if(results.begin(), results.end(), [](auto& r) { return r.ok(); });
  log("ok", ok, "of", results.size());  // @r
}
// @end crowd

// @begin bad
Answer one_try(Service api, Settings) {
  co_return co_await api.get("job");  // @a
}

Task<void> bad(Settings set) {
  co_await crowd(one_try, set);  // @b
}
// @end bad

// @begin bad.at_once
Answer impatient(Service api, Settings set) {
  for (int n = 1;; ++n) {
    try {
      co_return co_await api.attempt(n).get("job");  // @a
    } catch (const ServiceError&) {
      if (n == set.count("tries")) throw;
    }
  }
}

Task<void> bad_at_once(Settings set) {
  co_await crowd(impatient, set);  // @b
}
// @end bad.at_once

// @begin bad.no_jitter
Answer in_step(Service api, Settings set) {
  for (int n = 1;; ++n) {
    co_await sleep(backoff(n, set));  // @w
    try {
      co_return co_await api.attempt(n).get("job");  // @a
    } catch (const ServiceError&) {
      if (n == set.count("tries")) throw;
    }
  }
}

Task<void> bad_no_jitter(Settings set) {
  co_await crowd(in_step, set);  // @b
}
// @end bad.no_jitter

// @begin bad.any_error
Task<void> bad_any_error(Settings set) {
  Service api(ServiceOptions("api").invalid("nonsense"));  // @s
  for (int n = 1; n <= set.count("tries"); ++n) {
    co_await sleep(backoff(n, set));  // @w
    log("try", n);  // @n
    try {
      co_await api.attempt(n).get("nonsense");  // @a
      co_return;
    } catch (const std::exception&) {}  // whatever it was
  }
  log("gave up");  // @e
}
// @end bad.any_error

// @begin bad.catch_all
Task<void> stubborn(Service api, Settings set) {
  for (int n = 1; n <= set.count("tries"); ++n) {
    co_await sleep(backoff(n, set));  // @w
    log("try", n);  // @n
    try {
      co_await api.attempt(n).get("job", takes(n));  // @a
      co_return;
    } catch (...) {}  // also the request to stop
  }
  log("gave up");  // @e
}

Task<void> bad_catch_all(Settings set) {
  Service api(down());  // @s
  auto work = create_task(stubborn(api, set), "client");  // @t
  co_await sleep(set.time("stop"));  // @z
  log("stop");  // @l
  work.cancel();  // @x
  co_await work;  // @j
}
// @end bad.catch_all

// @begin fixed
Answer patient(Service api, Settings set) {
  for (int n = 1;; ++n) {
    auto half = backoff(n, set) / 2;
    co_await sleep(half + random_up_to(half));  // @w
    try {
      co_return co_await api.attempt(n).get("job");  // @a
    } catch (const ServiceError&) {
      if (n == set.count("tries")) throw;
    }
  }
}

Task<void> fixed(Settings set) {
  co_await crowd(patient, set);  // @b
}
// @end fixed

// @begin fixed.stopped
Task<void> obedient(Service api, Settings set) {
  for (int n = 1; n <= set.count("tries"); ++n) {
    co_await sleep(backoff(n, set));  // @w
    log("try", n);  // @n
    try {
      co_await api.attempt(n).get("job");  // @a
      co_return;
    } catch (const ServiceError&) {}  // and nothing else
  }
  log("gave up");  // @e
}

Task<void> fixed_stopped(Settings set) {
  Service api(down());  // @s
  auto work = create_task(obedient(api, set), "client");  // @t
  co_await sleep(set.time("stop"));  // @z
  log("stop");  // @l
  work.cancel();  // @x
  try {
    co_await work;  // @j
  } catch (const CancelledError&) {}
  log("stopped");  // @k
}
// @end fixed.stopped

std::string promise(const Told& run, const Settings&) {
  int wrong = 0, late = 0;
  const auto stop = run.times("stop");
  for (const Request& request : run.history.requests) {
    wrong += request.status == RequestStatus::invalid;
    late += !stop.empty() && static_cast<double>(request.begin.ns) / 1e9 > stop.front();
  }
  if (wrong > 1) return "what cannot succeed was asked " + std::to_string(wrong) + " times";
  if (late) return "it went on asking after it was told to stop";
  if (run.logged("ok").empty()) return "";
  const double lost = run.number("of") - run.number("ok");
  return lost > 0 ? std::to_string(static_cast<int>(lost)) + " clients got no answer" : "";
}

}  // namespace

Scenario retry_backoff_jitter() {
  Scenario out;
  out.id = "L21";
  out.name = "retry_backoff_jitter";
  out.parameters = {{"clients", "", 50, 1, 150, 1},
                    {"capacity", "", 5, 1, 100, 1},
                    {"service_time", "s", 0.9, 0.05, 5, 0.05},
                    {"tries", "", 6, 1, 10, 1},
                    {"base", "s", 1, 0.05, 10, 0.05},
                    {"factor", "", 2, 1, 4, 1},
                    {"cap", "s", 20, 0.1, 60, 0.5},
                    {"stop", "s", 1.5, 0.1, 20, 0.1},
                    {"dead", "", 0, 0, 1, 1}};
  out.variants = {{"bad", bad, {"unbounded-concurrency"}},
                  {"bad.at_once", bad_at_once, {"retry-no-backoff", "unbounded-concurrency"}},
                  {"bad.no_jitter", bad_no_jitter, {"retry-no-backoff", "unbounded-concurrency"}},
                  {"bad.any_error", bad_any_error, {"retried-non-retryable"}},
                  {"bad.catch_all", bad_catch_all, {"cancel-swallowed", "retried-cancel"}},
                  {"fixed", fixed, {}},
                  {"fixed.stopped", fixed_stopped, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
