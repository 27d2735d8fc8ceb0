#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

// main waits for job under a timeout of 1 s.
const std::string asked = R"(
0 run_begin
0 task_created task=1 name=main
0 scope_enter task=1 scope=1 deadline=1 type=timeout at=a.cpp:30
0 task_created task=2 name=job parent=1
1 cancel_requested task=1 scope=1 why=timeout at=a.cpp:30
1 cancel_propagated task=1 to=2 cause=5
1 cancel_requested task=2 scope=1 why=parent cause=5
1 step_begin task=2
1 cancel_delivered task=2 cause=7 at=a.cpp:12
1 step_end task=2 waits=sleep at=a.cpp:15
)";
std::string done(const std::string& time) { return time + " task_done task=2 how=cancelled\n" + time + " run_end\n"; }

TEST(CancelLatency, FiresOnACleanUpThatTakesLong) {
  const auto j = judge("cancel-latency", asked + done("1.3"));
  ASSERT_EQ(sentences(j),
            "info proven cancel-latency: the cancel from the timeout at a.cpp:30 of main reached task job at 1.000 s at "
            "a.cpp:12, and it took 300 ms to answer\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(show(f.site), "a.cpp:12");
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{2}});
  EXPECT_EQ(f.evidence, (std::vector<Seq>{9, 11, 7}));
  EXPECT_EQ(f.begin, Instant{1000000000});
  EXPECT_EQ(f.end, Instant{1300000000});
}

TEST(CancelLatency, FiresAsWarningWhereADeadlineIsOverrun) {
  EXPECT_EQ(judge("cancel-latency", asked + done("1.999")).findings.at(0).severity, Severity::info);
  EXPECT_EQ(judge("cancel-latency", asked + done("2")).findings.at(0).severity, Severity::warning);
  // Whoever set it has gone on already: outlives-scope tells of that.
  EXPECT_EQ(judge("cancel-latency", asked + "1 scope_exit task=1 scope=1\n" + done("4")).findings.at(0).severity,
            Severity::info);
  std::string by_hand = asked;
  by_hand.replace(by_hand.find("scope=1 why=timeout"), 19, "by=2 why=call");
  EXPECT_EQ(judge("cancel-latency", by_hand + done("4")).findings.at(0).severity, Severity::info);
}

TEST(CancelLatency, FiresOnceForAPlaceAndNamesTheSlowest) {
  std::string text = "0 run_begin\n";
  for (int i = 1; i <= 5; ++i)
    text += "0 task_created task=" + std::to_string(i) + " name=t" + std::to_string(i) +
            "\n0 cancel_requested task=" + std::to_string(i) + " by=9\n0 cancel_delivered task=" + std::to_string(i) +
            " at=a.cpp:3\n";
  for (int i = 1; i <= 5; ++i) text += std::to_string(i) + "00ms task_done task=" + std::to_string(i) + " how=cancelled\n";
  const auto j = judge("cancel-latency", text);
  EXPECT_EQ(sentences(j),
            "info proven cancel-latency: a cancel reached task t5 at 0.000 s at a.cpp:3, and it took 500 ms to answer; 4 other "
            "answers there were slow as well\n");
}

TEST(CancelLatency, NearlyFiresBelowTheLimit) {
  EXPECT_EQ(sentences(judge("cancel-latency", asked + done("1.099"))), "");
  EXPECT_NE(sentences(judge("cancel-latency", asked + done("1.1"))), "");
  EXPECT_NE(sentences(judge("cancel-latency", asked + done("1.099"), {{"cancel-latency.info_ms", 50}})), "");
}

TEST(CancelLatency, RecheckWhereTheTraceIsCutOrLostEvents) {
  const auto cut = judge("cancel-latency", asked + "1.5 log text=x\n");
  EXPECT_EQ(sentences(cut),
            "info recheck cancel-latency: the cancel from the timeout at a.cpp:30 of main reached task job at 1.000 s at "
            "a.cpp:12, and it had not answered 500 ms later\n");
  EXPECT_EQ(judge("cancel-latency", asked + "1 dropped count=3\n" + done("1.5")).findings.at(0).confidence,
            Confidence::recheck);
  EXPECT_EQ(judge("cancel-latency", asked + "1.5 run_end how=hang\n").findings.at(0).confidence, Confidence::proven);
}

