// A fast producer and a slow consumer with a queue between them.
//
// The slowest stage sets the total time; a longer queue only stores the difference, as memory and as waiting.  A full queue
// pushes the wait back to whoever is too fast.  Without a limit put() never waits, and so nobody else gets a turn either.
#include "scenarios/scenario.h"

namespace awaitscope::scenarios {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

using Jobs = Queue<int>*;

// @begin both
Task<void> producer(Jobs queue, Settings set) {
  for (int n = 1; n <= set.count("jobs"); ++n) {
    if (set.on("make")) co_await sleep(set.time("make"));  // @a
    co_await queue->put(n);  // @b
  }
}

Task<void> consumer(Jobs queue, Settings set, int n) {
  for (; n < set.count("jobs"); n += set.count("workers")) {
    co_await queue->get();  // @c
    co_await sleep(set.time("work"));  // @d
  }
}
// @end both

// @begin bad
Task<void> bad(Settings set) {
  Queue<int> queue(0, "queue");  // @a
  std::vector<Task<void>> all;
  for (int i = 0; i < set.count("workers"); ++i)
    all.push_back(consumer(&queue, set, i));
  all.push_back(producer(&queue, set));
  co_await gather(std::move(all));  // @b
  log("all done");  // @c
}
// @end bad

// @begin bad.flood
Task<void> ticker() {
  for (int n = 1; n <= 3; ++n) {
    log("tick", n);  // @a
    co_await sleep(0s);  // @b
  }
}

Task<void> bad_flood(Settings set) {
  Queue<int> queue(0, "queue");  // @c
  auto beside = create_task(ticker(), "ticker");  // @d
  co_await producer(&queue, set);  // @e
  log("all put");  // @f
  co_await beside;  // @g
}
// @end bad.flood

// @begin fixed
Task<void> fixed(Settings set) {
  Queue<int> queue(set.count("maxsize"), "queue");  // @a
  std::vector<Task<void>> all;
  for (int i = 0; i < set.count("workers"); ++i)
    all.push_back(consumer(&queue, set, i));
  all.push_back(producer(&queue, set));
  co_await gather(std::move(all));  // @b
  log("all done");  // @c
}
// @end fixed

std::string promise(const Told& run, const Settings& set) {
  if (!run.ok()) return "it does not end";
  const auto most = static_cast<std::uint32_t>(set.count("maxsize"));
  return run.peak("queue") <= most ? "" : std::to_string(run.peak("queue")) + " jobs piled up";
}

}  // namespace

Scenario backpressure_queue() {
  Scenario out;
  out.id = "L10";
  out.name = "backpressure_queue";
  out.parameters = {{"jobs", "", 20, 1, 200000, 1},
                    {"maxsize", "", 5, 1, 100, 1},
                    {"make", "s", 0, 0, 2, 0.01},
                    {"work", "s", 0.2, 0.01, 2, 0.01},
                    {"workers", "", 1, 1, 10, 1}};
  out.variants = {{"bad", bad, {"queue-growth"}}, {"bad.flood", bad_flood, {}}, {"fixed", fixed, {}}};
  out.promise = promise;
  return out;
}

}  // namespace awaitscope::scenarios
