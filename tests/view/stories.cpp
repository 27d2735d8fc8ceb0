#include "stories.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/trace/text.h"

namespace awaitscope::view {
namespace {

Trace read(std::string_view text) {
  auto trace = read_text(text);
  if (!trace) throw std::runtime_error(trace.error());
  return std::move(*trace);
}

}  // namespace

Trace swallowed() {
  return read(R"(1 0 run_begin
2 0 task_created task=1 name="main" at=a.cpp:1
3 0 task_ready task=1 cause=2 why=start
4 0 tick_begin tick=1 ready=1
5 0 step_begin task=1 cause=3
6 0 task_created task=2 cause=5 parent=1 name="worker" at=a.cpp:2
7 0 task_ready task=2 cause=6 by=1 why=start
8 0 scope_enter task=1 cause=5 scope=1 deadline=1.0 type=timeout at=a.cpp:3
9 0 step_end task=1 cause=5 object=2 waits=task at=a.cpp:4
10 0 tick_begin tick=2 ready=1 timers=1
11 0 step_begin task=2 cause=7
12 0 timer_set task=2 cause=11 timer=2 when=10.0 for=sleep at=a.cpp:14
13 0 step_end task=2 cause=11 waits=sleep at=a.cpp:14
14 0 idle_begin until=1.0
15 1.0 idle_end
16 1.0 tick_begin tick=3 ready=1 timers=1
17 1.0 scope_expired task=1 scope=1 at=a.cpp:3
18 1.0 cancel_requested task=2 cause=17 scope=1 why=timeout at=a.cpp:3
19 1.0 task_ready task=2 cause=18 why=cancel
20 1.0 step_begin task=2 cause=19
21 1.0 cancel_delivered task=2 cause=18 at=a.cpp:14
22 1.0 cancel_swallowed task=2 cause=21 at=a.cpp:16
23 1.0 timer_set task=2 cause=20 timer=3 when=4.0 for=sleep at=a.cpp:18
24 1.0 step_end task=2 cause=20 waits=sleep at=a.cpp:18
25 1.0 idle_begin until=4.0
26 4.0 idle_end
27 4.0 timer_fired task=2 timer=3 due=4.0 at=a.cpp:18
28 4.0 tick_begin tick=4 ready=1
29 4.0 task_ready task=2 cause=27 why=timer
30 4.0 step_begin task=2 cause=29
31 4.0 task_done task=2 cause=30 cancels=1 how=returned
32 4.0 task_ready task=1 cause=31 by=2 object=2 why=task
33 4.0 step_end task=2 cause=30
34 4.0 step_begin task=1 cause=32
35 4.0 scope_exit task=1 cause=34 scope=1 how=returned at=a.cpp:3
36 4.0 log task=1 cause=34 text="got late" at=a.cpp:28
37 4.0 task_done task=1 cause=34 how=returned
38 4.0 step_end task=1 cause=34
39 4.0 run_end how=ok
)");
}

Trace stalled() {
  return read(R"(1 0 run_begin
2 0 task_created task=1 name="main" at=b.cpp:1
3 0 task_ready task=1 cause=2 why=start
4 0 tick_begin tick=1 ready=1
5 0 step_begin task=1 cause=3
6 0 task_created task=2 cause=5 parent=1 name="ticker" at=b.cpp:2
7 0 task_ready task=2 cause=6 by=1 why=start
8 0 timer_set task=1 cause=5 timer=1 when=0.5 for=sleep at=b.cpp:3
9 0 step_end task=1 cause=5 waits=sleep at=b.cpp:3
10 0 step_begin task=2 cause=7
11 0 log task=2 text="tick 1" at=b.cpp:9
12 0 timer_set task=2 cause=10 timer=2 when=0.75 for=sleep at=b.cpp:10
13 0 step_end task=2 cause=10 waits=sleep at=b.cpp:10
14 0 idle_begin until=0.5
15 0.5 idle_end
16 0.5 timer_fired task=1 timer=1 due=0.5 at=b.cpp:3
17 0.5 tick_begin tick=2 ready=1 timers=1
18 0.5 task_ready task=1 cause=16 why=timer
19 0.5 step_begin task=1 cause=18
20 0.5 block_begin task=1 cause=19 what="time.sleep" length=2.0 at=b.cpp:4
21 2.5 block_end task=1 cause=20 at=b.cpp:4
22 2.5 step_end task=1 cause=19 object=2 waits=task at=b.cpp:5
23 2.5 timer_fired task=2 timer=2 due=0.75 at=b.cpp:10
24 2.5 tick_begin tick=3 ready=1
25 2.5 task_ready task=2 cause=23 why=timer
26 2.5 step_begin task=2 cause=25
27 2.5 log task=2 text="tick 2" at=b.cpp:9
28 2.5 task_done task=2 cause=26 how=returned
29 2.5 task_ready task=1 cause=28 by=2 object=2 why=task
30 2.5 step_end task=2 cause=26
31 2.5 step_begin task=1 cause=29
32 2.5 task_done task=1 cause=31 how=returned
33 2.5 step_end task=1 cause=31
34 2.5 run_end how=ok
)");
}

Trace staircase() {
  std::string text =
      "0 run_begin\n0 task_created task=1 name=\"main\"\n0 task_ready task=1 why=start\n0 tick_begin tick=1 ready=1\n0 "
      "step_begin task=1\n"
      "0 resource_created task=1 resource=1 type=service name=\"api\"\n";
  for (int i = 1; i <= 3; ++i) {
    const std::string n = std::to_string(i), now = std::to_string(i - 1), then = n;
    text += now + " request_begin task=1 request=" + n + " service=1 attempt=1 what=\"part " + n + "\"\n" + now +
            " level task=1 resource=1 value=1\n" + now + " step_end task=1 waits=sleep\n" + now + " idle_begin until=" + then +
            "\n" + then + " idle_end\n" + then + " tick_begin tick=" + std::to_string(i + 1) + " ready=1\n" + then +
            " task_ready task=1 why=timer\n" + then + " step_begin task=1\n" + then + " request_end task=1 request=" + n +
            " service=1 status=ok\n" + then + " level task=1 resource=1\n";
  }
  return read(text + "3 task_done task=1 how=returned\n3 step_end task=1\n3 run_end how=ok\n");
}

Trace refused() {
  std::string text =
      "0 run_begin\n0 task_created task=1 name=\"main\"\n0 task_ready task=1 why=start\n0 tick_begin tick=1 ready=1\n0 "
      "step_begin task=1\n"
      "0 resource_created task=1 resource=1 type=service capacity=2 name=\"api\"\n";
  for (int i = 2; i <= 6; ++i)
    text += "0 task_created task=" + std::to_string(i) + " parent=1 name=\"job\"\n0 task_ready task=" + std::to_string(i) +
            " by=1 why=start\n";
  text += "0 step_end task=1 waits=gather object=1\n";
  for (int i = 2; i <= 6; ++i) {
    const std::string t = std::to_string(i), r = std::to_string(i - 1);
    text += "0 step_begin task=" + t + "\n0 request_begin task=" + t + " request=" + r + " service=1 attempt=1 what=\"job\"\n";
    if (i <= 3) text += "0 level task=" + t + " resource=1 value=" + r + "\n0 step_end task=" + t + " waits=sleep\n";
    else
      text += "0 request_end task=" + t + " request=" + r + " service=1 status=refused\n0 task_done task=" + t +
              " error=\"api refused\" how=raised\n0 step_end task=" + t + "\n";
  }
  text += "0 idle_begin until=1.0\n1.0 idle_end\n1.0 tick_begin tick=2 ready=2\n";
  for (int i = 2; i <= 3; ++i) {
    const std::string t = std::to_string(i), r = std::to_string(i - 1);
    text += "1.0 task_ready task=" + t + " why=timer\n1.0 step_begin task=" + t + "\n1.0 request_end task=" + t +
            " request=" + r + " service=1 status=ok\n1.0 level task=" + t + " resource=1 value=" + std::to_string(3 - i) +
            "\n1.0 task_done task=" + t + " how=returned\n1.0 step_end task=" + t + "\n";
  }
  return read(text +
              "1.0 task_ready task=1 why=gather\n1.0 step_begin task=1\n1.0 task_done task=1 how=returned\n1.0 step_end "
              "task=1\n1.0 run_end how=ok\n");
}

Trace crowd(int jobs) {
  Trace trace;
  const auto main = trace.intern("main").value, job = trace.intern("job").value, error = trace.intern("boom").value;
  const auto put = [&](Kind kind, std::int64_t ms, std::uint32_t task, std::uint32_t a = 0, std::uint32_t b = 0,
                       std::uint8_t c = 0) {
    Record r;
    r.kind = kind, r.time = ms * 1000000, r.task = task, r.a = a, r.b = b, r.c = c;
    trace.append(r);
  };
  const auto why = [](WhyReady w) { return static_cast<std::uint8_t>(w); };
  put(Kind::run_begin, 0, 0);
  put(Kind::task_created, 0, 1, 0, main);
  put(Kind::step_begin, 0, 1);
  for (int i = 0; i < jobs; ++i) {
    const auto id = static_cast<std::uint32_t>(i + 2);
    put(Kind::task_created, 0, id, 1, job);
    put(Kind::task_ready, 0, id, 1, 0, why(WhyReady::start));
  }
  put(Kind::step_end, 0, 1, 1, 0, static_cast<std::uint8_t>(Wait::gather));
  for (int i = 0; i < jobs; ++i) {
    const auto id = static_cast<std::uint32_t>(i + 2);
    put(Kind::step_begin, 0, id);
    put(Kind::step_end, 0, id, 1, 0, static_cast<std::uint8_t>(Wait::semaphore));
  }
  for (int i = 0; i < jobs; ++i) {
    const auto id = static_cast<std::uint32_t>(i + 2);
    const std::int64_t at = 1 + i / 10;
    put(Kind::task_ready, at, id, 0, 0, why(WhyReady::released));
    put(Kind::step_begin, at, id);
    put(Kind::task_done, at, id, i % 10 == 9 ? error : 0, 0,
        static_cast<std::uint8_t>(i % 10 == 9 ? Outcome::raised : Outcome::returned));
    put(Kind::step_end, at, id);
  }
  put(Kind::run_end, 1 + jobs / 10, 0);
  return trace;
}

Trace hostile() {
  return read(
      "0 run_begin\n0 task_created task=1 name=\"<script>alert(1)</script>\"\n0 task_ready task=1 why=start\n0 tick_begin "
      "tick=1 ready=1\n0 step_begin task=1\n"
      "0 log task=1 text=\"a&b \\\"quoted\\\" ]]> \\x1b[31mred\\x1b[0m\"\n"
      "0 task_created task=2 parent=1 name=\"\\u202Egnp.exe\"\n0 task_ready task=2 by=1 why=start\n"
      "1 block_begin task=1 what=\"%s%n</text><svg onload=x>\" length=2.0\n3 block_end task=1\n3 step_end task=1 waits=task "
      "object=2\n"
      "3 step_begin task=2\n3 task_done task=2 how=raised error=\"\\x07bell\\n<b>\"\n3 step_end task=2\n4 run_end how=ok\n");
}

std::unique_ptr<Session> session_of(Trace bad) {
  auto session = std::make_unique<Session>();
  session->sides.push_back(std::make_unique<Side>("bad"));
  session->sides[0]->trace = std::move(bad);
  take_in(*session, *session->sides[0]);
  return session;
}

std::unique_ptr<Session> session_of(Trace bad, Trace fixed) {
  auto session = session_of(std::move(bad));
  session->sides.push_back(std::make_unique<Side>("fixed"));
  session->sides[1]->trace = std::move(fixed);
  take_in(*session, *session->sides[1]);
  return session;
}

std::unique_ptr<Session> lesson_of(Question question) {
  auto session = session_of(swallowed(), stalled());
  session->lesson.name = "demo";
  question.run.variant = "bad";
  session->lesson.questions = {std::move(question)};
  Side& bad = *session->sides[0];
  bad.stops = {{bad.trace.at_or_before(Instant{1'000'000'000}), "alarm", {"the time is up", "时间到"}}};
  bad.reveals = {bad.trace.size()};
  return session;
}

History history(const Trace& trace) { return history_of(trace); }

}  // namespace awaitscope::view
