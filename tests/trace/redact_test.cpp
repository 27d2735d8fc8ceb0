#include "core/trace/redact.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"

namespace awaitscope {
namespace {

const char* const story = R"(# scenario billing
# variant nightly
# parameter customer="Ada"
# schedule fifo:1
# clock steady
# runtime CPython 3.12.1 asyncio
0 run_begin
0 task_created task=1 name="bill Ada" at=/home/bob/billing/main.py:12
0 resource_created resource=1 capacity=2 type=pool name="customers-db"
1 step_begin task=1
1 coro_begin task=1 frame=1 function="charge_card" at=/home/bob/billing/card.py:7
1 log task=1 text="charging Ada"
1 cancel_requested task=1 by=1 why=call message="charging Ada"
2 task_done task=1 error="bill Ada" how=raised
)";

TEST(Redact, ReplacesNamesMessagesAndPathsAndKeepsStructure) {
  EXPECT_EQ(to_text(redacted(*read_text(story), false)), R"(# scenario program-1
# variant variant-2
# parameter parameter-3="value-4"
# schedule fifo:1
# clock steady
# runtime CPython 3.12.1 asyncio
1 0.000000000 run_begin
2 0.000000000 task_created task=1 name="task-5" at=file-1.py:12
3 0.000000000 resource_created resource=1 capacity=2 type=pool name="resource-6"
4 1.000000000 step_begin task=1
5 1.000000000 coro_begin task=1 frame=1 function="function-7" at=file-2.py:7
6 1.000000000 log task=1 text="text-8"
7 1.000000000 cancel_requested task=1 by=1 why=call message="text-8"
8 2.000000000 task_done task=1 error="task-5" how=raised
)") << "equal texts are equal placeholders";
}

TEST(Redact, KeepsAKnownHeader) {
  const Trace trace = redacted(*read_text(story), true);
  EXPECT_EQ(trace.info, read_text(story)->info);
  EXPECT_EQ(trace.text(trace[2].b), "task-1");
}

TEST(Redact, KeepsNoRuntimeThatItDoesNotKnow) {
  Trace trace = *read_text(story);
  trace.info.runtime = "CPython 3.12 of bob";
  trace.info.clock = "bob's watch";
  trace.info.schedule.policy = "bob";
  const Trace without = redacted(trace, false);
  for (const std::string& text : {without.info.runtime, without.info.clock, without.info.schedule.policy})
    EXPECT_EQ(text.find("bob"), std::string::npos) << text;
}

TEST(Redact, IsStable) {
  const Trace once = redacted(*read_text(story), false);
  EXPECT_EQ(to_text(redacted(*read_text(story), false)), to_text(once));
  EXPECT_EQ(once.text_count(), 5u) << "no string is left that no event needs";
}

}  // namespace
}  // namespace awaitscope
