#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

const std::string started = R"(
0 run_begin
0 resource_created resource=1 type=service name=db
0 task_created task=1 name=main
0 task_created task=2 name=worker parent=1
0 task_created task=3 name=worker parent=1
0 request_begin task=2 request=1 service=1 what="write 1" at=a.cpp:7
0 request_begin task=3 request=2 service=1 what="write 2" at=a.cpp:7
1 task_done task=1
)";
const std::string asked = "1 cancel_requested task=2 why=shutdown\n1 cancel_requested task=3 why=shutdown\n";
const std::string cut =
    "1 request_end task=2 request=1 service=1 status=cancelled\n1 request_end task=3 request=2 service=1 status=cancelled\n"
    "2 task_done task=2 how=cancelled\n2 task_done task=3 how=cancelled\n2 run_end\n";

TEST(WorkLostAtExit, FiresAndNamesWhatWasUnderWay) {
  const auto j = judge("work-lost-at-exit", started + asked + cut);
  ASSERT_EQ(sentences(j),
            "warning proven work-lost-at-exit: the program was left at 1.000 s with 2 requests under way, which its exit cut: "
            "write 1 (worker-1) and write 2 (worker-2)\n");
  EXPECT_EQ(show(j.findings[0].site), "a.cpp:7");
  EXPECT_EQ(j.findings[0].tasks, (std::vector<TaskId>{{2}, {3}}));
  EXPECT_EQ(j.findings[0].resources, std::vector<ResourceId>{{1}});
  EXPECT_EQ(j.findings[0].evidence, (std::vector<Seq>{11, 9, 12, 10}));
}

TEST(WorkLostAtExit, SparesWhatMainItselfStopped) {
  std::string decided = started + asked + cut;
  for (std::size_t at; (at = decided.find("why=shutdown")) != std::string::npos;) decided.replace(at, 12, "by=1 why=call");
  EXPECT_EQ(sentences(judge("work-lost-at-exit", decided)), "");
}

TEST(WorkLostAtExit, SparesATickerThatIsStoppedBetweenItsRequests) {
  EXPECT_EQ(sentences(judge("work-lost-at-exit",
                            "0 task_created task=1\n0 task_created task=2 parent=1\n0 request_begin task=2 request=1\n"
                            "0.5 request_end task=2 request=1\n1 task_done task=1\n1 cancel_requested task=2 why=shutdown\n"
                            "1 task_done task=2 how=cancelled\n1 run_end\n")),
            "");
}

TEST(WorkLostAtExit, NearlyFiresOnWhatComesToItsEndInTheCleanUp) {
  EXPECT_EQ(sentences(judge("work-lost-at-exit",
                            started + asked +
                                "2 request_end task=2 request=1 service=1\n2 request_end task=3 request=2 service=1\n"
                                "2 run_end\n")),
            "");
  EXPECT_EQ(judge("work-lost-at-exit", started + asked + cut).findings.size(), 1u);
}

TEST(WorkLostAtExit, RecheckWhereEventsWereLost) {
  EXPECT_EQ(judge("work-lost-at-exit", "0 dropped count=3\n" + started + asked + cut).findings.at(0).confidence,
            Confidence::recheck);
  EXPECT_EQ(sentences(judge("work-lost-at-exit", started + asked)), "");  // cut before anything was decided
}

}  // namespace
}  // namespace awaitscope
