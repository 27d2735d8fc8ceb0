#include "core/findings/why.h"

#include "core/model/replay.h"
#include "tests/findings/graphed.h"

namespace awaitscope {
namespace {

std::string lines(const std::vector<Reason>& reasons) {
  std::string out;
  for (const Reason& r : reasons)
    out += std::string(static_cast<std::size_t>(r.depth), '>') + r.text + " [" + std::to_string(r.event) + "]\n";
  return out;
}

/// fetch waits for a permit that upload has; upload gets an answer, gives back, and parse blocks the loop.
const std::string permits = R"(
0 run_begin
0 resource_created resource=1 type=semaphore capacity=1 name=db
0 resource_created resource=2 type=service name=store
0 task_created task=1 name=fetch at=m.cpp:1
0 task_created task=2 name=upload at=m.cpp:2
0 task_created task=3 name=parse at=m.cpp:3
0 task_ready task=2 cause=5 why=start
0 step_begin task=2 cause=7
0 acquired task=2 cause=8 resource=1 at=u.cpp:3
0 request_begin task=2 cause=8 request=1 service=2 attempt=1 what=put
0 step_end task=2 cause=8 object=1 waits=request at=u.cpp:4
0 task_ready task=1 cause=4 why=start
0 step_begin task=1 cause=12
0 acquire_begin task=1 cause=13 resource=1 waiters=1 at=f.cpp:5
0 step_end task=1 cause=13 object=1 waits=semaphore at=f.cpp:5
40ms timer_fired task=2 timer=1 due=40ms
40ms task_ready task=2 cause=16 object=1 why=timer
40ms step_begin task=2 cause=17
40ms request_end task=2 cause=18 request=1 service=2
40ms released task=2 cause=18 resource=1 left=1 waiters=1 at=u.cpp:6
40ms task_ready task=1 cause=20 by=2 object=1 why=released
40ms task_done task=2 cause=18
40ms step_end task=2 cause=18
40ms task_ready task=3 cause=6 why=start
40ms step_begin task=3 cause=24
40ms block_begin task=3 what=json.loads length=12ms at=p.cpp:9
52ms block_end task=3 at=p.cpp:9
52ms step_end task=3 waits=yield
52ms step_begin task=1 cause=21
52ms acquired task=1 cause=29 resource=1
52ms task_done task=1 cause=29
52ms step_end task=1 cause=29
)";

TEST(Why, TellsWhoWokeATaskAndWhoHeldItUpBackToTheFirstCause) {
  const auto r = recorded(permits);
  EXPECT_EQ(
      lines(why_resumed(r->run, 29)),
      "fetch resumed because upload released db (0 to 1) at u.cpp:6 after 40.0 ms, and ran 12.0 ms late because parse blocked "
      "the loop (json.loads at p.cpp:9) [29]\n"
      ">upload resumed because store answered (put) after 40.0 ms [18]\n");
  EXPECT_EQ(lines(why_resumed(r->run, 29, 1)).find(">"), std::string::npos);  // as long as is asked for
  EXPECT_EQ(lines(why_resumed(r->run, 8)), "upload started: the program created it at m.cpp:2 at 0.000 s [8]\n");
  EXPECT_TRUE(why_resumed(r->run, 20).empty());
  EXPECT_TRUE(why_resumed(r->run, 0).empty());
  EXPECT_TRUE(why_resumed(r->run, 4000).empty());
}

TEST(Why, KnowsTheStepThatATaskHadLast) {
  const auto r = recorded(permits);
  EXPECT_EQ(step_before(r->run, {1}, 12), 0u);
  EXPECT_EQ(step_before(r->run, {1}, 13), 13u);
  EXPECT_EQ(step_before(r->run, {1}, 28), 13u);
  EXPECT_EQ(step_before(r->run, {1}, 32), 29u);
  EXPECT_EQ(step_before(r->run, {}, 32), 0u);
  EXPECT_EQ(step_before(r->run, {99}, 32), 0u);
}

TEST(Why, SaysBetweenStepsWhatTheTaskWaitsForAndWhatStandsBehind) {
  const auto r = recorded(permits);
  Replay replay(r->trace);
  EXPECT_EQ(lines(why_here(r->run, replay.at(15), {1})),
            "fetch waits for semaphore db since 0.000 s at f.cpp:5 [15]\n"
            ">db is held by upload since 0.000 s (taken at u.cpp:3), which waits for an answer of store (put) since 0.000 s at "
            "u.cpp:4 [9]\n");
  EXPECT_EQ(lines(why_here(r->run, replay.at(26), {1})),
            "fetch is ready to run since 0.040 s [21]\n"
            ">parse holds the loop in json.loads at p.cpp:9 since 0.040 s [25]\n");
  EXPECT_EQ(lines(why_here(r->run, replay.at(32), {1})), "fetch has ended at 0.052 s (returned) [31]\n");
  EXPECT_EQ(lines(why_here(r->run, replay.at(1), {1})), "fetch does not exist yet [0]\n");
}

/// What woke task 1, as its one step tells it.
std::string woken(const std::string& before, const std::string& ready, const std::string& waits = "future") {
  const auto r = recorded(
      "0 task_created task=1 name=a\n0 task_created task=2 name=b parent=1\n0 task_ready task=1 cause=1 why=start\n"
      "0 step_begin task=1 cause=3\n0 step_end task=1 waits=" +
      waits + " at=a.cpp:4\n" + before + ready +
      "2 step_begin task=1 cause=" + std::to_string(6 + std::count(before.begin(), before.end(), '\n')) + "\n");
  const Seq last = r->trace.size();
  return lines(why_resumed(r->run, last, 1));
}

TEST(Why, HasWordsForEachKindOfWakeUp) {
  EXPECT_EQ(woken("1 timer_fired task=1 timer=1 due=1\n", "2 task_ready task=1 cause=6 why=timer\n", "sleep"),
            "a resumed because its sleep was over after 1.0 s, and ran 1.0 s late [8]\n");
  EXPECT_EQ(woken("2 task_done task=2 how=raised\n", "2 task_ready task=1 cause=6 by=2 why=task\n"),
            "a resumed because b failed after 2.0 s [8]\n");
  EXPECT_EQ(woken("2 task_done task=2\n", "2 task_ready task=1 cause=6 by=2 why=gather\n"),
            "a resumed because b returned, the last one that it waited for after 2.0 s [8]\n");
  EXPECT_EQ(woken("1 resource_created resource=1 type=queue name=q\n2 level task=2 resource=1 value=1 at=b.cpp:2\n",
                  "2 task_ready task=1 cause=7 why=put\n"),
            "a resumed because b put into q at b.cpp:2 after 2.0 s [9]\n");
  EXPECT_EQ(woken("1 resource_created resource=1 type=event name=e\n2 level task=2 resource=1 value=1\n",
                  "2 task_ready task=1 cause=7 why=set\n"),
            "a resumed because b set e after 2.0 s [9]\n");
  EXPECT_EQ(woken("2 cancel_requested task=1 by=2 why=call at=b.cpp:7\n", "2 task_ready task=1 cause=6 why=cancel\n"),
            "a resumed because b asked it to stop (call) at b.cpp:7 after 2.0 s [8]\n");
  EXPECT_EQ(woken("2 cancel_requested task=1 scope=1 why=timeout at=a.cpp:3\n", "2 task_ready task=1 cause=6 why=cancel\n"),
            "a resumed because the timeout of a at a.cpp:3 expired and asked it to stop after 2.0 s [8]\n");
  EXPECT_EQ(woken("2 job_ended task=1 job=1\n", "2 task_ready task=1 cause=6 why=job\n"),
            "a resumed because its call on a worker thread ended after 2.0 s [8]\n");
  EXPECT_EQ(woken("", "2 task_ready task=1 by=2 why=other\n"), "a resumed because b woke it after 2.0 s [7]\n");
  EXPECT_EQ(woken("", "2 log text=x\n"), "a resumed; the trace does not tell what woke it [7]\n");
}

TEST(Why, CountsYields) {
  const auto r = recorded(R"(
0 task_created task=1 name=a
0 task_ready task=1 cause=1 why=start
0 step_begin task=1 cause=2
0 task_ready task=1 cause=3 why=yield
0 step_end task=1 waits=yield
0 step_begin task=1 cause=4
0 task_ready task=1 cause=6 why=yield
0 step_end task=1 waits=yield
0 step_begin task=1 cause=7
)");
  EXPECT_EQ(lines(why_resumed(r->run, 9)),
            "a started: the program created it at 0.000 s, and it has yielded 2 times since [9]\n");
}

// ------------------------------------------------------------------------------------------------ standstill

std::string standstill(const std::string& text, Seq at = 0) {
  const auto r = recorded(text);
  Replay replay(r->trace);
  const Standstill why = why_nothing_happens(r->run, at ? replay.at(at) : r->history.model);
  std::string out = why.headline + " [" + std::to_string(why.event) + "]\n";
  for (const Standstill::Group& group : why.groups) out += "--\n" + lines(group.reasons);
  return out;
}

TEST(WhyNothing, TellsADeadlockFirstAndWhoIsCaughtInIt) {
  EXPECT_EQ(standstill(R"(
0 resource_created resource=1 type=lock capacity=1 name=l
0 resource_created resource=2 type=lock capacity=1 name=m
0 task_created task=1 name=main
0 task_created task=2 name=a parent=1
0 task_created task=3 name=b parent=1
0 acquired task=2 resource=1 at=x.cpp:1
0 acquired task=3 resource=2 at=x.cpp:2
0 step_end task=1 object=2 waits=task at=x.cpp:9
1 step_end task=2 object=2 waits=lock at=x.cpp:3
1 step_end task=3 object=1 waits=lock at=x.cpp:4
1 run_end how=hang
)"),
            "deadlock since 1.000 s: a and b wait for each other [10]\n"
            "--\n"
            "a holds l since 0.000 s (taken at x.cpp:1) and waits for lock m since 1.000 s at x.cpp:3 [9]\n"
            "b holds m since 0.000 s (taken at x.cpp:2) and waits for lock l since 1.000 s at x.cpp:4 [10]\n"
            "--\n"
            "main waits for task a since 0.000 s at x.cpp:9 [8]\n"
            ">a waits for lock m since 1.000 s at x.cpp:3 [9]\n");
}

TEST(WhyNothing, NamesThoseThatAreTiedUpWithADeadlock) {
  const std::string out = standstill(R"(
0 resource_created resource=1 type=pool capacity=2 name=db
0 task_created task=1 name=x
0 task_created task=2 name=y
0 acquired task=1 resource=1 left=1
0 acquired task=2 resource=1
1 step_end task=1 object=1 waits=semaphore
1 step_end task=2 object=1 waits=semaphore
)");
  EXPECT_NE(out.find("x holds db since 0.000 s (taken) and waits for pool db since 1.000 s [6]\ntied up with it: y [0]\n"),
            std::string::npos)
      << out;
}

TEST(WhyNothing, GroupsTasksThatWaitAlike) {
  std::string text = "0 resource_created resource=1 type=event name=go\n0 task_created task=1 name=main\n";
  for (int i = 2; i < 992; ++i) {
    const std::string n = std::to_string(i);
    text += "0 task_created task=" + n + " parent=1 name=fetch\n0 coro_begin task=" + n + " frame=" + n +
            " function=read at=f.cpp:7\n1 step_end task=" + n + " object=1 waits=event at=f.cpp:8\n";
  }
  text += "2 step_end task=1 waits=future at=m.cpp:3\n";
  EXPECT_EQ(standstill(text),
            "the loop is between two steps; 991 tasks pending [2973]\n"
            "--\n"
            "990 tasks like fetch-1 wait for event go since 1.000 s at f.cpp:8 [5]\n"
            ">in fetch › read (f.cpp:7) [0]\n"
            ">nobody has set go [0]\n"
            "--\n"
            "main waits for a future since 2.000 s at m.cpp:3 [2973]\n");
}

TEST(WhyNothing, NamesWhatHoldsTheLoopAndWhatIsOverdue) {
  const std::string text = R"(
0 task_created task=1 name=a
0 task_created task=2 name=b
0 timer_set task=2 timer=1 when=1 for=sleep
0 step_begin task=2
0 step_end task=2 waits=sleep at=b.cpp:1
0 step_begin task=1
0 block_begin task=1 what=time.sleep length=3 at=a.cpp:2
2 log text=x
)";
  EXPECT_EQ(standstill(text),
            "a holds the loop in time.sleep at a.cpp:2 since 0.000 s; 1 timer is overdue [6]\n"
            "--\na holds the loop in time.sleep at a.cpp:2 since 0.000 s [6]\n"
            "--\nb is late: its sleep was over at 1.000 s (since 0.000 s at b.cpp:1) [5]\n");
  EXPECT_EQ(standstill(text, 5).substr(0, 27), "the loop is between two ste");
}

