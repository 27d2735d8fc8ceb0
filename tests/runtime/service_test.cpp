// What a simulated service does besides answering, and what a circuit breaker remembers.
#include "core/runtime/circuit.h"
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

TEST(Service, ARetrySaysItsNumber) {
  const auto run = record([]() -> Task<void> {
    Service api(ServiceOptions("api").latency(0s));
    co_await api.get("job");
    co_await api.attempt(2).get("job");
    co_await api.attempt(300).get("job");
    co_await api.get("job");
  });
  std::vector<int> attempts;
  for (const auto& request : run.of(Kind::request_begin)) attempts.push_back(request.c);
  EXPECT_EQ(attempts, (std::vector<int>{1, 2, 255, 1}));
}

TEST(Service, AWrongRequestIsAnsweredAtOnce) {
  const auto run = record([]() -> Task<void> {
    Service api(ServiceOptions("api").invalid("nonsense"));
    try {
      co_await api.get("nonsense");
    } catch (const std::invalid_argument& error) { log(error.what()); }
    co_await api.get("sense");
    log("answered");
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 there is no nonsense", "1.0 answered"}));
  EXPECT_EQ(run.of(Kind::request_end).at(0).as<RequestStatus>(), RequestStatus::invalid);
}

TEST(Service, WhileItIsSilentNobodyIsAnswered) {
  const auto run = record([]() -> Task<void> {
    Service api(ServiceOptions("api").silent(1s, 3s));
    co_await api.get("job");
    log("before");
    const auto answered = co_await move_on_after(10s, [&]() -> Task<void> { co_await api.get("job"); });
    log(answered ? "answered" : "no answer");
    co_await api.get("job");
    log("after");
  });
  EXPECT_EQ(run.log(), (Lines{"1.0 before", "11.0 no answer", "12.0 after"}));
}

TEST(Service, AJitteredWaitIsDrawnFromTheRunsGenerator) {
  const auto run = record([]() -> Task<void> {
    const Duration first = random_up_to(1s), second = random_up_to(1s), none = random_up_to(0s);
    log("drawn", first.count(), second.count(), none.count());
    co_return;
  });
  EXPECT_EQ(run.log(), Lines{"0.0 drawn 702921833 520436619 0"});
}

TEST(Circuit, OpensAfterFailuresInARowAndClosesAfterASuccess) {
  const auto run = record([]() -> Task<void> {
    Circuit breaker("breaker");
    const auto state = [&] { return breaker.closed() ? "closed" : breaker.open() ? "open" : "half open"; };
    breaker.failed(2);
    breaker.succeeded();
    breaker.failed(2);
    log("forgotten:", state());
    breaker.failed(2);
    co_await sleep(3s);
    log(state(), breaker.age().count() / 1'000'000'000);
    breaker.try_again();
    log(state(), breaker.age().count());
    breaker.enter();
    breaker.enter();
    breaker.failed(2);
    log("after a probe:", state());
    breaker.try_again();
    breaker.enter();
    breaker.succeeded();
    log("at last:", state());
  });
  EXPECT_EQ(run.log(), (Lines{"0.0 forgotten: closed", "3.0 open 3", "3.0 half open 0", "3.0 after a probe: open",
                              "3.0 at last: closed"}));
  std::string states, probes;
  for (const auto& level : run.of(Kind::level)) states += std::to_string(level.b), probes += std::to_string(level.d);
  EXPECT_EQ(states,
            "00002111211"
            "0");
  EXPECT_EQ(probes,
            "00000012001"
            "0");
}

}  // namespace
}  // namespace awaitscope::runtime
