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
inline Judged judge(const std::string& id, const std::string& text, std::map<std::string, double> settings = {},
                    const std::vector<Allow>& allowed = {}) {
  auto trace = read_text(text);
  EXPECT_TRUE(trace) << (trace ? "" : trace.error());
  Judged out;
  if (trace) out.trace = std::move(*trace);
  out.history = history_of(out.trace);
  std::vector<Lint> lints;
  for (const Lint& lint : all_lints())
    if (id.empty() || lint.id == id) lints.push_back(lint);
  EXPECT_FALSE(lints.empty()) << id;
  out.findings = run_lints({out.trace, out.history, std::move(settings)}, lints);
  leave_out({out.trace, out.history, {}}, out.findings, allowed);
  return out;
}

inline std::string sentences(const Judged& judged) {
  std::string out;
  for (const Finding& f : judged.findings)
    out += std::string(name(f.severity)) + " " + std::string(name(f.confidence)) + " " + f.rule + ": " + f.sentence + "\n";
  return out;
}

}  // namespace awaitscope
