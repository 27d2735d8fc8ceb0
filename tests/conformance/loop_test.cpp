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

namespace case_002 {
Task<void> body(char n) {
  log(n, " first step");
  co_return;
}
}  // namespace case_002
CONFORMANCE(002_task_start_shares_ready_queue) {
  using namespace case_002;
  auto a = go(body('A'));
  soon([] { log("x"); });
  auto b = go(body('B'));
  soon([] { log("y"); });
  log("main still running");
  co_await sleep(0);
  log("after one yield A.done=", a.done(), " B.done=", b.done());
}

CONFORMANCE(003_callback_from_callback_next_iteration) {
  const int t0 = tick();
  const auto say = [&](const std::string& n) { log(n, " +", tick() - t0); };
  const auto first = [&] {
    say("first");
    soon([&] { say("scheduled by first"); });
  };
  std::function<void(int)> nested = [&](int k) {
    say(cat("nested ", k));
    if (k) soon([&, k] { nested(k - 1); });
  };
  soon(first);
  soon([&] { nested(2); });
  soon([&] { say("third"); });
  for (int i = 0; i < 4; ++i) {
    co_await sleep(0);
    say("main");
  }
}

namespace case_004 {
Task<void> worker(char n) {
  for (int i = 0; i < 3; ++i) {
    log(n, i);
    co_await sleep(0);
  }
  log(n, " done");
}
}  // namespace case_004
CONFORMANCE(004_sleep0_round_robin) {
  using namespace case_004;
  std::vector<TaskHandle<void>> ts;
  for (char n = 'A'; n <= 'C'; ++n) ts.push_back(go(worker(n)));
  for (auto& t : ts) co_await t;
  log("all done");
}

CONFORMANCE(005_cancelled_handle_is_skipped, CaseOptions{.frame_bound = true}) {
  auto h1 = soon([] { log("never 1"); });
  h1.cancel();
  std::optional<CallHandle> h2;
  const auto killer = [&] {
    log("killer");
    h2->cancel();
  };
  soon(killer);
  h2 = soon([] { log("never 2"); });
  soon([] { log("last"); });
  co_await sleep(0);
  log(h1.cancelled(), " ", h2->cancelled());
  h2->cancel();
  log("cancelling twice is harmless");
}

namespace case_006 {
void bad(const std::string& n) {
  log("bad ", n);
  throw Boom(n);
}
}  // namespace case_006
CONFORMANCE(006_callback_error_does_not_stop_loop) {
  using namespace case_006;
  soon([] { bad("one"); });
  soon([] { log("next"); });
  later(10, [] { bad("two"); });
  co_await sleep(0);
  log("main goes on");
  co_await sleep(20);
  log("main ends");
}

CONFORMANCE(007_timer_joins_after_ready) {
  later(10, [] { log("timer"); });
  soon([] { log("soon 1"); });
  soon([] { soon([] { log("soon 2 from soon 1b"); }); });
  log("block 20");
  block(20);
  log("unblocked");
  co_await sleep(0);
  log("main after one yield");
  co_await sleep(0);
  log("main after two yields");
}

namespace case_008 {
void peer() {
  log("peer runs behind main in the same batch");
  soon([] { log("queued behind the stop: still runs"); });
  later(0, [] { log("due at the last poll: still fires"); });
  later(5, [] { log("never fires"); });
}
Task<void> other() {
  log("first step of a new task still runs");
  co_return;
}
Task<int> main() {
  later(0, peer);
  co_await sleep(0);
  go(other(), "other");
  soon([] { log("queued before the return"); });
  log("main returns");
  co_return 7;
}
}  // namespace case_008
TEST(Conformance, 008_callbacks_pending_at_end) { check_case("008_callbacks_pending_at_end", &case_008::main); }

namespace case_009 {
int t0 = 0;
Task<void> leaf() {
  log("leaf +", tick() - t0);
  co_return;
}
Task<void> mid() {
  co_await go(leaf());
  log("mid +", tick() - t0);
}
}  // namespace case_009
CONFORMANCE(009_iteration_of_wakeups) {
  using namespace case_009;
  t0 = tick();
  auto t = go(mid());
  co_await t;
  log("main +", tick() - t0);
  Future<int> f;
  soon([=]() mutable { f.set_result(1); });
  co_await f;
  log("main after future +", tick() - t0);
  co_await mid();
  log("inline mid adds only its own waits +", tick() - t0);
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
  const std::vector<How> hows = {{"inline", in_line},  {"plain", plain},         {"gathered", gathered},
                                 {"waited", waited},   {"completed", completed}, {"shielded", shielded},
                                 {"grouped", grouped}, {"limited", limited}};
  for (const How& how : hows) {
    co_await how.run();
    log(how.name, " +", tick() - last);
  }
}

namespace case_011 {
int t0 = 0;
Task<void> waiter(std::string n, Task<void> aw) {
  try {
    co_await std::move(aw);
  } catch (const CancelledError&) { n += " cancelled"; }
  log(n, " +", tick() - t0);
}
/// What can be awaited as a coroutine, so that all of them have one type.
template <class Awaitable>
Task<void> awaited(Awaitable aw) {
  co_await std::move(aw);
}
Task<void> cond_wait(Condition* cond) {
  auto permit = co_await cond->hold();
  co_await cond->wait();
}
struct Row {
  std::string n;
  Task<void> aw;
  std::function<void()> signal;
};
}  // namespace case_011
CONFORMANCE(011_iteration_ledger_signalling) {
  using namespace case_011;
  Lock lock;
  Semaphore sem(0);
  runtime::Event ev;
  Condition cond;
  Queue<int> q;
  co_await lock.acquire();
  Future<int> f;
  TaskHandle<void> t;
  std::vector<Row> rows;
  rows.push_back({"semaphore", awaited(sem.acquire()), [&] { sem.release(); }});
  rows.push_back({"lock", awaited(lock.acquire()), [&] { lock.release(); }});
  rows.push_back({"event", awaited(ev.wait()), [&] { ev.set(); }});
  rows.push_back({"queue", awaited(q.get()), [&] { q.put_nowait(1); }});
  rows.push_back({"future", awaited(f), [&] { f.set_result(1); }});
  rows.push_back({"sleep", awaited(sleep(500)), [&] { t.cancel(); }});
  rows.push_back({"task", awaited(go(awaited(sleep(500)))), [&] { t.cancel(); }});
  rows.push_back({"condition", cond_wait(&cond), [&] { cond.notify(); }});
  for (Row& row : rows) {
    t = go(waiter(row.n, std::move(row.aw)));
    co_await sleep(5);
    if (row.n == "condition") co_await cond.acquire();
    t0 = tick();
    row.signal();
    if (row.n == "condition") cond.release();
    co_await t;
  }
}

}  // namespace
}  // namespace awaitscope::conformance
