// The checker of invariants itself: each rule finds the trace that breaks it.
#include <gtest/gtest.h>

#include "core/trace/text.h"
#include "tests/support/invariants.h"

namespace awaitscope::testing {
namespace {

std::string first_broken(const std::string& text) {
  const auto trace = read_text(text);
  EXPECT_TRUE(trace) << (trace ? "" : trace.error());
  const auto broken = broken_invariants(*trace);
  return broken.empty() ? "" : broken.front();
}

TEST(Checker, PassesAWholeTrace) {
  EXPECT_EQ(first_broken("1 0 run_begin\n2 0 task_created task=1 name=\"t\"\n3 0 step_begin task=1 cause=2\n"
                         "4 0 task_done task=1 cause=3 how=returned\n5 0 step_end task=1 cause=3\n6 0 run_end how=ok\n"),
            "");
}
TEST(Checker, FindsALostCancel) {
  EXPECT_EQ(first_broken(
                "1 0 run_begin\n2 0 task_created task=1 name=\"t\"\n3 0 step_begin task=1\n4 0 step_end task=1 waits=future\n"
                "5 0 cancel_requested task=1 why=call\n6 0 run_end how=hang\n"),
            "event 5: the cancel of task 1 (t) is lost");
}
TEST(Checker, FindsALostWaiter) {
  EXPECT_EQ(first_broken("1 0 run_begin\n2 0 resource_created resource=1 capacity=1 type=lock name=\"l\"\n"
                         "3 0 task_created task=1 name=\"t\"\n4 0 step_begin task=1\n"
                         "5 0 acquire_begin task=1 resource=1 left=1 waiters=1\n6 0 step_end task=1 object=1 waits=lock\n"
                         "7 0 run_end how=hang\n"),
            "event 7: task 1 (t) waits for what is there: resource 1");
}
TEST(Checker, FindsAPermitThatVanished) {
  EXPECT_EQ(first_broken("1 0 run_begin\n2 0 resource_created resource=1 capacity=2 type=semaphore name=\"s\"\n"
                         "3 0 acquired resource=1 left=1\n4 0 released resource=1 left=1\n5 0 run_end how=ok\n"),
            "event 5: resource 1 has 1 left, of 2, 1 acquired and 1 released");
}
TEST(Checker, FindsAChildThatOutlivesItsGroup) {
  EXPECT_EQ(first_broken("1 0 run_begin\n2 0 scope_enter scope=1 type=group\n3 0 task_created task=1 name=\"t\" scope=1\n"
                         "4 0 scope_exit scope=1 how=returned\n5 0 task_done task=1 how=returned\n6 0 run_end how=ok\n"),
            "event 5: task 1 (t) outlives its group");
}

}  // namespace
}  // namespace awaitscope::testing