TEST(WhyNothing, SaysWhoCouldHaveEndedAWaitAndWhatBecameOfThem) {
  EXPECT_EQ(standstill(R"(
0 resource_created resource=1 type=queue name=jobs
0 task_created task=1 name=producer
0 task_created task=2 name=consumer
1 level task=1 resource=1 value=1 at=p.cpp:3
1 acquired task=2 resource=1
2 task_done task=1 how=raised error="ValueError: no"
2 step_end task=2 object=1 waits=queue_get at=c.cpp:5
3 run_end how=hang
)"),
            "nothing runs since 2.000 s: 1 task waits, and nothing is left that would wake it [7]\n"
            "--\n"
            "consumer waits for an item from queue jobs since 2.000 s at c.cpp:5 [7]\n"
            ">producer put into jobs last, at 1.000 s at p.cpp:3, and has ended at 2.000 s (failed: ValueError: no) [4]\n");
}

TEST(WhyNothing, CountsThoseThatDoTheSame) {
  std::string text = "0 scope_enter task=1 scope=1 type=gather\n0 task_created task=1 name=main\n";
  for (const char* n : {"2", "3", "4", "5", "6", "7"})
    text += std::string("0 task_created task=") + n + " parent=1 name=get scope=1\n1 step_end task=" + n +
            " waits=future at=g.cpp:2\n";
  EXPECT_NE(standstill(text + "1 step_end task=1 object=1 waits=gather\n")
                .find(">gather of main waits for get-1, get-2, get-3 and 3 more, each of which waits for a future since 1.000 "
                      "s at g.cpp:2 "),
            std::string::npos)
      << standstill(text + "1 step_end task=1 object=1 waits=gather\n");
}

