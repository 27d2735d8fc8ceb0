// Each change that the runtime can make to a program, against the same program without it.
#include "core/runtime/blocking_client.h"
#include "core/runtime/stream.h"
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;
using testing::Recorded;
using What = Intervention::What;

RunOptions with(Intervention change) {
  RunOptions options;
  options.intervention = std::move(change);
  return options;
}
Intervention limit_of(std::string of, std::size_t count) { return {What::limit, std::move(of), {}, 0, count, {}}; }
Intervention about(What what, std::string of, Duration length = {}) { return {what, std::move(of), {}, 0, 0, length}; }

// ------------------------------------------------------------------------------------------------ blocking calls

Task<void> ticker() {
  for (int n = 1; n <= 3; ++n) {
    co_await sleep(1s);
    log("tick");
  }
}

Task<void> blocks(std::string name) {
  BlockingClient("requests.get", 2s).get();
  log(name, "has answered");
  block_for(500ms);
  log(name, "has slept");
  co_return;
}

Task<void> inner(std::string name) {
  co_await blocks(name);
  co_await sleep(100ms);
  log(name, "is done");
}

Task<void> two_that_block() {
  auto ticks = create_task(ticker(), "ticker");
  co_await gather(inner("a"), inner("b"));
  co_await ticks;
}

TEST(ToWorker, WithoutItABlockingCallHoldsTheLoop) {
  const Recorded run = record(two_that_block);
  EXPECT_EQ(run.log(), (Lines{"2.0 a has answered", "2.5 a has slept", "4.5 b has answered", "5.0 b has slept", "5.0 tick",
                              "5.0 a is done", "5.1 b is done", "6.0 tick", "7.0 tick"}));
  EXPECT_EQ(run.of(Kind::job_submitted).size(), 0u);
}

TEST(ToWorker, TheStepWaitsAndTheLoopGoesOn) {
  const Recorded run = record(two_that_block, with({}));
  EXPECT_EQ(run.log(), (Lines{"1.0 tick", "2.0 a has answered", "2.0 b has answered", "2.0 tick", "2.5 a has slept",
                              "2.5 b has slept", "2.6 a is done", "2.6 b is done", "3.0 tick"}));
  EXPECT_EQ(run.of(Kind::block_begin).size(), 0u);
  ASSERT_EQ(run.of(Kind::job_submitted).size(), 4u);
  EXPECT_EQ(run.trace.text(run.of(Kind::job_submitted)[0].b), "requests.get");
  EXPECT_EQ(run.result.outcome, RunOutcome::ok);
}

TEST(ToWorker, OnlyTheCallAtThePlace) {
  const Recorded plain = record(two_that_block);
  const Site place = plain.trace.site(plain.of(Kind::block_begin)[1].where());
  const Recorded run = record(two_that_block, with({What::to_worker, {}, place.file, place.line, 0, {}}));
  EXPECT_EQ(run.of(Kind::block_begin).size(), 2u) << "requests.get blocks as before";
  EXPECT_EQ(run.of(Kind::job_submitted).size(), 2u);
  const Recorded elsewhere = record(two_that_block, with({What::to_worker, {}, place.file, place.line + 1, 0, {}}));
  EXPECT_EQ(elsewhere.log(), plain.log());
}

TEST(ToWorker, ACallThatWaitsCanBeCancelled) {
  const auto program = []() -> Task<void> {
    try {
      co_await with_timeout(1s, []() -> Task<void> {
        block_for(5s);
        log("not interrupted");
        co_return;
      });
    } catch (const TimeoutError&) { log("timed out"); }
  };
  EXPECT_EQ(record(program).log(), Lines{"5.0 not interrupted"});
  EXPECT_EQ(record(program, with({})).log(), Lines{"1.0 timed out"});
}

struct AtTheEnd {
  ~AtTheEnd() { block_for(1s); }
};

TEST(ToWorker, WhatCannotWaitBlocks) {
  const Recorded run = record(
      []() -> Task<void> {
        call_soon([] {
          block_for(1s);
          log("callback");
        });
        co_await sleep(2s);
        try {
          const AtTheEnd last;
          throw std::runtime_error("in between");
        } catch (const std::runtime_error&) { log("caught"); }
      },
      with({}));
  EXPECT_EQ(run.log(), (Lines{"1.0 callback", "3.0 caught"}));
  EXPECT_EQ(run.of(Kind::block_begin).size(), 2u);
}

