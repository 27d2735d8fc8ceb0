// gather (rules A6 to A11).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

/// What gather gives for awaitables of different types, as Python's list.
template <class... T>
std::vector<std::string> as_list(const std::tuple<T...>& results) {
  return std::apply([](const auto&... result) { return std::vector<std::string>{result...}; }, results);
}

CONFORMANCE(074_gather_order) {
  const auto r = co_await gather(job("A", 60, "a"), job("B", 20, "b"), job("C", 40, "c"));
  log(as_list(r));
  const int t0 = tick();
  const auto none = co_await gather();
  log(as_list(none), " +", tick() - t0);
  Future<std::string> f;
  f.set_result("f");
  log(as_list(co_await gather(f, job("D", 5, "d"), f)));
}

CONFORMANCE(075_gather_first_error) {
  try {
    co_await gather(job("A", 100, "a"), failing_job("B", 20, "b"), failing_job("C", 50, "c"));
  } catch (const Boom&) { log("gather raises ", ex()); }
  co_await sleep(200);
  log("end");
}

namespace case_076 {
/// x if isinstance(x, str) else ex(x)
std::string shown(const Settled<std::string>& x) { return x.ok() ? *x.value : ex(x.error); }
std::string shown(const Settled<void>& x) { return ex(x.error); }
}  // namespace case_076
CONFORMANCE(076_gather_return_exceptions) {
  using namespace case_076;
  auto b = go(job("B", 100));
  later(10, [=]() mutable { b.cancel(); });
  const auto r = co_await gather_settled(job("A", 50, "a"), b, failing_job("C", 20, "c"));
  log(std::apply([](const auto&... x) { return std::vector<std::string>{shown(x)...}; }, r));
}

namespace case_077 {
Task<void> child(std::string n, int cleanup) {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  log(n, " cleans");
  co_await sleep(cleanup);
  log(n, " cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_077
CONFORMANCE(077_gather_cancelled) {
  using namespace case_077;
  auto parent = []() -> Task<void> {
    try {
      co_await gather(child("A", 30), child("B", 10));
    } catch (const CancelledError&) {
      log("parent cancelled");
      throw;
    }
  };
  auto p = go(parent());
  co_await sleep(10);
  p.cancel();
  std::vector<TaskHandle<void>> waited_for(1, p);
  co_await wait(waited_for);
  co_await sleep(50);
  log("cancelled=", p.cancelled());
}

namespace case_078 {
Task<void> child(std::string n, int cleanup) {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  co_await sleep(cleanup);
  log(n, " cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_078
CONFORMANCE(078_gather_return_exceptions_cancelled) {
  using namespace case_078;
  auto parent = []() -> Task<void> {
    try {
      const auto [a, b] = co_await gather_settled(child("A", 30), child("B", 10));
      log("not reached ", ex(a.error), " ", ex(b.error));
    } catch (const CancelledError&) {
      log("parent cancelled");
      throw;
    }
  };
  auto p = go(parent());
  co_await sleep(10);
  p.cancel();
  std::vector<TaskHandle<void>> waited_for(1, p);
  co_await wait(waited_for);
  log("cancelled=", p.cancelled());
}

CONFORMANCE(079_gather_child_cancelled) {
  auto a = go(job("A", 100));
  auto b = go(job("B", 60, "b"));
  auto g = gather(a, b);
  later(20, [=]() mutable { a.cancel(); });
  try {
    co_await g;
  } catch (const CancelledError&) {
    log(ex(), " main.cancelling=", current_task().cancelling(), " g.cancelled=", g.cancelled());
  }
  log("cancel of a finished gather ", g.cancel());
  log(co_await b);
}

CONFORMANCE(080_gather_of_finished) {
  auto a = go(job("A", 10, "a"));
  co_await a;
  Future<std::string> f;
  f.set_result("f");
  int t0 = tick();
  const auto finished = co_await gather(a, f);
  log(as_list(finished), " +", tick() - t0);
  t0 = tick();
  auto b = go(job("B", 0, "b"));
  const auto half = co_await gather(a, b);
  log(as_list(half), " +", tick() - t0);
}

}  // namespace
}  // namespace awaitscope::conformance
