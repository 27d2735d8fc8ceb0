// Three fetches in one gather; the first one fails while the others are still on their way.
//
// gather reports the first failure and owns nothing: the other fetches run on, and nobody will read what they bring.
// Behind a semaphore they even go on starting new ones.  Choose, do not drift: fail together (TaskGroup) or finish
// together (return_exceptions).
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

using Done = Task<void>;
using Limit = std::shared_ptr<Semaphore>;  // orphans may outlive main, and hold it

std::string name_of(int n) { return std::string(1, static_cast<char>('a' + n - 1)); }
Duration takes(const Settings& set, int n) { return set.time(n == 2 || n == 3 ? name_of(n) : "a"); }

// @begin both
Done fetch(Service api, Settings set, int n) {
  co_await api.get(name_of(n), takes(set, n));  // @f
  if (n == set.count("fails"))
    throw ServiceError(name_of(n));
  log(name_of(n), "done");  // @d
}
// @end both

// @begin bad
Done bad(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  std::vector<Done> parts;
  for (int n = 1; n <= 3; ++n)
    parts.push_back(fetch(api, set, n));
  try {
    co_await gather(std::move(parts));  // @g
  } catch (const ServiceError&) {
    log("failed");  // @e
  }
  co_await sleep(set.time("rest"));  // @r
}
// @end bad

// @begin bad.limit
Done queued(Service api, Settings set, int n, Limit limit) {
  auto permit = co_await limit->hold();  // @a
  co_await fetch(api, set, n);  // @b
}

Done bad_limit(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  Limit limit(new Semaphore(set.count("limit"), "limit"));  // @l
  std::vector<Done> jobs;
  for (int n = 1; n <= set.count("jobs"); ++n)
    jobs.push_back(queued(api, set, n, limit));
  try {
    co_await gather(std::move(jobs));  // @g
  } catch (const ServiceError&) {
    log("failed");  // @e
  }
  co_await sleep(set.time("rest"));  // @r
}
// @end bad.limit

// @begin fixed
Done fixed(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  try {
    co_await with_task_group([&](TaskGroup& tg) -> Done {  // @g
      for (int n = 1; n <= 3; ++n)
        tg.create_task(fetch(api, set, n));  // @t
      co_return;
    });
  } catch (const ExceptionGroup&) {
    log("failed");  // @e
  }
  co_await sleep(set.time("rest"));  // @r
}
// @end fixed

// @begin fixed.settled
Done fixed_settled(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  std::vector<Done> parts;
  for (int n = 1; n <= 3; ++n)
    parts.push_back(fetch(api, set, n));
  auto all = co_await gather_settled(std::move(parts));  // @g
  int failed = 0;
  for (auto& one : all)
    failed += !one.ok();
  log("failed", failed, "of", all.size());  // @e
  co_await sleep(set.time("rest"));  // @r
}
// @end fixed.settled

// @begin fixed.limit
Done turn(Service api, Settings set, int n, Limit limit) {
  auto permit = co_await limit->hold();  // @a
  co_await fetch(api, set, n);  // @b
}

Done fixed_limit(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  Limit limit(new Semaphore(set.count("limit"), "limit"));  // @l
  try {
    co_await with_task_group([&](TaskGroup& tg) -> Done {  // @g
      for (int n = 1; n <= set.count("jobs"); ++n)
        tg.create_task(turn(api, set, n, limit));  // @t
      co_return;
    });
  } catch (const ExceptionGroup&) {
    log("failed");  // @e
  }
  co_await sleep(set.time("rest"));  // @r
}
// @end fixed.limit

/// Once the caller knows that it failed, nothing may be under way on its behalf.
std::string promise(const Told& run, const Settings&) {
  int after = 0;
  bool failed = false;
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) {
    const awaitscope::Event event = run.trace[seq];
    failed = failed || (event.kind == Kind::log && words_of(run.trace, event).starts_with("failed"));
    after += failed && event.kind == Kind::request_end;
  }
  return after ? std::to_string(after) + " requests went on after the caller was told of the failure" : "";
}

}  // namespace

Scenario gather_orphans() {
  Scenario out;
  out.id = "L12";
  out.name = "gather_orphans";
  out.parameters = {{"a", "s", 1, 0.1, 20, 0.1},
                    {"b", "s", 3, 0.1, 20, 0.1},
                    {"c", "s", 4, 0.1, 20, 0.1},
                    {"fails", "", 1, 1, 10, 1},
                    {"rest", "s", 5, 0, 20, 0.5},
                    {"limit", "", 3, 1, 10, 1},
                    {"jobs", "", 10, 1, 20, 1}};
  out.variants = {{"bad", bad, {"siblings-left-running"}},
                  {"bad.limit", bad_limit, {"siblings-left-running"}},
                  {"fixed", fixed, {}},
                  {"fixed.settled", fixed_settled, {}},
                  {"fixed.limit", fixed_limit, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
