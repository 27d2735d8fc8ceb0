// The loop's iteration (rules L, V1).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

CONFORMANCE(001_call_soon_fifo) {
  for (char n = 'a'; n <= 'c'; ++n) soon([n] { log(n); });
  log("main yields");
  co_await sleep(0);
  log("main resumed");
  soon([] { log("d"); });
  co_await sleep(0);
  log("main ends");
}

namespace case_010 {
int last = 0;
Task<void> child() {
  co_await sleep(10);
  last = tick();
}
Task<void> plain() { co_await go(child()); }
Task<void> gathered() { co_await gather(go(child())); }
Task<void> waited() {
  std::vector<TaskHandle<void>> tasks(1, go(child()));
  co_await wait(tasks);
}
Task<void> completed() {
  std::vector<Task<void>> children;
  children.push_back(child());
  auto all = as_completed(std::move(children));
  while (all.left()) co_await all.next();
}
Task<void> shielded() { co_await shield(go(child())); }
Task<void> grouped() {
  co_await with_task_group([](TaskGroup& tg) -> Task<void> {
    tg.create_task(child());
    co_return;
  });
}
Task<void> limited() {
  co_await with_timeout(1s, []() -> Task<void> { co_await go(child()); });
}
Task<void> in_line() { co_await child(); }
}  // namespace case_010
CONFORMANCE(010_iteration_ledger_waiting) {
  using namespace case_010;
  struct How {
    const char* name;
    Task<void> (*run)();
  };
  const std::vector<How> hows = {{"inline", in_line},    {"plain", plain},       {"gathered", gathered}, {"waited", waited},
                      {"completed", completed}, {"shielded", shielded}, {"grouped", grouped},   {"limited", limited}};
  for (const How& how : hows) {
    co_await how.run();
    log(how.name, " +", tick() - last);
  }
}

}  // namespace
}  // namespace awaitscope::conformance
