#include "core/findings/lint_options.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"

namespace awaitscope {
namespace {

const std::vector<Lint>& rules() {
  static const std::vector<Lint> all = {{"slow-step", "", "", "", {{"error_ms", 100}, {"warning_ms", 50}}, nullptr},
                                        {"loop-lag", "", "", "", {}, nullptr}};
  return all;
}

std::string error_of(const Status& status) { return status ? "taken" : status.error(); }

TEST(LintOptions, AThresholdIsSetByRuleAndName) {
  LintOptions options(rules());
  EXPECT_EQ(error_of(options.set("slow-step.error_ms=2.5")), "taken");
  EXPECT_EQ(error_of(options.set("slow-step.error_ms=3000")), "taken");  // the last word counts
  EXPECT_EQ(options.settings, (std::map<std::string, double>{{"slow-step.error_ms", 3000}}));
}

TEST(LintOptions, WhatCannotBeSetSaysWhatCan) {
  LintOptions options(rules());
  EXPECT_EQ(error_of(options.set("slow-step=3")), "slow-step=3: it takes RULE.THRESHOLD=NUMBER");
  EXPECT_EQ(error_of(options.set("slow-stp.error_ms=3")),
            "slow-stp.error_ms=3: unknown rule 'slow-stp'; nearest: slow-step, loop-lag");
  EXPECT_EQ(error_of(options.set("slow-step.ms=3")), "slow-step.ms=3: slow-step has no 'ms', it has error_ms and warning_ms");
  EXPECT_EQ(error_of(options.set("loop-lag.ms=3")), "loop-lag.ms=3: loop-lag has no thresholds");
  for (const char* number : {"", "x", "3x", "-1", "inf", "nan", " 3", "1e999"})
    EXPECT_NE(error_of(options.set(std::string("slow-step.error_ms=") + number)), "taken") << number;
  EXPECT_TRUE(options.settings.empty());
}

TEST(LintOptions, AFileSaysWhereItIsWrong) {
  LintOptions options(rules());
  EXPECT_EQ(error_of(options.read(
                "# of our team\n\n  set slow-step.error_ms=7 # ms\r\nallow loop-lag@a.py:3\nallow loop-lag@b.py", "c.conf")),
            "taken");
  EXPECT_EQ(options.settings.at("slow-step.error_ms"), 7);
  ASSERT_EQ(options.allowed.size(), 2u);
  EXPECT_EQ(options.allowed[1].site, "b.py");
  EXPECT_EQ(options.allowed[1].said, "c.conf:5");
  EXPECT_EQ(error_of(options.read("\nallow loop-lag\n", "c.conf")),
            "c.conf:2: loop-lag: it takes RULE@SITE, SITE being file, file:line or a function");
  EXPECT_EQ(error_of(options.read("allow x@y", "c.conf")), "c.conf:1: x@y: unknown rule 'x'; nearest: loop-lag, slow-step");
  EXPECT_EQ(error_of(options.read("\n\nden\x1b slow-step", "c.conf")),
            "c.conf:3: 'den\\x1b': a line is set RULE.THRESHOLD=NUMBER or allow RULE@SITE");
}

TEST(LintOptions, WhatMatchedNothingIsTold) {
  const Trace trace = *read_text("0 task_created task=1 name=handler\n");
  const History history = history_of(trace);
  Finding finding;
  finding.rule = "slow-step";
  finding.site = {"src/a.cpp", 12};
  finding.tasks = {{1}};
  const auto left_by = [&](const std::vector<Allow>& allowed) {
    std::vector<Finding> findings = {finding, finding};
    findings[1].rule = "loop-lag";
    const auto unused = leave_out({trace, history, {}}, findings, allowed);
    std::string out = std::to_string(findings.size()) + ":";
    for (const std::string& said : unused) out += " " + said;
    return out;
  };
  EXPECT_EQ(left_by({}), "2:");
  EXPECT_EQ(left_by({{"slow-step", "a.cpp", "first"}}), "1:");
  EXPECT_EQ(left_by({{"slow-step", "b.cpp", "first"}, {"loop-lag", "handler", "second"}}), "1: first");
  // Two that match the same finding are both of use.
  EXPECT_EQ(left_by({{"slow-step", "a.cpp", "first"}, {"slow-step", "handler", "second"}}), "1:");
}

}  // namespace
}  // namespace awaitscope