TEST(ToWorker, ARunThatEndsWhileAStepStandsEnds) {
  // It catches everything, also what unwinds it, and goes on to the next wait.
  static int left;
  left = 0;
  RunOptions options = with({});
  options.limits.events = 200;
  const Recorded run = record(
      []() -> Task<void> {
        auto stands = create_task([]() -> Task<void> {
          struct Left {
            ~Left() { ++left; }
          } counted;
          try {
            block_for(1h);
          } catch (...) { ++left; }
          block_for(1h);
          co_await sleep(1h);
        }());
        for (;;) co_await sleep(1ms);
      },
      options);
  EXPECT_EQ(run.result.outcome, RunOutcome::limit);
  EXPECT_EQ(left, 2) << "the frame went, and all that it held";
}

// ------------------------------------------------------------------------------------------------ services

Task<void> crowd(int size) {
  Service api(ServiceOptions("api").capacity(2)), other(ServiceOptions("other").capacity(2));
  std::vector<Task<Value<int>>> asking;
  for (int n = 0; n < size; ++n) asking.push_back(api.get("page"));
  for (int n = 0; n < 3; ++n) asking.push_back(other.get("page"));
  const auto all = co_await gather_settled(std::move(asking));
  log("ok", std::count_if(all.begin(), all.end(), [](const auto& one) { return one.ok(); }));
}

TEST(Limit, HoldsBackWhatTheServiceWouldRefuse) {
  const auto program = [] { return crowd(4); };
  EXPECT_EQ(record(program).log(), Lines{"1.0 ok 4"});
  EXPECT_EQ(record(program, with(limit_of("api", 2))).log(), Lines{"2.0 ok 6"}) << "the other one refuses as before";
  EXPECT_EQ(record(program, with(limit_of("api", 0))).log(), Lines{"2.0 ok 6"}) << "as many as it takes";
  EXPECT_EQ(record(program, with(limit_of("api", 1))).log(), Lines{"4.0 ok 6"});
}

TEST(Limit, WhoIsCancelledInLineHasMadeNoRequest) {
  const Recorded run = record(
      []() -> Task<void> {
        Service api(ServiceOptions("api").latency(2s));
        auto first = create_task(api.get("page"));
        co_await sleep(0s);
        co_await move_on_after(1s, [&]() -> Task<void> { co_await api.get("page"); });
        co_await first;
      },
      with(limit_of("api", 1)));
  EXPECT_EQ(run.of(Kind::request_begin).size(), 1u);
  EXPECT_EQ(run.of(Kind::coro_unstarted).size(), 0u);
}

TEST(Limit, TasksKeepTheirNames) {
  const auto program = []() -> Task<void> {
    Service api(ServiceOptions("api"));
    const auto asking = create_task(api.get("page"));
    co_await asking;
  };
  const auto name = [](const Recorded& run) { return std::string(run.trace.text(run.of(Kind::task_created).at(1).b)); };
  EXPECT_EQ(name(record(program, with(limit_of("api", 1)))), name(record(program)));
}

Task<void> never_answered() {
  Service peer(ServiceOptions("peer").silent()), api(ServiceOptions("api").latency(3s));
  co_await api.get("page");
  try {
    co_await peer.get("report");
  } catch (const TimeoutError&) { log("timed out"); }
}

TEST(Deadline, EndsARequestThatIsNeverAnswered) {
  EXPECT_EQ(record(never_answered).result.outcome, RunOutcome::hang);
  const Recorded run = record(never_answered, with(about(What::deadline, "peer", 1s)));
  EXPECT_EQ(run.log(), Lines{"4.0 timed out"});
  EXPECT_EQ(run.of(Kind::scope_enter).size(), 1u) << "none around what is asked of the api";
}

Task<void> parts(int count) {
  Service api(ServiceOptions("api"));
  for (int n = 1; n <= count; ++n) {
    co_await api.get("part");
    log("part", n);
  }
}

