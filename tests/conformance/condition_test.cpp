// Conditions (rules P9 to P11, P14).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_105 {
Task<void> waiter(Condition* cond, char n) {
  const auto permit = co_await cond->hold();
  co_await cond->wait();
  log(n, " notified");
  co_await sleep(10);
}
}  // namespace case_105
CONFORMANCE(105_condition_notify_n) {
  using namespace case_105;
  Condition cond;
  std::vector<TaskHandle<void>> ws;
  for (char n = 'A'; n <= 'E'; ++n) ws.push_back(go(waiter(&cond, n)));
  co_await sleep(5);
  {
    const auto permit = co_await cond.hold();
    cond.notify(2);
    log("notified 2, lock still held");
    co_await sleep(20);
  }
  log("released");
  co_await sleep(50);
  {
    const auto permit = co_await cond.hold();
    cond.notify_all();
  }
  co_await wait(ws);
}

namespace case_106 {
int n = 0;
Task<void> consumer(Condition* cond) {
  const auto permit = co_await cond->hold();
  const bool r = co_await cond->wait_for([] {
    log("check ", n);
    return n >= 2;
  });
  log("satisfied ", r, " n=", n);
}
}  // namespace case_106
CONFORMANCE(106_condition_wait_for) {
  using namespace case_106;
  Condition cond;
  n = 0;
  auto c = go(consumer(&cond));
  for (int i = 0; i < 3; ++i) {
    co_await sleep(10);
    const auto permit = co_await cond.hold();
    ++n;
    cond.notify();
  }
  co_await c;
  try {
    cond.notify();
  } catch (const RuntimeError&) { log(ex()); }
}

namespace case_107 {
Task<void> waiter(Condition* cond) {
  const auto permit = co_await cond->hold();
  try {
    co_await cond->wait();
  } catch (const CancelledError&) {
    log("cancelled, locked=", cond->locked());
    throw;
  }
}
}  // namespace case_107
CONFORMANCE(107_condition_cancel_reacquires) {
  using namespace case_107;
  Condition cond;
  auto w = go(waiter(&cond));
  co_await sleep(5);
  {
    const auto permit = co_await cond.hold();
    w.cancel();
    log("cancel requested, lock held by main");
    co_await sleep(30);
    log("main releases");
  }
  const std::vector<TaskHandle<void>> ws = {w};
  co_await wait(ws);
  log("cancelled=", w.cancelled(), " locked=", cond.locked());
}

namespace case_108 {
Task<void> waiter(Condition* cond, char n) {
  const auto permit = co_await cond->hold();
  try {
    co_await cond->wait();
    log(n, " notified");
  } catch (const CancelledError&) {
    log(n, " cancelled");
    throw;
  }
}
}  // namespace case_108
CONFORMANCE(108_condition_notified_then_cancelled) {
  using namespace case_108;
  Condition cond;
  std::vector<TaskHandle<void>> ws;
  for (char n = 'A'; n <= 'B'; ++n) ws.push_back(go(waiter(&cond, n)));
  co_await sleep(5);
  {
    const auto permit = co_await cond.hold();
    cond.notify();
    ws[0].cancel();
  }
  co_await sleep(50);
  log("B.done=", ws[1].done());
}

}  // namespace
}  // namespace awaitscope::conformance
