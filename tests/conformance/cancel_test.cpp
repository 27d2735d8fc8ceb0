// Cancellation: what a request is and when it strikes (rules C1 to C7, C13, C17, U1).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

CONFORMANCE(029_cancel_a_sleeping_task) {
  auto t = go(job("T", 100), "T");
  co_await sleep(30);
  log("cancel returns ", t.cancel());
  log("done=", t.done(), " cancelling=", t.cancelling());
  try {
    co_await t;
  } catch (const CancelledError&) { log("main got ", ex()); }
  log("done=", t.done(), " cancelled=", t.cancelled(), " main.cancelling=", current_task().cancelling());
}

namespace case_030 {
Task<void> body() {
  struct Finally {
    ~Finally() { log("never printed either"); }
  } finally;
  log("never printed");
  co_return;
}
}  // namespace case_030
CONFORMANCE(030_cancel_before_first_step, CaseOptions{.frame_bound = true}) {
  using namespace case_030;
  auto t = go(body());
  int t0 = 0;
  t.add_done_callback([&] { log("callback cancelled=", t.cancelled(), " +", tick() - t0); });
  t0 = tick();
  t.cancel();
  log("done=", t.done());
  co_await sleep(0);
  log("done=", t.done(), " cancelled=", t.cancelled());
  co_await sleep(0);
}

CONFORMANCE(031_cancel_finished_task) {
  auto ok = go(job("ok", 10, 1));
  auto bad = go(failing_job("bad", 10, "x"));
  co_await sleep(20);
  log(ok.cancel(), " ", bad.cancel(), " ", ok.cancelling(), " ", bad.cancelling());
  log(ok.result(), " ", ex(bad.exception()), " ", ok.cancelled(), " ", bad.cancelled());
}

namespace case_032 {
Task<void> body() {
  for (int i = 0; i < 3; ++i) {
    try {
      co_await sleep(50);
      log("slept ", i);
    } catch (const CancelledError&) { log("caught ", i, " cancelling=", current_task().cancelling()); }
  }
}
}  // namespace case_032
CONFORMANCE(032_cancel_twice_in_one_go) {
  using namespace case_032;
  auto t = go(body());
  co_await sleep(10);
  const bool first = t.cancel();
  const bool second = t.cancel();
  log(first, " ", second);
  co_await t;
  log("cancelled=", t.cancelled(), " cancelling=", t.cancelling());
}

namespace case_033 {
Task<void> body() {
  std::exception_ptr error;
  try {
    co_await sleep(100);
  } catch (...) { error = std::current_exception(); }
  // finally:
  {
    log("cleanup starts");
    struct Finally {
      ~Finally() { log("cleanup left"); }
    } finally;
    co_await sleep(50);
    log("cleanup complete");
  }
  if (error) std::rethrow_exception(error);
}
}  // namespace case_033
CONFORMANCE(033_cancel_again_during_cleanup) {
  using namespace case_033;
  auto t = go(body());
  co_await sleep(10);
  t.cancel();
  co_await sleep(20);
  log("second cancel ", t.cancel());
  const std::vector<TaskHandle<void>> tasks(1, t);
  co_await wait(tasks);
  log("cancelled=", t.cancelled(), " cancelling=", t.cancelling());
}

namespace case_034 {
Task<std::string> body() {
  try {
    co_await sleep(100);
  } catch (const CancelledError&) { log("swallowed"); }
  co_await sleep(30);
  log("went on");
  co_return "result";
}
}  // namespace case_034
CONFORMANCE(034_swallowed_cancel) {
  using namespace case_034;
  auto t = go(body());
  co_await sleep(10);
  t.cancel();
  const std::string result = co_await t;
  log(result, " cancelled=", t.cancelled(), " cancelling=", t.cancelling());
}

namespace case_035 {
Task<std::string> careful() {
  try {
    co_await sleep(100);
  } catch (const std::exception&) { log("not reached"); }
  co_return "None";
}
Task<std::string> greedy() {
  while (true) {
    try {
      co_await sleep(100);
      co_return "greedy ends";
    } catch (...) { log("greedy ignores ", ex()); }
  }
}
}  // namespace case_035
CONFORMANCE(035_except_exception_lets_cancel_through) {
  using namespace case_035;
  auto a = go(careful());
  auto b = go(greedy());
  co_await sleep(10);
  a.cancel(), b.cancel();
  const std::vector<TaskHandle<std::string>> tasks = {a, b};
  co_await wait(tasks);
  log(a.cancelled(), " ", b.cancelled(), " ", b.result());
}

namespace case_036 {
Task<void> body() {
  current_task().cancel();
  log("still running");
  Future<int> f;
  f.set_result(1);
  const int value = co_await f;
  log("await of a done future passes ", value);
  try {
    co_await sleep(50);
  } catch (const CancelledError&) {
    log("delivered at the first suspension");
    throw;
  }
}
}  // namespace case_036
CONFORMANCE(036_self_cancel_waits_for_suspension) {
  using namespace case_036;
  auto t = go(body());
  const std::vector<TaskHandle<void>> tasks(1, t);
  co_await wait(tasks);
  log("cancelled=", t.cancelled());
}

namespace case_037 {
Task<std::string> body() {
  current_task().cancel();
  log("returning");
  co_return "lost";
}
Task<std::string> boom() {
  current_task().cancel();
  throw Boom("error wins");
  co_return "";
}
}  // namespace case_037
CONFORMANCE(037_self_cancel_then_return) {
  using namespace case_037;
  auto a = go(body());
  auto b = go(boom());
  const std::vector<TaskHandle<std::string>> tasks = {a, b};
  co_await wait(tasks);
  log("a cancelled=", a.cancelled());
  log("b cancelled=", b.cancelled(), " ", ex(b.exception()));
}

namespace case_038 {
Task<void> body(Future<std::string> f) {
  try {
    const std::string got = co_await f;
    log("got ", got);
  } catch (const CancelledError&) {
    log("cancelled although the future has ", f.result());
    throw;
  }
}
}  // namespace case_038
CONFORMANCE(038_cancel_a_woken_task_loses_the_value) {
  using namespace case_038;
  Future<std::string> f;
  auto t = go(body(f));
  co_await sleep(1);
  f.set_result("value");
  log("cancel ", t.cancel());
  const std::vector<TaskHandle<void>> tasks(1, t);
  co_await wait(tasks);
  log("task cancelled=", t.cancelled(), " future cancelled=", f.cancelled());
}

}  // namespace
}  // namespace awaitscope::conformance
