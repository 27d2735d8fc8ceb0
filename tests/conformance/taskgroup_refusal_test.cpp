// TaskGroup: when it takes new tasks (rule G10).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_090 {
Task<void> noop() {
  log("noop runs");
  co_return;
}
}  // namespace case_090
CONFORMANCE(090_taskgroup_refuses_new_tasks) {
  using namespace case_090;
  TaskGroup tg;
  auto add = [&](const char* when) {
    auto c = noop();
    try {
      tg.create_task(std::move(c));
      log(when, ": accepted");
    } catch (const RuntimeError&) {  // and create_task has closed c
      log(when, ": ", ex());
    }
  };
  add("not entered");
  try {
    co_await with_task_group([&](TaskGroup& entered) -> Task<void> {
      tg = entered;
      tg.create_task(failing_job("A", 10, "a"));
      later(5, [&] { add("waiting"); });
      std::exception_ptr error;
      try {
        co_await sleep(50);
      } catch (...) { error = std::current_exception(); }
      add("aborting");
      if (error) std::rethrow_exception(error);
    });
  } catch (const ExceptionGroup&) { log(ex()); }
  add("finished");
}

}  // namespace
}  // namespace awaitscope::conformance
