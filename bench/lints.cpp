// Milliseconds that each rule takes to judge one long, busy run.  The run is virtual: the same events on every machine.
//
//   bench_lints [EVENTS]        about so many events, a million unless said
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "core/findings/lint.h"
#include "core/runtime/runtime.h"
#include "core/trace/queue_sink.h"

namespace awaitscope::bench {
namespace {

using namespace runtime;
using namespace std::chrono_literals;

/// What the tasks of the program share.
struct Shop {
  Service db = Service(ServiceOptions("db").latency(20ms).jitter(10ms).capacity(60));
  Service mail = Service(ServiceOptions("mail").latency(5ms).jitter(5ms).fails([](int n) { return n % 5 == 0; }));
  Semaphore limit{50, "limit"};
  Lock lock{"stock lock"};
  Queue<int> jobs{0, "jobs"};
  Queue<int> letters{20, "letters"};
  Cell<int> stock{0, "stock"}, sold{0, "sold"};
};

Task<void> send(Shop* shop) {
  for (int attempt = 1; attempt <= 4; ++attempt) {
    try {
      co_await shop->mail.attempt(attempt).get("letter");
      co_return;
    } catch (const ServiceError&) {}
    co_await sleep(10ms * attempt);
  }
}

Task<void> worker(Shop* shop) {
  for (;;) {
    co_await shop->jobs.get();
    co_await sleep(2ms);
    co_await shop->letters.put(1);
  }
}

Task<void> sender(Shop* shop) {
  for (;;) {
    co_await shop->letters.get();
    co_await send(shop);
  }
}

Task<void> ticker() {
  for (;;) co_await sleep(5ms);
}

int hash(int n) {
  block_for(3ms, "hash");
  return n;
}

/// Reads, waits and writes: under the lock, or at times without.
Task<void> sell(Shop* shop, bool locked) {
  if (locked) co_await shop->lock.acquire();
  const Value<int> left = shop->stock.read();
  co_await sleep(0ms);
  shop->stock.write(left + 1);
  if (locked) shop->lock.release();
}

Task<int> rows(Shop* shop, int n) {
  const auto user = co_await shop->db.get("user");
  const auto orders = co_await shop->db.get("orders", user);
  if (n % 3 == 0) co_await shop->db.get("news");
  co_return orders.value;
}

Task<int> order(Shop* shop, int n) {
  const auto permit = co_await shop->limit.hold();
  TaskHandle<void> heartbeat = create_task(ticker(), "heartbeat");
  co_await move_on_after(n % 40 == 0 ? 10ms : 2s, [&]() -> Task<void> { co_await rows(shop, n); });
  co_await sell(shop, n % 10 != 0);
  co_await shop->jobs.put(n);
  if (n % 8 == 0) co_await to_thread(hash, n);
  if (n % 16 == 0) block_for(n % 64 == 0 ? 15ms : 2ms, "read");
  heartbeat.cancel();
  try {
    co_await heartbeat;
  } catch (const CancelledError&) {}
  if (n % 50 == 0) create_task(send(shop), "forgotten");
  if (n % 25 == 0) throw std::runtime_error("sold out");
  shop->sold.write(n);
  co_return n;
}

Task<void> shop_open(int customers) {
  Shop shop;
  std::vector<TaskHandle<void>> staff;
  for (int i = 0; i < 8; ++i) staff.push_back(create_task(worker(&shop), "worker"));
  for (int i = 0; i < 8; ++i) staff.push_back(create_task(sender(&shop), "sender"));
  staff.push_back(create_task(ticker(), "ticker"));
  constexpr int crowd = 100;
  for (int n = 0; n < customers; n += crowd) {
    std::vector<Task<int>> orders;
    for (int i = 0; i < crowd; ++i) orders.push_back(order(&shop, n + i));
    co_await gather_settled(std::move(orders));
  }
  for (auto& one : staff) one.cancel();
  co_await gather_settled(std::move(staff));
}

Trace recorded(int customers) {
  constexpr auto all = std::numeric_limits<std::uint64_t>::max();
  QueueSink sink;
  RunOptions options;
  options.sink = &sink;
  options.limits = {.events = all, .steps_at_one_instant = all};
  runtime::run([&]() -> Task<void> { co_await shop_open(customers); }, options);
  Trace trace;
  sink.drain(trace);
  return trace;
}

template <class Work>
double ms(Work work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

struct Cost {
  std::string rule;
  double ms = 0;
  std::size_t findings = 0;
};

int main(int count, char** arguments) {
  const double wanted = count > 1 ? std::atof(arguments[1]) : 1e6;
  if (count > 2 || !(wanted >= 1000 && wanted <= 1e8)) {
    std::fprintf(stderr, "bench_lints [EVENTS], 1000 to 100000000\n");
    return 2;
  }
  const double each = recorded(1000).size() / 1000.0;
  const Trace trace = recorded(static_cast<int>(wanted / each));
  History history;
  std::printf("%u events, %.1f a customer\n", trace.size(), each);
  std::printf("%8.1f ms  history\n", ms([&] { history = history_of(trace); }));
  Run run{trace, history, {}};
  std::printf("%8.1f ms  index of the kinds\n", ms([&] { run.events({Kind::log}); }));
  std::vector<Cost> costs;
  for (const Lint& lint : all_lints()) {
    Cost cost{lint.id};
    cost.ms = ms([&] { cost.findings = lint.check(run).size(); });
    costs.push_back(cost);
  }
  std::sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.ms > b.ms; });
  for (const Cost& cost : costs) std::printf("%8.1f ms  %s, %zu findings\n", cost.ms, cost.rule.c_str(), cost.findings);
  std::size_t findings = 0;
  const double together = ms([&] { findings = run_lints({trace, history, {}}, all_lints()).size(); });
  std::printf("%8.1f ms  all %zu rules together, from nothing: %zu findings\n", together, costs.size(), findings);
  return 0;
}

}  // namespace
}  // namespace awaitscope::bench

int main(int count, char** arguments) { return awaitscope::bench::main(count, arguments); }
