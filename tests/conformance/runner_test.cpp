// Runs, from main's first step to the last clean-up (rules R1 to R5, N5).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_128 {
Task<void> inner() {
  log("never printed");
  co_return;
}
Task<void> main(Runner* runner) {
  {
    auto argument = inner();  // until the error is handled, as the traceback has it in Python
    try {
      run([&] { return std::move(argument); });
    } catch (const RuntimeError&) { log(ex()); }
  }
  auto c = inner();
  try {
    runner->run([&] { return std::move(c); });
  } catch (const RuntimeError&) { log(ex()); }
  c.close();
  log("the outer loop goes on");
  co_await sleep(10);
  log("end");
}
}  // namespace case_128
TEST(Conformance, 128_nested_run_is_refused) {
  const auto run_it = [](Runner& runner) { return run_main(runner, [&] { return case_128::main(&runner); }, {}); };
  expect_case("128_nested_run_is_refused", record_case(run_it), {});
}

namespace case_129 {
Task<void> stubborn() {
  bool cancelled = false;
  try {
    co_await sleep(500);
  } catch (const CancelledError&) { cancelled = true; }
  if (!cancelled) co_return;
  log("stubborn swallows and goes on");
  co_await sleep(50);
  log("stubborn ends");
}
Task<void> fails() {
  try {
    co_await sleep(500);
  } catch (...) { throw Boom("while shutting down"); }
}
Task<std::string> main() {
  go(job("A", 500)), go(stubborn()), go(fails());
  co_await sleep(5);
  go(job("created last", 1));
  log("main ends");
  co_return "result";
}
}  // namespace case_129
TEST(Conformance, 129_leftover_tasks_are_cancelled) { check_case("129_leftover_tasks_are_cancelled", &case_129::main); }

namespace case_130 {
Task<void> other() {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  log("other cleans");
  co_await sleep(20);
  log("other cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_130
CONFORMANCE(130_main_fails_others_cleaned) {
  using namespace case_130;
  go(other());
  co_await sleep(10);
  throw Boom("main");
}

namespace case_131 {
Task<void> main(int n, TaskHandle<std::string>* t) {
  log("main ", n);
  if (n == 1) {
    *t = go(job("background", 30, "bg"));
    later(10, [] { log("timer of run 1"); });
    co_await sleep(5);
  } else {
    log("t.done=", t->done());
    co_await sleep(20);
    const std::string got = co_await *t;
    log("got ", got);
  }
}
Task<void> last() {
  log("third loop starts at zero");
  co_return;
}
}  // namespace case_131
TEST(Conformance, 131_runner_runs_twice) {
  using namespace case_131;
  CaseLog have = record_case([](Runner& r) {
    TaskHandle<std::string> t;
    r.run([&] { return case_131::main(1, &t); });
    log("between the runs nothing moves");
    r.run([&] { return case_131::main(2, &t); });
    r.shutdown();
    return std::string();
  });
  have.log.pop_back();  // how the first loop ended: only the last one says so
  have.ticks.pop_back();
  const CaseLog third = record_case([](Runner& r) { return run_main(r, last, {}); });
  have.log.insert(have.log.end(), third.log.begin(), third.log.end());
  have.ticks.insert(have.ticks.end(), third.ticks.begin(), third.ticks.end());
  expect_case("131_runner_runs_twice", have, {});
}

namespace case_132 {
Task<void> grabs_twice(Lock* lock) {
  const auto once = co_await lock->hold();
  log("locked once");
  const auto twice = co_await lock->hold();
  log("never");
}
}  // namespace case_132
CONFORMANCE(132_hang_is_detected) {
  using namespace case_132;
  Lock lock;
  auto t = go(grabs_twice(&lock), "grabber");
  go(job("A", 20), "A");
  co_await t;
  log("never");
}

}  // namespace
}  // namespace awaitscope::conformance
