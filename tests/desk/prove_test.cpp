// Proof by re-run over the catalogue, and how it is told.
#include <gtest/gtest.h>

#include "app/desk/course.h"
#include "app/desk/proofs.h"

namespace awaitscope::desk {
namespace {

Program bad(const std::string& scenario, const std::string& variant = "bad") {
  const Scenario& found = **find_scenario(scenario);
  return {&found, variant, *settings_for(found, {}), {}, false};
}
Proving proving_of(const Program& program, std::optional<std::size_t> only = {}) {
  return *prove(subject_of(program), program.schedule, all_lints(), only);
}

TEST(Prove, NoFindingOfTheCatalogueIsWithdrawn) {
  std::size_t supported = 0;
  for (const Scenario& scenario : all_scenarios())
    for (const Scenario::Variant& variant : scenario.variants) {
      if (!variant.bad()) continue;
      const Program program = bad(scenario.name, variant.name);
      const Proving proving = proving_of(program);
      EXPECT_LE(proving.runs, most_runs);
      for (const Proof& proof : proving.proofs) {
        EXPECT_FALSE(proof.why.empty());
        supported += proof.verdict == Verdict::supported;
      }
      EXPECT_FALSE(proving.any_withdrawn()) << proving_text(program, proving);
    }
  EXPECT_GE(supported, 30u);
}

TEST(Prove, AnOperationOfTwoTasksIsMeasuredAsOne) {
  Program program = bad("js_abort_controller");
  program.settings = *settings_for(*program.scenario, {{"preset", "slow_body"}});
  const Proof proof = proving_of(program).proofs.at(0);
  EXPECT_EQ(proof.finding.rule, "no-overall-deadline");
  EXPECT_EQ(proof.verdict, Verdict::supported) << proof.why;
  EXPECT_EQ(proof.measures.at(0), (BeforeAfter{"the whole operation", true, 3'000'000'000, 2'000'000'000}));
}

TEST(Prove, TheSameTwice) {
  for (const auto& [scenario, variant] : {std::pair{"blocking_client", "bad"}, {"retry_backoff_jitter", "bad.at_once"}}) {
    const Program program = bad(scenario, variant);
    EXPECT_EQ(proving_text(program, proving_of(program)), proving_text(program, proving_of(program)));
  }
}

TEST(Prove, IsToldInWordsAndAsJson) {
  const Program program = bad("unbounded_gather");
  const Proving proving = proving_of(program);
  EXPECT_EQ(proving_text(program, proving),
            "unbounded_gather bad fifo:1: 1.0 s, ok; 2 runs made\n"
            "\n"
            "1  supported  warning  unbounded-concurrency  scenarios/unbounded_gather.cpp:28\n"
            "    " +
                proving.proofs.at(0).finding.sentence +
                "\n"
                "    changed: at most 5 requests to api at once\n"
                "    requests refused: 15 -> 0\n"
                "    time: 1.0 s -> 4.0 s\n"
                "    tasks that failed: 15 -> 0\n"
                "    supported: with the change the finding is gone; requests refused: 15 before, 0 after\n");
  const std::string json = proving_json(program, proving);
  EXPECT_NE(json.find(R"("verdict":"supported")"), std::string::npos) << json;
  EXPECT_NE(json.find(R"({"what":"requests refused","unit":"","before":15,"after":0})"), std::string::npos) << json;
  EXPECT_EQ(proving_text(bad("partial_failure", "bad"), proving_of(bad("partial_failure", "bad"))),
            "partial_failure bad fifo:1: 3.0 s, ok; 1 run made\nnothing to prove: no finding above info\n");
}

}  // namespace
}  // namespace awaitscope::desk
