// Milliseconds of processor time, the best of three, that each rule takes to judge a long run: a busy shop, and a storm of
// tasks that block the loop in turn.  The runs are virtual: the same events on every machine.
//
//   bench_lints [EVENTS]        about so many events, a million unless said
#include <time.h>

#include <algorithm>
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
  Shop()
      : db(ServiceOptions("db").latency(20ms).jitter(10ms).capacity(60)),
        mail(ServiceOptions("mail").latency(5ms).jitter(5ms).fails([](int n) { return n % 5 == 0; })) {}
  Service db, mail;
  Semaphore limit{50, "limit"};
  Lock lock{"stock lock"};
  Queue<int> jobs{0, "jobs"}, letters{20, "letters"};
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
  const Duration patience = n % 40 == 0 ? 10ms : 2s;
  co_await move_on_after(patience, [&]() -> Task<void> { co_await rows(shop, n); });
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

Task<void> hog(int steps) {
  for (int i = 0; i < steps; ++i) {
    block_for(12ms, "parse");
    co_await sleep(0ms);
  }
}

/// Everybody is ready all the time, and every step is slow.
Task<void> storm(int steps) {
  std::vector<Task<void>> hogs;
  for (int i = 0; i < 1000; ++i) hogs.push_back(hog(steps / 1000));
  co_await gather(std::move(hogs));
}

using Program = Task<void> (*)(int);

Trace recorded(Program program, int size) {
  constexpr auto all = std::numeric_limits<std::uint64_t>::max();
  QueueSink sink;
  RunOptions options;
  options.sink = &sink;
  options.limits = {.events = all, .steps_at_one_instant = all};
  runtime::run([&]() -> Task<void> { co_await program(size); }, options);
  Trace trace;
  sink.drain(trace);
  return trace;
}

double now_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

template <class Work>
double best_ms(Work work) {
  double best = std::numeric_limits<double>::max();
  for (int i = 0; i < 3; ++i) {
    const double begin = now_ms();
    work();
    best = std::min(best, now_ms() - begin);
  }
  return best;
}

struct Cost {
  std::string rule;
  double ms = 0;
  std::size_t findings = 0;
};

void measure(const char* name, Program program, double events) {
  constexpr int sample = 2000;
  const double each = recorded(program, sample).size() / static_cast<double>(sample);
  const Trace trace = recorded(program, static_cast<int>(events / each));
  History history;
  std::printf("%s: %u events\n", name, trace.size());
  std::printf("%8.1f ms  history\n", best_ms([&] { history = history_of(trace); }));
  std::printf("%8.1f ms  index of the kinds\n", best_ms([&] { Run{trace, history, {}}.has(Kind::log); }));
  const Run run{trace, history, {}};
  std::vector<Cost> costs;
  for (const Lint& lint : all_lints()) {
    Cost cost{lint.id};
    cost.ms = best_ms([&] { cost.findings = lint.check(run).size(); });
    costs.push_back(cost);
  }
  std::sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.ms > b.ms; });
  for (const Cost& cost : costs)
    if (cost.ms >= 0.1) std::printf("%8.1f ms  %s, %zu findings\n", cost.ms, cost.rule.c_str(), cost.findings);
  std::size_t findings = 0;
  const double together = best_ms([&] { findings = run_lints({trace, history, {}}, all_lints()).size(); });
  std::printf("%8.1f ms  all %zu rules together, from nothing: %zu findings\n\n", together, costs.size(), findings);
}

int main(int count, char** arguments) {
  const double events = count > 1 ? std::atof(arguments[1]) : 1e6;
  if (count > 2 || !(events >= 1000 && events <= 1e8)) {
    std::fprintf(stderr, "bench_lints [EVENTS], 1000 to 100000000\n");
    return 2;
  }
  measure("shop", shop_open, events);
  measure("storm", storm, events);
  return 0;
}

}  // namespace
}  // namespace awaitscope::bench

int main(int count, char** arguments) { return awaitscope::bench::main(count, arguments); }
