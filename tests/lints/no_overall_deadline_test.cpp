#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string start =
    "0 run_begin\n0 task_created task=1 name=main\n0 step_begin task=1\n0 resource_created resource=1 type=service name=api\n";

/// A part of one second and its own limit of `limit` s from `begin`.  `before`: the event of the part before, 0: none.
std::string part(int n, const std::string& begin, const std::string& end, const std::string& limit, int before,
                 int attempt = 1) {
  const std::string id = std::to_string(n);
  return begin + " scope_enter task=1 scope=" + id + " deadline=" + limit + " type=timeout at=a.cpp:5\n" +  //
         begin + " request_begin task=1 request=" + id + " service=1 attempt=" + std::to_string(attempt) +
         " what=part at=a.cpp:6\n" +
         (before ? begin + " request_input task=1 request=" + id + " value=" + std::to_string(before) + "\n" : "") +   //
         end + " request_end task=1 request=" + id + " service=1" + (attempt > 1 ? " status=cancelled" : "") + "\n" +  //
         end + " scope_exit task=1 scope=" + id + "\n";
}
const std::string done = "9 task_done task=1\n9 run_end\n";

TEST(NoOverallDeadline, FiresAndCountsThePartsAndTheWhole) {
  const auto j = judge("no-overall-deadline", start + part(1, "0", "0.8", "1", 0) + part(2, "0.8", "1.6", "1.8", 7) +
                                                  part(3, "1.6", "2.4", "2.6", 12) + done);
  EXPECT_EQ(sentences(j),
            "warning proven no-overall-deadline: 3 requests of task main to api each have the 1.0 s limit at a.cpp:5, and took "
            "2.4 s in all; no deadline covers them together\n");
  EXPECT_EQ(j.findings[0].evidence.size(), 4u);
}

TEST(NoOverallDeadline, NearlyFiresOnTwoPartsOrWithinOneLimit) {
  EXPECT_EQ(
      sentences(judge("no-overall-deadline", start + part(1, "0", "0.8", "1", 0) + part(2, "0.8", "1.6", "1.8", 7) + done)),
      "");
  EXPECT_EQ(sentences(judge("no-overall-deadline", start + part(1, "0", "0.2", "1", 0) + part(2, "0.2", "0.4", "1.2", 7) +
                                                       part(3, "0.4", "0.6", "1.4", 12) + done)),
            "");
  EXPECT_EQ(judge("no-overall-deadline", start + part(1, "0", "0.2", "1", 0) + part(2, "0.2", "0.4", "1.2", 7) +
                                             part(3, "0.4", "1.1", "1.4", 12) + done)
                .findings.size(),
            1u);
}

TEST(NoOverallDeadline, SparesADeadlineAroundAllAlsoOneOfTheParent) {
  EXPECT_EQ(sentences(judge("no-overall-deadline", start + "0 scope_enter task=1 scope=9 deadline=3 type=timeout\n" +
                                                       part(1, "0", "0.8", "1", 0) + part(2, "0.8", "1.6", "1.8", 8) +
                                                       part(3, "1.6", "2.4", "2.6", 13) + done)),
            "");
  std::string child = part(1, "0", "0.8", "1", 0) + part(2, "0.8", "1.6", "1.8", 9) + part(3, "1.6", "2.4", "2.6", 14);
  for (std::size_t at = 0; (at = child.find("task=1", at)) != std::string::npos;) child[at + 5] = '2';
  EXPECT_EQ(sentences(judge("no-overall-deadline",
                            start + "0 scope_enter task=1 scope=9 deadline=3 type=timeout\n0 task_created task=2 parent=1\n" +
                                child + done)),
            "");
}

TEST(NoOverallDeadline, SparesAConsumersOwnRequests) {
  // A limit each, one after the other for ever, and none needs another's result: a worker at its work.
  EXPECT_EQ(sentences(judge("no-overall-deadline", start + part(1, "0", "0.8", "1", 0) + part(2, "0.8", "1.6", "1.8", 0) +
                                                       part(3, "1.6", "2.4", "2.6", 0) + done)),
            "");
}

TEST(NoOverallDeadline, FiresOnRetriesEachWithALimitOfItsOwn) {
  std::string first = part(1, "0", "1", "1", 0, 1);
  first.replace(first.find("service=1\n"), 10, "service=1 status=cancelled\n");
  const auto j =
      judge("no-overall-deadline", start + first + part(2, "2", "3", "3", 0, 2) + part(3, "5", "6", "6", 0, 3) + done);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("took 6.0 s in all"), std::string::npos) << j.findings[0].sentence;
}

TEST(NoOverallDeadline, FiresOnALimitOfTheFirstPartAlone) {
  const std::string text =
      start + part(1, "0", "0.5", "1", 0) +
      "0.5 request_begin task=1 request=2 service=1 attempt=1 what=body at=a.cpp:9\n0.5 request_input task=1 "
      "request=2 value=7\n";
  EXPECT_EQ(sentences(judge("no-overall-deadline", text + "3 request_end task=1 request=2 service=1\n" + done)),
            "warning proven no-overall-deadline: the 1.0 s limit at a.cpp:5 covers part at a.cpp:6 of task main and not body "
            "at a.cpp:9; they took 3.0 s in all\n");
  EXPECT_EQ(sentences(judge("no-overall-deadline", text + "0.9 request_end task=1 request=2 service=1\n" + done)), "");
}

TEST(NoOverallDeadline, FiresOnATimerThatIsTakenAway) {
  const std::string text = start +
                           "0 timer_set task=1 timer=1 when=1 for=call at=a.cpp:5\n0 request_begin task=1 request=1 service=1 "
                           "attempt=1 what=head at=a.cpp:6\n0.5 request_end task=1 request=1 service=1\n";
  const std::string body =
      "0.5 request_begin task=1 request=2 service=1 attempt=1 what=body at=a.cpp:9\n0.5 request_input task=1 request=2 "
      "value=7\n3 request_end task=1 request=2 service=1\n";
  const auto j = judge("no-overall-deadline", text + "0.5 timer_cancelled task=1 timer=1\n" + body + done);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::likely) << "it may have been there for something else";
  EXPECT_EQ(sentences(judge("no-overall-deadline", text + body + done)), "") << "still armed while the body comes";
}

TEST(NoOverallDeadline, RecheckWhereTheTraceIsCut) {
  std::string open = part(3, "1.6", "9", "2.6", 12);
  open = open.substr(0, open.find("9 request_end")) + "5 log text=x\n";
  const auto j = judge("no-overall-deadline", start + part(1, "0", "0.8", "1", 0) + part(2, "0.8", "1.6", "1.8", 7) + open);
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_EQ(j.findings[0].confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
