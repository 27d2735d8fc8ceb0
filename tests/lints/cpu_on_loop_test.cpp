#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

std::string step(const std::string& inside, const std::string& end) {
  return "0 task_created task=1 name=hash\n0 step_begin task=1\n" + inside + end + " step_end task=1 waits=sleep at=a.cpp:9\n";
}
std::string computes(const std::string& from, const std::string& to, const std::string& cpu = "yes") {
  return from + " block_begin task=1 what=sha256 cpu=" + cpu + " at=a.cpp:7\n" + to + " block_end task=1 at=a.cpp:7\n";
}

TEST(CpuOnLoop, FiresAndNamesTheWorkItsPlaceAndItsShare) {
  const auto j = judge("cpu-on-loop", step(computes("0", "3"), "3"));
  ASSERT_EQ(sentences(j),
            "warning proven cpu-on-loop: task hash computed on the loop's thread for 3.0 s in sha256 at a.cpp:7: 100 % of its "
            "step is work and not waiting\n");
  const Finding& f = j.findings[0];
  EXPECT_EQ(f.evidence, (std::vector<Seq>{3, 2, 5}));
  EXPECT_EQ(f.tasks, std::vector<TaskId>{{1}});
  EXPECT_EQ(f.end, Instant{3000000000});
}

TEST(CpuOnLoop, FiresOnManyComputationsOfOneStep) {
  const auto j = judge("cpu-on-loop", step(computes("0", "0.03") + computes("0.03", "0.09"), "0.1"));
  ASSERT_EQ(j.findings.size(), 1u);
  EXPECT_NE(j.findings[0].sentence.find("for 90.0 ms"), std::string::npos) << j.findings[0].sentence;
  EXPECT_EQ(j.findings[0].evidence[0], 5u) << "the longest of them";
}

TEST(CpuOnLoop, NearlyFiresOnAShortStepOrTooSmallAShare) {
  EXPECT_EQ(sentences(judge("cpu-on-loop", step(computes("0", "3", "no"), "3"))), "");
  EXPECT_EQ(sentences(judge("cpu-on-loop", step(computes("0", "0.049"), "0.049"))), "");
  // Three quarters of it: some other reason made it long.
  EXPECT_EQ(sentences(judge("cpu-on-loop", step(computes("0", "0.3") + computes("0.3", "0.4", "no"), "0.4"))), "");
  EXPECT_EQ(judge("cpu-on-loop", step(computes("0", "0.3") + computes("0.3", "0.4", "no"), "0.4"), {{"cpu-on-loop.share", 0.7}})
                .findings.size(),
            1u);
}

TEST(CpuOnLoop, SparesWorkOnAWorkerAndSlices) {
  // A naive rule takes what a task waits for as what it does.
  EXPECT_EQ(sentences(judge("cpu-on-loop", R"(
0 task_created task=1 name=hash
0 step_begin task=1
0 job_submitted task=1 job=1 function=hash
0 step_end task=1 object=1 waits=job
0 job_started job=1 worker=1
3 job_ended job=1
3 step_begin task=1
3 step_end task=1
)")),
            "");
  // Slices with an await between: no step is long.
  std::string slices = "0 task_created task=1 name=hash\n";
  for (int n = 0; n < 9; ++n) {
    const std::string from = "0.0" + std::to_string(n), to = "0.0" + std::to_string(n + 1);
    slices += from + " step_begin task=1\n" + computes(from, n == 8 ? "0.09" : to) + (n == 8 ? "0.09" : to) +
              " step_end task=1 waits=yield\n";
  }
  EXPECT_EQ(sentences(judge("cpu-on-loop", slices)), "");
}

TEST(CpuOnLoop, RecheckWhereTheStepIsCutOrEventsWereLost) {
  const std::string cut =
      "0 task_created task=1 name=a\n0 step_begin task=1\n0 block_begin task=1 cpu=yes at=a.cpp:3\n1 log text=x\n";
  EXPECT_EQ(
      sentences(judge("cpu-on-loop", cut)),
      "warning recheck cpu-on-loop: task a computed on the loop's thread for at least 1.0 s at a.cpp:3: 100 % of its step "
      "is work and not waiting\n");
  EXPECT_EQ(judge("cpu-on-loop", "0 dropped count=2\n" + step(computes("0", "3"), "3")).findings.at(0).confidence,
            Confidence::recheck);
}

}  // namespace
}  // namespace awaitscope
