// Findings tested by re-runs: what helps is supported, what does not is withdrawn.
#include "core/explore/prove.h"

#include <gtest/gtest.h>

#include "core/runtime/runtime.h"
#include "core/runtime/stream.h"
#include "core/trace/text.h"

namespace awaitscope {
namespace {
using namespace runtime;
using namespace std::chrono_literals;

Subject subject(Main main) {
  Subject out;
  out.main = std::move(main);
  return out;
}

std::vector<Lint> rules(std::initializer_list<std::string_view> ids) {
  std::vector<Lint> out;
  for (const Lint& lint : all_lints())
    if (std::find(ids.begin(), ids.end(), lint.id) != ids.end()) out.push_back(lint);
  EXPECT_EQ(out.size(), ids.size());
  return out;
}

/// "1 supported slow-step: loop held there 2000 0" in ms or as a number, one finding a line.
std::vector<std::string> told(const Proving& proving) {
  std::vector<std::string> out;
  for (const Proof& p : proving.proofs) {
    std::string line = std::to_string(p.number) + " " + std::string(name(p.verdict)) + " " + p.finding.rule;
    if (!p.measures.empty()) {
      const BeforeAfter& m = p.measures.front();
      const std::int64_t unit = m.time ? 1'000'000 : 1;
      line += ": " + m.what + " " + std::to_string(m.before / unit) + " " + std::to_string(m.after / unit);
    }
    out.push_back(line);
  }
  return out;
}
using Lines = std::vector<std::string>;

Proving proving(Main main, const std::vector<Lint>& lints, std::optional<std::size_t> only = {}) {
  const auto out = prove(subject(std::move(main)), {}, lints, only);
  EXPECT_TRUE(out) << out.error();
  return *out;
}

// ------------------------------------------------------------------------------------------------ blocking

Task<void> beats() {
  for (int n = 0; n < 5; ++n) co_await sleep(500ms);
}

Task<void> blocks_and_sleeps() {
  auto heart = create_task(beats(), "heart");
  co_await sleep(100ms);
  block_for(2s);
  co_await sleep(3s);
  co_await heart;
}

TEST(Prove, ABlockingCallIsMovedToAWorker) {
  const Proving got = proving(blocks_and_sleeps, rules({"blocking-call", "slow-step"}));
  EXPECT_EQ(told(got),
            (Lines{"1 supported slow-step: loop held there 2000 0", "2 supported blocking-call: loop held there 2000 0"}));
  EXPECT_EQ(got.runs, 2u) << "both ask for the same change";
  EXPECT_EQ(got.proofs[0].measures[1], (BeforeAfter{"time", true, 5'100'000'000, 5'100'000'000}));
}

/// A rule that takes the longest sleep for a blocking call.
std::vector<Finding> blames_the_sleep(const Run& run) {
  const Span* longest = nullptr;
  for (const Lane& lane : run.history.lanes)
    for (const Span& span : lane.spans)
      if (span.wait == Wait::sleep && (!longest || span.end - span.begin > longest->end - longest->begin)) longest = &span;
  if (!longest) return {};
  Finding f;
  f.site = run.trace.site(longest->site);
  f.sentence = "a blocking call holds the loop";
  f.begin = longest->begin;
  f.end = longest->end;
  f.evidence = {longest->first};
  return {f};
}

TEST(Prove, AFindingThatBlamesTheWrongLineIsWithdrawn) {
  Lint wrong = rules({"blocking-call"})[0];
  wrong.check = blames_the_sleep;
  const Proving got = proving(blocks_and_sleeps, {wrong});
  EXPECT_EQ(told(got), Lines{"1 withdrawn blocking-call: loop held there 0 0"});
  EXPECT_TRUE(got.any_withdrawn());
  EXPECT_EQ(got.proofs[0].why, "the change made nothing better; loop held there: 0 ns before, 0 ns after");
}

/// A rule that sees more than there is: it says of every run that the loop is blocked, where it really is.
std::vector<Finding> never_content(const Run& run) {
  auto out = rules({"blocking-call"})[0].check(run);
  if (!out.empty()) return out;
  Finding f;
  f.site = {"tests/explore/prove_test.cpp", 1};
  for (const awaitscope::Event& e : run.events({Kind::job_submitted})) f.site = run.trace.site(e.where());
  return {f};
}

TEST(Prove, LessIsNotEnoughWhereTheFindingStays) {
  Lint wrong = rules({"blocking-call"})[0];
  wrong.check = never_content;
  const Proving got = proving(blocks_and_sleeps, {wrong});
  EXPECT_EQ(told(got), Lines{"1 withdrawn blocking-call: loop held there 2000 0"});
  EXPECT_NE(got.proofs[0].why.find("still there"), std::string::npos);
}

// ------------------------------------------------------------------------------------------------ which, and how many

Task<void> three_blocks() {
  auto heart = create_task(beats(), "heart");
  block_for(100ms);
  co_await sleep(0s);
  block_for(200ms);
  co_await sleep(0s);
  block_for(300ms);
  co_await heart;
}

TEST(Prove, ThreeRunsAtMost) {
  const Proving got = proving(three_blocks, rules({"blocking-call"}));
  EXPECT_EQ(told(got), (Lines{"1 supported blocking-call: loop held there 100 0",
                              "2 supported blocking-call: loop held there 200 0", "3 not tried blocking-call"}));
  EXPECT_EQ(got.runs, most_runs);
  EXPECT_EQ(got.proofs[2].why, "no run was left for it: 3 at most; --finding 3 tries it alone");
  EXPECT_EQ(told(proving(three_blocks, rules({"blocking-call"}), 3)),
            Lines{"3 supported blocking-call: loop held there 300 0"});
}

TEST(Prove, AFindingThatThereIsNot) {
  const Subject one = subject(three_blocks);
  EXPECT_EQ(prove(one, {}, rules({"blocking-call"}), 4).error(), "there is no finding 4; the run has 3 findings");
  EXPECT_EQ(prove(one, {}, rules({"never-awaited"}), 1).error(), "there is no finding 1; the run has none");
  EXPECT_TRUE(prove(one, {}, rules({"never-awaited"}))->proofs.empty());
}

TEST(Prove, NothingToChangeIsSaid) {
  const Proving got = proving(
      []() -> Task<void> {
        Lock lock("lock");
        co_await lock.acquire();
        co_await lock.acquire();
      },
      rules({"self-deadlock"}));
  EXPECT_EQ(told(got), Lines{"1 no intervention self-deadlock"});
  EXPECT_EQ(got.runs, 1u);
}

TEST(Prove, AChangedRunSaysSoAndAPlainOneIsAsEver) {
  const Subject one = subject(three_blocks);
  const auto change = [](RunOptions& options) { options.intervention.emplace(); };
  const Trace plain = record(one, {}), changed = record(one, {}, change);
  EXPECT_TRUE(plain.info.parameters.empty());
  ASSERT_EQ(changed.info.parameters.size(), 1u);
  EXPECT_EQ(changed.info.parameters[0],
            (std::pair<std::string, std::string>{"intervention", "every blocking call on a worker"}));
  EXPECT_EQ(to_text(changed), to_text(record(one, {}, change))) << "and it is as deterministic as a plain one";
}

// ------------------------------------------------------------------------------------------------ the other changes

Task<void> crowd() {
  Service api(ServiceOptions("api").capacity(3));
  std::vector<Task<Value<int>>> asking;
  for (int n = 0; n < 12; ++n) asking.push_back(api.get("page"));
  co_await gather_settled(std::move(asking));
}

TEST(Prove, ALimiterSparesTheServiceItsRefusals) {
  const Proving got = proving(crowd, rules({"unbounded-concurrency"}));
  EXPECT_EQ(told(got), Lines{"1 supported unbounded-concurrency: requests refused 9 0"});
  EXPECT_EQ(got.proofs[0].measures[1], (BeforeAfter{"time", true, 1'000'000'000, 4'000'000'000})) << "and says what that costs";
}

TEST(Prove, ADeadlineEndsAWaitWithoutEnd) {
  const Proving got = proving(
      []() -> Task<void> {
        Service peer(ServiceOptions("peer").silent());
        auto heart = create_task(beats(), "heart");
        co_await peer.get("report");
      },
      rules({"missing-timeout"}));
  EXPECT_EQ(told(got), Lines{"1 supported missing-timeout: the longest wait for peer 2500 1000"});
  EXPECT_EQ(got.how, RunOutcome::hang);
  EXPECT_EQ(got.proofs[0].how, RunOutcome::raised) << "nobody handles the TimeoutError";
}

TEST(Prove, WhatMightHappenIsNotDecidedByARunInWhichItDidNot) {
  const auto program = []() -> Task<void> {
    Service api(ServiceOptions("api"));
    co_await api.get("page");
  };
  EXPECT_TRUE(proving(program, rules({"missing-timeout"})).proofs.empty()) << "an info is not tried unless it is asked for";
  const Proving got = proving(program, rules({"missing-timeout"}), 1);
  EXPECT_EQ(told(got), Lines{"1 undecided missing-timeout: the longest wait for api 1000 1000"});
  EXPECT_FALSE(got.any_withdrawn());
}

Task<void> stubborn(int times) {
  for (;;) try {
      co_await sleep(10s);
      co_return;
    } catch (const CancelledError&) {
      if (--times == 0) throw;
    }
}

Task<void> under_a_timeout(int times) {
  auto task = create_task(stubborn(times), "stubborn");
  try {
    co_await with_timeout(1s, [&]() -> Task<void> { co_await task; });
  } catch (const TimeoutError&) {}
}

TEST(Prove, ASwallowedCancelIsAskedForAgain) {
  EXPECT_EQ(told(proving([] { return under_a_timeout(2); }, rules({"cancel-swallowed"}))),
            Lines{"1 supported cancel-swallowed: from the cancel to the end of stubborn 10000 0"});
}

TEST(Prove, WhoSwallowsEachIsNotAcquitted) {
  const Proving got = proving([] { return under_a_timeout(1000); }, rules({"cancel-swallowed"}));
  EXPECT_EQ(told(got), Lines{"1 undecided cancel-swallowed: from the cancel to the end of stubborn 10000 10000"});
  EXPECT_EQ(got.proofs[0].why, "asked again 10 times, and the cancel was lost each time: the re-run decides nothing");
}

Task<void> puts(Queue<int>* queue) {
  for (int n = 0; n < 40; ++n) co_await queue->put(n);
}
Task<void> gets(Queue<int>* queue) {
  for (int n = 0; n < 40; ++n) {
    co_await queue->get();
    co_await sleep(100ms);
  }
}

TEST(Prove, AQueueGetsALimit) {
  const auto program = []() -> Task<void> {
    Queue<int> queue(0, "queue");
    co_await gather(gets(&queue), puts(&queue));
  };
  EXPECT_EQ(told(proving(program, rules({"queue-growth"}))), Lines{"1 supported queue-growth: items in queue 40 10"});
}

TEST(Prove, AChangeThatHangsTheRunDecidesNothing) {
  const auto program = []() -> Task<void> {
    Queue<int> queue(0, "queue");
    auto first = create_task(gets(&queue), "first");
    co_await sleep(0s);
    co_await puts(&queue);
    co_await puts(&queue);  // with a limit nobody takes these
    co_await first;
  };
  EXPECT_EQ(told(proving(program, rules({"queue-growth"}))), Lines{"1 undecided queue-growth: items in queue 80 20"});
}

Task<void> in_a_row() {
  Service api(ServiceOptions("api"));
  co_await api.get("user", 1s);
  co_await api.get("posts", 2s);
}

TEST(Prove, RequestsInARowAreEstimatedAndNothingIsClaimed) {
  const Proving got = proving(in_a_row, rules({"sequential-awaits"}));
  EXPECT_EQ(told(got), Lines{"1 estimate sequential-awaits"});
  EXPECT_EQ(
      got.proofs[0].why,
      "computed on the trace, not run: 2 requests on the critical path of task main take 3.0 s one after another; started "
      "together they take 2.0 s, the longest alone");
  EXPECT_EQ(got.runs, 1u);
}

}  // namespace
}  // namespace awaitscope