TEST(WhyNothing, SaysThatARunIsOver) {
  EXPECT_EQ(standstill("0 task_created task=1 name=a\n0 task_done task=1\n1 run_end how=raised error=\"E: x\"\n"),
            "nothing is pending: the run was over at 1.000 s (E: x) [2]\n");
  EXPECT_EQ(standstill("0 log text=a\n"), "nothing is pending: no task is alive [0]\n");
}

TEST(WhyNothing, TellsAtMostSoManyGroups) {
  std::string text;
  for (int i = 1; i <= 30; ++i)
    text += "0 task_created task=" + std::to_string(i) + " name=n" + std::to_string(i) +
            "\n0 step_end task=" + std::to_string(i) + " waits=future\n";
  const auto r = recorded(text);
  const Standstill why = why_nothing_happens(r->run, r->history.model, 7);
  EXPECT_EQ(why.groups.size(), 7u);
  EXPECT_EQ(why.pending, 30u);
}

TEST(WhyNothing, ShowsNothingOfATracesTextThatActsOnATerminal) {
  const std::string out = standstill(
      "0 task_created task=1 name=\"\\x1b[2J\"\n0 step_end task=1 waits=future\n1 run_end how=hang error=\"\\x1b[2J\"\n");
  EXPECT_EQ(out.find('\x1b'), std::string::npos) << out;
}

}  // namespace
}  // namespace awaitscope
