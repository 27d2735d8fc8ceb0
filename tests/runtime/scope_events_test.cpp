// What asyncio's scopes, worker jobs, handles, callbacks and generators write into a trace.
#include "tests/runtime/story.h"

namespace awaitscope::runtime {
namespace {
using story::of_kinds;
using story::of_scopes;
using story::told;
using testing::Lines;

Task<int> value(int result, Duration after = 1s) {
  co_await sleep(after);
  co_return result;
}
Task<int> fail(Duration after = 1s) {
  co_await sleep(after);
  throw ServiceError("failed");
}
/// g++ 12 takes no braced list in a co_await expression.
std::vector<TaskHandle<int>> list(TaskHandle<int> a, TaskHandle<int> b) { return {a, b}; }
/// Runs it as a task that is cancelled after a moment.
Task<void> cancelled(Task<void> coroutine) {
  auto task = create_task(std::move(coroutine));
  co_await sleep(100ms);
  task.cancel();
  try {
    co_await task;
  } catch (const CancelledError&) { co_return; }
  ADD_FAILURE() << "not cancelled";
}
/// Runs it and expects that error of it.
template <class Error, class T>
Task<void> failing(Task<T> coroutine) {
  try {
    co_await coroutine;
  } catch (const Error&) { co_return; }
  ADD_FAILURE() << "no error";
}

// ------------------------------------------------------------------------------------------------ scopes

Task<void> gather_two(Task<int> a, Task<int> b) { co_await gather(std::move(a), std::move(b)); }

TEST(ScopeEvents, OfGather) {
  const auto run = told([]() -> Task<void> {
    co_await gather_two(value(1), value(2));
    co_await failing<ServiceError>(gather_two(fail(), value(2, 2s)));
    co_await cancelled(gather_two(value(1), value(2)));
    co_await gather();
    co_await gather_settled(value(1), fail());
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter gather", "exit gather: returned",   //
                                   "enter gather", "exit gather: raised",     //
                                   "enter gather", "exit gather: cancelled",  //
                                   "enter gather", "exit gather: returned",   // of nothing
                                   "enter gather", "exit gather: returned"}));
}

Task<void> group_of(Task<int> member) {
  co_await with_task_group([&](TaskGroup& group) -> Task<void> {
    group.create_task(std::move(member), "member");
    co_return;
  });
}

TEST(ScopeEvents, OfATaskGroup) {
  const auto run = told([]() -> Task<void> {
    co_await group_of(value(1));
    co_await failing<ExceptionGroup>(group_of(fail()));
    co_await cancelled(group_of(value(1)));
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter group", "exit group: returned",  //
                                   "enter group", "exit group: raised",    //
                                   "enter group", "exit group: cancelled"}));
  const auto entered = run.of(Kind::scope_enter);
  std::size_t members = 0;
  for (const auto& made : run.of(Kind::task_created)) {
    if (run.trace.text(made.b) != "member") continue;
    EXPECT_EQ(made.d, entered.at(members++).a) << "a task says to which group it belongs";
  }
  EXPECT_EQ(members, 3u);
}

Task<void> limited(std::optional<Duration> limit, Task<int> body) {
  co_await with_timeout(limit, [&]() -> Task<void> { co_await body; });
}

TEST(ScopeEvents, OfATimeout) {
  const auto run = told([]() -> Task<void> {
    co_await limited(2s, value(1));
    co_await failing<TimeoutError>(limited(1s, value(1, 2s)));
    co_await failing<ServiceError>(limited(2s, fail()));
    co_await cancelled(limited(2s, value(1)));
    co_await limited(std::nullopt, value(1));
    co_await with_timeout(1s, [](Timeout& timeout) -> Task<void> {
      timeout.reschedule(*timeout.when() + 1s);
      co_await value(1, 1500ms);
    });
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter timeout", "exit timeout: returned",   //
                                   "enter timeout", "exit timeout: raised",     //
                                   "enter timeout", "exit timeout: raised",     //
                                   "enter timeout", "exit timeout: cancelled",  //
                                   "enter timeout", "exit timeout: returned",   //
                                   "enter timeout", "exit timeout: returned"}));
  const auto entered = run.of(Kind::scope_enter), moved = run.of(Kind::scope_deadline), expired = run.of(Kind::scope_expired);
  EXPECT_EQ(entered.at(1).nanoseconds(), 2'000'000'000) << "the deadline, not the delay";
  EXPECT_EQ(entered.at(4).nanoseconds(), 0) << "none";
  ASSERT_EQ(expired.size(), 1u);
  EXPECT_EQ(expired.at(0).a, entered.at(1).a);
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved.at(0).a, entered.at(5).a);
  EXPECT_EQ(moved.at(0).nanoseconds(), entered.at(5).nanoseconds() + 1'000'000'000);
}

Task<void> wait_for_one(Task<int> awaited) { co_await wait_for(std::move(awaited), 2s); }

