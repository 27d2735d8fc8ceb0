#include "core/findings/block.h"

#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const char* const story = R"(# scenario orders
# clock steady
# parameter url="a\x1b[31mb"
# runtime CPython 3.12
0 run_begin
0 task_created task=1 name=main
0 task_created task=2 parent=1 name="``` \U0000202e"
1 step_begin task=2
1 block_begin task=2 what="json.loads" length=200ms at=parse.py:3
1.2 block_end task=2
1.2 step_end task=2 waits=sleep at=parse.py:4
2 run_end how=ok
)";

TEST(FindingBlock, SaysWhatWhereWhenByWhichVersionAndEscapesAll) {
  const Judged judged = judge("blocking-call", story);
  ASSERT_EQ(judged.findings.size(), 1u);
  const std::string block = finding_block({judged.trace, judged.history, {}}, judged.findings.front());
  EXPECT_EQ(block.substr(0, 23), "warning: blocking-call ") << block;
  for (const char* line : {"\n  at        parse.py:3\n", "\n  time      1.000000000 s to 1.200000000 s (200 ms)\n",
                           "\n  task      main/``` \\u202e[0]\n", "block_begin task=2 ",
                           "\n  run       orders, steady clock, schedule fifo:1, url=a\\x1b[31mb\n",
                           "\n  recorded  by CPython 3.12\n", "\n  judged    by awaitscope 0.1.0\n"})
    EXPECT_NE(block.find(line), std::string::npos) << line << "\nin\n" << block;
  for (const char c : block) EXPECT_TRUE(c == '\n' || (c >= 32 && c < 127)) << block;
}

TEST(FindingBlock, KeepsLongListsShort) {
  const Judged judged = judge("blocking-call", story);
  Finding finding = judged.findings.front();
  finding.tasks.assign(1000, TaskId{2});
  finding.evidence.assign(1000, 999'999);
  const std::string block = finding_block({judged.trace, judged.history, {}}, finding);
  EXPECT_LT(std::count(block.begin(), block.end(), '\n'), 40);
  EXPECT_NE(block.find("and 992 more"), std::string::npos);
}

}  // namespace
}  // namespace awaitscope
