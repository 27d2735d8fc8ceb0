#pragma once
// Proof by re-run: the same program, parameters and schedule once more, with one change that a finding asks for, made by the
// runtime.  What does not get better is withdrawn.
#include <optional>

#include "core/explore/explore.h"
#include "core/findings/lint.h"

namespace awaitscope {

/// A run and what the rules say of it.
struct Judged {
  Trace trace;
  History history;
  std::vector<Finding> findings;
  /// For the rules; its ranges of events live no longer than it.
  Run run() const { return {trace, history, {}}; }
};

/// A number about a run: as it is, and as it is with the change.
struct BeforeAfter {
  std::string what;
  bool time = false;  ///< nanoseconds
  std::int64_t before = 0, after = 0;
  bool operator==(const BeforeAfter&) const = default;
};

enum class Verdict : std::uint8_t {
  supported,        ///< with the change the finding is gone, and what it is about is less
  withdrawn,        ///< with the change it is not
  undecided,        ///< the change could not take effect, so the re-run says nothing; the finding stands
  no_intervention,  ///< nothing that the runtime could change for this rule
  estimate,         ///< computed on the trace, not run
  not_tried         ///< no run was left
};
std::string_view name(Verdict verdict);

struct Proof {
  std::size_t number = 0;  ///< of the finding, from 1, in the order of run_lints
  Finding finding;
  Verdict verdict = Verdict::not_tried;
  std::optional<runtime::Intervention> intervention;
  std::vector<BeforeAfter> measures;  ///< the first is what the finding is about
  std::vector<std::string> raised;    ///< rules above info that only the changed run breaks
  RunOutcome how = RunOutcome::ok;    ///< the changed run's end
  std::string why;                    ///< the verdict in one sentence
};

struct Proving {
  std::vector<Proof> proofs;
  std::size_t findings = 0;  ///< of the plain run, those of severity info too
  std::size_t runs = 0;      ///< made in all
  RunOutcome how = RunOutcome::ok;
  Instant end;  ///< of the plain run
  bool any_withdrawn() const;
};

constexpr std::size_t most_runs = 3;  ///< of one prove: the plain one, and one for each intervention

/// Tests the findings above info that `lints` make of a run, in their order, or the one with number `only`.  Findings that ask
/// for the same change share a run.  Stops early where `interrupted` becomes true.  The error says which findings there are.
Result<Proving> prove(const Subject& subject, const Schedule& schedule, const std::vector<Lint>& lints,
                      std::optional<std::size_t> only = {}, const std::atomic<bool>* interrupted = nullptr);

}  // namespace awaitscope
