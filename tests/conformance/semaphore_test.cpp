// Semaphores (rules P1 to P5).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_096 {
int active = 0;
Task<void> worker(Semaphore* sem, char n, int ms) {
  {
    const auto permit = co_await sem->hold();
    ++active;
    log(n, " in, active ", active);
    co_await sleep(ms);
    --active;
  }
  log(n, " out");
}
}  // namespace case_096
CONFORMANCE(096_semaphore_limits) {
  using namespace case_096;
  Semaphore sem(2);
  co_await gather(worker(&sem, 'A', 30), worker(&sem, 'B', 50), worker(&sem, 'C', 10), worker(&sem, 'D', 40),
                  worker(&sem, 'E', 20));
}

namespace case_097 {
int t0 = 0;
Task<void> waiter(Semaphore* sem, char n) {
  co_await sem->acquire();
  log(n, " acquired +", tick() - t0);
}
}  // namespace case_097
CONFORMANCE(097_semaphore_wakes_fifo) {
  using namespace case_097;
  Semaphore sem(0);
  std::vector<TaskHandle<void>> ws;
  for (char n = 'A'; n <= 'D'; ++n) ws.push_back(go(waiter(&sem, n)));
  co_await sleep(10);
  t0 = tick();
  sem.release();
  sem.release();
  log("two released, locked=", sem.locked());
  co_await sleep(10);
  t0 = tick();
  sem.release();
  co_await sleep(0);
  log("one yield");
  sem.release();
  co_await wait(ws);
}

namespace case_098 {
Task<void> waiter(Semaphore* sem, const char* n) {
  const auto permit = co_await sem->hold();
  log(n, " in");
  co_await sleep(10);
}
}  // namespace case_098
CONFORMANCE(098_semaphore_no_barging) {
  using namespace case_098;
  Semaphore sem(1);
  co_await sem.acquire();
  auto a = go(waiter(&sem, "A"));
  co_await sleep(5);
  sem.release();
  log("released, locked=", sem.locked());
  auto b = go(waiter(&sem, "B"));
  co_await waiter(&sem, "main");
  const std::vector<TaskHandle<void>> both = {a, b};
  co_await wait(both);
}

namespace case_099 {
int t0 = 0;
Task<void> worker(Semaphore* sem, char n) {
  const auto permit = co_await sem->hold();
  log(n, " in +", tick() - t0);
}
}  // namespace case_099
CONFORMANCE(099_semaphore_woken_then_cancelled) {
  using namespace case_099;
  Semaphore sem(1);
  co_await sem.acquire();
  std::vector<TaskHandle<void>> ws;
  for (char n = 'A'; n <= 'C'; ++n) ws.push_back(go(worker(&sem, n)));
  co_await sleep(10);
  t0 = tick();
  sem.release();
  ws[0].cancel();
  log("released and cancelled A");
  co_await wait(ws);
  log("A.cancelled=", ws[0].cancelled(), " locked=", sem.locked());
}

CONFORMANCE(100_semaphore_over_release) {
  Semaphore s(1);
  BoundedSemaphore b(1);
  s.release();
  co_await s.acquire();
  co_await s.acquire();
  log("two permits taken, locked=", s.locked());
  try {
    b.release();
  } catch (const ValueError&) { log(ex()); }
  {
    const auto permit = co_await b.hold();
    log("bounded locked=", b.locked());
  }
  log("bounded locked=", b.locked());
  try {
    Semaphore negative(-1);
  } catch (const ValueError&) { log(ex()); }
}

}  // namespace
}  // namespace awaitscope::conformance
