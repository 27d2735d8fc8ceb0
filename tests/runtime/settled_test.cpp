// Outcomes and responses that a program holds as values, and what a trace tells of their use.
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using testing::record;

Task<int> number(int n) {
  co_await sleep(1s);
  co_return n;
}
Task<int> boom() {
  co_await sleep(1s);
  throw ServiceError("no");
}
/// One that returns, one that fails, one that was cancelled.
Task<std::vector<Settled<int>>> three() {
  std::vector<TaskHandle<int>> tasks;
  tasks.push_back(create_task(number(7)));
  tasks.push_back(create_task(boom()));
  tasks.push_back(create_task(number(9)));
  co_await sleep(500ms);
  tasks[2].cancel();
  co_return co_await gather_settled(tasks);
}
/// "dropped of 3", in order.
std::vector<std::string> uses(const testing::Recorded& run) {
  std::vector<std::string> out;
  for (const auto& e : run.of(Kind::outcome_used))
    out.push_back(std::string(enum_name(Field::outcome_use, e.c)) + " of " + std::to_string(e.a ? e.a : e.b));
  return out;
}
using Uses = std::vector<std::string>;

TEST(Settled, ACancelledOneIsNoException) {
  const auto run = record([]() -> Task<void> {
    const auto results = co_await three();
    EXPECT_FALSE(results[0].is_exception());
    EXPECT_TRUE(results[1].is_exception());
    EXPECT_FALSE(results[2].is_exception());
    EXPECT_TRUE(results[2].cancelled());
    EXPECT_FALSE(results[2].ok());
  });
  EXPECT_EQ(uses(run),
            (Uses{"is_exception of 2", "is_exception of 3", "is_exception of 4", "is_cancelled of 4", "is_ok of 4"}));
  EXPECT_GT(run.trace.site(run.of(Kind::outcome_used)[0].where()).line, 0u);
}

TEST(Settled, WhoAsksNothingElseThanOkLeavesNoTrace) {
  const auto run = record([]() -> Task<void> {
    const auto results = co_await three();
    int failed = 0;
    for (const auto& one : results)
      if (!one.ok()) failed += !describe(one.error).empty();
    EXPECT_EQ(failed, 2);
  });
  EXPECT_EQ(uses(run), Uses{});
}

TEST(Settled, AFilterLeavesOutErrorsThatNobodyHasSeen) {
  const auto run = record([]() -> Task<void> {
    const auto results = co_await three();
    EXPECT_EQ(without_exceptions(results).size(), 2u) << "the result and the cancelled one";
  });
  EXPECT_EQ(uses(run), (Uses{"is_exception of 2", "is_exception of 3", "dropped of 3", "is_exception of 4"}));
  const auto seen = record([]() -> Task<void> {
    const auto results = co_await three();
    const auto copy = results;
    EXPECT_EQ(describe(copy[1].error), "ServiceError: no");
    without_exceptions(results);
  });
  EXPECT_EQ(uses(seen), (Uses{"is_exception of 2", "error of 3", "is_exception of 3", "is_exception of 4"}));
}

TEST(Response, IsAPageWhateverItsStatus) {
  const auto run = record([]() -> Task<void> {
    Service api(ServiceOptions("api").fails([](int n) { return n == 2; }));
    const auto good = co_await ask(api, "page");
    EXPECT_EQ(good.status(), 200);
    EXPECT_EQ(good.body(), "page");
    const auto bad = co_await ask(api, "page");
    EXPECT_EQ(bad.body(), "<h1>503 Service Unavailable</h1>");
    EXPECT_EQ(bad.status(), 503);
    good.raise_for_status();
    EXPECT_THROW(bad.raise_for_status(), ServiceError);
    EXPECT_DOUBLE_EQ(loop_time(), 2.0);
  });
  EXPECT_EQ(uses(run), (Uses{"body of 2", "status of 2", "status of 2"})) << "only of the one that failed";
  const auto begun = run.of(Kind::request_begin);
  ASSERT_EQ(begun.size(), 2u);
  EXPECT_EQ(run.trace.site(begun[0].where()).file, "tests/runtime/settled_test.cpp");
}

}  // namespace
}  // namespace awaitscope::runtime
