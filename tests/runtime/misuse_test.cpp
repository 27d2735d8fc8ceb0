// Bad use of asyncio's part; the words are those of Python 3.13.
#include "tests/runtime/misuse.h"

namespace awaitscope::runtime {
namespace {
using misuses::expect;
using misuses::Line;
using misuses::nothing;
using testing::Lines;
using testing::record;

// ------------------------------------------------------------------------------------------------ primitives

TEST(Misuse, OfALock) {
  expect<RuntimeError>("Lock is not acquired.", [](Line& line) -> Task<void> {
    Lock lock;
    co_await lock.acquire();
    lock.release();
    line.follows();
    lock.release();
  });
}

TEST(Misuse, OfASemaphore) {
  expect<ValueError>("BoundedSemaphore released too many times", [](Line& line) -> Task<void> {
    BoundedSemaphore semaphore(2);
    co_await semaphore.acquire();
    semaphore.release();
    line.follows();
    semaphore.release();
  });
  expect<ValueError>("Semaphore initial value must be >= 0", [](Line& line) -> Task<void> {
    line.follows();
    const Semaphore semaphore(-1);
    co_return;
  });
  expect<ValueError>("Semaphore initial value must be >= 0", [](Line& line) -> Task<void> {
    line.follows();
    const BoundedSemaphore semaphore(-1);
    co_return;
  });
}

TEST(Misuse, OfACondition) {
  expect<RuntimeError>("cannot notify on un-acquired lock", [](Line& line) -> Task<void> {
    Condition condition;
    line.follows();
    condition.notify();
    co_return;
  });
  expect<RuntimeError>("cannot notify on un-acquired lock", [](Line& line) -> Task<void> {
    Condition condition;
    line.follows();
    condition.notify_all();
    co_return;
  });
  expect<RuntimeError>("cannot wait on un-acquired lock", [](Line& line) -> Task<void> {
    Condition condition;
    line.follows();
    co_await condition.wait();
  });
  expect<RuntimeError>("cannot wait on un-acquired lock", [](Line& line) -> Task<void> {
    Condition condition;
    line.follows();
    co_await condition.wait_for([] { return false; });
  });
  expect<RuntimeError>("Lock is not acquired.", [](Line& line) -> Task<void> {
    Condition condition;
    line.follows();
    condition.release();
    co_return;
  });
}

TEST(Misuse, OfAQueue) {
  expect<ValueError>("task_done() called too many times", [](Line& line) -> Task<void> {
    Queue<int> queue;
    queue.put_nowait(1);
    queue.task_done();
    line.follows();
    queue.task_done();
    co_return;
  });
}

TEST(Misuse, OfABarrier) {
  expect<ValueError>("parties must be > 0", [](Line& line) -> Task<void> {
    line.follows();
    const Barrier barrier(0);
    co_return;
  });
}

// ------------------------------------------------------------------------------------------------ futures and coroutines

TEST(Misuse, OfAFuture) {
  expect<InvalidStateError>("Result is not set.", [](Line& line) -> Task<void> {
    const Future<int> future;
    line.follows();
    future.result();
    co_return;
  });
  expect<InvalidStateError>("Exception is not set.", [](Line& line) -> Task<void> {
    const Future<int> future;
    line.follows();
    future.exception();
    co_return;
  });
  expect<InvalidStateError>("invalid state", [](Line& line) -> Task<void> {
    Future<int> future;
    future.set_result(1);
    line.follows();
    future.set_result(2);
    co_return;
  });
  expect<InvalidStateError>("invalid state", [](Line& line) -> Task<void> {
    Future<void> future;
    future.cancel();
    line.follows();
    future.set_result();
    co_return;
  });
  expect<InvalidStateError>("invalid state", [](Line& line) -> Task<void> {
    Future<int> future;
    future.set_result(1);
    line.follows();
    future.set_exception(ServiceError("late"));
    co_return;
  });
}

TEST(Misuse, OfATaskAsAFuture) {
  expect<InvalidStateError>("Result is not set.", [](Line& line) -> Task<void> {
    const auto task = create_task(nothing());
    line.follows();
    task.result();
    co_return;
  });
  expect<InvalidStateError>("Exception is not set.", [](Line& line) -> Task<void> {
    const auto task = create_task(nothing());
    line.follows();
    task.exception();
    co_return;
  });
  expect<RuntimeError>("Task does not support set_result operation", [](Line& line) -> Task<void> {
    auto task = create_task(nothing());
    line.follows();
    task.set_result();
    co_return;
  });
  expect<RuntimeError>("Task does not support set_exception operation", [](Line& line) -> Task<void> {
    auto task = create_task(nothing());
    co_await task;
    line.follows();
    task.set_exception(ServiceError("late"));
  });
}

TEST(Misuse, OfACoroutine) {
  expect<RuntimeError>("cannot reuse already awaited coroutine", [](Line& line) -> Task<void> {
    auto coroutine = nothing();
    co_await coroutine;
    line.follows();
    co_await coroutine;
  });
  expect<RuntimeError>("cannot reuse already awaited coroutine", [](Line& line) -> Task<void> {
    auto coroutine = nothing();
    co_await coroutine;
    line.follows();
    create_task(std::move(coroutine));
  });
}

AsyncGenerator<int> slow_generator() {
  co_await sleep(1s);
  co_yield 1;
}
Task<void> consume(AsyncGenerator<int> generator) { co_await generator.next(); }

TEST(Misuse, OfAnAsyncGenerator) {
  expect<RuntimeError>("anext(): asynchronous generator is already running", [](Line& line) -> Task<void> {
    const auto generator = slow_generator();
    const auto task = create_task(consume(generator));
    co_await sleep(500ms);
    line.follows();
    co_await generator.next();
  });
}

TEST(Misuse, OfWait) {
  expect<ValueError>("Set of Tasks/Futures is empty.", [](Line& line) -> Task<void> {
    const std::vector<TaskHandle<void>> none;
    line.follows();
    co_await wait(none);
  });
}

TEST(Misuse, OfATimeout) {
  const auto moved_by_its_clean_up = [](Timeout& timeout, Line& line) -> Task<void> {
    std::exception_ptr error;
    try {
      co_await sleep(2s);
    } catch (const CancelledError&) { error = std::current_exception(); }
    line.follows();
    timeout.reschedule(std::nullopt);
    std::rethrow_exception(error);
  };
  expect<RuntimeError>("Cannot change state of expiring Timeout", [&](Line& line) -> Task<void> {
    co_await with_timeout(1s, [&](Timeout& timeout) { return moved_by_its_clean_up(timeout, line); });
  });
  expect<RuntimeError>("Cannot change state of finished Timeout", [](Line& line) -> Task<void> {
    std::optional<Timeout> kept;
    co_await with_timeout(1s, [&](Timeout& timeout) -> Task<void> {
      kept = timeout;
      co_return;
    });
    line.follows();
    kept->reschedule(std::nullopt);
  });
  expect<RuntimeError>("Cannot change state of expired Timeout", [](Line& line) -> Task<void> {
    std::optional<Timeout> kept;
    try {
      co_await with_timeout(1s, [&](Timeout& timeout) -> Task<void> {
        kept = timeout;
        co_await sleep(2s);
      });
    } catch (const TimeoutError&) {}
    line.follows();
    kept->reschedule(std::nullopt);
  });
}

// ------------------------------------------------------------------------------------------------ groups

/// What Python says, less the group's repr, of which C++ has none.
std::string without_repr(std::string message) {
  const auto begin = message.find(" <"), end = message.find('>');
  return message.erase(begin, end + 1 - begin);
}
Task<void> fail() {
  throw ServiceError("failed");
  co_return;
}

TEST(Misuse, OfATaskGroup) {
  expect<RuntimeError>(without_repr("TaskGroup <TaskGroup> has not been entered"), [](Line& line) -> Task<void> {
    TaskGroup group;
    line.follows();
    group.create_task(nothing());
    co_return;
  });
  expect<RuntimeError>(without_repr("TaskGroup <TaskGroup entered> is finished"), [](Line& line) -> Task<void> {
    TaskGroup kept;
    co_await with_task_group([&](TaskGroup& group) -> Task<void> {
      kept = group;
      co_return;
    });
    line.follows();
    kept.create_task(nothing());
  });
  const auto create_late = [](TaskGroup* group, Line* line, std::exception_ptr* error) {
    try {
      line->follows();
      group->create_task(nothing());
    } catch (...) { *error = std::current_exception(); }
  };
  expect<RuntimeError>(without_repr("TaskGroup <TaskGroup errors=1 cancelling> is shutting down"),
                       [&](Line& line) -> Task<void> {
                         std::exception_ptr error;
                         try {
                           co_await with_task_group([&](TaskGroup& group) -> Task<void> {
                             group.create_task(fail());
                             try {
                               co_await sleep(1s);
                             } catch (const CancelledError&) { create_late(&group, &line, &error); }
                           });
                         } catch (const ExceptionGroup& errors) { EXPECT_EQ(errors.errors().size(), 1u); }
                         std::rethrow_exception(error);
                       });
}

// ------------------------------------------------------------------------------------------------ loops

TEST(Misuse, OfALoopInsideALoop) {
  const std::string message = "asyncio.run() cannot be called from a running event loop";
  const auto run_inside = [](Line& line) -> Task<void> {
    line.follows();
    runtime::run([] { return nothing(); });
    co_return;
  };
  expect<RuntimeError>(message, run_inside, 1, Diagnosis::nested_run);
}

TEST(Misuse, OfTheRuntimeOutsideOfALoop) {
  const auto message_of = [](void (*bad_use)()) -> std::string {
    try {
      bad_use();
    } catch (const RuntimeError& error) { return error.what(); }
    return "no error";
  };
  EXPECT_EQ(message_of([] { create_task(nothing()); }), "no running event loop");
  EXPECT_EQ(message_of([] { current_task(); }), "no running event loop");
  EXPECT_EQ(message_of([] { all_tasks(); }), "no running event loop");
}

/// Python gives None, for which AnyTask has no value.
TEST(Misuse, OfCurrentTaskInACallback) {
  const auto in_callback = [](Line& line) -> Task<void> {
    std::exception_ptr error;
    call_soon([&] {
      try {
        line.follows();
        current_task();
      } catch (...) { error = std::current_exception(); }
    });
    co_await sleep(0ms);
    std::rethrow_exception(error);
  };
  expect<RuntimeError>("no running task", in_callback, 0);
}

Task<void> awaits_itself(TaskHandle<void>* me) { co_await *me; }

TEST(Misuse, AnAwaitedCoroutineIsRefusedWhereverItIsGiven) {
  const auto run = record([]() -> Task<void> {
    auto once = nothing();
    co_await once;
    try {
      co_await wait_for(std::move(once), 1s);
    } catch (const RuntimeError& error) { log(error.what()); }
    auto again = nothing();
    co_await again;
    try {
      create_task(std::move(again));
    } catch (const RuntimeError& error) { log(error.what()); }
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 cannot reuse already awaited coroutine", "0.0 cannot reuse already awaited coroutine"}));
}

TEST(Misuse, ATaskCannotAwaitItself) {
  const auto run = record([]() -> Task<void> {
    TaskHandle<void> task;
    task = create_task(awaits_itself(&task), "ouroboros");
    try {
      co_await task;
    } catch (const RuntimeError& error) { log(error.what()); }
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 Task cannot await on itself: ouroboros"}));
}

}  // namespace
}  // namespace awaitscope::runtime
