// TaskGroup: nesting, requests of others (rules G8, G11 to G15).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_091 {
Task<void> inner() {
  co_await with_task_group([](TaskGroup& tg) -> Task<void> {
    tg.create_task(failing_job("x", 20, "x"));
    tg.create_task(job("y", 100));
    co_return;
  });
}
}  // namespace case_091
CONFORMANCE(091_taskgroup_nested) {
  using namespace case_091;
  try {
    co_await with_task_group([](TaskGroup& outer) -> Task<void> {
      outer.create_task(inner());
      outer.create_task(job("z", 100));
      try {
        co_await with_task_group([](TaskGroup& tg) -> Task<void> {
          tg.create_task(failing_job("v", 10, "v"));
          co_return;
        });
      } catch (const ExceptionGroup& group) {  // except* Boom as e
        const auto [e, rest] = group.split<Boom>();
        if (e) log("handled ", ex(std::make_exception_ptr(*e)));
        if (rest) throw *rest;
      }
      co_await sleep(50);
      log("not reached");
    });
  } catch (const ExceptionGroup&) { log(ex()); }
}

namespace case_092 {
Task<void> cleanup_fails() {
  try {
    co_await sleep(500);
  } catch (...) {}  // finally:
  throw Boom("inner");
}
}  // namespace case_092
CONFORMANCE(092_taskgroup_inner_error_during_outer_abort) {
  using namespace case_092;
  auto me = current_task();
  try {
    co_await with_task_group([&](TaskGroup& outer) -> Task<void> {
      outer.create_task(failing_job("bad", 10, "outer"));
      try {
        co_await with_task_group([](TaskGroup& inner) -> Task<void> {
          inner.create_task(cleanup_fails());
          co_return;
        });
      } catch (const ExceptionGroup&) { log("handled ", ex(), " cancelling=", me.cancelling()); }
      co_await sleep(30);
      log("body of the outer group went on");
    });
  } catch (const ExceptionGroup&) { log(ex(), " cancelling=", me.cancelling()); }
}

CONFORMANCE(093_taskgroup_error_while_waiting) {
  auto me = current_task();
  try {
    co_await with_task_group([](TaskGroup& tg) -> Task<void> {
      tg.create_task(job("A", 50));
      tg.create_task(failing_job("bad", 10, "x"));
      log("body ends");
      co_return;
    });
  } catch (const ExceptionGroup&) { log(ex(), " cancelling=", me.cancelling()); }
  try {
    co_await with_timeout(20ms, []() -> Task<void> { co_await sleep(100); });
  } catch (const TimeoutError&) { log(ex(), " cancelling=", me.cancelling()); }
}

namespace case_094 {
Task<void> child() {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  log("child cleans");
  co_await sleep(50);
  log("child cleaned, undisturbed");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_094
CONFORMANCE(094_taskgroup_second_cancel_is_absorbed) {
  using namespace case_094;
  auto parent = []() -> Task<void> {
    TaskHandle<void> c;
    std::exception_ptr error;
    try {
      co_await with_task_group([&](TaskGroup& tg) -> Task<void> {
        c = tg.create_task(child());
        co_await sleep(500);
      });
    } catch (...) { error = std::current_exception(); }
    auto me = current_task();
    log("parent count=", me.cancelling(), " child count=", c.cancelling());
    if (error) std::rethrow_exception(error);
  };
  auto p = go(parent());
  const std::vector<int> moments = {10, 30, 40};
  for (int ms : moments) later(ms, [&] { p.cancel(); });
  std::vector<TaskHandle<void>> waited_for(1, p);
  co_await wait(waited_for);
  log("cancelled=", p.cancelled());
}

CONFORMANCE(095_taskgroup_body_swallows) {
  try {
    co_await with_task_group([](TaskGroup& tg) -> Task<void> {
      tg.create_task(failing_job("bad", 10, "x"));
      try {
        co_await sleep(100);
      } catch (const CancelledError&) { log("body swallows"); }
      co_await sleep(50);
      log("body goes on, uncancelled");
    });
  } catch (const ExceptionGroup&) { log(ex(), " cancelling=", current_task().cancelling()); }
}

}  // namespace
}  // namespace awaitscope::conformance
