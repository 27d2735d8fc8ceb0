#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string asked = R"(
0 run_begin
0 resource_created resource=1 type=service name=api
0 task_created task=1 name=client
0 request_begin task=1 request=1 service=1 attempt=1 what=job at=a.cpp:4
1 cancel_requested task=1 by=2 why=call
1 cancel_delivered task=1 cause=5 at=a.cpp:4
1 request_end task=1 request=1 service=1 status=cancelled
)";
const std::string swallowed = "1 cancel_swallowed task=1 cause=6 at=a.cpp:4\n";
const std::string again = "2 request_begin task=1 request=2 service=1 attempt=2 what=job at=a.cpp:4\n";
const std::string end = "3 request_end task=1 request=2 service=1\n3 task_done task=1\n3 run_end\n";

TEST(RetriedCancel, FiresAndSaysWhenItWasToldAndHowOftenItAsked) {
  const auto j = judge("retried-cancel", asked + swallowed + again + end);
  EXPECT_EQ(sentences(j),
            "error proven retried-cancel: task client was told to stop at 1.000 s and asked api 1 time more at a.cpp:4\n");
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{9, 6}));
}

TEST(RetriedCancel, SparesATimeoutOfOneTry) {
  EXPECT_EQ(sentences(judge("retried-cancel", R"(
0 task_created task=1 name=client
0 scope_enter task=1 scope=1 deadline=1 type=timeout
0 request_begin task=1 request=1 service=1 attempt=1 what=job
1 scope_expired task=1 scope=1
1 cancel_requested task=1 scope=1 why=timeout cause=4
1 cancel_delivered task=1 cause=5
1 request_end task=1 request=1 service=1 status=cancelled
1 cancel_uncancelled task=1 left=0
1 cancel_caught task=1 cause=6 scope=1
)" + again + end)),
            "");
}

TEST(RetriedCancel, NearlyFiresOnANewRequestAfterASwallowedCancel) {
  std::string fresh = again;
  fresh.replace(fresh.find("attempt=2"), 9, "attempt=1");
  EXPECT_EQ(sentences(judge("retried-cancel", asked + swallowed + fresh + end)), "");
  EXPECT_EQ(sentences(judge("retried-cancel", asked + "1 task_done task=1 how=cancelled\n1 run_end\n")), "");
  EXPECT_EQ(judge("retried-cancel", asked + swallowed + again + end).findings.size(), 1u);
}

TEST(RetriedCancel, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("retried-cancel", asked + swallowed + "1 dropped count=2\n" + again + end).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