TEST(ScopeEvents, OfWaitFor) {
  const auto run = told([]() -> Task<void> {
    co_await wait_for_one(value(1));
    co_await failing<TimeoutError>(wait_for_one(value(1, 3s)));
    co_await failing<ServiceError>(wait_for_one(fail()));
    co_await cancelled(wait_for_one(value(1)));
    co_await wait_for(value(1), std::nullopt);  // a plain await
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter wait_for", "exit wait_for: returned",  //
                                   "enter wait_for", "exit wait_for: raised",    //
                                   "enter wait_for", "exit wait_for: raised",    //
                                   "enter wait_for", "exit wait_for: cancelled"}));
  ASSERT_EQ(run.of(Kind::scope_expired).size(), 1u);
  EXPECT_EQ(run.of(Kind::scope_expired).at(0).a, run.of(Kind::scope_enter).at(1).a);
}

Task<void> shielded(TaskHandle<int> task) { co_await shield(task); }

TEST(ScopeEvents, OfShield) {
  const auto run = told([]() -> Task<void> {
    auto task = create_task(value(1));
    co_await shielded(task);
    co_await failing<ServiceError>(shielded(create_task(fail())));
    auto inner = create_task(value(1));
    co_await cancelled(shielded(inner));
    co_await inner;
    auto asked = create_task(value(1));
    call_soon([&] { asked.cancel(); });
    co_await failing<CancelledError>(shielded(asked));
    co_await shielded(task);  // which is done: no scope
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter shield", "exit shield: returned",      //
                                   "enter shield", "exit shield: raised",        //
                                   "enter shield", "exit shield: cancelled",     // the awaiter
                                   "enter shield", "exit shield: cancelled"}));  // the task
  ASSERT_EQ(run.of(Kind::cancel_shielded).size(), 1u);
  EXPECT_EQ(run.of(Kind::cancel_shielded).at(0).a, run.of(Kind::scope_child).at(2).b);
}

Task<void> wait_for_all(TaskHandle<int> task) { co_await wait(task); }

TEST(ScopeEvents, OfWait) {
  const auto run = told([]() -> Task<void> {
    auto task = create_task(value(1, 3s));
    co_await cancelled(wait_for_all(task));
    co_await wait(task, 1s);
    co_await wait(task);
    co_await wait(task);  // which is done
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter wait", "exit wait: cancelled",  //
                                   "enter wait", "exit wait: returned",   //
                                   "enter wait", "exit wait: returned",   //
                                   "enter wait", "exit wait: returned"}));
  for (const auto& child : run.of(Kind::scope_child)) EXPECT_EQ(story::who(run, child.b), "value");
  EXPECT_EQ(run.of(Kind::scope_child).size(), 4u);
}

TEST(ScopeEvents, OfAsCompleted) {
  const auto run = told([]() -> Task<void> {
    auto completed = as_completed(list(create_task(value(1)), create_task(value(2, 2s))));
    while (completed.left() > 0) co_await completed.next();
  });
  EXPECT_EQ(of_scopes(run), (Lines{"enter as_completed", "exit as_completed: returned"}));
  EXPECT_EQ(run.of(Kind::scope_child).size(), 2u);
}

// ------------------------------------------------------------------------------------------------ jobs

int work(int x) {
  block_for(2s);
  if (x < 0) throw ServiceError("negative");
  return x;
}
Lines of_jobs(const testing::Recorded& run) {
  Lines lines;
  for (const auto& e : story::all(run)) {
    const std::string job = "job " + std::to_string(e.a);
    if (e.kind == Kind::job_submitted) lines.push_back(job + " submitted by " + story::who(run, e.task));
    if (e.kind == Kind::job_started) lines.push_back(job + " started, busy workers: " + std::to_string(e.b));
    if (e.kind == Kind::job_ended) lines.push_back(job + " ended: " + std::string(name(e.as<Outcome>())));
    if (e.kind == Kind::task_ready && e.as<WhyReady>() == WhyReady::job) lines.push_back(story::woken(run, e));
  }
  return lines;
}

TEST(JobEvents, OfACallThatReturnsAndOneThatThrows) {
  const auto run = told([]() -> Task<void> {
    auto a = create_task(to_thread(work, 1), "a"), b = create_task(to_thread(work, -1), "b");
    co_await gather_settled(a, b);
  });
  EXPECT_EQ(of_jobs(run), (Lines{"job 1 submitted by a", "job 2 submitted by b",  //
                                 "job 1 started, busy workers: 1",                //
                                 "job 2 started, busy workers: 2",                //
                                 "job 1 ended: returned", "job 2 ended: raised",  //
                                 "a woken: job, by loop after loop job_ended",    //
                                 "b woken: job, by loop after loop job_ended"}));
  for (const auto& ready : run.of(Kind::task_ready)) {
    if (ready.as<WhyReady>() != WhyReady::job) continue;
    EXPECT_EQ(run.trace[ready.cause].a, ready.b) << "woken by the end of its own job";
  }
}

