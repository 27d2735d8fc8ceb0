// Async context managers (rules Y6, Y7).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_126 {
struct CM {
  const char* n;
  int ms;
  bool swallow = false;
  Task<void> enter() {
    co_await sleep(ms);
    log(n, " entered");
  }
  Task<bool> exit(std::exception_ptr e) {
    co_await sleep(ms);
    log(n, " exited ", ex(e));
    co_return swallow;
  }
};
}  // namespace case_126
CONFORMANCE(126_async_with_order) {
  using namespace case_126;
  CM outer{"outer", 10, true}, inner{"inner", 5};
  co_await async_with(outer, [&]() -> Task<void> {
    co_await async_with(inner, []() -> Task<void> {
      log("body");
      throw Boom("x");
      co_return;
    });
  });
  log("swallowed by outer");
}

namespace case_127 {
struct CM {
  const char* n;
  Task<void> enter() { co_return; }
  Task<void> exit(std::exception_ptr e) {
    log(n, " exit begins ", ex(e));
    co_await sleep(30);
    log(n, " exit ends");
  }
};
Task<void> body() {
  CM outer{"outer"}, inner{"inner"};
  co_await async_with(outer, [&]() -> Task<void> { co_await async_with(inner, []() -> Task<void> { co_await sleep(500); }); });
}
}  // namespace case_127
CONFORMANCE(127_exit_under_cancellation) {
  using namespace case_127;
  for (int second = 0; second < 2; ++second) {
    auto t = go(body());
    co_await sleep(10);
    t.cancel();
    co_await sleep(10);
    if (second) t.cancel();
    const std::vector<TaskHandle<void>> ts = {t};
    co_await wait(ts);
    log("cancelled=", t.cancelled(), " count=", t.cancelling());
  }
}

}  // namespace
}  // namespace awaitscope::conformance