TEST(CancelLatency, SparesACleanUpThatSaysHowLongItMayTake) {
  const std::string shield = "1 scope_enter task=2 scope=2 type=shield\n2 scope_exit task=2 scope=2\n";
  EXPECT_EQ(sentences(judge("cancel-latency", asked + shield + done("2"))), "");
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "1 scope_enter task=2 scope=2 type=timeout deadline=3\n" +
                                                  "2 scope_exit task=2 scope=2\n" + done("2"))),
            "");
  EXPECT_EQ(sentences(judge("cancel-latency",
                            asked + "1 region_begin task=2 name=closing\n2 region_end task=2 name=closing\n" + done("2"))),
            "");
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "1 scope_enter task=2 scope=2 type=shield\n3 log text=x\n")), "");
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "1 region_begin task=2 name=closing\n3 log text=x\n")), "");
  // A block without a limit declares nothing, nor does one that was open before.
  EXPECT_NE(sentences(judge("cancel-latency",
                            asked + "1 scope_enter task=2 scope=2 type=wait\n2 scope_exit task=2 scope=2\n" + done("2"))),
            "");
  EXPECT_NE(sentences(judge("cancel-latency", asked + "1.5 region_end task=2 name=work\n" + done("1.5"))), "");
  // What comes after it counts.
  EXPECT_NE(sentences(judge("cancel-latency", asked + shield + done("2.4")))
                .find("it took 400 ms to answer, counted from the end of its declared clean-up at 2.000 s"),
            std::string::npos);
}

TEST(CancelLatency, SparesWhoWaitsForOthersThatAreToStop) {
  std::string group = asked;
  group.replace(group.find("waits=sleep"), 11, "waits=group");
  const std::string wakes = "3 task_ready task=2 why=group\n3 step_begin task=2\n";
  EXPECT_EQ(sentences(judge("cancel-latency", group + wakes + done("3"))), "");
  EXPECT_NE(sentences(judge("cancel-latency", group + wakes + done("3.2")))
                .find("it took 200 ms to answer, counted from 3.000 s, when the tasks it waited for had ended"),
            std::string::npos);
  for (const char* asks : {"", "1 cancel_requested task=3 by=2\n"}) {
    std::string task = "0 task_created task=3 name=child\n" + asked;
    task.replace(task.find("waits=sleep"), 11, "waits=task object=3");
    EXPECT_EQ(sentences(judge("cancel-latency", task + asks + wakes + done("3"))).empty(), *asks != 0) << asks;
    std::string gather = "0 task_created task=3 name=child scope=7\n" + asked;
    gather.replace(gather.find("waits=sleep"), 11, "waits=gather object=7");
    EXPECT_EQ(sentences(judge("cancel-latency", "0 scope_enter task=2 scope=7\n" + gather + asks + wakes + done("3"))).empty(),
              *asks != 0)
        << asks;
  }
}

TEST(CancelLatency, SparesWhoWaitsForWhatItHasShielded) {
  std::string task = "0 task_created task=3 name=close\n" + asked;
  task.replace(task.find("waits=sleep"), 11, "waits=task object=3");
  const std::string wakes = "3 task_ready task=2 why=task\n3 step_begin task=2\n";
  const std::string shield = "0 scope_enter task=2 scope=7 type=shield\n0 scope_child task=2 scope=7 child=3\n";
  EXPECT_EQ(sentences(judge("cancel-latency", shield + task + wakes + done("3"))), "");
  EXPECT_NE(sentences(judge("cancel-latency", task + wakes + done("3"))), "");
}

TEST(CancelLatency, SparesWhatOtherRulesTell) {
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "1 cancel_swallowed task=2 cause=9\n4 task_done task=2\n")), "");
  // No handler is seen, and a value is returned: swallowed as well.
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "4 task_done task=2\n")), "");
  std::string shutdown = asked;
  shutdown.replace(shutdown.find("scope=1 why=timeout"), 19, "why=shutdown");
  EXPECT_EQ(sentences(judge("cancel-latency", shutdown + done("2.1"))), "");
  EXPECT_NE(sentences(judge("cancel-latency", shutdown + done("2"))), "") << "shutdown-blocked says nothing of a second";
}

TEST(CancelLatency, SparesABlockThatAnswersAtOnce) {
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "1 cancel_caught task=2 cause=9 scope=2\n" + done("9"))), "");
  EXPECT_EQ(sentences(judge("cancel-latency", asked + "1 cancel_uncancelled task=2\n" + done("9"))), "");
  EXPECT_NE(sentences(judge("cancel-latency", asked + "1 cancel_uncancelled task=2 left=1\n" + done("9"))), "");
}

TEST(CancelLatency, OfOtherRecordersOnlyLikely) {
  EXPECT_EQ(judge("cancel-latency", "# runtime imported from Chrome JSON\n" + asked + done("2")).findings.at(0).confidence,
            Confidence::likely);
}

}  // namespace
}  // namespace awaitscope
