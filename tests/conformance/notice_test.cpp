// Notices: what is reported where nobody catches it (rules N1 to N3, N6, N7).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_133 {
Task<void> work(const char* n) {
  log("work ", n);
  co_return;
}
}  // namespace case_133
CONFORMANCE(133_never_awaited) {
  using namespace case_133;
  (void)work("forgotten");
  log("next statement");
  {
    auto c = work("kept for a while");
    co_await sleep(10);
  }
  log("dropped");
  auto d = work("closed");
  d.close();
  co_await work("awaited");
}

namespace case_134 {
Task<void> bad(const char* n) {
  throw Boom(n);
  co_return;
}
}  // namespace case_134
CONFORMANCE(134_error_never_retrieved) {
  using namespace case_134;
  go(bad("fire and forget"));
  auto kept = go(bad("kept"));
  auto seen = go(bad("seen"));
  co_await sleep(10);
  log(ex(seen.exception()));
  log("drop kept");
  kept = {};
  log("drop seen");
  seen = {};
  {
    Future<void> f;
    f.set_exception(Boom("plain future"));
  }
  log("end");
}

namespace case_135 {
Task<void> turns_bad() {
  try {
    co_await sleep(100);
  } catch (const CancelledError&) { throw Boom("instead of ending"); }
}
}  // namespace case_135
CONFORMANCE(135_cancelled_task_is_no_error) {
  using namespace case_135;
  auto a = go(job("A", 100));
  auto b = go(turns_bad()), c = go(turns_bad());
  co_await sleep(10);
  a.cancel(), b.cancel(), c.cancel();
  co_await sleep(10);
  c.cancel();
  log("drop all");
  a = {}, b = {}, c = {};
  log("end");
}

namespace case_136 {
Task<void> worker() {
  block(99);
  co_await sleep(0);
  block(60);
  block(60);
  log("worker step ends");
  co_await sleep(0);
  log("worker ends");
}
void callback() { block(150); }
}  // namespace case_136
CONFORMANCE(136_slow_callback, CaseOptions{.debug = true}) {
  using namespace case_136;
  soon(callback);
  co_await go(worker(), "worker");
  co_await sleep(500);
  log("waiting is not blocking");
}

namespace case_137 {
Task<void> worker(const char* n) {
  log(n, " starts");
  co_await sleep(500);
  log("never");
}
Task<void> main(TaskHandle<void>* t) {
  go(worker("ignored"), "ignored");
  *t = go(worker("kept"), "kept");
  co_await sleep(10);
  log("main ends");
}
}  // namespace case_137
TEST(Conformance, 137_destroyed_while_pending) {
  const auto run_it = [](Runner& runner) {
    TaskHandle<void> t;
    runner.run([&] { return case_137::main(&t); });
    runner.close_loop();
    log("closed");
    runner.collect_garbage();
    log("drop kept");
    t = {};
    return std::string("-- ok");
  };
  expect_case("137_destroyed_while_pending", record_case(run_it), {});
}

}  // namespace
}  // namespace awaitscope::conformance
