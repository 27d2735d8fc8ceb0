// What a hand does to a run between two steps, from a gate and from a schedule.
#include <thread>

#include "core/runtime/trio/trio.h"
#include "core/trace/text.h"
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;
using testing::Recorded;
using What = Hand::What;

struct ByHand {
  Recorded run;
  std::vector<Hand> laid;
};

void wait_until_it_stands(const Gate& gate, const std::atomic<bool>& over) {
  while (!gate.standing() && !over) std::this_thread::yield();
}

/// Holds the run once `event` is recorded, lays the hand, and lets it go on.
ByHand by_hand(const std::function<Task<void>()>& main, Seq event, const Hand& hand, RunOptions options = {}) {
  ByHand out;
  Gate gate;
  gate.hold_at(event);
  options.gate = &gate;
  std::atomic<bool> over = false;
  std::thread thread([&] {
    out.run = record(main, options);
    over = true;
  });
  wait_until_it_stands(gate, over);
  gate.lay(hand);
  gate.resume();
  thread.join();
  out.laid = gate.laid();
  return out;
}

/// The same run from its schedule alone.
Recorded again(const std::function<Task<void>()>& main, const ByHand& first, RunOptions options = {}) {
  options.schedule.hands = first.laid;
  return record(main, options);
}

/// A run by hand whose schedule gives the same trace, byte for byte.
Recorded told(const std::function<Task<void>()>& main, Seq event, const Hand& hand) {
  const ByHand first = by_hand(main, event, hand);
  EXPECT_EQ(first.laid.size(), 1u);
  EXPECT_EQ(to_text(again(main, first).trace), to_text(first.run.trace));
  return first.run;
}

/// The first event of this kind that says so.
Seq first_of(const Recorded& run, Kind kind) {
  const auto found = run.of(kind);
  return found.empty() ? 0 : found.front().seq;
}

Hand hand(What what, std::uint32_t target, Duration amount = {}) { return {0, what, target, amount}; }

// ------------------------------------------------------------------------------------------------ cancel

Task<void> worker() {
  try {
    co_await sleep(5s);
    log("slept");
  } catch (const CancelledError& stop) {
    log("cancelled:", stop.message());
    throw;
  }
}

Task<void> boss() {
  auto task = create_task(worker(), "worker");
  co_await sleep(1s);
  log("a second is over");
  try {
    co_await task;
  } catch (const CancelledError&) { log("worker is gone"); }
}

TEST(HandCancel, ASleepingTaskIsCancelledWhereTheRunStands) {
  const Seq second = first_of(record(boss), Kind::log);
  const Recorded run = told(boss, second, hand(What::cancel, 2));
  EXPECT_EQ(run.log(), (Lines{"1.0 a second is over", "1.0 cancelled: by hand", "1.0 worker is gone"}));
  const awaitscope::Event done = run.of(Kind::intervened).at(0), asked = run.of(Kind::cancel_requested).at(0);
  EXPECT_EQ(done.task, 2u);
  EXPECT_EQ(done.b, 2u);
  EXPECT_EQ(asked.cause, done.seq) << "the hand is the reason";
  EXPECT_EQ(asked.a, 0u) << "no task asked";
}

