// Cancelling through every way of waiting, by iterations (rules I8, C2, A9, G7, S1).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_150 {
int t0 = 0;
Task<void> child(const char* n) {
  try {
    co_await sleep(500);
  } catch (...) {
    log(n, " child +", tick() - t0);
    throw;
  }
  log(n, " child +", tick() - t0);
}
Task<void> in_group_exit() {
  co_await with_task_group([](TaskGroup& tg) -> Task<void> {
    tg.create_task(child("group exit"));
    co_return;
  });
}
Task<void> in_group_body() {
  co_await with_task_group([](TaskGroup& tg) -> Task<void> {
    tg.create_task(child("group body"));
    co_await sleep(500);
  });
}
Task<void> in_gather() { co_await gather(child("gather 1"), child("gather 2")); }
Task<void> in_task() { co_await go(child("task")); }
Task<void> in_shield() { co_await shield(Future<void>()); }
}  // namespace case_150
CONFORMANCE(150_iteration_ledger_cancelling) {
  using namespace case_150;
  struct How {
    const char* name;
    Task<void> (*run)();
  };
  const std::vector<How> hows = {{"in_group_exit", in_group_exit},
                                 {"in_group_body", in_group_body},
                                 {"in_gather", in_gather},
                                 {"in_task", in_task},
                                 {"in_shield", in_shield}};
  for (const How& how : hows) {
    auto t = go(how.run());
    co_await sleep(5);
    t0 = tick();
    t.add_done_callback([name = how.name] { log(name, " ended +", tick() - t0 - 1); });
    t.cancel();
    const std::vector<TaskHandle<void>> ts = {t};
    co_await wait(ts);
  }
}

}  // namespace
}  // namespace awaitscope::conformance
