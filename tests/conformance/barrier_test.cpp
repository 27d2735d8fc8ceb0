// Barriers (rules P12, P13).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_109 {
Task<void> party(Barrier* bar, char n, int ms) {
  co_await sleep(ms);
  int i = co_await bar->wait();
  log(n, " passed with ", i);
  co_await sleep(ms);
  i = co_await bar->wait();
  log(n, " passed again with ", i);
}
}  // namespace case_109
CONFORMANCE(109_barrier_releases_together) {
  using namespace case_109;
  Barrier bar(3);
  std::vector<TaskHandle<void>> ps;
  ps.push_back(go(party(&bar, 'A', 30)));
  ps.push_back(go(party(&bar, 'B', 10)));
  ps.push_back(go(party(&bar, 'C', 20)));
  co_await sleep(25);
  log("waiting ", bar.n_waiting(), " of ", bar.parties());
  co_await wait(ps);
}

namespace case_110 {
Task<void> party(Barrier* bar, char n) {
  try {
    const int i = co_await bar->wait();
    log(n, " passed with ", i);
  } catch (const BrokenBarrierError&) { log(n, " ", ex()); }
}
}  // namespace case_110
CONFORMANCE(110_barrier_cancel_and_abort) {
  using namespace case_110;
  Barrier bar(2);
  auto a = go(party(&bar, 'A'));
  co_await sleep(5);
  a.cancel();
  const std::vector<TaskHandle<void>> as = {a};
  co_await wait(as);
  log("waiting ", bar.n_waiting());
  co_await gather(party(&bar, 'B'), party(&bar, 'C'));
  auto d = go(party(&bar, 'D'));
  co_await sleep(5);
  bar.abort();
  co_await d;
  co_await party(&bar, 'E');
}

}  // namespace
}  // namespace awaitscope::conformance
