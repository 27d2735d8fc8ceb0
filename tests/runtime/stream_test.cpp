#include "core/runtime/stream.h"
#include "core/runtime/runtime.h"
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using namespace std::chrono_literals;
using story::of_resource;
using story::told;
using testing::Lines;

TEST(Stream, IsOpenUntilItIsClosed) {
  const auto run = told([]() -> Task<void> {
    Stream db("db", 500ms);
    EXPECT_TRUE(db.is_open());
    co_await db.aclose();
    EXPECT_FALSE(db.is_open());
    EXPECT_EQ(now(), Instant{500'000'000});
    co_await db.aclose();  // twice is harmless, and takes no time
    EXPECT_EQ(now(), Instant{500'000'000});
  });
  EXPECT_EQ(
      of_resource(run, "db", {Kind::resource_opened, Kind::resource_closed}),
      (Lines{"created connection 1", "main resource_opened", "main level 1 0", "main resource_closed", "main level 0 0"}));
}

TEST(Stream, InterruptedItStaysOpen) {
  const auto run = told([]() -> Task<void> {
    Stream db("db", 500ms);
    auto closing = create_task(db.aclose(), "closing");
    co_await sleep(100ms);
    closing.cancel();
    co_await gather_settled(closing);
    EXPECT_TRUE(db.is_open());
  });
  EXPECT_TRUE(run.of(Kind::resource_closed).empty());
}

TEST(Service, ASilentOneNeverAnswers) {
  const auto run = testing::record(
      []() -> Task<void> {
        Service peer(ServiceOptions("peer").silent());
        co_await peer.get("report");
      },
      {});
  EXPECT_EQ(run.result.outcome, RunOutcome::hang);
  EXPECT_EQ(run.of(Kind::request_begin).size(), 1u);
  EXPECT_TRUE(run.of(Kind::request_end).empty());
}

TEST(Service, ASilentOneCanBeGivenUpOn) {
  const auto run = told([]() -> Task<void> {
    Service peer(ServiceOptions("peer").silent());
    try {
      co_await with_timeout(2s, [&]() -> Task<void> { co_await peer.get("report"); });
    } catch (const TimeoutError&) {}
    EXPECT_EQ(peer.in_flight(), 0);
    EXPECT_EQ(now(), Instant{2'000'000'000});
  });
  ASSERT_EQ(run.of(Kind::request_end).size(), 1u);
  EXPECT_EQ(run.of(Kind::request_end)[0].as<RequestStatus>(), RequestStatus::cancelled);
}

}  // namespace
}  // namespace awaitscope::runtime
