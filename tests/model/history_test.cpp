#include "core/model/history.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"
#include "tests/model/synthetic.h"

namespace awaitscope {
namespace {

using std::chrono::seconds;

struct Read {
  Trace trace;
  History history;
};

Read read(const std::string& text) {
  auto trace = read_text(text);
  EXPECT_TRUE(trace) << (trace ? "" : trace.error());
  Read out;
  if (trace) out.trace = std::move(*trace);
  out.history = history_of(out.trace);
  return out;
}

/// "created 0-1 running 1-2": what a lane shows, in whole seconds.
std::string lane(const Read& r, std::uint32_t task) {
  static const char* const phases[] = {"created", "ready", "running", "waiting", "done"};
  std::string out;
  for (const Span& span : r.history.lanes.at(task - 1).spans) {
    out += std::string(out.empty() ? "" : " ") + phases[static_cast<int>(span.phase)] + " " +
           std::to_string(span.begin.ns / 1000000000) + "-" + std::to_string(span.end.ns / 1000000000);
    if (span.asked_to_stop) out += span.cleanup ? "c" : "!";
    if (span.last == 0) out += "...";
  }
  return out;
}

/// After each event, the history extended is the history of the trace so far.
void expect_incremental(const Trace& whole) {
  Trace growing;
  growing.info = whole.info;
  History extended;
  for (Seq seq = 1; seq <= whole.size(); ++seq) {
    growing.append(whole[seq]);
    extended.extend(growing);
    ASSERT_EQ(extended, history_of(growing)) << "after event " << seq;
  }
}

void expect_sound(const History& h) {
  for (const Lane& lane : h.lanes) {
    for (std::size_t i = 0; i < lane.spans.size(); ++i) {
      const Span& span = lane.spans[i];
      ASSERT_LE(span.begin, span.end);
      if (i == 0) continue;
      ASSERT_EQ(lane.spans[i - 1].end, span.begin) << "a gap in the lane of task " << lane.task.value;
      ASSERT_EQ(lane.spans[i - 1].last, span.first);
    }
  }
}

TEST(History, ExtendingIsTheSameAsOnePass) {
  expect_incremental(plausible_run(1, 8, 500));
  expect_incremental(plausible_run(2, 20, 400));
  for (unsigned seed = 1; seed <= 6; ++seed) expect_incremental(garbage(seed, 150));
}

TEST(History, LanesHaveNoGaps) {
  for (unsigned seed = 1; seed <= 5; ++seed) expect_sound(history_of(plausible_run(seed, 30, 3000)));
  for (unsigned seed = 1; seed <= 30; ++seed) expect_sound(history_of(garbage(seed, 500)));
}

TEST(History, ALaneTellsTheTasksLife) {
  const auto r = read(R"(
0 task_created task=1 name=main
0 task_ready task=1
1 step_begin task=1
2 step_end task=1 waits=sleep at=a.cpp:5
4 task_ready task=1 why=timer
5 step_begin task=1
6 step_end task=1 waits=yield
6 task_ready task=1 why=yield
7 step_begin task=1
8 task_done task=1
8 step_end task=1
)");
  EXPECT_EQ(lane(r, 1), "created 0-1 running 1-2 waiting 2-4 ready 4-5 running 5-6 ready 6-7 running 7-8");
  EXPECT_EQ(r.history.lanes[0].spans[2].wait, Wait::sleep);
  EXPECT_EQ(r.trace.site(r.history.lanes[0].spans[2].site).line, 5u);
}

constexpr const char* cancelled = R"(
0 task_created task=1 name=main
0 task_created task=2 name=worker parent=1
0 step_begin task=2
0 step_end task=2 waits=sleep
1 cancel_requested task=2 by=1 why=call at=a.cpp:3
1 task_ready task=2 by=1 why=cancel cause=5
1 step_begin task=2 cause=6
1 cancel_delivered task=2 cause=5 at=a.cpp:9
)";

TEST(History, ASwallowedCancelLeavesTheLaneAskedToStop) {
  const auto r = read(std::string(cancelled) +
                      "1 cancel_swallowed task=2 cause=8\n1 step_end task=2 waits=sleep\n4 task_ready task=2 why=timer\n4 "
                      "step_begin task=2\n4 task_done task=2\n4 step_end task=2\n");
  EXPECT_EQ(lane(r, 2), "created 0-0 running 0-0 waiting 0-1 ready 1-1 running 1-1! waiting 1-4! ready 4-4! running 4-4!");
  ASSERT_EQ(r.history.cancellations.size(), 1u);
  const Cancellation& c = r.history.cancellations[0];
  EXPECT_EQ(c.end, Cancellation::End::swallowed);
  EXPECT_EQ(c.delivered, 8u);
  EXPECT_EQ(c.ended, 9u);
  EXPECT_EQ(r.trace.site(c.delivered_at).line, 9u);
  EXPECT_EQ(c.by, TaskId{1});
  EXPECT_TRUE(c.task_over);
  EXPECT_EQ(c.task_ended - c.delivered_time, seconds(3));
}

TEST(History, CleaningUpIsNotDisobedience) {
  const auto r = read(std::string(cancelled) +
                      "1 step_end task=2 waits=sleep\n2 task_ready task=2\n2 step_begin task=2\n2 task_done task=2 "
                      "how=cancelled\n2 step_end task=2\n");
  EXPECT_EQ(lane(r, 2), "created 0-0 running 0-0 waiting 0-1 ready 1-1 running 1-1c waiting 1-2c ready 2-2c running 2-2c");
  EXPECT_EQ(r.history.cancellations[0].end, Cancellation::End::cancelled);
}

TEST(History, EveryEndOfACancelIsTold) {
  const auto end = [](const std::string& rest) { return read(std::string(cancelled) + rest).history.cancellations[0].end; };
  using End = Cancellation::End;
  EXPECT_EQ(end(""), End::pending);
  EXPECT_EQ(end("1 cancel_caught task=2 cause=8 scope=1\n"), End::caught);
  EXPECT_EQ(end("1 cancel_uncancelled task=2 left=0\n1 cancel_swallowed task=2 cause=8\n"), End::caught);
  EXPECT_EQ(end("1 cancel_swallowed task=2 cause=8\n1 cancel_uncancelled task=2 left=0\n"), End::caught);
  EXPECT_EQ(end("1 cancel_uncancelled task=2 left=1\n1 cancel_swallowed task=2 cause=8\n"), End::swallowed);
  EXPECT_EQ(end("1 task_done task=2 how=returned\n"), End::swallowed);
  EXPECT_EQ(end("1 task_done task=2 how=raised\n"), End::caught);
  const auto lost = read("0 task_created task=1\n0 cancel_requested task=1\n0 task_done task=1\n");
  EXPECT_EQ(lost.history.cancellations[0].end, End::lost);
  const auto before_start = read("0 task_created task=1\n0 cancel_requested task=1\n0 task_done task=1 how=cancelled\n");
  EXPECT_EQ(before_start.history.cancellations[0].end, End::cancelled);
}

TEST(History, RequestsThatArriveAsOneErrorShareItsEndAndPassedDownOnesKnowTheirParent) {
  const auto r = read(R"(
0 task_created task=1
0 task_created task=2
0 cancel_requested task=1 why=timeout scope=1
0 cancel_propagated task=1 to=2 cause=3
0 cancel_requested task=2 why=parent cause=3
0 cancel_requested task=2 why=call
0 cancel_delivered task=2 cause=6
0 task_done task=2 how=cancelled
)");
  ASSERT_EQ(r.history.cancellations.size(), 3u);
  EXPECT_EQ(r.history.cancellations[1].parent, 3u);
  EXPECT_EQ(r.history.cancellations[2].parent, 0u);
  EXPECT_EQ(r.history.cancellations[1].delivered, 7u);
  EXPECT_EQ(r.history.cancellations[2].delivered, 7u);
  EXPECT_EQ(r.history.cancellations[1].end, Cancellation::End::cancelled);
}

TEST(History, EveryStepThatTakesTimeIsListedAndNamesItsLongestBlock) {
  const auto r = read(R"(
0 step_begin task=1
0 step_end task=1
0 step_begin task=1
0 block_begin task=1 what=short at=a.cpp:1
1 block_end task=1
1 block_begin task=1 what=long at=a.cpp:2
3 block_end task=1
3 step_end task=1 waits=sleep at=a.cpp:3
3 callback_begin name=tick
4 callback_end at=a.cpp:4
5 step_begin task=2
7 log text=x
)");
  ASSERT_EQ(r.history.steps.size(), 3u);
  EXPECT_EQ(r.history.steps[0].end - r.history.steps[0].begin, seconds(3));
  EXPECT_EQ(r.trace.text(r.history.steps[0].what.value), "long");
  EXPECT_EQ(r.trace.site(r.history.steps[0].site).line, 2u);
  EXPECT_FALSE(r.history.steps[1].task);
  EXPECT_EQ(r.history.steps[2].last, 0u);  // cut
  EXPECT_EQ(r.history.steps[2].end - r.history.steps[2].begin, seconds(2));
}

TEST(History, TicksAreBusyThenIdle) {
  const auto r = read(
      "0 tick_begin tick=1 ready=1\n0 step_begin task=1\n2 step_end task=1 waits=sleep\n2 idle_begin until=5\n5 idle_end\n5 "
      "tick_begin tick=2 ready=1\n6 log\n");
  ASSERT_EQ(r.history.ticks.size(), 2u);
  EXPECT_EQ(r.history.ticks[0].busy_end, Instant{2000000000});
  EXPECT_EQ(r.history.ticks[0].end, Instant{5000000000});
  EXPECT_EQ(r.history.ticks[1].busy_end, Instant{6000000000});
}

TEST(History, FlowsCountersRequestsAndMarks) {
  const auto r = read(R"(
0 task_created task=1 name=main
0 task_created task=2 name=child parent=1 cause=1
0 task_ready task=2 why=start
0 resource_created resource=1 type=service capacity=5 name=api
0 request_begin task=2 request=1 service=1 attempt=2 what=user
0 request_input task=2 request=1 value=1
1 request_end task=2 request=1 service=1 status=refused
2 task_ready task=1 by=2 why=task cause=7
2 bookmark name=here
2 dropped count=3
)");
  ASSERT_EQ(r.history.flows.size(), 3u);  // main's own, child's, and the wake-up
  EXPECT_EQ(r.history.flows[1].type, FlowType::spawn);
  EXPECT_EQ(r.history.flows[1].source, TaskId{1});
  EXPECT_EQ(r.history.flows[2].from, 7u);
  EXPECT_EQ(r.history.flows[2].begin, Instant{1000000000});
  ASSERT_EQ(r.history.counters.size(), 1u);
  ASSERT_EQ(r.history.counters[0].points.size(), 3u);
  EXPECT_EQ(r.history.counters[0].points[1].value, 1u);
  ASSERT_EQ(r.history.requests.size(), 1u);
  EXPECT_EQ(r.history.requests[0].status, RequestStatus::refused);
  EXPECT_EQ(r.history.requests[0].inputs, std::vector<Seq>{1});
  EXPECT_EQ(r.history.requests[0].attempt, 2u);
  ASSERT_EQ(r.history.marks.size(), 1u);
  EXPECT_EQ(r.history.losses, std::vector<Seq>{10});
}

TEST(History, JobsErrorsCellsRegionsAndCoroutinesThatNeverRan) {
  const auto r = read(R"(
0 task_created task=1 name=main
0 task_created task=2 name=child parent=1
0 task_created task=3 name=watched parent=1
0 scope_enter task=1 scope=1 type=gather
0 scope_child task=1 scope=1 child=3
0 job_submitted task=1 job=7 function=hash
1 job_started job=7 worker=2
2 job_paused job=7
3 job_resumed job=7
4 job_ended job=7 how=raised
4 region_begin task=1 name=outer
4 region_begin task=1 name=inner
4 cell_read task=2 resource=1 version=0
4 cell_write task=1 resource=1 version=1
5 region_end task=1 name=outer
5 cell_write task=2 resource=1 version=2 read=13
5 task_done task=2 error=bang how=raised
5 task_done task=3 error=seen how=raised
6 coro_unstarted task=1 function=fetch
8 result_retrieved task=1 of=2
9 job_submitted task=1 job=8 function=slow
)");
  ASSERT_EQ(r.history.jobs.size(), 2u);
  const Job& job = r.history.jobs[0];
  EXPECT_EQ(job.worker, 2u);
  EXPECT_EQ(job.begin, Instant{1000000000});
  EXPECT_EQ(job.end, Instant{4000000000});
  EXPECT_EQ(job.outcome, Outcome::raised);
  ASSERT_EQ(job.pauses.size(), 1u);
  EXPECT_EQ(job.pauses[0].end - job.pauses[0].begin, seconds(1));
  EXPECT_EQ(r.history.jobs[1].started, 0u);
  ASSERT_EQ(r.history.unseen.size(), 1u) << "the gather hears of its child at once";
  EXPECT_EQ(r.history.unseen[0].task, TaskId{2});
  EXPECT_EQ(r.history.unseen[0].by, TaskId{1});
  EXPECT_EQ(r.history.unseen[0].seen_time - r.history.unseen[0].failed_time, seconds(3));
  ASSERT_EQ(r.history.accesses.size(), 3u);
  EXPECT_EQ(r.history.accesses[1].lost, 0u);
  EXPECT_EQ(r.history.accesses[2].lost, 1u) << "main's write came between its reading and its writing";
  ASSERT_EQ(r.history.regions.size(), 2u);
  EXPECT_EQ(r.history.regions[0].end, Instant{5000000000});
  EXPECT_EQ(r.history.regions[1].last, 0u);
  EXPECT_EQ(r.history.regions[1].end, Instant{9000000000});
  ASSERT_EQ(r.history.unstarted.size(), 1u);
  EXPECT_EQ(r.history.unstarted[0].seq, 19u);
  expect_incremental(r.trace);
}

}  // namespace
}  // namespace awaitscope
