#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

TEST(X08, Ask) {
  EXPECT_EQ(answer(lesson("X08").ask), 'B');
  const Ran trio = run("X08", lesson("X08").ask.run);
  EXPECT_EQ(trio.times("piece"), (std::vector<double>{1.0, 1.0, 1.0}));
  int delivered = 0;
  for (Seq seq = 1; seq <= trio.trace.size(); ++seq)
    delivered += trio.trace[seq].kind == Kind::cancel_delivered && trio.trace[seq].who() == trio.task("worker")->id;
  EXPECT_EQ(delivered, 3) << "at every checkpoint until it leaves";
  EXPECT_EQ(trio.count(Kind::cancel_requested), 1);
  EXPECT_DOUBLE_EQ(trio.seconds(), 1.0);
  EXPECT_TRUE(trio.logged("piece 2 done").empty());
}
TEST(X08, AsyncioGoesOn) {
  const Ran bad = run("X08", "bad");
  EXPECT_EQ(bad.count(Kind::cancel_delivered), 1);
  EXPECT_EQ(bad.times("piece 1 cancelled"), std::vector<double>{1.0});
  EXPECT_EQ(bad.times("piece 2 done"), std::vector<double>{3.0});
  EXPECT_EQ(bad.times("piece 3 done"), std::vector<double>{5.0});
  EXPECT_EQ(bad.times("left"), std::vector<double>{5.0});
}
TEST(X08, D9) {
  const Ran group = run("X08", lesson("X08").false_claims[0].run);
  EXPECT_EQ(group.task("fails")->outcome, Outcome::raised);
  EXPECT_EQ(group.task("sibling")->outcome, Outcome::cancelled);
  EXPECT_EQ(group.times("the sibling is gone"), std::vector<double>{1.5});
  EXPECT_EQ(group.times("left"), std::vector<double>{1.5}) << "not before the last child has ended";
}

}  // namespace
}  // namespace awaitscope
