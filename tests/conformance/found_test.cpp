// Programs in which random testing found asyncio and the runtime to differ once (rules C5, C9, A5 to A9, L6, R2, R3, N2, N5).
#include <algorithm>

#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

/// g++ 12 takes no braced list in a co_await expression.
std::vector<Task<void>> list(Task<void> a, Task<void> b) {
  std::vector<Task<void>> out;
  out.push_back(std::move(a));
  out.push_back(std::move(b));
  return out;
}

// ------------------------------------------------------------------------------------------------ messages

namespace case_201 {
Task<void> await_twice(TaskHandle<void> t) {
  for (int i = 0; i < 2; ++i) {
    try {
      co_await t;
    } catch (const CancelledError&) { log("await ", i, " ", ex()); }
  }
}
Task<TaskHandle<void>> cancelled_job(std::string n) {
  auto t = go(job(n, 100));
  co_await sleep(5);
  t.cancel("stop");
  co_return t;
}
}  // namespace case_201
CONFORMANCE(201_wait_for_zero_takes_the_message) {
  using namespace case_201;
  auto t = co_await cancelled_job("A");
  try {
    co_await wait_for(t, 0ms);
  } catch (const TimeoutError&) { log("wait_for ", ex()); }
  co_await await_twice(t);
  t = co_await cancelled_job("B");
  co_await wait(t);
  try {
    co_await wait_for(t, 0ms);
  } catch (const CancelledError&) { log("wait_for of a task that is done ", ex()); }
  co_await await_twice(t);
  t = co_await cancelled_job("C");
  co_await await_twice(t);
}

namespace case_202 {
Task<void> raises(std::string n, int ms, std::string text) {
  try {
    co_await sleep(500);
    co_return;
  } catch (const CancelledError&) { log(n, " gets ", ex()); }
  co_await sleep(ms);
  throw CancelledError(text);
}
Task<void> swallows(std::string n) {
  try {
    co_await sleep(500);
  } catch (const CancelledError&) { log(n, " gets ", ex()); }
}
Task<void> swallows_at_yield(std::string n) {
  try {
    for (int i = 0; i < 50; ++i) co_await sleep(0);
  } catch (const CancelledError&) { log(n, " gets ", ex()); }
}
Task<void> parent(std::string n, std::vector<Task<void>> children) {
  try {
    co_await gather_settled(std::move(children));
  } catch (const CancelledError&) { log(n, ": awaiter gets ", ex()); }
}
Task<void> check(std::string n, std::vector<Task<void>> children, int yields = 5) {
  auto p = go(parent(n, std::move(children)));
  for (int i = 0; i < yields; ++i) co_await sleep(0);
  p.cancel("words");
  co_await p;
}
}  // namespace case_202
CONFORMANCE(202_cancelled_gather_message) {
  using namespace case_202;
  co_await check("last in order ends first", list(raises("A", 20, "of A"), raises("B", 10, "of B")));
  co_await check("last in order ends last", list(raises("C", 10, "of C"), raises("D", 20, "of D")));
  co_await check("last swallows while it waits", list(raises("E", 10, "of E"), swallows("F")));
  co_await check("last swallows at a yield", list(raises("G", 10, "of G"), swallows_at_yield("H")));
  co_await check("first swallows at a yield", list(swallows_at_yield("I"), raises("J", 10, "of J")));
  co_await check("last has not started", list(raises("K", 10, "of K"), raises("L", 10, "of L")), 1);
}

namespace case_203 {
Task<void> fails(std::string n, int ms) {
  try {
    co_await sleep(500);
  } catch (...) {}  // finally, with an error that replaces the one that is under way
  co_await sleep(ms);
  log(n, " fails");
  throw Boom(n);
}
Task<void> parent(bool return_exceptions, std::vector<Task<void>> children) {
  try {
    if (return_exceptions) co_await gather_settled(std::move(children));
    else co_await gather(std::move(children));
  } catch (...) { log("awaiter gets ", ex()); }
}
Task<void> check(bool return_exceptions, std::string first, std::string second) {
  {
    auto p = go(parent(return_exceptions, list(fails(first, 10), fails(second, 20))));
    co_await sleep(5);
    p.cancel();
    co_await p;
  }
  co_await sleep(50);
  log("all dropped");
}
}  // namespace case_203
CONFORMANCE(203_cancelled_gather_retrieves_errors) {
  using namespace case_203;
  co_await check(true, "A", "B");
  co_await check(false, "C", "D");
  auto alone = go(fails("E", 0));
  co_await sleep(5);
  alone.cancel();
  co_await sleep(5);
  log("drop a task of no gather");
  alone = {};
  log("end");
}

