// Tasks (rules K1 to K8, F3).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_018 {
Task<int> body() {
  log("body");
  co_return 5;
}
}  // namespace case_018
CONFORMANCE(018_body_starts_at_next_iteration) {
  using namespace case_018;
  const int t0 = tick();
  auto t = go(body(), "T");
  log("created done=", t.done(), " name=", t.name());
  block(10);
  log("still not started");
  const int r = co_await t;
  log(r, " +", tick() - t0);
}

namespace case_019 {
Task<std::string> inner(std::string n) {
  log(n, " in ", current_task().name());
  co_return n;
}
Task<int> deep(int k) {
  if (k == 0) co_return k;
  const int below = co_await deep(k - 1);
  co_return 1 + below;
}
}  // namespace case_019
CONFORMANCE(019_direct_await_is_inline, CaseOptions{.main_name = "M"}) {
  using namespace case_019;
  go(inner("other"), "O");
  const int t0 = tick();
  co_await inner("direct");
  const int depth = co_await deep(200);
  log("depth ", depth, " iterations ", tick() - t0);
  co_await sleep(0);
  log("main ends");
}

CONFORMANCE(020_sequential_versus_tasks) {
  const int a = co_await job("a", 100, 1);
  const int b = co_await job("b", 50, 2);
  std::vector<int> r = {a, b};
  log("sequential ", r);
  auto t1 = go(job("c", 100, 3));
  auto t2 = go(job("d", 50, 4));
  const int c = co_await t1;
  const int d = co_await t2;
  r = {c, d};
  log("tasks ", r);
}

namespace case_021 {
Task<int> quick() { co_return 1; }
}  // namespace case_021
CONFORMANCE(021_await_done_does_not_suspend) {
  using namespace case_021;
  auto t = go(quick());
  co_await sleep(0);
  co_await sleep(0);
  soon([] { log("other callback"); });
  const int t0 = tick();
  const int once = co_await t;
  const int again = co_await t;
  log(once, " ", again, " +", tick() - t0);
  Future<std::string> f;
  f.set_result("f");
  const std::string value = co_await f;
  log(value, " +", tick() - t0);
  co_await sleep(0);
  log("end");
}

namespace case_022 {
Task<void> waiter(TaskHandle<int> t) {
  co_await t;
  log("waiter");
}
}  // namespace case_022
CONFORMANCE(022_done_callbacks_order) {
  using namespace case_022;
  auto t = go(job("T", 10, 1));
  t.add_done_callback([=]() mutable { log("cb1 ", t.result()); });
  auto w = go(waiter(t));
  co_await sleep(1);
  t.add_done_callback([] { log("cb2"); });
  co_await w;
  t.add_done_callback([] { log("cb3 registered after completion"); });
  log("registered cb3");
  co_await sleep(0);
  log("end");
}

namespace case_023 {
Task<void> waiter(std::string n, TaskHandle<void> t) {
  try {
    co_await t;
  } catch (const Boom&) { log(n, " ", ex()); }
}
}  // namespace case_023
CONFORMANCE(023_exception_reaches_every_awaiter) {
  using namespace case_023;
  auto t = go(failing_job("T", 10, "bad"));
  auto a = go(waiter("A", t));
  auto b = go(waiter("B", t));
  co_await waiter("main", t);
  co_await a;
  co_await b;
  log(t.done(), " ", t.cancelled(), " ", ex(t.exception()));
  co_await waiter("again", t);
}

namespace case_024 {
/// One type for all of the list.
Task<int> failing() {
  co_await failing_job("bad", 20, "early");
  co_return 0;
}
}  // namespace case_024
CONFORMANCE(024_serial_await_sees_error_late) {
  using namespace case_024;
  std::vector<TaskHandle<int>> ts;
  ts.push_back(go(job("slow", 100, 1)));
  ts.push_back(go(failing()));
  ts.push_back(go(job("other", 150, 3)));
  try {
    for (auto& t : ts) {
      const int got = co_await t;
      log("got ", got);
    }
  } catch (const Boom&) { log("caught ", ex(), " other.done=", ts[2].done()); }
  const int other = co_await ts[2];
  log("other still runs: ", other);
}

}  // namespace
}  // namespace awaitscope::conformance
