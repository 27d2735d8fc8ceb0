// Locks (rules P4, P6, P7).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_101 {
Task<void> worker(Lock* lock, char n) {
  for (int i = 0; i < 2; ++i) {
    const auto permit = co_await lock->hold();
    log(n, i);
    co_await sleep(5);
  }
}
}  // namespace case_101
CONFORMANCE(101_lock_is_fair) {
  using namespace case_101;
  Lock lock;
  co_await gather(worker(&lock, 'A'), worker(&lock, 'B'), worker(&lock, 'C'));
  log("locked=", lock.locked());
}

namespace case_102 {
Task<void> other(Lock* lock) {
  lock->release();
  log("another task released it");
  co_return;
}
}  // namespace case_102
CONFORMANCE(102_lock_errors) {
  using namespace case_102;
  Lock lock;
  try {
    lock.release();
  } catch (const RuntimeError&) { log(ex()); }
  co_await lock.acquire();
  co_await go(other(&lock));
  {
    const auto permit = co_await lock.hold();
    log("acquired again");
    try {
      co_await wait_for(lock.acquire(), 50ms);
    } catch (const TimeoutError&) { log("re-entry ", ex()); }
  }
  log("locked=", lock.locked());
}

namespace case_103 {
Task<void> worker(Lock* lock, char n) {
  try {
    const auto permit = co_await lock->hold();
    log(n, " in");
  } catch (const CancelledError&) {
    log(n, " cancelled");
    throw;
  }
}
}  // namespace case_103
CONFORMANCE(103_lock_woken_then_cancelled) {
  using namespace case_103;
  Lock lock;
  co_await lock.acquire();
  std::vector<TaskHandle<void>> ws, vs;
  for (char n = 'A'; n <= 'C'; ++n) ws.push_back(go(worker(&lock, n)));
  co_await sleep(10);
  ws[0].cancel();
  lock.release();
  log("cancel A, then release");
  co_await sleep(10);
  co_await lock.acquire();
  for (char n = 'D'; n <= 'E'; ++n) vs.push_back(go(worker(&lock, n)));
  co_await sleep(10);
  lock.release();
  vs[0].cancel();
  log("release, then cancel D");
  std::vector<TaskHandle<void>> all = ws;
  all.insert(all.end(), vs.begin(), vs.end());
  co_await wait(all);
  log("locked=", lock.locked());
}

}  // namespace
}  // namespace awaitscope::conformance
