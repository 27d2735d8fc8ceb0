// wait_for (rules W1 to W7), and as Python 3.11 had it.
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

struct Python_3_13 {
  template <class Awaitable>
  static auto wait_for(Awaitable awaitable, std::optional<Duration> delay, Place at = Place::current()) {
    return runtime::wait_for(std::move(awaitable), delay, at);
  }
};
struct Python_3_11 {
  template <class Awaitable>
  static auto wait_for(Awaitable awaitable, std::optional<Duration> delay, Place at = Place::current()) {
    return delay ? runtime::wait_for_3_11(std::move(awaitable), *delay, at)
                 : runtime::wait_for(std::move(awaitable), delay, at);
  }
};

/// One body for two tests: it says Python::wait_for.
#define WAIT_FOR(slug)                                                                     \
  template <class Python>                                                                  \
  Task<void> main_##slug();                                                                \
  TEST(Conformance, slug) {                                                                \
    check_case(#slug, [] { return main_##slug<Python_3_13>(); });                          \
  }                                                                                        \
  TEST(Conformance, slug##_3_11) {                                                         \
    check_case(                                                                            \
        #slug, [] { return main_##slug<Python_3_11>(); }, CaseOptions{.version = "3.11"}); \
  }                                                                                        \
  template <class Python>                                                                  \
  Task<void> main_##slug()

WAIT_FOR(051_wait_for_in_time) {
  log(co_await Python::wait_for(job("A", 50, "a"), 100ms));
  try {
    co_await Python::wait_for(failing_job("B", 50, "b"), 100ms);
  } catch (const Boom&) { log(ex()); }
  log(co_await Python::wait_for(job("C", 50, "c"), std::nullopt));
  co_await sleep(200);
  log("the timers of the finished waits did not fire");
}

namespace case_052 {
Task<void> slow() {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  log("cleanup");
  co_await sleep(40);
  log("cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_052
WAIT_FOR(052_wait_for_timeout_waits_for_cleanup) {
  using namespace case_052;
  auto t = go(slow());
  try {
    co_await Python::wait_for(t, 100ms);
  } catch (const TimeoutError&) {
    log(ex(), " task.cancelled=", t.cancelled(), " main.cancelling=", current_task().cancelling());
  }
}

namespace case_053 {
Task<std::string> stubborn() {
  bool swallowed = false;
  try {
    co_await sleep(500);
  } catch (const CancelledError&) {
    log("swallowed");
    swallowed = true;
  }
  if (swallowed) co_await sleep(200);
  co_return "late value";
}
}  // namespace case_053
WAIT_FOR(053_wait_for_swallowed_cancel) {
  using namespace case_053;
  auto t = go(stubborn());
  log(co_await Python::wait_for(t, 100ms));
  log("cancelled=", t.cancelled(), " cancelling=", t.cancelling());
}

WAIT_FOR(054_wait_for_zero) {
  const int t0 = tick();
  try {
    co_await Python::wait_for(job("never", 10), 0ms);
  } catch (const TimeoutError&) { log(ex(), " +", tick() - t0); }
  auto t = go(job("T", 10, "v"));
  co_await sleep(20);
  log(co_await Python::wait_for(t, -1s));
  auto r = go(job("R", 10, "v"));
  co_await sleep(5);
  try {
    co_await Python::wait_for(r, 0ms);
  } catch (const TimeoutError&) { log(ex(), " cancelled=", r.cancelled()); }
}

WAIT_FOR(055_wait_for_cancelled_from_outside) {
  auto slow = []() -> Task<void> {
    std::exception_ptr error;
    try {
      co_await sleep(500);
    } catch (...) { error = std::current_exception(); }
    co_await sleep(20);
    log("inner cleaned");
    if (error) std::rethrow_exception(error);
  };
  auto inner = go(slow());
  auto outer = [&]() -> Task<void> {
    try {
      co_await Python::wait_for(inner, 300ms);
    } catch (...) {
      log("outer ", ex(), " inner.cancelled=", inner.cancelled());
      throw;
    }
  };
  auto o = go(outer());
  co_await sleep(50);
  o.cancel();
  std::vector<TaskHandle<void>> waited_for(1, o);
  co_await wait(waited_for);
  log("cancelled=", o.cancelled());
}

WAIT_FOR(056_wait_for_same_instant) {
  Future<std::string> f;
  later(100, [=]() mutable { f.set_result("set first"); });
  try {
    log(co_await Python::wait_for(f, 100ms));
  } catch (const TimeoutError&) { log(ex()); }
  auto sleeper = []() -> Task<std::string> {
    co_await sleep(100);
    co_return "slept exactly as long";
  };
  try {
    log(co_await Python::wait_for(sleeper(), 100ms));
  } catch (const TimeoutError&) { log(ex()); }
}

WAIT_FOR(057_wait_for_completion_races_cancel) {
  Future<std::string> f;
  auto waiter = [&]() -> Task<void> {
    try {
      const auto r = co_await Python::wait_for(f, 1s);
      log("got ", r, " cancelling=", current_task().cancelling());
    } catch (const CancelledError&) {
      log("cancelled, future has ", f.result());
      throw;
    }
  };
  auto w = go(waiter());
  co_await sleep(10);
  f.set_result("value");
  w.cancel();
  std::vector<TaskHandle<void>> waited_for(1, w);
  co_await wait(waited_for);
  log("cancelled=", w.cancelled());
}

}  // namespace
}  // namespace awaitscope::conformance
