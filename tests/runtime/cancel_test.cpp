// Cancellation (rules C, U, D, G, P4) and what the trace says of it.
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

Task<void> sleeper(const char* name) {
  std::exception_ptr stop;
  try {
    co_await sleep(10s);
    log(name, "woke");
  } catch (const CancelledError&) {
    log(name, "cancelled");
    stop = std::current_exception();
  }
  if (stop) std::rethrow_exception(stop);
}

TEST(Cancel, ArrivesAtTheNextSuspensionAndEndsTheTask) {
  const auto run = record([]() -> Task<void> {
    auto task = create_task(sleeper("t"));
    co_await sleep(1s);
    EXPECT_TRUE(task.cancel());
    EXPECT_EQ(task.cancelling(), 1);
    try {
      co_await task;
    } catch (const CancelledError&) { log("main saw it"); }
    EXPECT_TRUE(task.cancelled());
    EXPECT_FALSE(task.cancel()) << "rule C1: a finished task takes no request";
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 t cancelled", "1.0 main saw it"}));
  ASSERT_EQ(run.of(Kind::cancel_delivered).size(), 1u);
  EXPECT_EQ(run.of(Kind::cancel_delivered)[0].cause, run.of(Kind::cancel_requested)[0].seq);
  EXPECT_EQ(run.of(Kind::cancel_completed).size(), 1u);
  EXPECT_TRUE(run.of(Kind::cancel_swallowed).empty());
}

TEST(Cancel, BeforeTheFirstStepTheBodyNeverRuns) {
  const auto run = record([]() -> Task<void> {
    auto task = create_task(sleeper("t"));
    task.cancel();
    try {
      co_await task;
    } catch (const CancelledError&) { log("cancelled"); }
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 cancelled"}));
  EXPECT_TRUE(run.of(Kind::coro_unstarted).empty()) << "rule C4: not reported as never awaited";
}

TEST(Cancel, SwallowedIsSeenAtTheEndOfTheHandler) {
  const auto run = record([]() -> Task<void> {
    auto task = create_task([]() -> Task<int> {
      try {
        co_await sleep(10s);
      } catch (const CancelledError&) {}
      log("goes on");
      co_await sleep(2s);
      co_return 7;
    }());
    co_await sleep(1s);
    task.cancel();
    const int seven = co_await task;
    log("got", seven);
    EXPECT_FALSE(task.cancelled());
    EXPECT_EQ(task.cancelling(), 1) << "rule C6: the count stays";
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 goes on", "3.0 got 7"}));
  ASSERT_EQ(run.of(Kind::cancel_swallowed).size(), 1u);
  const awaitscope::Event swallowed = run.of(Kind::cancel_swallowed)[0];
  EXPECT_EQ(swallowed.cause, run.of(Kind::cancel_delivered)[0].seq);
  EXPECT_EQ(swallowed.time, 1'000'000'000);
}

TEST(Cancel, ReplacedByAnotherErrorIsSwallowedToo) {
  const auto run = record([]() -> Task<void> {
    auto task = create_task([]() -> Task<void> {
      try {
        co_await sleep(10s);
      } catch (const CancelledError&) { throw ServiceError("clean-up failed"); }
    }());
    co_await sleep(1s);
    task.cancel();
    bool failed = false;
    try {
      co_await task;
    } catch (const ServiceError&) { failed = true; }
    EXPECT_TRUE(failed);
  });
  EXPECT_EQ(run.of(Kind::cancel_swallowed).size(), 1u);
}

TEST(Cancel, ATimeoutConvertsItsOwnRequestAndTakesItBack) {
  const auto run = record([]() -> Task<void> {
    try {
      co_await with_timeout(1s, []() -> Task<void> { co_await sleeper("inside"); });
    } catch (const TimeoutError&) { log("timed out"); }
    EXPECT_EQ(Loop::running().current_task()->cancelling(), 0);
    co_await sleep(1s);
    log("lives");
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 inside cancelled", "1.0 timed out", "2.0 lives"}));
  EXPECT_EQ(run.of(Kind::cancel_caught).size(), 1u);
  EXPECT_TRUE(run.of(Kind::cancel_swallowed).empty());
  ASSERT_EQ(run.of(Kind::scope_expired).size(), 1u);
  EXPECT_EQ(run.of(Kind::cancel_requested)[0].cause, run.of(Kind::scope_expired)[0].seq);
}

TEST(Cancel, OfNestedTimeoutsTheOneThatStruckConverts) {
  const auto run = record([]() -> Task<void> {
    try {
      co_await with_timeout(1s, []() -> Task<void> { co_await with_timeout(5s, []() -> Task<void> { co_await sleep(9s); }); });
    } catch (const TimeoutError&) { log("outer"); }
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 outer"}));
}

TEST(Cancel, ABlockedBodyThatNeverSuspendsOutlivesItsTimeout) {
  const auto run = record([]() -> Task<void> {
    co_await with_timeout(1s, []() -> Task<void> {
      block_for(3s);
      co_return;
    });
    log("no error");
  });
  EXPECT_EQ(run.log(), (Lines{"3.0 no error"}));
}

TEST(Cancel, OfAWaitingPermitGivesItsPlaceUpAndLosesNoPermit) {
  const auto run = record([]() -> Task<void> {
    Semaphore one(1);
    auto hold = [&](const char* name) -> Task<void> {
      auto permit = co_await one.hold();
      co_await sleep(1s);
      log(name);
    };
    auto a = create_task(hold("a"));
    auto b = create_task(hold("b"));
    auto c = create_task(hold("c"));
    co_await sleep(500ms);
    b.cancel();
    co_await gather(a, c);
    EXPECT_EQ(one.permits_left(), 1);
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 a", "2.0 c"}));
  EXPECT_EQ(run.of(Kind::acquire_abandoned).size(), 1u);
}

Task<void> fail_after(Duration delay) {
  co_await sleep(delay);
  throw ServiceError("boom");
}

TEST(TaskGroup, OneFailureStopsTheOthersAndComesOutAsAGroup) {
  const auto run = record([]() -> Task<void> {
    try {
      co_await with_task_group([](TaskGroup& group) -> Task<void> {
        group.create_task(fail_after(1s));
        group.create_task(sleeper("sibling"));
        co_await sleeper("body");
      });
    } catch (const ExceptionGroup& errors) { log("group of", errors.errors().size()); }
    EXPECT_EQ(Loop::running().current_task()->cancelling(), 0);
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 sibling cancelled", "1.0 body cancelled", "1.0 group of 1"}));
  EXPECT_TRUE(run.of(Kind::cancel_swallowed).empty());
}

TEST(TaskGroup, AwaitsAllItsTasksAndGivesTheBodysValue) {
  const auto run = record([]() -> Task<void> {
    const int value = co_await with_task_group([](TaskGroup& group) -> Task<int> {
      group.create_task(sleeper("child"));
      co_return 5;
    });
    log("value", value);
  });
  EXPECT_EQ(run.log(), (Lines{"10.0 child woke", "10.0 value 5"}));
}

TEST(TaskGroup, AChildMayAddTasksWhileTheGroupWaitsAndTheirErrorsComeOut) {
  const auto run = record([]() -> Task<void> {
    try {
      co_await with_task_group([](TaskGroup& group) -> Task<void> {
        auto late = [](TaskGroup* g) -> Task<void> {
          co_await sleep(1s);
          g->create_task(fail_after(1s));
        };
        group.create_task(late(&group));
        co_return;
      });
    } catch (const ExceptionGroup&) { log("its error came out"); }
  });
  EXPECT_EQ(run.log(), (Lines{"2.0 its error came out"}));
}

TEST(Gather, TheFirstErrorComesOutAtOnceAndTheOthersRunOn) {
  const auto run = record([]() -> Task<void> {
    try {
      co_await gather(fail_after(1s), sleeper("other"));
    } catch (const ServiceError& error) { log("caught", error.what()); }
    co_await sleep(20s);
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 caught boom", "10.0 other woke"}));
}

TEST(Gather, CancellingTheAwaiterCancelsEveryChild) {
  const auto run = record([]() -> Task<void> {
    auto outer = create_task([]() -> Task<void> { co_await gather(sleeper("a"), sleeper("b")); }());
    co_await sleep(1s);
    outer.cancel();
    try {
      co_await outer;
    } catch (const CancelledError&) { log("outer cancelled"); }
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 a cancelled", "1.0 b cancelled", "1.0 outer cancelled"}));
  EXPECT_TRUE(run.of(Kind::cancel_swallowed).empty());
}

Task<int> three() { co_return 3; }

TEST(Gather, SettledKeepsErrorsAsResults) {
  record([]() -> Task<void> {
    auto [bad, good] = co_await gather_settled(fail_after(1s), three());
    EXPECT_FALSE(bad.ok());
    EXPECT_TRUE(good.ok());
    EXPECT_EQ(*good.value, 3);
  });
}

TEST(Errors, OfATaskThatNobodyAwaitsAreReportedWhenItsHandleGoes) {
  const auto run = record([]() -> Task<void> {
    create_task(fail_after(1s));
    co_await sleep(2s);
  });
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::never_retrieved);
}

}  // namespace
}  // namespace awaitscope::runtime
