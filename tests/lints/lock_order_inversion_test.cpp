#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string made =
    "0 run_begin\n0 resource_created resource=1 type=lock capacity=1 name=a\n"
    "0 resource_created resource=2 type=lock capacity=1 name=b\n0 resource_created resource=3 type=lock capacity=1 name=gate\n"
    "0 task_created task=1 name=main\n0 task_created task=2 name=first parent=1\n0 task_created task=3 name=second parent=1\n";
std::string takes(int task, int lock, int line, const std::string& at = "1") {
  return at + " acquired task=" + std::to_string(task) + " resource=" + std::to_string(lock) +
         " at=a.py:" + std::to_string(line) + "\n";
}
std::string gives(int task, int lock, const std::string& at = "2") {
  return at + " released task=" + std::to_string(task) + " resource=" + std::to_string(lock) + " left=1\n";
}
/// Takes two locks, with an await between.
std::string section(int task, int outer, int inner, int line) {
  const std::string id = std::to_string(task);
  return "1 step_begin task=" + id + "\n" + takes(task, outer, line) + "1 step_end task=" + id +
         " waits=sleep\n2 step_begin task=" + id + "\n" + takes(task, inner, line + 1, "2") + gives(task, inner) +
         gives(task, outer) + "2 step_end task=" + id + "\n";
}
std::string in_one_step(int task, int outer, int inner, int line) {
  const std::string id = std::to_string(task);
  return "2 step_begin task=" + id + "\n" + takes(task, outer, line, "2") + takes(task, inner, line + 1, "2") +
         gives(task, inner) + gives(task, outer) + "2 step_end task=" + id + "\n";
}
std::string later(std::string text) {  // one second on, so that times never run backwards
  for (const auto& [from, to] : {std::pair{"\n2 ", "\n3 "}, std::pair{"\n1 ", "\n2 "}})
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; ++at) text.replace(at, 3, to);
  return "2" + text.substr(1);
}
const std::string end = "9 run_end\n";

TEST(LockOrderInversion, FiresWithBothTasksBothLocksAndAllFourLinesAlsoWhereTheRunPassed) {
  const auto j = judge("lock-order-inversion", made + section(2, 1, 2, 10) + later(section(3, 2, 1, 20)) + end);
  ASSERT_EQ(sentences(j),
            "warning proven lock-order-inversion: task first takes a at a.py:10 and then b at a.py:11, task second takes b at "
            "a.py:20 and then a at a.py:21: it went well this time, but if both come between, each waits for the other for "
            "ever\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.site, (Site{"a.py", 21}));
  EXPECT_EQ(f.tasks, (std::vector<TaskId>{{3}, {2}}));
  EXPECT_EQ(f.resources, (std::vector<ResourceId>{{1}, {2}}));
  EXPECT_EQ(j.trace[f.evidence[0]].task, 3u);
  EXPECT_EQ(j.trace[f.evidence[0]].a, 1u) << "the moment: the second one asks for what the first took first";
  EXPECT_EQ(f.evidence.size(), 4u);
}

TEST(LockOrderInversion, FiresOnceForManyLocksOfOneKind) {
  std::string text = made;
  for (int i = 10; i < 20; i += 2) {
    for (const int lock : {i, i + 1})
      text += "0 resource_created resource=" + std::to_string(lock) + " type=lock capacity=1 name=account\n";
    text += section(2, i, i + 1, 10) + section(3, i + 1, i, 10);
  }
  // Times are of no matter here; what counts is the order of the lines.
  for (const char* time : {"\n1 ", "\n2 "})
    for (std::size_t at = 0; (at = text.find(time, at)) != std::string::npos; ++at) text.replace(at, 3, "\n0 ");
  const auto j = judge("lock-order-inversion", text + end);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("; 4 more pairs of locks are taken so at these lines"), std::string::npos)
      << j.findings[0].sentence;
}

TEST(LockOrderInversion, FiresAsInfoWhereNobodyCanComeBetween) {
  const auto j = judge("lock-order-inversion", made + in_one_step(2, 1, 2, 10) + in_one_step(3, 2, 1, 20) + end);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].severity, Severity::info);
  EXPECT_NE(j.findings[0].sentence.find("it goes well as long as no await stands between the two"), std::string::npos);
  // One await is enough.
  EXPECT_EQ(judge("lock-order-inversion", made + section(2, 1, 2, 10) + in_one_step(3, 2, 1, 20) + end).findings.at(0).severity,
            Severity::warning);
}

TEST(LockOrderInversion, FiresAsLikelyForSemaphoresOfOnePermit) {
  std::string text = made + section(2, 1, 2, 10) + later(section(3, 2, 1, 20)) + end;
  const auto semaphores = [](std::string out, const std::string& before = "") {
    for (int i = 0; i < 2; ++i) out.replace(out.find("type=lock"), 9, "type=semaphore");
    return out.insert(out.find("1 step_begin"), before);
  };
  EXPECT_EQ(judge("lock-order-inversion", semaphores(text)).findings.at(0).confidence, Confidence::likely);
  // One that another task gives back is a signal, no lock.
  for (const std::string id : {"1", "2"})
    EXPECT_EQ(
        sentences(judge("lock-order-inversion", semaphores(text, "0 acquired task=2 resource=" + id +
                                                                     "\n0 released task=3 resource=" + id + " left=1\n"))),
        "");
}

