#pragma once
// A trace in the text notation, judged by one rule.
#include <gtest/gtest.h>

#include "core/findings/lint_options.h"
#include "core/trace/text.h"

namespace awaitscope {

struct Judged {
  Trace trace;
  History history;
  std::vector<Finding> findings;
};

/// What the rule `id` says about the trace (every rule, where `id` is empty).
Judged judge(const std::string& id, const std::string& text, std::map<std::string, double> settings = {},
             const std::vector<Allow>& allowed = {});
/// A line for each finding: severity, confidence, rule, sentence.
std::string sentences(const Judged& judged);

}  // namespace awaitscope
