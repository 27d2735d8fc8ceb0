#pragma once
// What the rules say of a run, written down: for a terminal, for a build server.
#include "core/findings/lint_options.h"

namespace awaitscope::desk {

/// A run that was judged.
struct Verdict {
  std::string name;  ///< the file's, or the scenario's
  Trace trace;
  History history;
  std::vector<Finding> findings;    ///< most severe first
  std::vector<std::string> unused;  ///< where suppressions were said that left out nothing

  std::size_t count(Severity severity) const;
  bool serious() const { return count(Severity::warning) + count(Severity::error) > 0; }
};

Verdict judged(std::string name, Trace trace, const LintOptions& options);

/// The findings as text, one a paragraph; "no findings" where there are none.
std::string findings_text(const std::vector<Finding>& findings);
/// One line a trace: how many findings of each severity, and the worst.
std::string verdicts_table(const std::vector<Verdict>& verdicts);
/// All of it for programs; docs/findings.md says what is in it.
std::string verdicts_json(const std::vector<Verdict>& verdicts);
/// Every rule with its thresholds, as a table of Markdown.
std::string rules_table(const std::vector<Lint>& rules);

}  // namespace awaitscope::desk
