// Events (rule P8).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_104 {
Task<void> waiter(Event* ev, const char* n) {
  co_await ev->wait();
  log(n, " woken is_set=", ev->is_set());
}
}  // namespace case_104
CONFORMANCE(104_event_wakes_all_fifo) {
  using namespace case_104;
  Event ev;
  std::vector<TaskHandle<void>> ws;
  ws.push_back(go(waiter(&ev, "A")));
  ws.push_back(go(waiter(&ev, "B")));
  ws.push_back(go(waiter(&ev, "C")));
  co_await sleep(10);
  ev.set();
  ev.clear();
  log("set and cleared");
  auto late = go(waiter(&ev, "late"));
  co_await wait(ws);
  log("late.done=", late.done());
  ev.set();
  const int t0 = tick();
  co_await ev.wait();
  log("no suspension +", tick() - t0);
  co_await late;
}

}  // namespace
}  // namespace awaitscope::conformance
