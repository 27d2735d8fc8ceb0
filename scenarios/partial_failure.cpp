// Three users are fetched together, and one of them fails.
//
// Kept as values, errors become ordinary items in the order of the input, so whoever takes them must look at every slot.  A
// cancelled one is no Exception: test for that, or the filter hands a CancelledError on as data.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

ServiceOptions flaky(const Settings& set) {
  return ServiceOptions("api").fails([bad = set.count("failing")](int n) { return n == bad; });
}
/// The last is the first to end.
Duration takes(int id, const Settings& set) { return set.time("step") * (id % set.count("ids") + 1); }
std::size_t chosen(const Settings& set) { return static_cast<std::size_t>(set.count("cancel") - 1); }
std::string told(const Settled<std::string>& one) { return one.ok() ? "✓ " + *one.value : "✗ " + describe(one.error); }
std::string user(int id) { return "user " + std::to_string(id); }

// @begin both
Task<std::string> fetch(Service api, int id, Settings set) {
  co_await api.get(user(id), takes(id, set));  // @f
  co_return user(id);
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<Task<std::string>> calls;
  for (int id = 1; id <= set.count("ids"); ++id)
    calls.push_back(fetch(api, id, set));
  try {
    auto users = co_await gather(std::move(calls));  // @g
    log("ok", users.size());  // @h
  } catch (const ServiceError& error) {
    log("nothing:", error.what());  // @n
  }
}
// @end bad

// @begin bad.filter
Task<void> bad_filter(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<TaskHandle<std::string>> calls;
  for (int id = 1; id <= set.count("ids"); ++id)
    calls.push_back(create_task(fetch(api, id, set)));  // @t
  co_await sleep(set.time("step") / 2);  // @w
  calls[chosen(set)].cancel();  // @c
  auto results = co_await gather_settled(calls);  // @g
  int ok = 0, failed = 0;
  for (auto& one : results)
    ++(one.is_exception() ? failed : ok);  // @q
  log("ok", ok, "failed", failed);  // @h
}
// @end bad.filter

// @begin fixed
Task<void> fixed(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<Task<std::string>> calls;
  for (int id = 1; id <= set.count("ids"); ++id)
    calls.push_back(fetch(api, id, set));
  auto results = co_await gather_settled(std::move(calls));  // @g
  int ok = 0, failed = 0;
  for (auto& one : results) {
    log(told(one));  // @i
    ++(one.ok() ? ok : failed);
  }
  log("ok", ok, "failed", failed);  // @h
}
// @end fixed

// @begin fixed.filter
Task<void> fixed_filter(Settings set) {
  Service api(flaky(set));  // @s
  std::vector<TaskHandle<std::string>> calls;
  for (int id = 1; id <= set.count("ids"); ++id)
    calls.push_back(create_task(fetch(api, id, set)));  // @t
  co_await sleep(set.time("step") / 2);  // @w
  calls[chosen(set)].cancel();  // @c
  auto results = co_await gather_settled(calls);  // @g
  int ok = 0, failed = 0, stopped = 0;
  for (auto& one : results) {
    if (one.ok()) ++ok;
    else if (one.cancelled()) ++stopped;  // @q
    else ++failed;
  }
  log("ok", ok, "failed", failed, "cancelled", stopped);  // @h
}
// @end fixed.filter

std::string promise(const Told& run, const Settings&) {
  int answered = 0;
  for (const Request& request : run.history.requests)
    answered += request.ended && request.status == RequestStatus::ok;
  if (run.logged("ok").empty()) return "the users that were there are lost";
  const double counted = run.number("ok");
  if (counted == answered) return "";
  return std::to_string(answered) + " users were there, " + std::to_string(static_cast<int>(counted)) + " were counted";
}

}  // namespace

Scenario partial_failure() {
  Scenario out;
  out.id = "L13";
  out.name = "partial_failure";
  out.parameters = {
      {"ids", "", 3, 3, 8, 1}, {"failing", "", 2, 0, 8, 1}, {"cancel", "", 3, 1, 3, 1}, {"step", "s", 1, 0.1, 5, 0.1}};
  out.variants = {{"bad", bad, {}},
                  {"bad.filter", bad_filter, {"cancelled-counted-as-success"}},
                  {"fixed", fixed, {}},
                  {"fixed.filter", fixed_filter, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