TEST(LockOrderInversion, NearlyFiresWhereTheFirstLockWasGivenBackBefore) {
  const std::string one = made + section(2, 1, 2, 10);
  const std::string apart = "2 step_begin task=3\n" + takes(3, 2, 20, "2") + gives(3, 2) + takes(3, 1, 21, "2") + gives(3, 1);
  EXPECT_EQ(sentences(judge("lock-order-inversion", one + apart + end)), "");
  const std::string together =
      "2 step_begin task=3\n" + takes(3, 2, 20, "2") + takes(3, 1, 21, "2") + gives(3, 1) + gives(3, 2);
  EXPECT_EQ(judge("lock-order-inversion", one + together + end).findings.size(), 1u);
}

TEST(LockOrderInversion, NearlyFiresWhereOnlyOneWasAskedFor) {
  const std::string one = made + section(2, 1, 2, 10) + "3 step_begin task=3\n" + takes(3, 2, 20, "3");
  EXPECT_EQ(sentences(judge("lock-order-inversion", one + end)), "");
  // To ask is enough: it need not get it.
  EXPECT_EQ(judge("lock-order-inversion", one + "3 acquired task=1 resource=1\n3 acquire_begin task=3 resource=1 waiters=1\n" +
                                              "4 acquire_abandoned task=3 resource=1\n" + end)
                .findings.size(),
            1u);
}

TEST(LockOrderInversion, RecheckWhereEventsWereLost) {
  const auto j =
      judge("lock-order-inversion", "0 dropped count=3\n" + made + section(2, 1, 2, 10) + later(section(3, 2, 1, 20)) + end);
  EXPECT_EQ(j.findings.at(0).confidence, Confidence::recheck);
}

TEST(LockOrderInversion, SparesLocksThatAreAlwaysTakenUnderAnOuterOne) {
  const auto gated = [](const std::string& gate, const std::string& inner) {
    std::string out = inner;
    out.insert(out.find('\n') + 1, gate);
    return out;
  };
  const std::string first = gated(takes(2, 3, 9), section(2, 1, 2, 10)) + gives(2, 3);
  const std::string second = gated(takes(3, 3, 19), section(3, 2, 1, 20)) + gives(3, 3);
  EXPECT_EQ(sentences(judge("lock-order-inversion", made + first + later(second) + end)), "");
  // One of them without the gate: it may meet the other.
  EXPECT_EQ(judge("lock-order-inversion", made + first + later(section(3, 2, 1, 20)) + end).findings.size(), 1u);
}

TEST(LockOrderInversion, SparesOneTaskThatDoesOneAfterTheOther) {
  EXPECT_EQ(sentences(judge("lock-order-inversion", made + section(2, 1, 2, 10) + later(section(2, 2, 1, 20)) + end)), "");
}

TEST(LockOrderInversion, SparesATaskThatBeginsWhenTheOtherHasBeenAwaited) {
  const std::string over = made + section(2, 1, 2, 10) + "2 task_done task=2\n";
  const std::string retrieved = "2 result_retrieved task=1 of=2\n", next = "2 task_created task=4 name=fourth parent=1\n";
  const std::string opposite = later(section(4, 2, 1, 20)) + end;
  EXPECT_EQ(sentences(judge("lock-order-inversion", over + retrieved + next + opposite)), "");
  EXPECT_EQ(judge("lock-order-inversion", over + next + opposite).findings.size(), 1u) << "it only happened to be over";
  // What a task did before it made the other one is over, too.
  EXPECT_EQ(sentences(judge("lock-order-inversion", made + section(1, 1, 2, 10) + next + opposite)), "");
}

TEST(LockOrderInversion, SparesARingThatDeadlockCycleTells) {
  const std::string ring = "1 step_begin task=2\n" + takes(2, 1, 10) + "1 step_end task=2 waits=sleep\n1 step_begin task=3\n" +
                           takes(3, 2, 20) +
                           "1 acquire_begin task=3 resource=1 waiters=1\n1 step_end task=3 object=1 waits=lock\n" +
                           "2 step_begin task=2\n2 acquire_begin task=2 resource=2 waiters=1\n2 step_end task=2 object=2 "
                           "waits=lock\n3 run_end how=hang\n";
  EXPECT_EQ(sentences(judge("lock-order-inversion", made + ring)), "");
  EXPECT_EQ(judge("deadlock-cycle", made + ring).findings.size(), 1u);
}

TEST(LockOrderInversion, SparesSemaphoresOfSeveralPermits) {
  std::string text = made + section(2, 1, 2, 10) + later(section(3, 2, 1, 20)) + end;
  text.replace(text.find("type=lock capacity=1"), 20, "type=semaphore capacity=2");
  EXPECT_EQ(sentences(judge("lock-order-inversion", text)), "");
}

}  // namespace
}  // namespace awaitscope
