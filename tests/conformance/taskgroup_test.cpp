// TaskGroup: errors and cancellation (rules G1 to G9).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_081 {
Task<void> spawner(TaskGroup tg) {
  co_await sleep(20);
  tg.create_task(job("grandchild", 50));
  log("spawner ends");
}
}  // namespace case_081
CONFORMANCE(081_taskgroup_waits_for_all) {
  using namespace case_081;
  TaskHandle<std::string> a;
  co_await with_task_group([&](TaskGroup& tg) -> Task<void> {
    a = tg.create_task(job("A", 30, "a"));
    tg.create_task(spawner(tg));
    log("body ends");
    co_return;
  });
  log("group done ", a.result());
}

CONFORMANCE(082_taskgroup_child_error) {
  auto me = current_task();
  try {
    co_await with_task_group([&](TaskGroup& tg) -> Task<void> {
      tg.create_task(job("A", 100));
      tg.create_task(failing_job("B", 30, "b"));
      tg.create_task(job("C", 100));
      try {
        co_await sleep(500);
      } catch (const CancelledError&) {
        log("body ", ex(), " cancelling=", me.cancelling());
        throw;
      }
    });
  } catch (const ExceptionGroup&) { log(ex(), " cancelling=", me.cancelling()); }
  co_await sleep(10);
  log("main goes on");
}

namespace case_083 {
int t0 = 0;
Task<void> child(std::string n) {
  try {
    co_await sleep(500);
  } catch (const CancelledError&) {
    log(n, " cancelled +", tick() - t0);
    throw;
  }
}
Task<void> bad() {
  co_await sleep(10);
  t0 = tick();
  throw Boom("x");
}
}  // namespace case_083
CONFORMANCE(083_taskgroup_sibling_cancel_order) {
  using namespace case_083;
  try {
    co_await with_task_group([](TaskGroup& tg) -> Task<void> {
      for (char n = 'A'; n <= 'B'; ++n) tg.create_task(child(str(n)));
      tg.create_task(bad());
      tg.create_task(child("C"));
      co_await child("body");
    });
  } catch (const ExceptionGroup&) { log(ex(), " +", tick() - t0); }
}

namespace case_084 {
Task<void> child(std::string n, int ms) {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  co_await sleep(ms);
  log(n, " cleaned");
  if (ms == 20) throw Boom(n);
  if (error) std::rethrow_exception(error);
}
}  // namespace case_084
CONFORMANCE(084_taskgroup_body_error) {
  using namespace case_084;
  try {
    co_await with_task_group([](TaskGroup& tg) -> Task<void> {
      tg.create_task(child("A", 20));
      tg.create_task(child("B", 10));
      co_await sleep(5);
      throw Boom("body");
    });
  } catch (const ExceptionGroup&) { log(ex()); }
}

namespace case_085 {
Task<void> child(std::string n, int ms) {
  try {
    co_await sleep(500);
  } catch (...) {}  // finally:
  co_await sleep(ms);
  throw Boom(n);
}
}  // namespace case_085
CONFORMANCE(085_taskgroup_errors_in_completion_order) {
  using namespace case_085;
  try {
    co_await with_task_group([](TaskGroup& tg) -> Task<void> {
      tg.create_task(child("slow cleanup", 30));
      tg.create_task(job("plain", 500));
      tg.create_task(child("quick cleanup", 10));
      tg.create_task(failing_job("first", 50, "first"));
      tg.create_task(failing_job("same instant", 50, "same instant"));
      co_return;
    });
  } catch (const ExceptionGroup&) { log(ex()); }
}

CONFORMANCE(086_taskgroup_cancelled_child_is_not_an_error) {
  TaskHandle<void> a;
  TaskHandle<std::string> b;
  co_await with_task_group([&](TaskGroup& tg) -> Task<void> {
    a = tg.create_task(job("A", 100));
    b = tg.create_task(job("B", 50, "b"));
    later(20, [=]() mutable { a.cancel(); });
    co_return;
  });
  log(a.cancelled(), " ", b.result());
}

namespace case_087 {
Task<void> child() {
  std::exception_ptr error;
  try {
    co_await sleep(500);
  } catch (...) { error = std::current_exception(); }
  log("child cleans");
  co_await sleep(20);
  log("child cleaned");
  if (error) std::rethrow_exception(error);
}
}  // namespace case_087
CONFORMANCE(087_taskgroup_external_cancel) {
  using namespace case_087;
  auto parent = []() -> Task<void> {
    try {
      co_await with_task_group([](TaskGroup& tg) -> Task<void> {
        tg.create_task(child());
        co_return;
      });
    } catch (...) {
      log("parent ", ex(), " cancelling=", current_task().cancelling());
      throw;
    }
  };
  auto p = go(parent());
  co_await sleep(10);
  p.cancel();
  std::vector<TaskHandle<void>> waited_for(1, p);
  co_await wait(waited_for);
  log("cancelled=", p.cancelled());
}

namespace case_088 {
Task<void> child() {
  try {
    co_await sleep(500);
  } catch (...) {}  // finally:
  throw Boom("cleanup");
}
}  // namespace case_088
CONFORMANCE(088_taskgroup_external_cancel_and_error) {
  using namespace case_088;
  auto parent = []() -> Task<void> {
    try {
      co_await with_task_group([](TaskGroup& tg) -> Task<void> {
        tg.create_task(child());
        co_await sleep(500);
      });
    } catch (...) { log("parent ", ex(), " cancelling=", current_task().cancelling()); }
    co_await sleep(0);
    log("parent goes on");
  };
  auto p = go(parent());
  co_await sleep(10);
  p.cancel();
  std::vector<TaskHandle<void>> waited_for(1, p);
  co_await wait(waited_for);
  log("cancelled=", p.cancelled());
}

namespace case_089 {
Task<void> stubborn() {
  for (int i = 0; i < 3; ++i) {
    try {
      co_await sleep(40);
    } catch (const CancelledError&) { log("swallowed"); }
  }
  log("stubborn ends");
}
}  // namespace case_089
CONFORMANCE(089_taskgroup_child_swallows) {
  using namespace case_089;
  try {
    co_await with_task_group([](TaskGroup& tg) -> Task<void> {
      tg.create_task(stubborn());
      tg.create_task(failing_job("bad", 10, "x"));
      co_return;
    });
  } catch (const ExceptionGroup&) { log(ex()); }
}

}  // namespace
}  // namespace awaitscope::conformance
