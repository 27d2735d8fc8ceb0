#include "tests/scenarios/claims.h"

namespace awaitscope {
namespace {

/// The names of the connections that were closed.
std::set<std::string> closed(const Ran& ran) {
  std::set<std::string> out;
  for (Seq seq = 1; seq <= ran.trace.size(); ++seq)
    if (const Event e = ran.trace[seq]; e.kind == Kind::resource_closed)
      out.insert(std::string(ran.trace.text(ran.history.model.resource(ResourceId{e.a})->name.value)));
  return out;
}

TEST(L17, Ask) {
  EXPECT_EQ(answer(lesson("L17").ask), 'B');
  EXPECT_EQ(closed(run("L17", "bad")), std::set<std::string>{"cancel"});
  EXPECT_EQ(closed(run("L17", "fixed")), (std::set<std::string>{"ok", "error", "cancel"}));
}
TEST(L17, Twist1) {
  EXPECT_EQ(answer(lesson("L17").twists[0]), 'A');
  const Ran cut = run("L17", lesson("L17").twists[0].run);
  EXPECT_TRUE(closed(cut).empty());
  EXPECT_EQ(cut.times("the job is over"), std::vector<double>{1.2});
  ASSERT_EQ(cut.sentences("cleanup-interrupted").size(), 1u);
  EXPECT_NE(cut.sentences("cleanup-interrupted")[0].find("conn stayed open"), std::string::npos);
  const Ran shielded = run("L17", "fixed.shield");
  EXPECT_EQ(closed(shielded), std::set<std::string>{"conn"});
  EXPECT_EQ(shielded.times("closed"), std::vector<double>{1.5});
  EXPECT_EQ(shielded.task("job")->outcome, Outcome::cancelled);
}
TEST(L17, AShortCleanUpIsNotCutOff) {
  const Ran brief = run("L17", "bad.twice", {{"closing", "100ms"}});
  EXPECT_EQ(closed(brief), std::set<std::string>{"conn"});
  EXPECT_TRUE(brief.findings().empty());
}
TEST(L17, Twist2) {
  EXPECT_EQ(answer(lesson("L17").twists[1]), 'C');
  const Ran early = run("L17", lesson("L17").twists[1].run);
  EXPECT_TRUE(early.logged("working").empty());
  EXPECT_TRUE(early.logged("closed").empty());
  EXPECT_EQ(early.task("job")->outcome, Outcome::cancelled);
  EXPECT_TRUE(closed(early).empty());
}
TEST(L17, D13) {
  const Ran ran = run("L17", lesson("L17").false_claims[0].run);
  EXPECT_EQ(ran.task("ok")->outcome, Outcome::returned);
  EXPECT_EQ(ran.task("error")->outcome, Outcome::raised);
  EXPECT_EQ(ran.count(Kind::resource_opened), 3);
  EXPECT_EQ(ran.count(Kind::resource_closed), 1);
}

}  // namespace
}  // namespace awaitscope
