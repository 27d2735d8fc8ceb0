// shield (rules S1 to S4), wait (A1 to A3) and plain callbacks (L2, L4, T2), after CPython's own logs.
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

Task<int> job(const char* name, Duration length, int result = 0, bool fails = false) {
  log(name, "start");
  std::exception_ptr stop;
  try {
    co_await sleep(length);
  } catch (const CancelledError&) {
    log(name, "cancelled");
    stop = std::current_exception();
  }
  if (stop) std::rethrow_exception(stop);
  log(name, "end");
  if (fails) throw ServiceError("boom");
  co_return result;
}
std::string names(const std::vector<TaskHandle<int>>& tasks) {
  std::string out;
  for (const auto& task : tasks) out += (out.empty() ? "" : " ") + task.name();
  return out;
}
/// g++ 12 takes no braced list in a co_await expression.
template <class T, class... Rest>
std::vector<TaskHandle<T>> list(const TaskHandle<T>& first, const Rest&... rest) {
  return {first, rest...};
}
std::uint32_t iteration() { return Loop::running().iteration(); }

TEST(Shield, CancellingTheAwaiterLeavesTheTaskAlone) {
  const auto run = record([]() -> Task<void> {
    auto inner = create_task(job("inner", 1s, 7));
    auto wait_shielded = [&]() -> Task<void> {
      std::exception_ptr stop;
      try {
        co_await shield(inner);
      } catch (const CancelledError&) {
        log("outer cancelled, inner asked", inner.cancelling());
        stop = std::current_exception();
      }
      if (stop) std::rethrow_exception(stop);
    };
    auto outer = create_task(wait_shielded());
    co_await sleep(300ms);
    outer.cancel();
    co_await wait(list(outer));
    log("outer", outer.cancelled());
    const int seven = co_await inner;
    log("inner gives", seven);
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 inner start", "0.3 outer cancelled, inner asked 0", "0.3 outer 1", "1.0 inner end",
                              "1.0 inner gives 7"}));
  EXPECT_EQ(run.of(Kind::cancel_shielded).size(), 1u);
  EXPECT_TRUE(run.of(Kind::cancel_swallowed).empty());
}

TEST(Shield, ACancelledTaskCancelsTheWaitThreeIterationsLaterWithoutARequest) {
  const auto run = record([]() -> Task<void> {
    auto inner = create_task(job("inner", 1s));
    std::uint32_t asked = 0;
    auto wait_shielded = [&]() -> Task<void> {
      try {
        co_await shield(inner);
      } catch (const CancelledError&) {
        log("outer sees it", Loop::running().current_task()->cancelling(), iteration() - asked);
      }
    };
    auto outer = create_task(wait_shielded());
    co_await sleep(300ms);
    asked = iteration();
    inner.cancel();
    co_await outer;
    log("outer", outer.cancelled());
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 inner start", "0.3 inner cancelled", "0.3 outer sees it 0 3", "0.3 outer 0"}));
}

TEST(Shield, AnErrorThatComesAfterTheWaitIsReported) {
  const auto run = record([]() -> Task<void> {
    auto outer = create_task([]() -> Task<void> { co_await shield(job("inner", 500ms, 0, true)); }());
    co_await sleep(100ms);
    outer.cancel();
    co_await wait(list(outer));
    co_await sleep(1s);
  });
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::never_retrieved);
}

TEST(Shield, OfAFinishedTaskDoesNotSuspend) {
  record([]() -> Task<void> {
    auto task = create_task(job("done", 100ms, 5));
    co_await task;
    const auto before = iteration();
    const int five = co_await shield(task);
    EXPECT_EQ(five, 5);
    EXPECT_EQ(iteration(), before);
  });
}

TEST(Wait, FirstCompletedThenTheRest) {
  const auto run = record([]() -> Task<void> {
    auto a = create_task(job("A", 1s), "A"), b = create_task(job("B", 300ms), "B"), c = create_task(job("C", 600ms), "C");
    auto first = co_await wait(list(a, b, c), When::first_completed);
    log(names(first.done), "/", names(first.pending));
    auto rest = co_await wait(first.pending);
    log(names(rest.done), "/", names(rest.pending));
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 A start", "0.0 B start", "0.0 C start", "0.3 B end", "0.3 B / A C", "0.6 C end", "1.0 A end",
                              "1.0 A C / "}));
}