TEST(OverallDeadline, IsAroundTheTaskFromItsFirstRequestOn) {
  const auto program = []() -> Task<void> {
    co_await sleep(10s);
    auto work = create_task(parts(5), "work");
    try {
      co_await work;
    } catch (const TimeoutError&) { log("timed out"); }
  };
  const Recorded run = record(program, with(about(What::overall_deadline, "api", 2500ms)));
  EXPECT_EQ(run.log(), (Lines{"11.0 part 1", "12.0 part 2", "12.5 timed out"}));
  ASSERT_EQ(run.of(Kind::scope_enter).size(), 1u);
  EXPECT_EQ(run.of(Kind::scope_exit).at(0).as<Outcome>(), Outcome::raised);
  const Recorded enough = record(program, with(about(What::overall_deadline, "api", 6s)));
  EXPECT_EQ(enough.log().back(), "15.0 part 5");
  EXPECT_EQ(enough.of(Kind::timer_cancelled).size(), 1u) << "it goes with the task";
}

TEST(Backoff, WaitsBeforeARetryAndLongerEachTime) {
  const Recorded run = record(
      []() -> Task<void> {
        Service api(ServiceOptions("api").latency(0s).fails([](int) { return true; }));
        for (int n = 1; n <= 4; ++n) try {
            co_await api.attempt(n).get("job");
          } catch (const ServiceError&) {}
      },
      with(about(What::backoff, "api", 1s)));
  const auto asked = run.of(Kind::request_begin);
  ASSERT_EQ(asked.size(), 4u);
  EXPECT_EQ(asked[0].time, 0);
  for (std::size_t n = 1; n < 4; ++n) {
    const Duration wait = asked[n].at() - asked[n - 1].at(), most = 1s * (1 << (n - 1));
    EXPECT_GE(wait, most / 2);
    EXPECT_LT(wait, most);
  }
}

// ------------------------------------------------------------------------------------------------ cancels

Task<void> cleans_up(Stream stream) {
  co_await with_finally([]() -> Task<void> { co_await sleep(10s); }, [&]() -> Task<void> { co_await stream.aclose(); });
}

Task<void> cancelled_twice() {
  Stream stream("stream", 1s);
  auto job = create_task(cleans_up(stream), "job");
  co_await sleep(1s);
  job.cancel();
  co_await sleep(500ms);
  job.cancel();
  co_await gather_settled(job);
  log(stream.is_open() ? "open" : "closed", job.cancelled() ? "cancelled" : "");
}

TEST(Shield, ASecondCancelWaitsForTheCleanUp) {
  EXPECT_EQ(record(cancelled_twice).log(), Lines{"1.5 open cancelled"});
  const Recorded run = record(cancelled_twice, with(about(What::shield, "job")));
  EXPECT_EQ(run.log(), Lines{"2.0 closed cancelled"});
  EXPECT_EQ(run.of(Kind::cancel_shielded).size(), 1u);
  EXPECT_EQ(record(cancelled_twice, with(about(What::shield, "other"))).log(), Lines{"1.5 open cancelled"});
}

Task<int> stubborn(int times) {
  for (;;) try {
      co_await sleep(10s);
      co_return 1;
    } catch (const CancelledError&) {
      log("no");
      if (--times == 0) throw;
    }
}

Task<void> under_a_timeout(int times) {
  try {
    co_await with_timeout(1s, [&]() -> Task<void> { co_await stubborn(times); });
    log("returned");
  } catch (const TimeoutError&) { log("timed out"); }
}

TEST(AskAgain, AtTheNextAwait) {
  EXPECT_EQ(record([] { return under_a_timeout(2); }).log(), (Lines{"1.0 no", "11.0 returned"}));
  const Recorded run = record([] { return under_a_timeout(2); }, with(about(What::ask_again, "main")));
  EXPECT_EQ(run.log(), (Lines{"1.0 no", "1.0 no", "1.0 timed out"}));
  EXPECT_EQ(run.of(Kind::cancel_swallowed).size(), 0u);
}

