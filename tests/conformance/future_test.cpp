// Futures (rules F1 to F5, K6, C11).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_025 {
Task<void> waiter(Future<std::string> f) {
  const std::string got = co_await f;
  log("got ", got);
}
}  // namespace case_025
CONFORMANCE(025_future_result_wakes_next_iteration) {
  using namespace case_025;
  Future<std::string> f;
  auto w = go(waiter(f));
  co_await sleep(5);
  log("set");
  f.set_result("v");
  log("after set done=", f.done(), " waiter.done=", w.done());
  co_await w;
  log("end");
}

CONFORMANCE(026_future_invalid_states) {
  Future<int> f;
  const auto expect_error = [](const std::function<void()>& what) {
    try {
      what();
    } catch (const InvalidStateError&) { log(ex()); }
  };
  expect_error([&] { f.result(); });
  expect_error([&] { f.exception(); });
  f.set_result(1);
  expect_error([&] { f.set_result(2); });
  expect_error([&] { f.set_exception(Boom("x")); });
  log(f.result(), " ", ex(f.exception()), " cancel=", f.cancel(), " cancelled=", f.cancelled());
  co_return;
}

namespace case_027 {
Task<std::string> waiter(Future<int> f) {
  try {
    co_await f;
  } catch (const CancelledError&) {
    log(ex(), " cancelling=", current_task().cancelling());
    co_return "survived";
  }
  co_return "None";
}
}  // namespace case_027
CONFORMANCE(027_future_cancelled_under_waiter) {
  using namespace case_027;
  Future<int> f;
  auto w = go(waiter(f));
  co_await sleep(1);
  const bool cancel = f.cancel();
  const bool again = f.cancel();
  log("cancel=", cancel, " again=", again);
  const std::string end = co_await w;
  log(end, " cancelled=", w.cancelled());
  try {
    co_await f;
  } catch (const CancelledError&) { log("main sees it too"); }
}

CONFORMANCE(028_remove_done_callback) {
  Future<void> f;
  const DoneCallback a([] { log("a"); });
  const DoneCallback b([] { log("b"); });
  const std::vector<DoneCallback> callbacks = {a, b, a};
  for (const auto& cb : callbacks) f.add_done_callback(cb);
  const auto removed = f.remove_done_callback(a);
  const auto again = f.remove_done_callback(a);
  log("removed ", removed, " ", again);
  f.add_done_callback(a);
  f.set_result();
  log("too late ", f.remove_done_callback(b));
  co_await sleep(0);
  log("end");
}

}  // namespace
}  // namespace awaitscope::conformance
