// The loop's order and clock (rules V, L, T, K of asyncio) on small programs.
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

Task<void> say(const char* what) {
  log(what);
  co_return;
}

TEST(Loop, ANewTaskRunsAfterItsCreatorSuspends) {
  const auto run = record([]() -> Task<void> {
    auto task = create_task(say("task"));
    log("main");
    co_await task;
    log("end");
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 main", "0.0 task", "0.0 end"}));
}

TEST(Loop, AwaitingACoroutineRunsItInlineWithoutAnIteration) {
  const auto run = record([]() -> Task<void> {
    const auto before = Loop::running().iteration();
    co_await say("inline");
    EXPECT_EQ(Loop::running().iteration(), before);
    EXPECT_EQ(Loop::running().current_id().value, 1u);
  });
  EXPECT_EQ(run.result.outcome, RunOutcome::ok);
}

Task<void> rounds(const char* name) {
  for (int i = 0; i < 3; ++i) {
    log(name, i);
    co_await sleep(0ms);
  }
}

TEST(Loop, SleepZeroIsStrictRoundRobinAndCostsOneIteration) {
  const auto run = record([]() -> Task<void> {
    auto a = create_task(rounds("a"));
    auto b = create_task(rounds("b"));
    co_await a;
    co_await b;
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 a 0", "0.0 b 0", "0.0 a 1", "0.0 b 1", "0.0 a 2", "0.0 b 2"}));
}

Task<void> after(Duration delay, const char* what) {
  co_await sleep(delay);
  log(what);
}

TEST(Loop, TimersFireInOrderOfDeadlineThenInsertion) {
  const auto run = record([]() -> Task<void> { co_await gather(after(2s, "c"), after(1s, "a"), after(1s, "b")); });
  EXPECT_EQ(run.log(), (Lines{"1.0 a", "1.0 b", "2.0 c"}));
}

TEST(Loop, ABlockingCallHoldsEverythingAndOverdueTimersFireAfterIt) {
  const auto run = record([]() -> Task<void> {
    auto late = create_task(after(1s, "timer"));
    co_await sleep(0ms);
    block_for(3s);
    log("blocked");
    co_await late;
  });
  EXPECT_EQ(run.log(), (Lines{"3.0 blocked", "3.0 timer"}));
  ASSERT_EQ(run.of(Kind::block_begin).size(), 1u);
  EXPECT_EQ(run.of(Kind::block_begin)[0].nanoseconds(), 3'000'000'000);
}

TEST(Loop, WithNothingLeftToHappenItSaysHangAndNamesTheTasks) {
  const auto run = record([]() -> Task<void> {
    Future<int> never;
    co_await never;
  });
  EXPECT_EQ(run.result.outcome, RunOutcome::hang);
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::hang);
  EXPECT_EQ(run.trace.text(run.of(Kind::diagnosed)[0].a), "main");
}

TEST(Loop, AProgramThatSpinsAtOneInstantIsEndedByTheLimit) {
  RunOptions options;
  options.limits.steps_at_one_instant = 1000;
  const auto run = record(
      []() -> Task<void> {
        for (;;) co_await sleep(0ms);
      },
      options);
  EXPECT_EQ(run.result.outcome, RunOutcome::limit);
  EXPECT_EQ(run.trace[run.trace.size()].kind, Kind::run_end);
}

TEST(Loop, LeftoversAreCancelledAndWaitedForAfterMain) {
  const auto run = record([]() -> Task<void> {
    create_task([]() -> Task<void> {
      std::exception_ptr stop;
      try {
        co_await sleep(10s);
      } catch (const CancelledError&) { stop = std::current_exception(); }
      co_await sleep(1s);
      log("flushed");
      std::rethrow_exception(stop);
    }());
    co_await sleep(1s);
    log("main ends");
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 main ends", "2.0 flushed"}));
  ASSERT_EQ(run.of(Kind::cancel_requested).size(), 1u);
  EXPECT_EQ(run.of(Kind::cancel_requested)[0].as<CancelReason>(), CancelReason::shutdown);
  EXPECT_TRUE(run.of(Kind::cancel_swallowed).empty()) << "an error held for a rethrow is clean-up";
}

TEST(Loop, WhateverEscapesMainIsPartOfTheTrace) {
  const auto standard = record([]() -> Task<void> {
    co_await sleep(1s);
    throw ServiceError("broken");
  });
  EXPECT_EQ(standard.result.outcome, RunOutcome::raised);
  const awaitscope::Event end = standard.trace[standard.trace.size()];
  EXPECT_EQ(end.kind, Kind::run_end);
  EXPECT_EQ(standard.trace.text(end.a), "ServiceError: broken");
  const auto odd = record([]() -> Task<void> {
    co_await sleep(1s);
    throw 42;
  });
  EXPECT_EQ(odd.result.outcome, RunOutcome::raised);
  EXPECT_EQ(odd.trace[odd.trace.size()].kind, Kind::run_end);
}

TEST(Loop, ARunInsideARunIsRefused) {
  const auto run = record([]() -> Task<void> {
    EXPECT_THROW(runtime::run([] { return say("inner"); }), RuntimeError);
    co_return;
  });
  EXPECT_TRUE(run.log().empty());
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::nested_run);
}

TEST(Loop, ACoroutineThatNobodyAwaitsIsReportedWithItsPlace) {
  const auto run = record([]() -> Task<void> {
    { [[maybe_unused]] auto forgotten = say("never"); }
    co_return;
  });
  ASSERT_EQ(run.of(Kind::coro_unstarted).size(), 1u);
  EXPECT_EQ(run.trace.text(run.of(Kind::coro_unstarted)[0].b), "say");
  EXPECT_EQ(run.trace.site(run.of(Kind::coro_unstarted)[0].where()).file, "tests/runtime/loop_test.cpp");
}

Task<void> placed(Place = Place::current()) { co_return; }

TEST(Loop, ACoroutineThatTakesItsPlaceIsReportedWithItsCallAndTheEventBeforeIt) {
  const int line = __LINE__ + 2;
  const auto run = record([]() -> Task<void> {
    auto forgotten = placed();
    co_await sleep(1s);
  });
  const auto dropped = run.of(Kind::coro_unstarted);
  ASSERT_EQ(dropped.size(), 1u);
  EXPECT_EQ(run.trace.site(dropped[0].where()).line, static_cast<std::uint32_t>(line));
  EXPECT_EQ(run.trace[dropped[0].cause].kind, Kind::step_begin);
  EXPECT_EQ(run.trace[dropped[0].cause].time, 0);
  EXPECT_EQ(dropped[0].time, 1'000'000'000);
}

Task<int> deep(int levels) {
  if (levels == 0) co_return 0;
  const int below = co_await deep(levels - 1);
  co_return below + 1;
}

TEST(Loop, ADeepAwaitChainNeedsNoStack) {
  int depth = 0;
  record([&]() -> Task<void> { depth = co_await deep(20'000); });
  EXPECT_EQ(depth, 20'000);
}

TEST(Loop, AWorkersTimeIsNotTheLoops) {
  const auto run = record([]() -> Task<void> {
    auto ticks = create_task(after(1s, "tick"));
    const int nine = co_await to_thread(
        [](int x) {
          block_for(3s);
          return x * x;
        },
        3);
    log("result", nine);
    co_await ticks;
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 tick", "3.0 result 9"}));
}

TEST(Loop, EveryCauseIsAnEarlierEvent) {
  const auto run = record([]() -> Task<void> {
    Semaphore one(1);
    auto hold = [&](int n) -> Task<void> {
      auto permit = co_await one.hold();
      co_await sleep(1s);
      log("held", n);
    };
    co_await gather(hold(1), hold(2));
  });
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) ASSERT_LT(run.trace[seq].cause, seq);
  // Who woke whom is recorded: the second task runs because the first released its permit.
  Seq released = 0;
  for (const awaitscope::Event& e : run.of(Kind::released))
    if (!released) released = e.seq;
  bool found = false;
  for (const awaitscope::Event& e : run.of(Kind::task_ready))
    found |= e.cause == released && e.as<WhyReady>() == WhyReady::released;
  EXPECT_TRUE(found);
}

TEST(Loop, TheSameSeedGivesTheSameTraceAndAnotherSeedAnother) {
  const auto run = [](std::uint64_t seed) {
    RunOptions options;
    options.schedule.seed = seed;
    return record(
               []() -> Task<void> {
                 Service api(ServiceOptions("api").latency(1s).jitter(1s));
                 co_await gather(api.get("a"), api.get("b"));
               },
               options)
        .result.end;
  };
  EXPECT_EQ(run(1), run(1));
  EXPECT_NE(run(1), run(2));
}

}  // namespace
}  // namespace awaitscope::runtime
