// to_thread and run_in_executor (rules X): simulated workers in virtual time, real threads on the steady clock.
#include <thread>

#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

int slow(int ms, std::string name) {
  log(name + " begins");
  block_for(std::chrono::milliseconds(ms));
  log(name + " ends");
  return ms;
}
std::string where() {
  try {
    Loop::running();
    return "on the loop";
  } catch (const RuntimeError& error) { return error.what(); }
}
int fails(int) { throw ServiceError("in a thread"); }

class Threads : public ::testing::TestWithParam<bool> {
 protected:
  RunOptions options() const {
    RunOptions out;
    out.steady = GetParam();
    return out;
  }
};

TEST_P(Threads, ResultsErrorsAndLinesComeBack) {
  const auto run = record(
      []() -> Task<void> {
        const int n = co_await to_thread(slow, 3, std::string("a"));
        log("got", n);
        try {
          co_await to_thread(fails, 1);
        } catch (const ServiceError& error) { log(error.what()); }
        auto future = run_in_executor(where);
        const std::string text = co_await future;
        log(text);
      },
      options());
  std::vector<std::string> texts;
  for (const std::string& line : run.log()) texts.push_back(line.substr(line.find(' ') + 1));
  EXPECT_EQ(texts, (Lines{"a begins", "a ends", "got 3", "in a thread", "no running event loop"}))
      << "no loop runs on a worker's thread, and what it logs is the loop's to record";
  EXPECT_EQ(run.of(Kind::job_submitted).size(), 3u);
  EXPECT_EQ(run.of(Kind::job_started).size(), 3u);
  ASSERT_EQ(run.of(Kind::job_ended).size(), 3u);
  EXPECT_EQ(run.of(Kind::job_ended)[1].as<Outcome>(), Outcome::raised);
}

TEST_P(Threads, TheRunWaitsForACallThatNobodyWaitsFor) {
  const auto run = record(
      []() -> Task<void> {
        auto task = create_task(to_thread(slow, 20, std::string("a")));
        co_await sleep(5ms);
        task.cancel();
        co_await wait(task);
        log(task.cancelled() ? "cancelled" : "not cancelled");
      },
      options());
  std::vector<std::string> texts;
  for (const std::string& line : run.log()) texts.push_back(line.substr(line.find(' ') + 1));
  EXPECT_EQ(texts.back(), "a ends");
  EXPECT_EQ(run.of(Kind::job_ended).size(), 1u) << "rule X4: a thread runs to its end";
}

TEST_P(Threads, OnlySoManyAtOnce) {
  RunOptions two = options();
  two.workers = 2;
  const auto run = record(
      []() -> Task<void> {
        std::vector<Task<int>> calls;
        for (int i = 0; i < 6; ++i) calls.push_back(to_thread(slow, 2, std::to_string(i)));
        co_await gather(std::move(calls));
      },
      two);
  int busy = 0, most = 0;
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) {
    busy += run.trace[seq].kind == Kind::job_started;
    busy -= run.trace[seq].kind == Kind::job_ended;
    most = std::max(most, busy);
  }
  EXPECT_EQ(most, 2) << "rule X3";
}

INSTANTIATE_TEST_SUITE_P(Clocks, Threads, ::testing::Bool(),
                         [](const auto& p) { return std::string(p.param ? "Steady" : "Virtual"); });

int computes(int ms) {
  compute_for(std::chrono::milliseconds(ms));
  log("computed", ms);
  return ms;
}
Task<void> side_by_side(std::vector<int> jobs) {
  std::vector<Task<int>> calls;
  for (const int ms : jobs) calls.push_back(to_thread(computes, ms));
  co_await gather(std::move(calls));
  log("all");
}
RunOptions locked(double contention = 0) {
  RunOptions out;
  out.threads.interpreter_lock = true;
  out.threads.switch_interval = 100ms;
  out.threads.contention = contention;
  return out;
}

TEST(InterpreterLock, OnlyOneComputesAtATime) {
  const auto run = record([] { return side_by_side({300, 300}); }, locked());
  EXPECT_EQ(run.log(), (Lines{"0.5 computed 300", "0.6 computed 300", "0.6 all"}));
  EXPECT_EQ(run.of(Kind::job_paused).size(), 5u) << "the second at once, and then each of four turns";
  EXPECT_EQ(run.of(Kind::job_resumed).size(), 5u);
}

