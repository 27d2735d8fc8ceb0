#pragma once
// How a run is judged: thresholds that are not the standard ones, and findings to leave out.  From the command line, from a
// file, or both.
#include "core/base/result.h"
#include "core/findings/lint.h"

namespace awaitscope {

/// RULE@SITE: SITE is file, file:line or a function (display name of a task, with or without its number).
struct Allow {
  std::string rule, site;
  std::string said;  ///< where: "--allow slow-step@a.py", "lint.conf:3"
};

class LintOptions {
 public:
  /// `rules`: those that may be named.
  explicit LintOptions(const std::vector<Lint>& rules) : rules_(&rules) {}

  std::map<std::string, double> settings;  ///< "slow-step.warning_ms" -> 50
  std::vector<Allow> allowed;

  /// Takes "RULE.THRESHOLD=NUMBER".  The error says what is wrong and names the nearest.
  Status set(std::string_view text);
  /// Takes "RULE@SITE".
  Status allow(std::string_view text, const std::string& said);
  /// Takes a file's lines: "set RULE.THRESHOLD=NUMBER", "allow RULE@SITE", comments from # on.  The error names file and line.
  Status read(std::string_view text, const std::string& name);

 private:
  Result<const Lint*> rule_named(std::string_view id) const;
  const std::vector<Lint>* rules_;
};

/// Takes the allowed ones out of the findings; returns where suppressions were said that matched none.
std::vector<std::string> leave_out(const Run& run, std::vector<Finding>& findings, const std::vector<Allow>& allowed);

}  // namespace awaitscope
