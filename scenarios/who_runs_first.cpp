// Who runs first after a call: the caller, or the body that was called?
//
// In Python a call builds a coroutine, await runs it at once, create_task queues it behind whoever is ready.  In JavaScript
// the call itself runs the body up to its first await.  Guessing works until somebody adds an await; knowing does not need
// luck: where the body must come first, await it.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;

// @begin both
Task<void> body(Settings set) {
  log("body");  // @a
  co_await sleep(set.time("takes"));  // @b
  log("body ends");  // @c
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  auto t = create_task(body(set), "body");  // @d
  log("main");  // @e
  co_await t;  // @f
}
// @end bad

// A call in JavaScript runs the body up to its first await.
// @begin bad.js
Task<void> rest(Settings set) {
  co_await sleep(set.time("takes"));  // @b
  log("body ends");  // @c
}

TaskHandle<void> body_at_once(Settings set) {
  log("body");  // @a
  return create_task(rest(set), "body");  // @d
}

Task<void> bad_js(Settings set) {
  auto p = body_at_once(set);
  log("main");  // @e
  co_await p;  // @f
}
// @end bad.js

// @begin bad.inline
Task<void> nothing_to_wait_for() {
  log("quick");  // @a
  co_return;
}

Task<void> bad_inline(Settings set) {
  auto t = create_task(body(set), "body");  // @d
  co_await nothing_to_wait_for();  // @b
  log("main");  // @e
  co_await t;  // @f
}
// @end bad.inline

// @begin bad.order
Task<void> say(std::string what) {
  log(what);  // @a
  co_return;
}

Task<void> bad_order(Settings set) {
  call_later(0s, [] { log("call_later(0)"); });  // @b
  call_soon([] { log("call_soon"); });  // @c
  auto t = create_task(say("task"), "say");  // @d
  log("1");  // @e
  log("2");  // @f
  co_await sleep(0s);  // @g
  log("after sleep(0)");  // @h
  co_await sleep(set.time("takes"));  // @i
}
// @end bad.order

// @begin bad.callback
void fails() { throw ServiceError("in a callback"); }

Task<void> bad_callback(Settings set) {
  try {
    call_soon(fails);  // @a
    co_await sleep(set.time("takes"));  // @b
  } catch (const ServiceError&) {
    log("caught");  // @c
  }
  log("main");  // @d
}
// @end bad.callback

// @begin fixed
Task<void> fixed(Settings set) {
  co_await body(set);  // @d
  log("main");  // @e
}
// @end fixed

/// Main relies on it that the body has begun.
std::string promise(const Told& run, const Settings&) {
  const auto lines = run.log();
  return run.ok() && !lines.empty() && lines[0].text == "body" ? "" : "main went on before the body had begun";
}

}  // namespace

Scenario who_runs_first() {
  Scenario out;
  out.id = "X10";
  out.name = "who_runs_first";
  out.parameters = {{"takes", "s", 0.5, 0, 5, 0.1}};
  out.variants = {{"bad", bad, {}},
                  {"bad.js", bad_js, {}},
                  {"bad.inline", bad_inline, {}},
                  {"bad.order", bad_order, {}},
                  {"bad.callback", bad_callback, {}},
                  {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
