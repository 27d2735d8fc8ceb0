// wait (rules A1 to A3).
#include <algorithm>

#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

using Tasks = std::vector<TaskHandle<void>>;

/// [t.get_name() for t in tasks]
std::vector<std::string> names(const Tasks& tasks) {
  std::vector<std::string> out;
  for (const auto& t : tasks) out.push_back(t.name());
  return out;
}
std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

CONFORMANCE(068_wait_first_completed) {
  Tasks ts;
  ts.push_back(go(job("A", 100), "A"));
  ts.push_back(go(job("B", 30), "B"));
  ts.push_back(go(job("C", 60), "C"));
  auto waited = co_await wait(ts, When::first_completed);
  log("done ", names(waited.done), " pending ", names(waited.pending));
  waited = co_await wait(waited.pending);
  log("done ", names(waited.done), " pending ", waited.pending.size());
}

CONFORMANCE(069_wait_takes_all_done_of_the_iteration) {
  Tasks ts;
  ts.push_back(go(job("A", 50), "A"));
  ts.push_back(go(job("B", 50), "B"));
  ts.push_back(go(job("C", 51), "C"));
  ts.push_back(go(job("D", 10), "D"));
  co_await sleep(20);
  const Tasks first_three(ts.begin(), ts.begin() + 3), fourth_and_third = {ts[3], ts[2]};
  auto waited = co_await wait(first_three, When::first_completed);
  log("done ", names(waited.done));
  const int t0 = tick();
  waited = co_await wait(fourth_and_third, When::first_completed);
  log("already done: ", names(waited.done), " +", tick() - t0);
  co_await ts[2];
}

CONFORMANCE(070_wait_first_exception) {
  auto a = go(job("ok", 10), "ok"), b = go(job("cancelled", 20), "cancelled");
  auto c = go(failing_job("bad", 40, "x"), "bad"), d = go(job("late", 90), "late");
  later(20, [=]() mutable { b.cancel(); });
  const Tasks all = {a, b, c, d};
  const auto [done, pending] = co_await wait(all, When::first_exception);
  log("done ", sorted(names(done)), " pending ", names(pending));
  log(ex(c.exception()));
  co_await d;
}

CONFORMANCE(071_wait_timeout_and_cancel) {
  Tasks ts;
  ts.push_back(go(job("A", 50), "A"));
  ts.push_back(go(job("B", 200), "B"));
  const auto [done, pending] = co_await wait(ts, When::all_completed, 100ms);
  log("done ", names(done), " pending ", names(pending));
  auto waiter = [&]() -> Task<void> {
    try {
      co_await wait(ts);
    } catch (const CancelledError&) { log("wait cancelled, B.cancelling=", ts[1].cancelling()); }
  };
  auto w = go(waiter());
  co_await sleep(10);
  w.cancel();
  co_await w;
  co_await ts[1];
}

}  // namespace
}  // namespace awaitscope::conformance
