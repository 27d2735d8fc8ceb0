// Counts of cancel requests (rules U1 to U3).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_045 {
Task<std::string> body() {
  auto me = current_task();
  try {
    co_await sleep(100);
  } catch (const CancelledError&) {
    log("count ", me.cancelling());
    const int first = me.uncancel();
    const int second = me.uncancel();
    const int third = me.uncancel();
    log("uncancel ", first, " ", second, " ", third);
  }
  co_await sleep(5);
  log("later ", me.cancelling());
  co_return "fine";
}
}  // namespace case_045
CONFORMANCE(045_cancel_counts) {
  using namespace case_045;
  auto t = go(body());
  co_await sleep(1);
  t.cancel();
  t.cancel();
  const std::string end = co_await t;
  log(end, " ", t.cancelling(), " ", t.cancelled());
}

namespace case_046 {
Task<void> body() {
  auto me = current_task();
  me.cancel();
  log("uncancel ", me.uncancel());
  try {
    co_await sleep(10);
    log("not interrupted");
  } catch (const CancelledError&) { log("interrupted although the count is ", me.cancelling()); }
}
}  // namespace case_046
CONFORMANCE(046_uncancel_before_delivery) {
  using namespace case_046;
  co_await go(body());
}

}  // namespace
}  // namespace awaitscope::conformance