TEST(JobEvents, OfACallThatNobodyWantsAnyMore) {
  RunOptions options;
  options.workers = 1;
  const auto run = told(
      []() -> Task<void> {
        auto a = create_task(to_thread(work, 1), "a"), b = create_task(to_thread(work, 2), "b");
        co_await sleep(1s);
        b.cancel();
        co_await gather_settled(a, b);
      },
      options);
  EXPECT_EQ(of_jobs(run), (Lines{"job 1 submitted by a", "job 2 submitted by b",     //
                                 "job 1 started, busy workers: 1",                   //
                                 "job 1 ended: returned", "job 2 ended: cancelled",  // which never started
                                 "a woken: job, by loop after loop job_ended"}));
}

// ------------------------------------------------------------------------------------------------ handles

Task<void> awaits(TaskHandle<int> task) { co_await task; }

TEST(HandleEvents, OfATaskThatNobodyHoldsOrAwaits) {
  const auto run = told([]() -> Task<void> {
    create_task(value(1), "not kept");
    auto kept = create_task(value(2), "kept");
    { const auto copy = kept; }
    const auto awaiter = create_task(awaits(create_task(value(3), "awaited")), "awaiter");
    co_await gather(create_task(value(4), "gathered"), value(5));
    co_await with_task_group([](TaskGroup& group) -> Task<void> {
      group.create_task(value(6), "member");
      co_return;
    });
    create_task(value(7, 9s), "watched").add_done_callback([] {});
    auto done = create_task(value(8), "done");
    co_await done;
    done = {};
    {
      const auto dropped = create_task(value(9, 9s), "dropped later");
      co_await sleep(1s);
    }
    log("end");
  });
  Lines dropped;
  for (const auto& e : run.of(Kind::handle_dropped)) dropped.push_back(story::who(run, e.a) + " by " + story::who(run, e.task));
  EXPECT_EQ(dropped, (Lines{"not kept by main", "dropped later by main"}));
}

// ------------------------------------------------------------------------------------------------ callbacks and generators

TEST(CallbackEvents, StandAroundWhatACallbackDoes) {
  const auto run = told([]() -> Task<void> {
    call_soon([] { log("soon"); });
    call_soon([] { log("never"); }).cancel();
    call_later(2s, [] { log("later"); });
    call_later(3s, [] { throw ServiceError("from a callback"); });
    auto task = create_task(value(1), "task");
    task.add_done_callback([] { log("done"); });
    co_await sleep(4s);
  });
  EXPECT_EQ(of_kinds(run, {Kind::callback_begin, Kind::callback_end, Kind::log, Kind::diagnosed}),
            (Lines{"loop callback_begin", "soon", "loop callback_end",   //
                   "loop callback_begin", "done", "loop callback_end",   //
                   "loop callback_begin", "later", "loop callback_end",  //
                   "loop callback_begin", "loop callback_end", "loop diagnosed"}));
  Lines causes;
  for (const auto& begin : run.of(Kind::callback_begin)) {
    causes.push_back(story::what(run, begin.cause));
    EXPECT_NE(begin.site, 0u) << "the place of the call that asked for it";
    EXPECT_EQ(run.trace[begin.seq + 1].cause, begin.cause) << "what is in it has the same cause";
  }
  EXPECT_EQ(causes, (Lines{"main step_begin", "task task_done", "main timer_fired", "main timer_fired"}));
}

AsyncGenerator<int> numbers() {
  log("begins");
  co_await sleep(1s);
  co_yield 1;
  log("goes on");
  co_yield 2;
  log("ends");
}
Task<void> consume(AsyncGenerator<int> generator) {
  for (;;) {
    const auto item = co_await generator.next();
    if (!item) break;
    log("item", *item);
  }
}

TEST(GeneratorEvents, StandWithinTheConsumersFrame) {
  const auto run = told([]() -> Task<void> { co_await consume(numbers()); });
  Lines lines;
  std::vector<std::uint32_t> open;  // frames
  for (const auto& e : story::all(run)) {
    const std::string indent(2 * open.size(), ' ');
    if (e.kind == Kind::coro_begin) {
      lines.push_back(indent + std::string(run.trace.text(e.b)));
      open.push_back(e.a);
    } else if (e.kind == Kind::coro_end) {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), e.a) << "the innermost ends first";
      open.pop_back();
    } else if (e.kind == Kind::log) {
      lines.push_back(indent + std::string(run.trace.text(e.a)));
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(lines, (Lines{"consume",                               //
                          "  numbers", "    begins", "  item 1",   //
                          "  numbers", "    goes on", "  item 2",  //
                          "  numbers", "    ends"}));
  EXPECT_EQ(run.of(Kind::task_created).size(), 1u) << "rule Y1: no task of its own";
  for (const auto& begin : run.of(Kind::coro_begin)) EXPECT_EQ(begin.task, 1u);
}

}  // namespace
}  // namespace awaitscope::runtime
