#include "core/model/model.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"

namespace awaitscope {
namespace {

struct Folded {
  Trace trace;
  Model model;
};

Folded fold(const std::string& text) {
  auto trace = read_text(text);
  EXPECT_TRUE(trace) << (trace ? "" : trace.error());
  Folded out;
  if (trace) out.trace = std::move(*trace);
  for (Seq seq = 1; seq <= out.trace.size(); ++seq) apply(out.model, out.trace[seq]);
  return out;
}

std::vector<std::uint32_t> ids(const FrontList<TaskId>& list) {
  std::vector<std::uint32_t> out;
  for (TaskId id : list) out.push_back(id.value);
  return out;
}

using Ids = std::vector<std::uint32_t>;

TEST(Model, TheReadyQueueIsInOrderAndATaskStaysCreatedUntilItsFirstStep) {
  auto f = fold("0 task_created task=1 name=a\n0 task_created task=2 name=b\n0 task_ready task=2\n0 task_ready task=1\n");
  EXPECT_EQ(ids(f.model.ready), (Ids{2, 1}));
  EXPECT_EQ(f.model.task({1})->phase, Phase::created);
  f = fold(
      "0 task_created task=1\n0 task_created task=2\n0 task_created task=3\n0 task_ready task=1\n0 task_ready task=2\n0 "
      "task_ready task=3\n0 step_begin task=2\n"
      "1 step_end task=2 waits=yield\n1 task_ready task=2 why=yield\n");
  EXPECT_EQ(ids(f.model.ready), (Ids{1, 3, 2}));
  EXPECT_EQ(f.model.task({2})->phase, Phase::ready);
  EXPECT_EQ(f.model.task({2})->running, std::chrono::seconds(1));
  EXPECT_FALSE(f.model.running);
}

TEST(Model, AJobWaitsForAWorkerThenRunsAndMayWaitForTheInterpreterLock) {
  const std::string begun = "0 job_submitted task=1 job=1\n0 job_submitted task=1 job=2\n0 job_started job=2 worker=4\n";
  auto f = fold(begun + "1 job_paused job=2 for=1\n1 job_paused job=9\n");
  ASSERT_EQ(f.model.jobs.size(), 2u);
  EXPECT_EQ(f.model.jobs[0].worker, 0u);
  EXPECT_EQ(f.model.jobs[1].worker, 4u);
  EXPECT_TRUE(f.model.jobs[1].paused);
  EXPECT_FALSE(fold(begun + "1 job_paused job=2\n2 job_resumed job=2\n").model.jobs[1].paused);
}

TEST(Model, TimeIsAddedUpByPhase) {
  const auto f = fold(R"(
0 task_created task=1
0 task_ready task=1
1 step_begin task=1
3 step_end task=1 waits=semaphore object=4 at=a.cpp:9
7 task_ready task=1 by=2 why=released
12 step_begin task=1
)");
  const TaskModel& t = *f.model.task({1});
  EXPECT_EQ(t.running, std::chrono::seconds(2));
  EXPECT_EQ(t.waiting, std::chrono::seconds(4));
  EXPECT_EQ(t.ready, std::chrono::seconds(5));
  EXPECT_EQ(t.phase, Phase::running);
  EXPECT_EQ(t.steps, 2u);
  EXPECT_EQ(t.woken_by, TaskId{2});
  EXPECT_EQ(t.why, WhyReady::released);
  EXPECT_EQ(f.trace.site(t.site).line, 9u);
}

TEST(Model, ASemaphoreHasOwnersAndWaiters) {
  const std::string start =
      "0 resource_created resource=1 capacity=1 type=semaphore name=db\n0 acquired task=1 resource=1\n0 acquire_begin task=2 "
      "resource=1 waiters=1\n0 acquire_begin task=3 resource=1 waiters=2\n";
  auto f = fold(start);
  EXPECT_EQ(ids(f.model.resource({1})->owners), (Ids{1}));
  EXPECT_EQ(ids(f.model.resource({1})->waiters), (Ids{2, 3}));
  EXPECT_EQ(f.model.resource({1})->used(), 1u);
  f = fold(start +
           "0 released task=1 resource=1 left=1 waiters=2\n0 acquired task=2 resource=1 waiters=1\n0 acquire_abandoned task=3 "
           "resource=1\n");
  EXPECT_EQ(ids(f.model.resource({1})->owners), (Ids{2}));
  EXPECT_TRUE(f.model.resource({1})->waiters.empty());
  // Released by a task that never held it.
  f = fold(start + "0 released task=9 resource=1 left=1\n");
  EXPECT_TRUE(f.model.resource({1})->owners.empty());
}

TEST(Model, APoolTellsWhatIsLeftAndAConnectionWhoUsesIt) {
  const std::string start =
      "0 resource_created resource=1 capacity=3 type=pool name=db\n0 resource_created resource=2 capacity=1 type=connection\n";
  EXPECT_EQ(fold(start).model.resource({1})->used(), 0u);
  const auto f = fold(start +
                      "0 acquired task=1 resource=1 left=2\n0 acquired task=1 resource=2\n0 acquired task=2 resource=2\n"
                      "0 acquired task=3 resource=2\n0 released task=3 resource=2\n");
  EXPECT_EQ(f.model.resource({1})->used(), 1u);
  EXPECT_EQ(f.model.resource({2})->used(), 2u) << "two at once: more than it carries";
  EXPECT_EQ(ids(f.model.resource({2})->owners), (Ids{1, 2}));
}

TEST(Model, AServiceCountsItsRequestsUnlessItTellsItself) {
  const std::string start =
      "0 resource_created resource=1 capacity=5 type=service\n0 request_begin request=1 service=1\n0 request_begin request=2 "
      "service=1\n";
  EXPECT_EQ(fold(start).model.resource({1})->value, 2u);
  EXPECT_EQ(fold(start + "0 request_end request=1 service=1\n").model.resource({1})->value, 1u);
  EXPECT_EQ(fold(start + "0 level resource=1 value=7\n0 request_end request=1 service=1\n").model.resource({1})->value, 7u);
}

TEST(Model, ASwallowedCancelLeavesTheTaskAskedToStopUntilItEnds) {
  const std::string start =
      "0 task_created task=1\n0 step_begin task=1\n0 cancel_requested task=1 why=call\n0 cancel_delivered task=1 cause=3\n";
  EXPECT_TRUE(fold(start).model.task({1})->asked_to_stop());
  EXPECT_EQ(fold(start).model.task({1})->cancel_delivered, 4u);
  const auto swallowed = fold(start + "0 cancel_swallowed task=1 cause=4\n0 step_end task=1 waits=sleep\n");
  EXPECT_TRUE(swallowed.model.task({1})->asked_to_stop());
  EXPECT_TRUE(swallowed.model.task({1})->swallowed);
  EXPECT_EQ(swallowed.model.task({1})->cancel_delivered, 0u);
  EXPECT_FALSE(fold(start + "0 cancel_caught task=1 cause=4 scope=1\n").model.task({1})->asked_to_stop());
  EXPECT_FALSE(fold(start + "0 cancel_uncancelled task=1\n").model.task({1})->asked_to_stop());
  EXPECT_FALSE(fold(start + "0 task_done task=1 how=cancelled\n").model.task({1})->asked_to_stop());
}

TEST(Model, LogicalIdsAndNamesCountEqualNamesOfOneParent) {
  const auto f = fold(
      "0 task_created task=1 name=main\n0 task_created task=2 parent=1 name=fetch\n0 task_created task=3 parent=1 "
      "name=fetch\n0 task_created task=4 parent=3 name=read\n0 task_created task=5 parent=2 name=read\n");
  EXPECT_EQ(logical_id(f.model, f.trace, {4}), "main/fetch[1]/read[0]");
  EXPECT_EQ(logical_id(f.model, f.trace, {5}), "main/fetch[0]/read[0]");
  EXPECT_EQ(display_name(f.model, f.trace, {1}), "main");
  EXPECT_EQ(display_name(f.model, f.trace, {3}), "fetch-2");
  EXPECT_EQ(display_name(f.model, f.trace, {4}), "read");
  EXPECT_EQ(f.model.task({4})->depth, 2u);
}

TEST(Model, ARingOfParentsEnds) {
  const auto f = fold(
      "0 task_created task=1 parent=2 name=a\n0 task_created task=2 parent=1 name=b\n0 task_created task=3 parent=3 name=c\n");
  EXPECT_LT(logical_id(f.model, f.trace, {2}).size(), 20u);
  EXPECT_EQ(logical_id(f.model, f.trace, {3}), "c");
}

TEST(FrontList, TakesFromTheFrontAndFindsFromBothEnds) {
  FrontList<int> list;
  for (int i = 0; i < 100; ++i) list.push_back(i);
  for (int i = 0; i < 60; ++i) list.erase(0);
  EXPECT_EQ(list.size(), 40u);
  EXPECT_EQ(list.front(), 60);
  EXPECT_EQ(list[3], 63);
  EXPECT_TRUE(list.remove([](int i) { return i == 99; }));
  EXPECT_TRUE(list.remove([](int i) { return i == 80; }));
  EXPECT_FALSE(list.remove([](int i) { return i == 5; }));
  for (int i = 60; i < 99; ++i) EXPECT_EQ(list.find([&](int x) { return x == i; }) == list.size(), i == 80) << i;
  FrontList<int> same;
  for (int i = 60; i < 99; ++i)
    if (i != 80) same.push_back(i);
  EXPECT_EQ(list, same);
  same.insert_sorted(80, std::less<>{});
  EXPECT_EQ(same[20], 80);
}

}  // namespace
}  // namespace awaitscope