TEST(HandCancel, IsWhatACallbackOfCallSoonWouldDo) {
  // The hand comes after the first step of main, in the same pass; so does the callback.
  const auto with_callback = []() -> Task<void> {
    auto task = create_task(worker(), "worker");
    call_soon([task]() mutable { task.cancel("by hand"); });
    try {
      co_await task;
    } catch (const CancelledError&) { log("worker is gone"); }
  };
  const auto without = []() -> Task<void> {
    auto task = create_task(worker(), "worker");
    call_soon([] {});
    try {
      co_await task;
    } catch (const CancelledError&) { log("worker is gone"); }
  };
  // After the callback's place, before the next handle.
  const Recorded plain = record(without);
  const Recorded run = told(without, first_of(plain, Kind::callback_end), hand(What::cancel, 2));
  const Recorded expected = record(with_callback);
  EXPECT_EQ(run.log(), expected.log());
  const auto passes = [](const Recorded& of) {
    Lines lines;
    std::uint32_t pass = 0;
    for (Seq seq = 1; seq <= of.trace.size(); ++seq) {
      const awaitscope::Event e = of.trace[seq];
      if (e.kind == Kind::tick_begin) pass = e.a;
      if (e.kind == Kind::step_begin || e.kind == Kind::cancel_delivered || e.kind == Kind::task_done)
        lines.push_back(std::to_string(pass) + " " + std::to_string(e.task) + " " + std::string(info(e.kind).name));
    }
    return lines;
  };
  EXPECT_EQ(passes(run), passes(expected)) << "step by step in the same passes";
}

TEST(HandCancel, OfMainEndsTheRunCancelled) {
  const Seq second = first_of(record(boss), Kind::log);
  const Recorded run = told(boss, second, hand(What::cancel, 1));
  EXPECT_EQ(run.log(), (Lines{"1.0 a second is over", "1.0 cancelled: by hand", "1.0 worker is gone"}))
      << "main waits for the worker, so the request goes on to it";
}

TEST(HandCancel, OfATaskThatHasEndedIsMissedAndChangesNothing) {
  const Recorded plain = record(boss);
  const Recorded run = told(boss, plain.trace.size() / 2, hand(What::cancel, 77));
  EXPECT_EQ(run.log(), plain.log());
  EXPECT_EQ(run.of(Kind::intervened).size(), 0u);
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::hand_missed);
  EXPECT_EQ(run.trace.size(), plain.trace.size() + 1);
}

TEST(HandCancel, TrioHasNoCancelOfATask) {
  const auto main = []() -> Task<void> {
    trio::CancelScope scope;
    co_await trio::with(scope, []() -> Task<void> {
      co_await trio::sleep(1s);
      log("slept");
    });
  };
  const Recorded run = told(main, first_of(record(main), Kind::scope_enter), hand(What::cancel, 1));
  EXPECT_EQ(run.log(), Lines{"1.0 slept"});
  EXPECT_EQ(run.of(Kind::diagnosed).size(), 1u);
}

// ------------------------------------------------------------------------------------------------ requests

Task<void> asks() {
  Service api(ServiceOptions("api").latency(2s));
  for (const char* page : {"first", "second"}) {
    try {
      co_await api.get(page);
      log(page, "is here");
    } catch (const ServiceError& error) { log(error.what()); }
  }
}

TEST(HandFail, ARequestFailsAtOnceAsIfTheServiceHadFailed) {
  const Recorded run = told(asks, first_of(record(asks), Kind::request_begin), hand(What::fail, 1));
  EXPECT_EQ(run.log(), (Lines{"0.0 api failed first", "2.0 second is here"}));
  EXPECT_EQ(run.of(Kind::request_end).at(0).as<RequestStatus>(), RequestStatus::failed);
  EXPECT_EQ(run.of(Kind::timer_cancelled).size(), 1u) << "its answer comes no more";
}

TEST(HandFail, ASilentServiceFailsToo) {
  const auto main = []() -> Task<void> {
    Service dead(ServiceOptions("dead").silent());
    create_task(asks(), "other");
    try {
      co_await dead.get("x");
    } catch (const ServiceError& error) { log(error.what()); }
    co_await sleep(5s);
  };
  const Recorded plain = record(main);
  EXPECT_EQ(plain.result.outcome, RunOutcome::hang);
  const Recorded run = told(main, first_of(plain, Kind::log), hand(What::fail, 1));
  EXPECT_EQ(run.log(), (Lines{"2.0 first is here", "2.0 dead failed x", "4.0 second is here"}));
  const Recorded late = told(main, first_of(plain, Kind::log), hand(What::delay, 1, 1s));
  EXPECT_EQ(late.of(Kind::intervened).size(), 0u) << "no answer that could be late";
  EXPECT_EQ(late.result.outcome, RunOutcome::hang);
}

