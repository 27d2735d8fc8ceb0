// A fetch with a timeout made of an AbortController and setTimeout, as it is copied from page to page.
//
// A timeout is a resource and must be released on every path, also where the fetch fails.  And the headers are not the
// answer: who clears the timer when they arrive leaves the body without a limit.
//
// The task "fetch" stands for what the signal is given to, its cancel for controller.abort(), and call_later for setTimeout.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

ServiceOptions server_of(const Settings& set) {
  if (set.on("error")) return ServiceOptions("server").latency(set.time("fails_after")).fails([](int) { return true; });
  return ServiceOptions("server").latency(set.time("headers"));
}

/// finally { clearTimeout(timer); }
class Cleared {
 public:
  explicit Cleared(CallHandle timer) : timer_(std::move(timer)) {}
  ~Cleared() { timer_.cancel(); }
  Cleared(const Cleared&) = delete;

 private:
  CallHandle timer_;
};

// @begin page
Task<void> page(Task<void> (*load)(Service, Settings), Settings set) {
  Service server(server_of(set));  // @s
  try {
    co_await load(server, set);  // @l
    log("done");  // @d
  } catch (const CancelledError&) {
    log("timed out");  // @t
  } catch (const ServiceError&) {
    log("network error");  // @n
  }
}
// @end page

// @begin bad
Task<void> headers_in_time(Service server, Settings set) {
  auto fetch = create_task(server.get("headers"), "fetch");  // @a
  auto abort = [fetch]() mutable { fetch.cancel(); };  // @r
  auto timer = call_later(set.time("timeout"), abort);  // @b
  auto response = co_await fetch;  // @c
  timer.cancel();  // @e
  auto body = set.time("body");
  co_await server.get("body", body, response);  // @f
}

Task<void> bad(Settings set) {
  co_await page(headers_in_time, set);  // @p
}
// @end bad

// @begin fixed
Task<void> whole(Service server, Settings set) {
  auto response = co_await server.get("headers");  // @c
  auto body = set.time("body");
  co_await server.get("body", body, response);  // @f
}

Task<void> all_in_time(Service server, Settings set) {
  auto fetch = create_task(whole(server, set), "fetch");  // @a
  auto abort = [fetch]() mutable { fetch.cancel(); };  // @r
  auto timer = call_later(set.time("timeout"), abort);  // @b
  Cleared on_every_path(timer);  // @e
  co_await fetch;  // @x
}

Task<void> fixed(Settings set) {
  co_await page(all_in_time, set);  // @p
}
// @end fixed

std::string promise(const Told& run, const Settings& set) {
  for (const TimerModel& timer : run.history.model.timers)
    if (timer.use == TimerUse::call) return "a timer is left";
  return run.seconds() <= set.number("timeout") + 1e-6 ? "" : "it took longer than the timeout";
}

}  // namespace

Scenario js_abort_controller() {
  Scenario out;
  out.id = "X09";
  out.name = "js_abort_controller";
  out.parameters = {{"timeout", "s", 5, 0.1, 30, 0.1},
                    {"error", "", 1, 0, 1, 1},
                    {"fails_after", "s", 0.1, 0.05, 10, 0.05},
                    {"headers", "s", 0.5, 0.05, 10, 0.05},
                    {"body", "s", 2.5, 0.05, 30, 0.05}};
  out.presets = {{"slow_body", {{"error", 0}, {"timeout", 1}}}};
  out.variants = {{"bad", bad, {"timer-leak"}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