TEST(InterpreterLock, WhoComesLaterGetsTheLockAfterOneInterval) {
  const auto run = record(
      []() -> Task<void> {
        auto first = create_task(to_thread(computes, 1000), "first");
        co_await sleep(200ms);
        co_await to_thread(computes, 100);
        log("small");
        co_await first;
      },
      locked());
  // 0.2 + an interval of waiting + its own work.
  EXPECT_EQ(run.log(), (Lines{"0.4 computed 100", "0.4 small", "1.1 computed 1000"}));
}

TEST(InterpreterLock, ContentionMakesTheWorkDearerOnlyWhileAnotherWaits) {
  EXPECT_EQ(record(
                [] {
                  return side_by_side({200, 200});
                },
                locked(1))
                .log(),
            (Lines{"0.6 computed 200", "0.7 computed 200", "0.7 all"}));
  EXPECT_EQ(record([] { return side_by_side({200}); }, locked(1)).log(), (Lines{"0.2 computed 200", "0.2 all"}));
}

int waits_and_computes(int ms) {
  block_for(std::chrono::milliseconds(ms));
  compute_for(std::chrono::milliseconds(ms));
  compute_for(std::chrono::milliseconds(ms));
  return ms;
}

TEST(InterpreterLock, WaitingNeedsNoLock) {
  const auto run = record(
      []() -> Task<void> {
        std::vector<Task<int>> calls;
        for (int i = 0; i < 3; ++i) calls.push_back(to_thread(waits_and_computes, 100));
        co_await gather(std::move(calls));
        log("all");
      },
      locked());
  EXPECT_EQ(run.log(), Lines{"0.7 all"}) << "0.1 s together, then three times 0.2 s in turn";
}

TEST(InterpreterLock, ProcessesHaveOneEach) {
  const auto run = record(
      []() -> Task<void> {
        const Executor pool(Executor::Of::processes, 2);
        std::vector<Future<int>> calls;
        for (int i = 0; i < 3; ++i) calls.push_back(run_in_executor(pool, computes, 300));
        co_await gather(std::move(calls));
        log("all");
      },
      locked());
  EXPECT_EQ(run.log(), (Lines{"0.3 computed 300", "0.3 computed 300", "0.6 computed 300", "0.6 all"}));
  EXPECT_EQ(run.of(Kind::job_paused).size(), 0u);
}

TEST(InterpreterLock, TheSteadyClockHasItToo) {
  RunOptions options = locked();
  options.steady = true;
  options.threads.switch_interval = 5ms;
  const auto run = record([] { return side_by_side({20, 20}); }, options);
  EXPECT_GE(run.trace.end().ns, 40'000'000);
}

TEST(Executors, EachHasWorkersAndALineOfItsOwn) {
  const auto run = record([]() -> Task<void> {
    const Executor pool(Executor::Of::threads, 1);
    auto a = run_in_executor(pool, slow, 100, std::string("a"));
    auto b = run_in_executor(pool, slow, 100, std::string("b"));
    co_await to_thread(slow, 200, std::string("c"));
    co_await gather(a, b);
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 a begins", "0.0 c begins", "0.1 a ends", "0.1 b begins", "0.2 c ends", "0.2 b ends"}));
  std::vector<std::uint32_t> workers;
  for (const awaitscope::Event& e : run.of(Kind::job_started)) workers.push_back(e.b);
  EXPECT_EQ(workers, (std::vector<std::uint32_t>{1, 2, 1})) << "worker 1 is the pool's, 2 the first of to_thread's";
}

TEST(Executors, AHopIsPaidBeforeACallBegins) {
  RunOptions options;
  options.workers = 1;
  options.threads.hop = 100ms;
  const auto run = record(
      []() -> Task<void> {
        co_await to_thread(slow, 100, std::string("a"));
        auto b = create_task(to_thread(slow, 100, std::string("b")));
        co_await to_thread(slow, 100, std::string("c"));
        co_await b;
      },
      options);
  // The way of one overlaps with the work of another.
  EXPECT_EQ(run.log(), (Lines{"0.1 a begins", "0.2 a ends", "0.3 c begins", "0.4 c ends", "0.4 b begins", "0.5 b ends"}));
}

TEST(Threads, ALoopMayRunOnAWorker) {
  const auto run = record([]() -> Task<void> {
    const int inner = co_await to_thread([] {
      int result = 0;
      runtime::run([&]() -> Task<void> {
        co_await sleep(1s);
        result = 7;
      });
      return result;
    });
    log("inner", inner);
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 inner 7"})) << "asyncio.run in a thread is no nested run";
}

}  // namespace
}  // namespace awaitscope::runtime
