#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(L16, Ask) {
  EXPECT_EQ(answer(lesson("L16").ask), 'C');
  const Ran bad = run("L16", "bad");
  EXPECT_EQ(bad.last(), "got late");
  EXPECT_DOUBLE_EQ(bad.seconds(), 4.0);
  const Ran fixed = run("L16", "fixed");
  EXPECT_EQ(fixed.last(), "timed out");
  EXPECT_DOUBLE_EQ(fixed.seconds(), 1.2);
  EXPECT_EQ(fixed.logged("cleaning up").size(), 1u);
}

}  // namespace
}  // namespace awaitscope
