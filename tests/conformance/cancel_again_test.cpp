// Cancellation: how it passes between tasks and how it ends (rules C2, C6, C8 to C12, C16).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_039 {
Task<void> child() {
  std::exception_ptr error;
  try {
    co_await sleep(100);
  } catch (...) { error = std::current_exception(); }
  // finally:
  log("child cleans");
  co_await sleep(20);
  log("child cleaned");
  if (error) std::rethrow_exception(error);
}
Task<void> parent(TaskHandle<void> c) {
  try {
    co_await c;
  } catch (const CancelledError&) {
    log("parent cancelled, child.cancelled=", c.cancelled());
    throw;
  }
}
}  // namespace case_039
CONFORMANCE(039_cancel_reaches_the_awaited_child) {
  using namespace case_039;
  auto c = go(child());
  auto p = go(parent(c));
  co_await sleep(10);
  p.cancel();
  log("parent.cancelling=", p.cancelling(), " child.cancelling=", c.cancelling());
  const std::vector<TaskHandle<void>> tasks(1, p);
  co_await wait(tasks);
}

namespace case_040 {
template <class Awaitable>
Task<void> waiter(char n, Awaitable what) {
  try {
    co_await what;
  } catch (const CancelledError&) { log(n, " CancelledError cancelling=", current_task().cancelling()); }
}
}  // namespace case_040
CONFORMANCE(040_shared_child_is_cancelled_for_all) {
  using namespace case_040;
  const std::vector<Future<void>> whats = {go(job("shared", 100)), Future<void>()};
  for (const auto& what : whats) {
    std::vector<TaskHandle<void>> ws;
    for (char n = 'A'; n <= 'C'; ++n) ws.push_back(go(waiter(n, what)));
    co_await sleep(10);
    ws[1].cancel();
    co_await wait(ws);
    log("shared cancelled=", what.cancelled());
  }
  auto t = go(job("protected", 20, "value"));
  std::vector<TaskHandle<void>> ws;
  for (char n = 'D'; n <= 'E'; ++n) ws.push_back(go(waiter(n, shield(t))));
  co_await sleep(10);
  ws[0].cancel();
  const std::string value = co_await t;
  log(value);
}

namespace case_041 {
Task<std::string> child() {
  try {
    co_await sleep(100);
  } catch (const CancelledError&) { log("child swallows"); }
  co_return "child value";
}
Task<std::string> parent(TaskHandle<std::string> c) {
  const std::string got = co_await c;
  log("parent got ", got, " cancelling=", current_task().cancelling());
  co_await sleep(10);
  co_return "parent value";
}
}  // namespace case_041
CONFORMANCE(041_child_swallows_parent_survives) {
  using namespace case_041;
  auto p = go(parent(go(child())));
  co_await sleep(10);
  p.cancel();
  const std::string value = co_await p;
  log(value, " cancelled=", p.cancelled());
}

namespace case_042 {
Task<void> body() {
  try {
    co_await sleep(100);
  } catch (...) {  // finally, with an error that replaces the one that is under way
    throw Boom("cleanup failed");
  }
}
}  // namespace case_042
CONFORMANCE(042_error_in_cleanup_replaces_cancel) {
  using namespace case_042;
  auto t = go(body());
  co_await sleep(10);
  t.cancel();
  try {
    co_await t;
  } catch (const Boom&) { log(ex()); }
  log("cancelled=", t.cancelled(), " cancelling=", t.cancelling());
}

namespace case_043 {
Task<void> body() {
  throw CancelledError("by hand");
  co_return;
}
}  // namespace case_043
CONFORMANCE(043_raising_cancelled_by_hand) {
  using namespace case_043;
  auto t = go(body());
  try {
    co_await t;
  } catch (const CancelledError&) { log(ex(), " main.cancelling=", current_task().cancelling()); }
  log("cancelled=", t.cancelled(), " cancelling=", t.cancelling());
  try {
    t.exception();
  } catch (const CancelledError&) { log("exception() of a cancelled task raises"); }
}

namespace case_044 {
Task<void> body() {
  try {
    co_await sleep(100);
  } catch (const CancelledError&) {
    log("body ", ex());
    throw;
  }
}
}  // namespace case_044
CONFORMANCE(044_cancel_message) {
  using namespace case_044;
  auto t = go(body());
  co_await sleep(1);
  t.cancel("shutting down");
  try {
    co_await t;
  } catch (const CancelledError&) { log("main ", ex()); }
  auto u = go(body());
  u.cancel("too early");
  try {
    co_await u;
  } catch (const CancelledError&) { log("main ", ex()); }
}

}  // namespace
}  // namespace awaitscope::conformance
