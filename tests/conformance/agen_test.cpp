// Async generators (rules Y1 to Y5).  A `finally` that awaits is a kept error, the clean-up, and the error thrown again.
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_121 {
AsyncGenerator<int> gen(char n) {
  try {
    for (int i = 0; i < 3; ++i) {
      log(n, " makes ", i, " in ", current_task().name());
      co_await sleep(10);
      co_yield i;
    }
  } catch (...) {
    log(n, " finally");
    throw;
  }
  log(n, " finally");
}
Task<void> consumer(char n) {
  auto numbers = gen(n);
  for (;;) {
    const auto i = co_await numbers.next();
    if (!i) break;
    log(n, " uses ", *i);
    co_await sleep(5);
  }
  log(n, " finished");
}
}  // namespace case_121
CONFORMANCE(121_agen_body_runs_in_consumer) {
  using namespace case_121;
  co_await gather(go(consumer('A'), "TA"), go(consumer('B'), "TB"));
}

namespace case_122 {
AsyncGenerator<int> gen() {
  std::exception_ptr error;
  try {
    for (int i = 0; i < 9; ++i) {
      co_yield i;
      co_await sleep(10);
    }
  } catch (...) { error = std::current_exception(); }
  log("cleanup in main=", current_task().name() == "main");
  co_await sleep(20);
  log("cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_122
CONFORMANCE(122_agen_break_is_finalized_later, CaseOptions{.main_name = "main"}) {
  using namespace case_122;
  {
    auto numbers = gen();
    for (;;) {
      const auto i = co_await numbers.next();
      if (!i) break;
      log("got ", *i);
      if (*i == 1) break;
    }
  }
  log("after the loop");
  co_await sleep(50);
  log("end");
}

namespace case_123 {
AsyncGenerator<int> gen() {
  std::exception_ptr error;
  try {
    co_yield 1;
    co_yield 2;
  } catch (...) {
    error = std::current_exception();
    log("at yield: ", ex());
  }
  co_await sleep(20);
  log("cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_123
CONFORMANCE(123_agen_aclose_is_immediate) {
  using namespace case_123;
  auto g = gen();
  const auto first = co_await g.next();
  log(first);
  co_await g.aclose();
  log("closed");
  co_await g.aclose();
  const auto next = co_await g.next();
  log(next ? str(*next) : "exhausted");
  auto unstarted = gen();
  co_await unstarted.aclose();
  log("closing an unstarted generator runs nothing");
}

namespace case_124 {
AsyncGenerator<const char*> gen() {
  std::exception_ptr error;
  try {
    try {
      for (;;) {
        co_await sleep(30);
        co_yield "item";
      }
    } catch (const CancelledError&) {
      log("generator cancelled");
      throw;
    }
  } catch (...) { error = std::current_exception(); }
  co_await sleep(10);
  log("generator cleaned");
  if (error) std::rethrow_exception(error);
}
Task<void> consumer() {
  try {
    auto items = gen();
    for (;;) {
      const auto x = co_await items.next();
      if (!x) break;
      log(*x);
    }
  } catch (const CancelledError&) {
    log("consumer cancelled");
    throw;
  }
}
}  // namespace case_124
CONFORMANCE(124_agen_cancelled_consumer) {
  using namespace case_124;
  auto t = go(consumer());
  co_await sleep(40);
  t.cancel();
  const std::vector<TaskHandle<void>> ts = {t};
  co_await wait(ts);
}

namespace case_125 {
AsyncGenerator<char> gen(char n) {
  std::exception_ptr error;
  try {
    co_yield n;
    co_yield n;
  } catch (...) { error = std::current_exception(); }
  log(n, " cleanup");
  co_await sleep(10);
  log(n, " cleaned");
  if (error) std::rethrow_exception(error);
}
Task<void> main(std::vector<AsyncGenerator<char>>* keep) {
  for (char n = 'A'; n <= 'B'; ++n) {
    auto g = gen(n);
    keep->push_back(g);
    const auto next = co_await g.next();
    log(next);
  }
  go(job("leftover", 100));
  co_await sleep(5);
  log("main ends");
}
}  // namespace case_125
TEST(Conformance, 125_agen_closed_at_shutdown) {
  std::vector<AsyncGenerator<char>> keep;
  check_case("125_agen_closed_at_shutdown", [&] { return case_125::main(&keep); });
}

}  // namespace
}  // namespace awaitscope::conformance