TEST(Wait, SuspendsForTwoIterationsEvenIfAllIsDone) {
  record([]() -> Task<void> {
    auto task = create_task(job("done", 100ms));
    co_await task;
    const auto before = iteration();
    co_await wait(list(task));
    EXPECT_EQ(iteration(), before + 2);
  });
}

TEST(Wait, FirstExceptionPassesOverSuccessAndCancellation) {
  const auto run = record([]() -> Task<void> {
    auto ok = create_task(job("ok", 100ms), "ok"), stopped = create_task(job("stopped", 300ms), "stopped"),
         bad = create_task(job("bad", 400ms, 0, true), "bad"), late = create_task(job("late", 900ms), "late");
    call_later(200ms, [&] { stopped.cancel(); });
    auto waited = co_await wait(list(ok, stopped, bad, late), When::first_exception);
    log(names(waited.done), "/", names(waited.pending));
    co_await late;
  });
  EXPECT_EQ(run.log()[7], "0.4 ok stopped bad / late");
  EXPECT_TRUE(run.of(Kind::diagnosed).empty()) << "the error was looked at";
}

TEST(Wait, ItsTimeoutAndItsCancellationTouchNothing) {
  const auto run = record([]() -> Task<void> {
    auto a = create_task(job("A", 500ms), "A"), b = create_task(job("B", 2s), "B");
    const std::vector tasks{a, b};
    auto waited = co_await wait(tasks, When::all_completed, 1s);
    log(names(waited.done), "/", names(waited.pending));
    auto wait_again = [&]() -> Task<void> {
      try {
        co_await wait(tasks);
      } catch (const CancelledError&) { log("wait cancelled, B asked", b.cancelling()); }
    };
    auto waiter = create_task(wait_again());
    co_await sleep(100ms);
    waiter.cancel();
    co_await waiter;
    co_await b;
  });
  EXPECT_EQ(run.log(),
            (Lines{"0.0 A start", "0.0 B start", "0.5 A end", "1.0 A / B", "1.1 wait cancelled, B asked 0", "2.0 B end"}));
}

TEST(Callbacks, ACancelledHandleIsNotCalledAlsoWithinItsBatch) {
  const auto run = record([]() -> Task<void> {
    auto first = call_soon([] { log("never"); });
    first.cancel();
    std::optional<CallHandle> second;
    call_soon([&] {
      log("killer");
      second->cancel();
    });
    second = call_soon([] { log("never either"); });
    call_soon([] { log("last"); });
    co_await sleep(0ms);
    log("cancelled", first.cancelled(), second->cancelled());
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 killer", "0.0 last", "0.0 cancelled 1 1"}));
}

TEST(Callbacks, ATimerOfNoDelayRunsBehindWhatIsReady) {
  const auto run = record([]() -> Task<void> {
    const auto before = iteration();
    const auto say = [before](const char* what) { return [=] { log(what, iteration() - before); }; };
    call_later(0ms, say("later 0"));
    call_later(-5ms, say("later -5"));
    call_soon(say("soon"));
    co_await sleep(0ms);
    log("main", iteration() - before);
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 soon 1", "0.0 main 1", "0.0 later -5 1", "0.0 later 0 1"}));
}

TEST(Callbacks, WhatOneThrowsIsReportedAndTheBatchGoesOn) {
  const auto run = record([]() -> Task<void> {
    call_soon([] { throw ServiceError("oops"); });
    call_soon([] { log("next"); });
    co_await sleep(0ms);
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 next"}));
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::callback_error);
}

}  // namespace
}  // namespace awaitscope::runtime
