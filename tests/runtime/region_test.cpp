// Regions: a begin and an end of the task that stands in the block, whatever ends the block.
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {

std::vector<std::string> regions(const testing::Recorded& run) {
  std::vector<std::string> out;
  for (const awaitscope::Event& e : story::all(run))
    if (e.kind == Kind::region_begin || e.kind == Kind::region_end)
      out.push_back(std::to_string(e.time / 1'000'000'000) + " " + story::who(run, e.task) + " " +
                    std::string(info(e.kind).name) + " " + std::string(run.trace.text(e.a)));
  return out;
}

Task<void> phased() {
  {
    Region phase("accepting");
    co_await sleep(1s);
  }
  Region outer("closing");
  Region inner("files");
  co_await sleep(10s);
}

TEST(Region, LastsToTheEndOfItsBlock) {
  const auto run = story::told([]() -> Task<void> {
    auto task = create_task(phased(), "a");
    co_await sleep(2s);
    task.cancel();
    co_await wait(task);
  });
  EXPECT_EQ(regions(run),
            (std::vector<std::string>{"0 a region_begin accepting", "1 a region_end accepting", "1 a region_begin closing",
                                      "1 a region_begin files", "2 a region_end files", "2 a region_end closing"}));
}

TEST(Region, NamesThePlaceOfItsBlock) {
  const auto run = story::told([]() -> Task<void> {
    Region phase("x");
    co_return;
  });
  for (const Kind kind : {Kind::region_begin, Kind::region_end})
    EXPECT_TRUE(run.trace.site(run.of(kind).at(0).where()).file.ends_with("tests/runtime/region_test.cpp"));
}

}  // namespace
}  // namespace awaitscope::runtime
