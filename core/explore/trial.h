#pragma once
// What proof by re-run knows of single rules: which change a finding asks for, and what tells whether it helped.
#include "core/explore/prove.h"

namespace awaitscope {

/// The change that would take away what the finding complains of; none where the runtime has none for its rule.
std::optional<runtime::Intervention> intervention_for(const Run& run, const Finding& finding);

/// Whether the changed run still shows the finding.
bool still_there(const Judged& plain, const Finding& finding, const runtime::Intervention& change, const Judged& changed);

/// What the finding is about, first; then the time, and what else the change has changed.
std::vector<BeforeAfter> measures_of(const Judged& plain, const Finding& finding, const runtime::Intervention& change,
                                     const Judged& changed);

/// Why the re-run says nothing although the finding is still there; "" where it does say something.
std::string undecided(const Judged& plain, const Finding& finding, const runtime::Intervention& change, const Judged& changed);

/// Of requests in a row: what they would take if they were started together.  Computed, not run.  "" for other rules.
std::string estimated(const Run& run, const Finding& finding);

}  // namespace awaitscope