TEST(HandFail, AHandshakeFails) {
  const auto main = []() -> Task<void> {
    Service db(ServiceOptions("db").latency(1s));
    Pool pool(db, PoolOptions("pool").limit(1).connect(3s));
    try {
      auto connection = co_await pool.hold();
      log("connected");
    } catch (const ServiceError& error) { log(error.what()); }
    auto connection = co_await pool.hold();
    log("connected");
  };
  const Recorded run = told(main, first_of(record(main), Kind::request_begin), hand(What::fail, 1));
  EXPECT_EQ(run.log(), (Lines{"0.0 pool failed to connect", "3.0 connected"})) << "and its place in the pool is free again";
}

TEST(HandDelay, TheAnswerComesLaterByAsMuch) {
  const Recorded run = told(asks, first_of(record(asks), Kind::request_begin), hand(What::delay, 1, 500ms));
  EXPECT_EQ(run.log(), (Lines{"2.5 first is here", "4.5 second is here"}));
  EXPECT_EQ(run.trace.text(run.of(Kind::intervened).at(0).a).substr(1), ":delay:1:500ms");
}

TEST(HandDelay, AnEndedRequestIsMissed) {
  const Recorded run = told(asks, first_of(record(asks), Kind::log), hand(What::delay, 1, 500ms));
  EXPECT_EQ(run.log(), record(asks).log());
  EXPECT_EQ(run.of(Kind::diagnosed).size(), 1u);
}

// ------------------------------------------------------------------------------------------------ primitives

TEST(HandRelease, OnePermitMoreLetsOneMoreIn) {
  const auto main = []() -> Task<void> {
    Semaphore gate(1, "gate");
    const auto job = [](Semaphore* of) -> Task<void> {
      auto permit = co_await of->hold();
      co_await sleep(1s);
      log("done");
    };
    co_await gather(job(&gate), job(&gate));
  };
  EXPECT_EQ(record(main).log(), (Lines{"1.0 done", "2.0 done"}));
  const Recorded run = told(main, first_of(record(main), Kind::acquire_begin), hand(What::release, 1));
  EXPECT_EQ(run.log(), (Lines{"1.0 done", "1.0 done"}));
}

TEST(HandRelease, ABoundedSemaphoreKeepsItsBound) {
  const auto main = []() -> Task<void> {
    BoundedSemaphore gate(1, "gate");
    co_await sleep(1s);
    log("left", gate.permits_left());
  };
  const Recorded run = told(main, first_of(record(main), Kind::resource_created), hand(What::release, 1));
  EXPECT_EQ(run.log(), Lines{"1.0 left 1"});
  EXPECT_EQ(run.of(Kind::intervened).size(), 0u);
}

TEST(HandRelease, ALockBelongsToItsHolder) {
  const auto main = []() -> Task<void> {
    Lock lock("lock");
    auto held = co_await lock.hold();
    co_await sleep(1s);
  };
  const Recorded run = told(main, first_of(record(main), Kind::acquired), hand(What::release, 1));
  EXPECT_EQ(run.of(Kind::released).size(), 1u) << "its holder's own";
  EXPECT_EQ(run.of(Kind::diagnosed).size(), 1u);
}

TEST(HandSet, AnEventWakesThoseWhoWait) {
  const auto main = []() -> Task<void> {
    Event ready("ready");
    create_task(asks(), "other");
    co_await ready.wait();
    log("ready");
    co_await sleep(4s);
  };
  const Seq page = first_of(record(main), Kind::log);
  const Recorded run = told(main, page, hand(What::set, 1));
  EXPECT_EQ(run.log(), (Lines{"2.0 first is here", "2.0 ready", "4.0 second is here"}));
  EXPECT_EQ(told(main, page, hand(What::release, 1)).of(Kind::intervened).size(), 0u) << "an event has no permits";
}

