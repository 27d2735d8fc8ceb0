// A million random operations in one run, with cancels all over: the memory in use stays where it was.
#include <gtest/gtest.h>
#include <malloc.h>

#include "core/base/random.h"
#include "core/runtime/runtime.h"

// There where a sanitizer is; its allocator is not malloc's.
extern "C" __attribute__((weak)) std::size_t __sanitizer_get_current_allocated_bytes();

namespace awaitscope::runtime {
namespace {

std::size_t bytes_in_use() {
  return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : mallinfo2().uordblks;
}

/// Takes everything and keeps nothing.
class Discard final : public Sink {
 public:
  std::unique_ptr<Chunk> exchange(std::unique_ptr<Chunk> full) override {
    if (!full) return std::make_unique<Chunk>();
    full->definitions.clear();
    return full;
  }
};

/// What the workers share.
struct World {
  explicit World(std::size_t wanted) : wanted(wanted) {}
  Random random{42};
  Semaphore semaphore{3};
  Lock lock;
  Condition condition;
  Event event;
  Queue<int> queue{8};
  std::size_t wanted, done = 0;
  std::vector<std::size_t> samples;

  bool ends() const { return done >= wanted; }
  int pick(int n) { return static_cast<int>(random.below(static_cast<std::uint64_t>(n))); }
  Duration moment() { return std::chrono::microseconds(pick(50)); }
  void count() {
    if (++done % (wanted / 10) == 0) samples.push_back(bytes_in_use());
  }
};

Task<int> nap(World* world, bool fails) {
  co_await sleep(world->moment());
  if (fails) throw ServiceError("nap");
  co_return 1;
}
Task<void> guarded(World* world, int which) {
  if (which == 0) {
    auto permit = co_await world->semaphore.hold();
    co_await sleep(world->moment());
  } else if (which == 1) {
    auto permit = co_await world->lock.hold();
    co_await sleep(0ms);
  } else if (which == 2) {
    co_await world->event.wait();
  } else if (which == 3) {
    auto permit = co_await world->condition.hold();
    co_await world->condition.wait();
  } else if (which == 4) {
    co_await world->queue.get();
  } else {
    co_await world->queue.put(which);
  }
}
AsyncGenerator<int> numbers(World* world) {
  for (int i = 0;; ++i) {
    co_yield i;
    co_await sleep(world->moment());
  }
}
int in_thread(int n) {
  block_for(10us);
  return n;
}

Task<void> operation(World* world) {
  const int what = world->pick(12);
  const bool fails = world->pick(4) == 0;
  if (what <= 2) {  // a wait that is cut short, one way or another
    co_await with_timeout(world->moment(), [&]() -> Task<void> { co_await guarded(world, world->pick(6)); });
  } else if (what == 3) {
    auto task = create_task(nap(world, fails));
    co_await sleep(world->moment());
    task.cancel();
    co_await wait(task);
    if (!task.cancelled()) static_cast<void>(task.exception());
  } else if (what == 4) {
    std::vector<Task<int>> naps;
    for (int i = 0; i < 3; ++i) naps.push_back(nap(world, fails && i == 1));
    co_await gather_settled(std::move(naps));
  } else if (what == 5) {
    co_await with_task_group([&](TaskGroup& group) -> Task<void> {
      for (int i = 0; i < 3; ++i) group.create_task(nap(world, fails && i == 2));
      co_return;
    });
  } else if (what == 6) {
    auto task = create_task(nap(world, false));
    co_await move_on_after(world->moment(), [&]() -> Task<void> { co_await shield(task); });
    co_await wait(task);
  } else if (what == 7) {
    std::vector<Task<int>> naps;
    for (int i = 0; i < 3; ++i) naps.push_back(nap(world, false));
    auto completed = as_completed(std::move(naps), world->moment());
    while (completed.left() > 0) co_await completed.next();
  } else if (what == 8) {
    auto generator = numbers(world);
    for (int i = 0; i < 3; ++i) co_await generator.next();
    if (fails) co_await generator.aclose();  // else its own task closes it
  } else if (what == 9) {
    co_await wait_for(to_thread(in_thread, what), world->moment());
  } else if (what == 10) {
    Future<int> future;
    auto handle = call_later(world->moment(), [future]() mutable { future.set_result(1); });
    co_await wait(future, world->moment());
    if (!future.done()) handle.cancel();
  } else {
    co_await wait_for_3_11(nap(world, fails), world->moment());
  }
}

Task<void> worker(World* world) {
  while (!world->ends()) {
    try {
      co_await operation(world);
    } catch (const std::exception&) {}
    world->count();
  }
}

/// Keeps those going who wait for something.
Task<void> stirrer(World* world) {
  while (!world->ends()) {
    co_await sleep(20us);
    world->event.set();
    world->event.clear();
    auto permit = co_await world->condition.hold();
    world->condition.notify_all();
    if (!world->queue.empty() && world->pick(2)) world->queue.get_nowait();
    if (!world->queue.full()) world->queue.put_nowait(1);
  }
}

TEST(Soak, MemoryStaysFlat) {
  const std::size_t wanted = __sanitizer_get_current_allocated_bytes ? 100'000 : 1'000'000;
  Discard sink;
  RunOptions options;
  options.sink = &sink;
  options.limits.events = ~std::uint64_t{0};
  std::vector<std::size_t> samples;
  const RunResult result = run(
      [&]() -> Task<void> {
        World world(wanted);
        co_await with_task_group([&](TaskGroup& group) -> Task<void> {
          for (int i = 0; i < 40; ++i) group.create_task(worker(&world));
          group.create_task(stirrer(&world));
          co_return;
        });
        samples = world.samples;
      },
      options);
  ASSERT_EQ(result.outcome, RunOutcome::ok) << describe(result.error);
  ASSERT_GE(samples.size(), 10u);
  const std::size_t warm = std::max(samples[1], samples[2]), end = std::max(samples[8], samples[9]);
  EXPECT_LT(end, warm + warm / 20 + 64 * 1024) << "bytes in use grew from " << warm << " to " << end;
}

}  // namespace
}  // namespace awaitscope::runtime
