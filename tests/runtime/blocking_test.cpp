// What blocks: a synchronous client and a plain read of a file, on the loop and in a worker's thread.
#include "core/runtime/blocking_client.h"
#include "core/runtime/file.h"
#include "tests/support/record.h"

namespace awaitscope::runtime {
namespace {
using testing::Lines;
using testing::record;

void get(BlockingClient http) { http.get(); }
void read(File file) { file.read(); }

TEST(BlockingClient, HoldsTheThreadThatAsks) {
  const auto run = record([]() -> Task<void> {
    BlockingClient http("requests.get", 2s);
    http.get();
    log("here");
    co_await to_thread(get, http);
    log("there");
  });
  EXPECT_EQ(run.log(), (Lines{"2.0 here", "4.0 there"}));
  ASSERT_EQ(run.of(Kind::block_begin).size(), 1u) << "on a worker it holds no loop";
  EXPECT_EQ(run.trace.text(run.of(Kind::block_begin)[0].a), "requests.get");
}

TEST(File, TakesTheDisksTimeAndAtLeastOneCall) {
  const auto run = record([]() -> Task<void> {
    const Disk disk(100ms, 1000);
    const File tiny(disk, "tiny", 10), big(disk, "big", 3000);
    tiny.read();
    log("tiny");
    big.read();
    log("big", big.size());
    const File far(Disk(100ms, 1000).latency(500ms), "far", 10);
    co_await to_thread(read, far);
    log(far.name());
  });
  EXPECT_EQ(run.log(), (Lines{"0.1 tiny", "3.1 big 3000", "3.7 far"}));
  EXPECT_EQ(run.trace.text(run.of(Kind::block_begin)[1].a), "read big");
}

}  // namespace
}  // namespace awaitscope::runtime