TEST(HandSet, WhatIsGoneIsMissed) {
  const auto main = []() -> Task<void> {
    { Event brief("brief"); }
    co_await sleep(1s);
  };
  EXPECT_EQ(told(main, first_of(record(main), Kind::resource_destroyed), hand(What::set, 1)).of(Kind::intervened).size(), 0u);
}

// ------------------------------------------------------------------------------------------------ schedule and gate

TEST(Hands, WhatTheScheduleSaysTooLateIsTold) {
  RunOptions options;
  options.schedule = *read_schedule("fifo:1@9999:cancel:2");
  const Recorded run = record(boss, options), plain = record(boss);
  EXPECT_EQ(run.log(), plain.log());
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u);
  EXPECT_EQ(run.trace.text(run.of(Kind::diagnosed)[0].a), "9999:cancel:2: the run has ended before");
}

TEST(Hands, AGateThatIsOpenChangesNothing) {
  Gate gate;
  RunOptions options;
  options.gate = &gate;
  EXPECT_EQ(to_text(record(boss, options).trace), to_text(record(boss).trace));
}

TEST(Hands, EveryPlaceWhereARunCanStandIsFoundAgain) {
  const Seq events = record(boss).trace.size();
  for (Seq event = 1; event <= events; ++event)
    for (const Hand& one : {hand(What::cancel, 1), hand(What::cancel, 2)}) {
      const ByHand first = by_hand(boss, event, one);
      EXPECT_EQ(to_text(again(boss, first).trace), to_text(first.run.trace)) << "held at " << event;
    }
}

TEST(Hands, AStepIsATasksStep) {
  Gate gate;
  gate.pause();
  RunOptions options;
  options.gate = &gate;
  Recorded run;
  std::atomic<bool> over = false;
  QueueSink sink;
  options.sink = &sink;
  std::thread thread([&] {
    run.result = runtime::run([] { return boss(); }, options);
    over = true;
  });
  const auto steps = [&] {
    wait_until_it_stands(gate, over);
    sink.drain(run.trace);
    return run.of(Kind::step_end).size();
  };
  EXPECT_EQ(steps(), 0u);
  for (std::size_t i = 1; i <= 4; ++i) {
    gate.step();
    EXPECT_EQ(steps(), i);
  }
  gate.tick();
  const auto passes = run.of(Kind::tick_begin).size();
  wait_until_it_stands(gate, over);
  sink.drain(run.trace);
  EXPECT_LE(run.of(Kind::tick_begin).size(), passes + 1);
  gate.stop();
  thread.join();
  EXPECT_EQ(run.result.outcome, RunOutcome::stopped);
}

Task<void> takes_permits() {
  Semaphore permits(0, "permits");
  for (int i = 0; i < 20; ++i) {
    co_await permits.acquire();
    co_await sleep(1ms);
  }
}

TEST(Hands, MayBeLaidFromAnotherThreadWhileItRuns) {
  for (const bool steady : {false, true}) {
    Gate gate;
    RunOptions options;
    options.gate = &gate;
    options.steady = steady;
    gate.hold_at(first_of(record(takes_permits), Kind::acquire_begin));
    Recorded run;
    std::atomic<bool> over = false;
    std::thread thread([&] {
      run = record(takes_permits, options);
      over = true;
    });
    wait_until_it_stands(gate, over);
    for (int i = 0; i < 20; ++i) gate.lay(hand(What::release, 1));
    gate.slow_down(2);
    gate.resume();
    for (int i = 0; i < 5; ++i) {
      gate.lay(hand(What::cancel, 99));
      gate.pause();
      gate.step();
      gate.resume();
    }
    thread.join();
    EXPECT_EQ(run.result.outcome, RunOutcome::ok);
    EXPECT_EQ(run.of(Kind::intervened).size(), 20u);
    for (Seq seq = 2; seq <= run.trace.size(); ++seq) EXPECT_GE(run.trace[seq].time, run.trace[seq - 1].time);
  }
}

}  // namespace
}  // namespace awaitscope::runtime
