// Bad use of trio's part; the words are those of trio 0.22.0.
#include "tests/runtime/misuse.h"

namespace awaitscope::runtime {
namespace {
using misuses::expect;
using misuses::Line;
using misuses::nothing;

TEST(TrioMisuse, OfALock) {
  const std::string not_yours = "can't release a Lock you don't own";
  expect<RuntimeError>("attempt to re-acquire an already held Lock", [](Line& line) -> Task<void> {
    trio::Lock lock;
    co_await lock.acquire();
    line.follows();
    co_await lock.acquire();
  });
  expect<RuntimeError>("attempt to re-acquire an already held Lock", [](Line& line) -> Task<void> {
    trio::Lock lock;
    lock.acquire_nowait();
    line.follows();
    lock.acquire_nowait();
    co_return;
  });
  expect<RuntimeError>(not_yours, [](Line& line) -> Task<void> {
    trio::Lock lock;
    line.follows();
    lock.release();
    co_return;
  });
  const auto take = [](trio::Lock* lock) -> Task<void> { co_await lock->acquire(); };
  expect<RuntimeError>(not_yours, [&](Line& line) -> Task<void> {
    trio::Lock lock;
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      nursery.start_soon(take(&lock));
      co_return;
    });
    line.follows();
    lock.release();
  });
}

TEST(TrioMisuse, OfASemaphore) {
  expect<ValueError>("semaphore released too many times", [](Line& line) -> Task<void> {
    trio::Semaphore semaphore(1, 1);
    line.follows();
    semaphore.release();
    co_return;
  });
  expect<ValueError>("initial value must be >= 0", [](Line& line) -> Task<void> {
    line.follows();
    const trio::Semaphore semaphore(-1);
    co_return;
  });
  expect<ValueError>("max_values must be >= initial_value", [](Line& line) -> Task<void> {
    line.follows();
    const trio::Semaphore semaphore(2, 1);
    co_return;
  });
}

TEST(TrioMisuse, OfTime) {
  expect<ValueError>("duration must be non-negative", [](Line& line) -> Task<void> {
    line.follows();
    co_await trio::sleep(-1s);
  });
  expect<ValueError>("timeout must be non-negative", [](Line& line) -> Task<void> {
    line.follows();
    co_await trio::move_on_after(-1s, &nothing);
  });
  expect<ValueError>("timeout must be non-negative", [](Line& line) -> Task<void> {
    line.follows();
    co_await trio::fail_after(-1s, &nothing);
  });
}

TEST(TrioMisuse, OfAClosedNursery) {
  const std::string closed = "Nursery is closed to new arrivals";
  const auto closed_nursery = [](std::optional<trio::Nursery>* kept) -> Task<void> {
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      *kept = nursery;
      co_return;
    });
  };
  expect<RuntimeError>(closed, [&](Line& line) -> Task<void> {
    std::optional<trio::Nursery> kept;
    co_await closed_nursery(&kept);
    line.follows();
    kept->start_soon(nothing());
  });
  expect<RuntimeError>(closed, [&](Line& line) -> Task<void> {
    std::optional<trio::Nursery> kept;
    co_await closed_nursery(&kept);
    line.follows();
    co_await kept->start<void>([](trio::TaskStatus<void>) { return nothing(); });
  });
}

TEST(TrioMisuse, OfStarted) {
  const auto says_twice = [](trio::TaskStatus<int> status, Line* line, std::exception_ptr* error) -> Task<void> {
    status.started(1);
    try {
      line->follows();
      status.started(2);
    } catch (...) { *error = std::current_exception(); }
    co_return;
  };
  const auto start_it = [&](Line& line) -> Task<void> {
    std::exception_ptr error;
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      co_await nursery.start<int>([&](auto status) { return says_twice(status, &line, &error); });
    });
    std::rethrow_exception(error);
  };
  expect<RuntimeError>("called 'started' twice on the same task status", start_it, 2);
  expect<RuntimeError>("child exited without calling task_status.started()", [](Line& line) -> Task<void> {
    std::exception_ptr error;
    co_await trio::with_nursery([&](trio::Nursery& nursery) -> Task<void> {
      try {
        line.follows();
        co_await nursery.start<void>([](trio::TaskStatus<void>) { return nothing(); });
      } catch (...) { error = std::current_exception(); }
    });
    std::rethrow_exception(error);
  });
}

}  // namespace
}  // namespace awaitscope::runtime
