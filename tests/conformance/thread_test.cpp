// Threads (rules X1 to X4, and V3, T4, L7 with them).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_116 {
const char* work(const char* n) {
  log(n, " works");
  block(60);
  return n;
}
Task<void> ticker() {
  for (int i = 0; i < 4; ++i) {
    co_await sleep(25);
    log("tick ", i);
  }
}
}  // namespace case_116
CONFORMANCE(116_to_thread_keeps_loop_free) {
  using namespace case_116;
  auto t = go(ticker());
  co_await sleep(10);
  log("direct call: ", work("direct"));
  const char* n = co_await to_thread(work, "thread");
  log("thread: ", n);
  co_await t;
}

namespace case_117 {
struct ZeroDivisionError : std::runtime_error {
  using runtime_error::runtime_error;
};
const char* slow() {
  block(30);
  return "slow";
}
int divide() { throw ZeroDivisionError("integer division or modulo by zero"); }
}  // namespace case_117
CONFORMANCE(117_thread_result_is_a_later_callback) {
  using namespace case_117;
  const int t0 = tick();
  const char* instant = co_await to_thread([] { return "instant"; });
  log(instant);
  log("+", tick() - t0);
  later(30, [] { log("timer of the same instant"); });
  auto f = run_in_executor(slow);
  f.add_done_callback([] { log("done callback"); });
  const char* result = co_await f;
  log(result);
  try {
    co_await to_thread(divide);
  } catch (const ZeroDivisionError&) { log(ex()); }
}

namespace case_118 {
void slow(int ms) {
  block(ms);
  log("thread ", ms, " finished");
}
}  // namespace case_118
CONFORMANCE(118_thread_finishes_during_a_stall) {
  using namespace case_118;
  std::vector<TaskHandle<void>> ts;
  ts.push_back(go(to_thread(slow, 20)));
  ts.push_back(go(to_thread(slow, 10)));
  ts[0].add_done_callback([] { log("task 20 done"); });
  ts[1].add_done_callback([] { log("task 10 done"); });
  later(15, [] { log("timer 15"); });
  co_await sleep(5);
  soon([] { log("before the stall"); });
  block(40);
  soon([] { log("after the stall"); });
  log("stall over");
  co_await wait(ts);
}

namespace case_119 {
char work(char n, int ms) {
  log(n, " picked up");
  block(ms);
  return n;
}
}  // namespace case_119
CONFORMANCE(119_thread_pool_is_limited, CaseOptions{.workers = 2}) {
  using namespace case_119;
  std::vector<TaskHandle<char>> jobs;
  jobs.push_back(go(to_thread(work, 'A', 30)));
  jobs.push_back(go(to_thread(work, 'B', 50)));
  jobs.push_back(go(to_thread(work, 'C', 40)));
  jobs.push_back(go(to_thread(work, 'D', 10)));
  auto completed = as_completed(jobs);
  while (completed.left()) {
    const char c = co_await completed.next();
    log(c, " delivered");
  }
}

namespace case_120 {
void work(char n) {
  log(n, " starts");
  block(50);
  log(n, " ends");
}
}  // namespace case_120
CONFORMANCE(120_cancel_does_not_stop_a_thread, CaseOptions{.workers = 1}) {
  using namespace case_120;
  auto a = go(to_thread(work, 'A')), b = go(to_thread(work, 'B'));
  co_await sleep(20);
  a.cancel(), b.cancel();
  const std::vector<TaskHandle<void>> both = {a, b};
  co_await wait(both);
  log(a.cancelled(), " ", b.cancelled());
  co_await sleep(10);
  log("main ends, the run waits for the thread");
}

}  // namespace
}  // namespace awaitscope::conformance
