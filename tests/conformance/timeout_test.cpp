// timeout blocks (rules D1 to D10).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

CONFORMANCE(058_timeout_expires) {
  auto me = current_task();
  std::optional<Timeout> cm;
  try {
    co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
      cm = timeout;
      co_await job("A", 500);
    });
  } catch (const TimeoutError&) { log(ex(), " expired=", cm->expired(), " cancelling=", me.cancelling()); }
  co_await sleep(10);
  log("task goes on");
}

CONFORMANCE(059_nested_timeout_inner_first) {
  std::optional<Timeout> outer, inner;
  try {
    co_await with_timeout(200ms, [&](Timeout& timeout) -> Task<void> {
      outer = timeout;
      try {
        co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
          inner = timeout;
          co_await sleep(500);
        });
      } catch (const TimeoutError&) { log("inner ", ex()); }
      co_await sleep(50);
      log("outer body goes on");
      co_await sleep(500);
    });
  } catch (const TimeoutError&) { log("outer ", ex(), " ", inner->expired(), " ", outer->expired()); }
}

CONFORMANCE(060_nested_timeouts_expire_together) {
  auto me = current_task();
  std::optional<Timeout> outer, inner;
  try {
    co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
      outer = timeout;
      try {
        co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
          inner = timeout;
          co_await sleep(500);
        });
      } catch (...) {
        log("inner ", ex(), " cancelling=", me.cancelling());
        throw;
      }
    });
  } catch (const TimeoutError&) {
    log("outer ", ex(), " ", inner->expired(), " ", outer->expired(), " cancelling=", me.cancelling());
  }
}

CONFORMANCE(061_timeout_swallowed) {
  std::optional<Timeout> cm;
  co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
    cm = timeout;
    for (int i = 0; i < 3; ++i) {
      try {
        co_await sleep(80);
        log("slept ", i);
      } catch (const CancelledError&) { log("swallowed ", i, " expired=", cm->expired()); }
    }
  });
  log("no error, expired=", cm->expired(), " cancelling=", current_task().cancelling());
}

CONFORMANCE(062_timeout_error_in_cleanup) {
  std::optional<Timeout> cm;
  try {
    co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
      cm = timeout;
      try {
        co_await sleep(500);
      } catch (...) {}  // finally:
      co_await sleep(30);
      throw Boom("cleanup");
    });
  } catch (const std::exception&) {  // Boom or TimeoutError
    log(ex(), " expired=", cm->expired(), " cancelling=", current_task().cancelling());
  }
}

CONFORMANCE(063_timeout_rescheduled) {
  auto& loop = Loop::running();
  std::optional<Timeout> cm;
  try {
    co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
      cm = timeout;
      co_await sleep(50);
      cm->reschedule(loop.now() + 100ms);
      log("deadline now ", static_cast<int>(cm->when()->ns / 1'000'000));
      co_await sleep(80);
      log("survived the first deadline");
      co_await sleep(80);
    });
  } catch (const TimeoutError&) { log(ex()); }
  try {
    cm->reschedule(loop.now() + 1s);
  } catch (const RuntimeError&) { log(ex()); }
}

CONFORMANCE(064_timeout_zero) {
  try {
    co_await with_timeout(0s, []() -> Task<void> {
      log("body runs");
      co_await sleep(0);
      log("not reached");
    });
  } catch (const TimeoutError&) { log(ex()); }
  std::optional<Timeout> cm;
  co_await with_timeout(0s, [&](Timeout& timeout) -> Task<void> {
    cm = timeout;
    log("no suspension");
    co_return;
  });
  log("passed expired=", cm->expired());
}

CONFORMANCE(065_timeout_cannot_interrupt_blocking_code) {
  std::optional<Timeout> cm;
  co_await with_timeout(50ms, [&](Timeout& timeout) -> Task<void> {
    cm = timeout;
    block(200);
    log("blocked past the deadline");
    co_return;
  });
  log("no error expired=", cm->expired());
  try {
    co_await with_timeout(50ms, []() -> Task<void> {
      block(200);
      log("now a suspension");
      co_await sleep(0);
      log("one turn is still granted: the late timer queues behind this task");
      co_await sleep(0);
    });
  } catch (const TimeoutError&) { log(ex()); }
}

namespace case_066 {
Task<void> sleeping(int ms) { co_await sleep(ms); }  // shield takes coroutines and futures

Task<void> body(std::string n) {
  std::optional<Timeout> cm;
  try {
    co_await with_timeout(100ms, [&](Timeout& timeout) -> Task<void> {
      cm = timeout;
      std::exception_ptr error;
      try {
        co_await sleep(500);
      } catch (...) { error = std::current_exception(); }
      co_await shield(sleeping(100));
      if (error) std::rethrow_exception(error);
    });
  } catch (...) {
    log(n, " ", ex(), " expired=", cm->expired(), " cancelling=", current_task().cancelling());
    throw;
  }
}
}  // namespace case_066
CONFORMANCE(066_timeout_and_external_cancel) {
  using namespace case_066;
  auto a = go(body("A")), b = go(body("B")), c = go(body("C"));
  co_await sleep(50);
  a.cancel();
  co_await sleep(100);
  b.cancel();
  const std::vector<TaskHandle<void>> all = {a, b, c};
  co_await wait(all);
  log(a.cancelled(), " ", b.cancelled(), " ", ex(c.exception()));
}

namespace case_067 {
Task<void> body() {
  std::exception_ptr cancelled;
  try {
    co_await sleep(500);
  } catch (const CancelledError&) { cancelled = std::current_exception(); }
  if (!cancelled) co_return;
  try {
    co_await with_timeout(50ms, []() -> Task<void> { co_await sleep(500); });
  } catch (const TimeoutError&) { log("cleanup ", ex(), " cancelling=", current_task().cancelling()); }
  std::rethrow_exception(cancelled);
}
}  // namespace case_067
CONFORMANCE(067_timeout_in_cleanup_of_cancelled) {
  using namespace case_067;
  auto t = go(body());
  co_await sleep(10);
  t.cancel();
  std::vector<TaskHandle<void>> waited_for(1, t);
  co_await wait(waited_for);
  log("cancelled=", t.cancelled());
}

}  // namespace
}  // namespace awaitscope::conformance