namespace case_204 {
Task<std::string> returns() {
  current_task().cancel("by myself");
  co_return "lost";
}
Task<std::string> suspends() {
  current_task().cancel("by myself");
  co_await sleep(10);
  co_return "not reached";
}
Task<void> waiter(std::string n, TaskHandle<std::string> t) {
  try {
    co_await t;
  } catch (const CancelledError&) { log(n, " ", ex()); }
}
Task<void> check(std::string name, TaskHandle<std::string> t) {
  co_await gather(waiter(name + " first", t), waiter(name + " second", t));
  co_await waiter(name + " late", t);
  co_await waiter(name + " later", t);
  log("cancelled=", t.cancelled(), " cancelling=", t.cancelling());
}
}  // namespace case_204
CONFORMANCE(204_self_cancel_message_for_all) {
  using namespace case_204;
  co_await check("returns", go(returns()));
  co_await check("suspends", go(suspends()));
}

// ------------------------------------------------------------------------------------------------ the end of a run

namespace case_205 {
Task<void> fails(std::string n) {
  try {
    co_await sleep(500);
  } catch (...) { throw Boom(n); }
}
Task<void> takes(TaskHandle<void> t) {
  try {
    co_await t;
  } catch (const Boom&) { log("taken ", ex()); }
}
Task<void> main(TaskHandle<void>* kept) {
  *kept = go(fails("taken"));
  go(takes(*kept));
  go(fails("not taken"));
  co_await sleep(5);
  log("main ends");
}
}  // namespace case_205
TEST(Conformance, 205_shutdown_reports_retrieved_errors) {
  const auto run_it = [](Runner& runner) {
    TaskHandle<void> kept;
    return run_main(runner, [&] { return case_205::main(&kept); }, {});
  };
  expect_case("205_shutdown_reports_retrieved_errors", record_case(run_it), {});
}

CONFORMANCE(206_main_cancelled_with_message) {
  go(job("other", 500));
  later(10, [me = current_task()]() mutable { me.cancel("go home"); });
  try {
    co_await sleep(100);
  } catch (const CancelledError&) {
    log("main gets ", ex());
    throw;
  }
}

CONFORMANCE(207_as_completed_timeout_of_endless_futures) {
  {
    std::vector<Future<std::string>> fs(3);
    later(10, [one = fs[1]]() mutable { one.set_result("one"); });
    auto completed = as_completed(fs, 30ms);
    for (int i = 0; completed.left() > 0; ++i) {
      try {
        const std::string result = co_await completed.next();
        log(i, " ", result);
      } catch (const TimeoutError&) { log(i, " ", ex()); }
    }
    log("still pending ", static_cast<int>(std::count_if(fs.begin(), fs.end(), [](const auto& f) { return !f.done(); })));
  }
  auto completed = as_completed(std::vector<Future<void>>(1), 20ms);
  while (completed.left() > 0) {
    try {
      co_await completed.next();
    } catch (const TimeoutError&) { log("of one that nobody holds ", ex()); }
  }
  log("end");
}

CONFORMANCE(208_gather_of_a_late_failure) {
  Future<void> f;
  (void)gather(f);
  soon([f]() mutable {
    log("f fails");
    f.set_exception(Boom("f"));
  });
  Future<void> alone;
  soon([alone]() mutable {
    log("alone fails");
    alone.set_exception(Boom("alone"));
  });
  log("main ends");
  co_return;
}

}  // namespace
}  // namespace awaitscope::conformance
