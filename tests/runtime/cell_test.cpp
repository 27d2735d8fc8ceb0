// What a shared cell tells: versions, and what each write rests on.
#include "tests/runtime/story.h"

#include "core/runtime/cell.h"
#include "core/runtime/service.h"

namespace awaitscope::runtime {
namespace {

/// "read 0", "write 1 from cell_read": what the cell told, in order.
testing::Lines cell_story(const testing::Recorded& run) {
  testing::Lines out;
  for (const awaitscope::Event& e : story::all(run)) {
    if (e.kind == Kind::cell_read) out.push_back("read " + std::to_string(e.b));
    if (e.kind == Kind::cell_write)
      out.push_back("write " + std::to_string(e.b) + (e.d ? " from " + std::string(info(run.trace[e.d].kind).name) : ""));
  }
  return out;
}

TEST(Cell, TellsVersionsAndWhatAWriteRestsOn) {
  int left = 0;
  const auto run = story::told([&]() -> Task<void> {
    Service api(ServiceOptions("api"));
    Cell<int> cell(5, "cell");
    auto seen = cell.read();
    cell.write(seen + 1);
    cell.write(cell.read() - 2);
    cell.write(10);
    auto got = co_await api.get("number");
    cell.write(got + cell.read().value);
    left = cell.read();
  });
  EXPECT_EQ(left, 11);
  EXPECT_EQ(cell_story(run), (testing::Lines{"read 0", "write 1 from cell_read", "read 1", "write 2 from cell_read", "write 3",
                                             "read 3", "write 4 from request_end", "read 4"}));
}

TEST(Cell, ReadingAndWritingDoNotSuspend) {
  const auto run = story::told([]() -> Task<void> {
    Cell<int> cell(0, "cell");
    for (int i = 0; i < 3; ++i) cell.write(cell.read() + 1);
    co_return;
  });
  EXPECT_EQ(run.of(Kind::step_begin).size(), 1u);
}

}  // namespace
}  // namespace awaitscope::runtime
