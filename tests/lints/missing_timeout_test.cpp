#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string asks = R"(
0 task_created task=1 name=main
0 resource_created resource=1 type=service name=peer
1 request_begin task=1 request=1 service=1 what=report at=a.cpp:5
)";

TEST(MissingTimeout, FiresOnAnAnswerThatNeverCame) {
  const auto j = judge("missing-timeout", asks + "9 run_end how=hang\n");
  EXPECT_EQ(sentences(j),
            "error proven missing-timeout: task main waits for report from peer at a.cpp:5 without a time limit: asked at "
            "1.000 s, and still no answer when the run ended 8.0 s later\n");
  EXPECT_EQ(j.findings.at(0).evidence, (std::vector<Seq>{3}));
}

TEST(MissingTimeout, FiresOnOneThatOnlyTheCleanUpOfAHangEnded) {
  const std::string cancelled = "9 request_end task=1 request=1 service=1 status=cancelled\n9 run_end";
  const auto severity = [&](const std::string& why, const std::string& end) {
    return judge("missing-timeout", asks + "9 cancel_requested task=1 why=" + why + "\n" + cancelled + end)
        .findings.at(0)
        .severity;
  };
  EXPECT_EQ(severity("shutdown", " how=hang\n"), Severity::error);
  EXPECT_EQ(severity("shutdown", "\n"), Severity::info) << "the program was left: it was under way";
  EXPECT_EQ(severity("call", " how=hang\n"), Severity::info) << "somebody gave up";
}

TEST(MissingTimeout, FiresAsANoteWhereItIsAnswered) {
  const auto j = judge("missing-timeout", asks + "2 request_end task=1 request=1 service=1\n2 run_end\n");
  EXPECT_EQ(sentences(j),
            "info proven missing-timeout: 1 request to peer at a.cpp:5 with no deadline around it: were peer never to answer, "
            "the wait would have no end\n");
}

TEST(MissingTimeout, SparesADeadlineOfTheTaskOrOfOneAboveIt) {
  EXPECT_EQ(sentences(judge("missing-timeout", R"(
0 task_created task=1 name=main
0 scope_enter task=1 scope=1 deadline=2 type=timeout
0 task_created task=2 name=child parent=1
0 request_begin task=2 request=1 service=1
0 request_begin task=1 request=2 service=1
2 run_end how=hang
)")),
            "");
  // It came around the wait only after the request had begun.
  EXPECT_EQ(judge("missing-timeout", asks + "1 scope_enter task=1 scope=1 deadline=30 type=timeout\n9 run_end how=hang\n")
                .findings.at(0)
                .severity,
            Severity::info);
}

TEST(MissingTimeout, NearlyFiresInsideABlockUntilItIsLeft) {
  const std::string in = "0 task_created task=1 name=main\n0 scope_enter task=1 scope=1 deadline=2 type=timeout\n";
  const std::string request = "1 request_begin task=1 request=1 service=1\n5 run_end how=hang\n";
  EXPECT_EQ(judge("missing-timeout", in + "0 scope_exit task=1 scope=1\n" + request).findings.at(0).severity, Severity::error);
  EXPECT_EQ(judge("missing-timeout", in + "0 scope_deadline task=1 scope=1\n" + request).findings.at(0).severity,
            Severity::error);
  EXPECT_EQ(judge("missing-timeout", "0 task_created task=1\n0 scope_enter task=1 scope=1 type=group\n" + request)
                .findings.at(0)
                .severity,
            Severity::error);
  EXPECT_EQ(sentences(judge("missing-timeout", in + request)), "") << "inside of it";
}

TEST(MissingTimeout, FiresOnceForManyAtOneLine) {
  std::string many = "0 task_created task=1 name=main\n";
  for (int i = 1; i <= 50; ++i) many += "0 request_begin task=1 request=" + std::to_string(i) + " service=1 at=a.cpp:5\n";
  EXPECT_EQ(judge("missing-timeout", many + "1 run_end how=hang\n").findings.size(), 1u);
}

TEST(MissingTimeout, RecheckWhereEventsWereLostAndANoteWhereTheTraceIsCut) {
  const auto cut = judge("missing-timeout", asks + "9 log text=x\n");
  ASSERT_EQ(cut.findings.size(), 1u);
  EXPECT_EQ(cut.findings[0].severity, Severity::info);
  const auto lossy = judge("missing-timeout", asks + "5 dropped count=3\n9 run_end how=hang\n");
  EXPECT_EQ(lossy.findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
