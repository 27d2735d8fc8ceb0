// shield (rules S1 to S4).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

CONFORMANCE(047_shield_outer_cancelled) {
  auto inner = go(job("inner", 100, "value"));
  auto outer = [&]() -> Task<void> {
    try {
      co_await shield(inner);
    } catch (const CancelledError&) {
      log("outer cancelled inner.done=", inner.done(), " inner.cancelling=", inner.cancelling());
      throw;
    }
  };
  auto o = go(outer());
  co_await sleep(30);
  o.cancel();
  std::vector<TaskHandle<void>> waited_for(1, o);
  co_await wait(waited_for);
  log("outer.cancelled=", o.cancelled());
  log("inner gives ", co_await inner);
}

CONFORMANCE(048_shield_inner_cancelled) {
  auto inner = go(job("inner", 100));
  int t0 = 0;
  auto outer = [&]() -> Task<void> {
    try {
      co_await shield(inner);
    } catch (const CancelledError&) { log("outer sees it, cancelling=", current_task().cancelling(), " +", tick() - t0); }
  };
  auto o = go(outer());
  co_await sleep(30);
  t0 = tick();
  inner.cancel();
  co_await o;
  log("outer.cancelled=", o.cancelled());
}

CONFORMANCE(049_shield_error_after_outer_cancelled) {
  auto outer = []() -> Task<void> { co_await shield(failing_job("inner", 50, "lost")); };
  auto o = go(outer());
  co_await sleep(10);
  o.cancel();
  std::vector<TaskHandle<void>> waited_for(1, o);
  co_await wait(waited_for);
  log("outer gone");
  co_await sleep(100);
  log("end");
}

CONFORMANCE(050_shield_then_wait_for_it) {
  auto body = []() -> Task<std::string> {
    auto work = go(job("commit", 50, "committed"));
    std::exception_ptr cancelled;
    try {
      co_return co_await shield(work);
    } catch (const CancelledError&) {
      log("cancelled, finishing the commit first");
      cancelled = std::current_exception();
    }
    log(co_await work);
    std::rethrow_exception(cancelled);
  };
  auto t = go(body());
  co_await sleep(10);
  t.cancel();
  std::vector<TaskHandle<std::string>> waited_for(1, t);
  co_await wait(waited_for);
  log("cancelled=", t.cancelled());
  auto d = go(job("done", 1, 5));
  co_await d;
  const int t0 = tick();
  const int value = co_await shield(d);
  log("shield of a finished task passes through: ", value, " +", tick() - t0);
}

}  // namespace
}  // namespace awaitscope::conformance
