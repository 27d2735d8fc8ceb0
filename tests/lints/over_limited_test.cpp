#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

struct Story {
  int tasks = 5, permits = 1, takes = 10;
  int before = 0;  ///< ms for which a task has the permit before it asks
  std::string type = "semaphore", ask = "service=2";
};
/// Each task takes a permit, asks for 100 ms, and gives it back; as many as there are permits at a time.
std::string run_of(const Story& s) {
  std::string out = "0 run_begin\n0 resource_created resource=1 type=" + s.type + " capacity=" + std::to_string(s.permits) +
                    " name=limit at=a.py:1\n0 resource_created resource=2 type=service capacity=" + std::to_string(s.takes) +
                    " name=api\n";
  const auto line = [&](int ms, const std::string& what, int task, const std::string& rest) {
    out += std::to_string(ms) + "ms " + what + " task=" + std::to_string(task) + " at=a.py:5 " + rest + "\n";
  };
  for (int i = 1; i <= s.tasks; ++i) line(0, "task_created", i, "name=t" + std::to_string(i));
  for (int i = 1; i <= s.tasks; ++i) {
    const bool first = i <= s.permits;
    line(0, first ? "acquired" : "acquire_begin", i,
         "resource=1 left=" + std::to_string(first ? s.permits - i : 0) +
             " waiters=" + std::to_string(first ? 0 : i - s.permits));
  }
  for (int i = 1, now = 0; i <= s.tasks; i += s.permits) {
    const int last = std::min(s.tasks, i + s.permits - 1);
    for (int t = i; t <= last; ++t)
      line(now + s.before, "request_begin", t, "request=" + std::to_string(t) + " " + s.ask + " attempt=1 what=x");
    now += s.before + 100;
    for (int t = i; t <= last; ++t) {
      line(now, "request_end", t, "request=" + std::to_string(t) + " " + s.ask + " status=ok");
      const int next = t + s.permits, waiting = std::max(0, s.tasks - next);
      line(now, "released", t, "resource=1 left=1 waiters=" + std::to_string(next <= s.tasks ? waiting + 1 : 0));
      if (next <= s.tasks) line(now, "acquired", next, "resource=1 left=0 waiters=" + std::to_string(waiting));
    }
  }
  return out;
}
const std::string end = "99 run_end\n";

TEST(OverLimited, FiresWhereTheServiceCouldTakeManyMore) {
  const auto j = judge("over-limited", run_of({.tasks = 6}) + end);
  ASSERT_EQ(sentences(j),
            "info proven over-limited: limit (1 permit) kept up to 5 tasks waiting although api takes 10 at once and had fewer "
            "than 5 for 500 ms of 600 ms\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 1}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}}) << "the first one that had to wait";
  EXPECT_EQ(f.resources, (std::vector<ResourceId>{{1}, {2}}));
  EXPECT_EQ(j.trace[f.evidence[0]].kind, Kind::acquire_begin);
}

TEST(OverLimited, FiresWhereThePermitIsHeldForOtherThingsThanTheRequest) {
  const auto j = judge("over-limited", run_of({.tasks = 20, .permits = 2, .takes = 0, .before = 900}) + end);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("although api had nothing to do for 8.1 s of 10.0 s"), std::string::npos)
      << j.findings[0].sentence;
}

TEST(OverLimited, NearlyFiresWhereTheLineIsThereForLessOfTheTime) {
  // Of five there is a line for 4 of 5 rounds, of four for 3 of 4.
  EXPECT_EQ(sentences(judge("over-limited", run_of({.tasks = 4}) + end)), "");
  EXPECT_EQ(judge("over-limited", run_of({.tasks = 5}) + end).findings.size(), 1u);
}

TEST(OverLimited, NearlyFiresWhereTheServiceHasHalfOfWhatItTakes) {
  EXPECT_EQ(sentences(judge("over-limited", run_of({.tasks = 50, .permits = 5}) + end)), "");
  EXPECT_EQ(judge("over-limited", run_of({.tasks = 48, .permits = 4}) + end).findings.size(), 1u);
}

TEST(OverLimited, RecheckWhereTheTraceIsCutOrEventsWereLost) {
  EXPECT_EQ(judge("over-limited", run_of({})).findings.at(0).confidence, Confidence::recheck);
  EXPECT_EQ(judge("over-limited", "0 dropped count=1\n" + run_of({}) + end).findings.at(0).confidence, Confidence::recheck);
}

TEST(OverLimited, SparesALimitThatFitsItsService) {
  EXPECT_EQ(sentences(judge("over-limited", run_of({.tasks = 40, .permits = 5, .takes = 5}) + end)), "");
  // Nothing is known of what it takes, and it is at work.
  EXPECT_EQ(sentences(judge("over-limited", run_of({.tasks = 40, .permits = 5, .takes = 0}) + end)), "");
}

TEST(OverLimited, SparesALockAndALimiterOfNoService) {
  EXPECT_EQ(sentences(judge("over-limited", run_of({.tasks = 6, .type = "lock"}) + end)), "");
  EXPECT_EQ(sentences(judge("over-limited", run_of({.tasks = 6, .ask = "service=3"}) + end)), "");
}

TEST(OverLimited, SparesAPoolWhoseConnectionsAreBeingOpened) {
  std::string text = run_of({.tasks = 4, .permits = 2, .takes = 0, .before = 900, .type = "pool"}) + end;
  EXPECT_EQ(judge("over-limited", text, {{"over-limited.share", 0.4}}).findings.size(), 1u);
  text.insert(text.find("900ms"), "0 request_begin task=1 request=91 service=9 attempt=1 what=connect\n");
  text.insert(text.find("0ms task_created"), "0 resource_created resource=9 type=connection capacity=1 name=c\n");
  text.insert(text.find("900ms"), "900ms request_end task=1 request=91 service=9 status=ok\n");
  EXPECT_EQ(sentences(judge("over-limited", text, {{"over-limited.share", 0.4}})), "");
}

TEST(OverLimited, SparesTheOuterOneOfTwoLimiters) {
  // Each task takes the inner pool before it asks: that is what lets it through.
  std::string text = run_of({.tasks = 6});
  text.insert(text.find("0ms task_created"), "0 resource_created resource=3 type=pool capacity=9 name=pool\n");
  for (std::size_t at = 0; (at = text.find("request_begin task=", at)) != std::string::npos;) {
    const std::string task = text.substr(at + 19, 1);
    const std::size_t line = text.rfind('\n', at) + 1;
    const std::string taken = text.substr(line, at - line) + "acquired task=" + task + " resource=3 left=8\n";
    text.insert(line, taken);
    at += taken.size() + 1;
  }
  EXPECT_EQ(sentences(judge("over-limited", text + end)), "");
}

}  // namespace
}  // namespace awaitscope
