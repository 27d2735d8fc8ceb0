// get_running_loop() and what it refuses or never ends: run_until_complete, result() on the loop's own thread.
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

Task<int> answer(int n) {
  log("body");
  co_await sleep(1s);
  co_return n;
}

TEST(RunningLoop, RunUntilCompleteIsRefusedAndItsCoroutineNeverStarts) {
  const auto run = record([]() -> Task<void> {
    try {
      get_running_loop().run_until_complete(answer(1));
    } catch (const RuntimeError& error) { log(error.what()); }
    co_return;
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 This event loop is already running"}));
  EXPECT_EQ(run.of(Kind::coro_unstarted).size(), 1u);
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 2u);
  EXPECT_EQ(run.of(Kind::diagnosed)[0].as<Diagnosis>(), Diagnosis::nested_run);
}

TEST(RunningLoop, ACoroutineGivenToRunInsideARunIsNeverAwaited) {
  const auto run = record([]() -> Task<void> {
    try {
      runtime::run([]() -> Task<void> { co_return; }());
    } catch (const RuntimeError&) { log("refused"); }
    co_return;
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 refused"}));
  EXPECT_EQ(run.of(Kind::coro_unstarted).size(), 1u);
}

TEST(RunningLoop, AThreadsFutureIsDoneOneIterationAfterItsTask) {
  const auto run = record([]() -> Task<void> {
    auto future = run_coroutine_threadsafe(answer(7), get_running_loop());
    log("submitted");
    co_await sleep(1s);
    log("done", future.done());
    co_await sleep(0s);  // the task's last step
    log("done", future.done());
    co_await sleep(0s);
    log("done", future.done());
    log("got", future.result());
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 submitted", "0.0 body", "1.0 done 0", "1.0 done 0", "1.0 done 1", "1.0 got 7"}));
}

TEST(RunningLoop, WaitingForItWithItsOwnThreadIsAHangAndNothingUnwindsInTheTrace) {
  const auto run = record([]() -> Task<void> {
    auto other = create_task(answer(2), "other");
    co_await sleep(500ms);
    auto future = run_coroutine_threadsafe(answer(7), get_running_loop());
    try {
      future.result();
      log("never");
    } catch (...) { log("not this either"); }
    log("nor this");
  });
  EXPECT_EQ(run.result.outcome, RunOutcome::hang);
  EXPECT_EQ(run.log(), (Lines{"0.0 body"}));
  ASSERT_EQ(run.of(Kind::block_begin).size(), 1u);
  EXPECT_EQ(run.trace.text(run.of(Kind::block_begin)[0].a), "result() of answer");
  EXPECT_EQ(run.of(Kind::block_end).size(), 0u);
  EXPECT_EQ(run.of(Kind::task_done).size(), 0u);
  std::vector<std::string> hanging;
  for (const auto& one : run.of(Kind::diagnosed)) hanging.emplace_back(run.trace.text(one.a));
  EXPECT_EQ(hanging, (Lines{"main", "other"}));
  EXPECT_EQ(run.trace[run.trace.size()].time, 500'000'000) << "the clock stands still";
}

TEST(RunningLoop, InACallbackItIsTheSame) {
  const auto run = record([]() -> Task<void> {
    call_soon([] { run_coroutine_threadsafe(answer(7), get_running_loop()).result(); });
    co_await sleep(1s);
    log("never");
  });
  EXPECT_EQ(run.result.outcome, RunOutcome::hang);
  EXPECT_TRUE(run.log().empty());
  EXPECT_EQ(run.of(Kind::callback_end).size(), 0u);
}

TEST(RunningLoop, DebugModeCountsFromTheNextStepOn) {
  const auto run = record([]() -> Task<void> {
    auto loop = get_running_loop();
    loop.set_debug(true);
    loop.slow_callback_duration = 50ms;
    block_for(60ms);
    co_await sleep(0s);
    block_for(40ms);
    co_await sleep(0s);
    block_for(50ms);
  });
  ASSERT_EQ(run.of(Kind::diagnosed).size(), 1u) << "the step that switches it on is not measured";
  EXPECT_EQ(run.trace.text(run.of(Kind::diagnosed)[0].a), "main took 0.050 seconds");
}

}  // namespace
}  // namespace awaitscope::runtime