TEST(AskAgain, GivesUpSomeTime) {
  const Recorded run = record([] { return under_a_timeout(1000); }, with(about(What::ask_again, "main")));
  EXPECT_EQ(run.log().back(), "11.0 returned");
  EXPECT_EQ(run.of(Kind::cancel_delivered).size(), 11u);
  EXPECT_EQ(run.of(Kind::cancel_swallowed).size(), 1u);
}

TEST(AskAgain, ACancelThatIsDroppedForGoodIsToldToo) {
  const Recorded run = record(
      []() -> Task<void> {
        const auto half = []() -> Task<int> {
          try {
            co_await sleep(10s);
          } catch (const CancelledError&) {}
          co_return 1;
        };
        const int got = co_await with_timeout(1s, half);
        log("got", got);
      },
      with(about(What::ask_again, "main")));
  EXPECT_EQ(run.log(), Lines{"1.0 got 1"}) << "there was no await left";
  EXPECT_EQ(run.of(Kind::cancel_swallowed).size(), 1u);
}

// ------------------------------------------------------------------------------------------------ clients, queues, workers

Task<void> a_client_each() {
  Service api(ServiceOptions("api"));
  for (int n = 0; n < 3; ++n) {
    Client client(api, PoolOptions("client").connect(2s), "https://api");
    co_await client.get("/page");
  }
}

TEST(ShareClient, ConnectsOnce) {
  EXPECT_EQ(record(a_client_each).result.end.ns, 9'000'000'000);
  const Recorded run = record(a_client_each, with({What::share_client, {}, {}, 0, 0, {}}));
  EXPECT_EQ(run.result.end.ns, 5'000'000'000);
  EXPECT_EQ(run.of(Kind::resource_opened).size(), 1u);
  EXPECT_EQ(run.of(Kind::resource_closed).size(), 2u) << "the pool and its connection, when main is over";
}

TEST(BoundQueue, ThePutterWaits) {
  const auto program = []() -> Task<void> {
    Queue<int> queue(0, "queue");
    auto puts = create_task([](Queue<int>* into) -> Task<void> {
      for (int n = 0; n < 5; ++n) co_await into->put(n);
      log("all put");
    }(&queue));
    for (int n = 0; n < 5; ++n) {
      co_await sleep(1s);
      co_await queue.get();
    }
  };
  EXPECT_EQ(record(program).log(), Lines{"0.0 all put"});
  const Recorded run = record(program, with({What::bound_queue, "queue", {}, 0, 2, {}}));
  EXPECT_EQ(run.log(), Lines{"3.0 all put"});
  EXPECT_EQ(run.of(Kind::resource_created).at(0).b, 2u) << "and the trace knows its limit";
}

void nap() { block_for(1s); }
void work() { compute_for(1s); }
Task<void> in_threads(void (*what)()) {
  std::vector<Task<void>> calls;
  for (int n = 0; n < 6; ++n) calls.push_back(to_thread(what));
  co_await gather(std::move(calls));
}

TEST(Workers, MoreOfThemAndNoLock) {
  const auto ends = [](void (*what)(), std::optional<Intervention> change) {
    RunOptions options = change ? with(*change) : RunOptions{};
    options.workers = 2;
    options.threads.interpreter_lock = true;
    return record([what] { return in_threads(what); }, options).result.end;
  };
  EXPECT_EQ(ends(nap, {}).ns, 3'000'000'000);
  EXPECT_EQ(ends(nap, Intervention{What::more_workers, {}, {}, 0, 6, {}}).ns, 1'000'000'000);
  EXPECT_EQ(ends(work, {}).ns, 6'000'000'000);
  EXPECT_EQ(ends(work, Intervention{What::no_interpreter_lock, {}, {}, 0, 0, {}}).ns, 3'000'000'000);
}

TEST(Intervention, SaysWhatItIs) {
  EXPECT_EQ(to_text(limit_of("api", 5)), "at most 5 requests to api at once");
  EXPECT_EQ(to_text(about(What::deadline, "peer", 1s)), "a deadline of 1.0 s around each request to peer");
  EXPECT_EQ(to_text({What::to_worker, {}, "a.cpp", 3, 0, {}}), "the blocking call at a.cpp:3 on a worker");
}

}  // namespace
}  // namespace awaitscope::runtime
