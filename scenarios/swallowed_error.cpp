// Three ways to lose an error: filtered out, left in a task that nobody looks at, taken for data.
//
// An exception travels only along an await; where nobody awaits there is no road.  To drop one is a decision, so make it
// visible: report it once, where it is handled, or let it pass.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

ServiceOptions flaky(const Settings& set) {
  return ServiceOptions("api").latency(set.time("takes")).fails([bad = set.count("failing")](int n) { return n <= bad; });
}

// @begin both
Task<Value<int>> fetch(Service api) {
  co_return co_await api.get("page");  // @f
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<Task<Value<int>>> calls;
  for (int n = 0; n < set.count("pages"); ++n)
    calls.push_back(fetch(api));
  auto results = co_await gather_settled(std::move(calls));  // @g
  auto good = without_exceptions(results);  // @h
  log("stored", good.size(), "pages");  // @i
}
// @end bad

// @begin bad.task
Task<void> bad_task(Settings set) {
  Service api(flaky(set));  // @s
  auto task = create_task(fetch(api), "fetch");  // @t
  co_await sleep(set.time("kept"));  // @w
  task = {};  // del task
  co_await sleep(set.time("more"));  // @m
  log("all is well");  // @i
}
// @end bad.task

// @begin bad.status
Task<void> bad_status(Settings set) {
  Service api(flaky(set));  // @s
  auto page = co_await ask(api, "page");  // @g
  log("stored", page.body());  // @i
}
// @end bad.status

// @begin fixed
Task<void> fixed(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<Task<Value<int>>> calls;
  for (int n = 0; n < set.count("pages"); ++n)
    calls.push_back(fetch(api));
  auto results = co_await gather_settled(std::move(calls));  // @g
  int good = 0;
  for (auto& one : results) {
    if (one.ok()) ++good;
    else log("failed:", describe(one.error));  // @e
  }
  log("stored", good, "of", results.size(), "pages");  // @i
}
// @end fixed

// @begin fixed.task
Task<void> fixed_task(Settings set) {
  Service api(flaky(set));  // @s
  auto body = [&](TaskGroup& group) -> Task<void> {
    group.create_task(fetch(api), "fetch");  // @t
    co_await sleep(set.time("kept"));  // @w
  };
  try {
    co_await with_task_group(body);  // @g
  } catch (const ExceptionGroup& group) {
    for (auto& error : group.errors())
      log("failed:", describe(error));  // @e
  }
  co_await sleep(set.time("more"));  // @m
  log("the rest is well");  // @i
}
// @end fixed.task

// @begin fixed.status
Task<void> fixed_status(Settings set) {
  Service api(flaky(set));  // @s
  try {
    auto page = co_await ask(api, "page");  // @g
    page.raise_for_status();  // @r
    log("stored", page.body());  // @i
  } catch (const ServiceError& error) {
    log("failed:", error.what());  // @e
  }
}
// @end fixed.status

std::string promise(const Told& run, const Settings&) {
  int failed = 0;
  for (const Request& request : run.history.requests)
    failed += request.ended && request.status == RequestStatus::failed;
  const auto reported = run.logged("failed").size();
  return static_cast<std::size_t>(failed) == reported
             ? ""
             : std::to_string(failed) + " failed, " + std::to_string(reported) + " reported";
}

}  // namespace

Scenario swallowed_error() {
  Scenario out;
  out.id = "L14";
  out.name = "swallowed_error";
  out.parameters = {{"pages", "", 5, 1, 6, 1},
                    {"failing", "", 3, 0, 6, 1},
                    {"takes", "s", 1, 0.1, 10, 0.1},
                    {"kept", "s", 2, 0, 10, 0.1},
                    {"more", "s", 1, 0, 10, 0.1}};
  out.variants = {{"bad", bad, {"errors-discarded"}},
                  {"bad.task", bad_task, {"exception-never-retrieved"}},
                  {"bad.status", bad_status, {"errors-discarded"}},
                  {"fixed", fixed, {}},
                  {"fixed.task", fixed_task, {}},
                  {"fixed.status", fixed_status, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
