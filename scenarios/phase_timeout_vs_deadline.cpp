// A download in six parts, each waited for at most a second, and nobody who watches the whole.
//
// A timeout of one read limits silence, not duration: every part that arrives arms it anew, so a slow answer is never
// late.  What you promise to your caller needs a deadline around everything, retries and their waits included.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

using Part = Task<Value<int>>;
using Limit = std::optional<Duration>;

Limit limit(const Settings& set) { return set.on("read") ? Limit(set.time("read")) : Limit(); }

/// The same with a service that does not answer.
Settings dead(Settings set) {
  set.values["gap"] = 60;
  return set;
}

/// 0 before the first try, then one time the wait, two times, ...
Duration before(int attempt, const Settings& set) { return (attempt - 1) * set.time("wait"); }

// @begin both
Task<void> fetch(Service api, Settings set) {
  Value<int> part;
  auto gap = set.time("gap");
  for (int n = 1; n <= set.count("chunks"); ++n) {
    part = co_await with_timeout(limit(set), [&]() -> Part {  // @a
      co_return co_await api.get("part", gap, part);  // @b
    });
    log("part", n);  // @c
  }
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  try {
    co_await fetch(api, set);  // @a
    log("complete");  // @d
  } catch (const TimeoutError&) {
    log("timed out");  // @e
  }
}
// @end bad

// @begin bad.retries
Task<void> bad_retries(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  for (int n = 1; n <= set.count("tries"); ++n) {
    co_await sleep(before(n, set));  // @w
    log("try", n);  // @n
    try {
      co_return co_await fetch(api.attempt(n), dead(set));  // @a
    } catch (const TimeoutError&) {}
  }
  log("gave up");  // @e
}
// @end bad.retries

// @begin fixed
Task<void> fixed(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  auto all = set.time("overall");
  try {
    co_await with_timeout(all, [&]() -> Task<void> {  // @o
      co_await fetch(api, set);  // @a
    });
    log("complete");  // @d
  } catch (const TimeoutError&) {
    log("timed out");  // @e
  }
}
// @end fixed

// @begin fixed.retries
Task<void> fixed_retries(Settings set) {
  Service api(ServiceOptions("api"));  // @s
  auto all = [&]() -> Task<void> {
    for (int n = 1; n <= set.count("tries"); ++n) {
      co_await sleep(before(n, set));  // @w
      log("try", n);  // @n
      try {
        co_return co_await fetch(api.attempt(n), dead(set));  // @a
      } catch (const TimeoutError&) {}
    }
  };
  try {
    co_await with_timeout(set.time("overall"), all);  // @o
  } catch (const TimeoutError&) {}
  log("gave up");  // @e
}
// @end fixed.retries

std::string promise(const Told& run, const Settings& set) {
  if (run.seconds() <= set.number("overall") + 1e-6) return "";
  return "the caller waited " + seconds(run.trace.end(), 1) + " s";
}

}  // namespace

Scenario phase_timeout_vs_deadline() {
  Scenario out;
  out.id = "L20";
  out.name = "phase_timeout_vs_deadline";
  out.parameters = {{"gap", "s", 0.8, 0.05, 10, 0.05},
                    {"chunks", "", 6, 1, 50, 1},
                    {"read", "s", 1, 0, 10, 0.1},
                    {"overall", "s", 2, 0.1, 60, 0.1},
                    {"tries", "", 3, 1, 8, 1},
                    {"wait", "s", 1, 0, 10, 0.5}};
  out.presets = {{"overall_alone", {{"read", 0}, {"overall", 3}}}};
  out.variants = {{"bad", bad, {"no-overall-deadline"}},
                  {"bad.retries", bad_retries, {"no-overall-deadline"}},
                  {"fixed", fixed, {}},
                  {"fixed.retries", fixed_retries, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
