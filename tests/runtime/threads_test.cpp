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
