#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string asked(const std::string& status, const std::string& then, const std::string& what = "order") {
  return "0 run_begin\n0 resource_created resource=1 type=service name=shop\n0 task_created task=1 name=client\n"
         "0 request_begin task=1 request=1 service=1 attempt=1 what=order at=a.cpp:4\n"
         "0 request_end task=1 request=1 service=1 status=" +
         status + "\n1 request_begin task=1 request=2 service=1 attempt=" + then + " what=" + what + " at=a.cpp:4\n";
}
const std::string end = "1 request_end task=1 request=2 service=1 status=invalid\n1 run_end\n";

TEST(RetriedNonRetryable, FiresAndSaysWhatWasAskedInVain) {
  EXPECT_EQ(sentences(judge("retried-non-retryable", asked("invalid", "2") + end)),
            "warning proven retried-non-retryable: task client asked shop for order 1 time more after the answer that the "
            "request is wrong at a.cpp:4\n");
}

TEST(RetriedNonRetryable, SparesWhatPassesByItself) {
  EXPECT_EQ(sentences(judge("retried-non-retryable", asked("refused", "2") + end)), "");
  EXPECT_EQ(sentences(judge("retried-non-retryable", asked("failed", "2") + end)), "");
}

TEST(RetriedNonRetryable, NearlyFiresOnAnotherRequest) {
  EXPECT_EQ(sentences(judge("retried-non-retryable", asked("invalid", "1") + end)), "");
  EXPECT_EQ(sentences(judge("retried-non-retryable", asked("invalid", "2", "invoice") + end)), "") << "it was put right";
  EXPECT_EQ(judge("retried-non-retryable", asked("invalid", "2") + end).findings.size(), 1u);
}

TEST(RetriedNonRetryable, RecheckWhereEventsWereLost) {
  std::string text = asked("invalid", "2") + end;
  text.insert(text.find("1 request_begin"), "0 dropped count=1\n");
  EXPECT_EQ(judge("retried-non-retryable", text).findings.at(0).confidence, Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
