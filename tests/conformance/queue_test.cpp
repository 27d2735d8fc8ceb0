// Queues (rules Q1 to Q5).
#include "tests/conformance/harness.h"

namespace awaitscope::conformance {
namespace {

namespace case_111 {
int t0 = 0;
Task<void> consumer(Queue<int>* q, char n) {
  for (int turn = 0; turn < 2; ++turn) {
    const int item = co_await q->get();
    log(n, " got ", item, " +", tick() - t0);
  }
}
}  // namespace case_111
CONFORMANCE(111_queue_fifo_consumers) {
  using namespace case_111;
  Queue<int> q;
  std::vector<TaskHandle<void>> cs;
  for (char n = 'A'; n <= 'B'; ++n) cs.push_back(go(consumer(&q, n)));
  co_await sleep(5);
  t0 = tick();
  for (int i = 0; i < 3; ++i) q.put_nowait(i);
  log("put 3, qsize ", q.qsize());
  co_await sleep(5);
  t0 = tick();
  co_await q.put(3);
  co_await wait(cs);
}

namespace case_112 {
Task<void> producer(Queue<std::string>* q, char n) {
  for (int i = 0; i < 2; ++i) {
    const std::string item = cat(n, i);
    co_await q->put(item);
    log(item, " put, size ", q->qsize());
  }
}
}  // namespace case_112
CONFORMANCE(112_queue_backpressure) {
  using namespace case_112;
  Queue<std::string> q(2);
  std::vector<TaskHandle<void>> ps;
  for (char n = 'A'; n <= 'B'; ++n) ps.push_back(go(producer(&q, n)));
  co_await sleep(10);
  try {
    q.put_nowait("x");
  } catch (const QueueFull&) { log(ex()); }
  while (!q.empty()) {
    const std::string item = co_await q.get();
    log("got ", item);
    co_await sleep(10);
  }
  try {
    q.get_nowait();
  } catch (const QueueEmpty&) { log(ex()); }
}

namespace case_113 {
Task<void> worker(Queue<int>* q, char n) {
  for (;;) {
    const int i = co_await q->get();
    co_await sleep(i);
    log(n, " done ", i);
    q->task_done();
  }
}
}  // namespace case_113
CONFORMANCE(113_queue_join) {
  using namespace case_113;
  Queue<int> q;
  q.put_nowait(30);
  q.put_nowait(10);
  q.put_nowait(20);
  std::vector<TaskHandle<void>> ws;
  for (char n = 'A'; n <= 'B'; ++n) ws.push_back(go(worker(&q, n)));
  co_await q.join();
  log("joined, empty=", q.empty());
  try {
    q.task_done();
  } catch (const ValueError&) { log(ex()); }
  for (auto& w : ws) w.cancel();
  const auto results = co_await gather_settled(ws);
  std::vector<std::string> errors;
  for (const auto& r : results) errors.push_back(ex(r.error));
  log(errors);
}

namespace case_114 {
Task<void> consumer(Queue<std::string>* q, char n) {
  try {
    const std::string item = co_await q->get();
    log(n, " got ", item);
  } catch (const CancelledError&) {
    log(n, " cancelled, size ", q->qsize());
    throw;
  }
}
}  // namespace case_114
CONFORMANCE(114_queue_cancelled_getter) {
  using namespace case_114;
  Queue<std::string> q;
  std::vector<TaskHandle<void>> cs;
  for (char n = 'A'; n <= 'C'; ++n) cs.push_back(go(consumer(&q, n)));
  co_await sleep(5);
  q.put_nowait("item");
  cs[0].cancel();
  co_await sleep(5);
  cs[2].cancel();
  co_await wait(cs);
}

namespace case_115 {
template <class AnyQueue>
Task<void> consumer(AnyQueue* q, char n) {
  const int item = co_await q->get();
  log(n, " got ", item);
}
template <class AnyQueue>
Task<void> try_out() {
  AnyQueue q;
  q.put_nowait(2);
  q.put_nowait(3);
  q.put_nowait(1);
  std::vector<int> items;
  for (int i = 0; i < 3; ++i) {
    const int item = co_await q.get();
    items.push_back(item);
  }
  log(items);
  std::vector<TaskHandle<void>> cs;
  for (char n = 'A'; n <= 'B'; ++n) cs.push_back(go(consumer(&q, n)));
  co_await sleep(5);
  q.put_nowait(9);
  q.put_nowait(4);
  co_await wait(cs);
}
}  // namespace case_115
CONFORMANCE(115_queue_orders) {
  using namespace case_115;
  co_await try_out<PriorityQueue<int>>();
  co_await try_out<LifoQueue<int>>();
}

}  // namespace
}  // namespace awaitscope::conformance
