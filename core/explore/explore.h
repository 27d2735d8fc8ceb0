#pragma once
// One program under many schedules: which of them break what it promises.
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "core/findings/finding.h"
#include "core/policies/policies.h"
#include "core/runtime/run.h"

namespace awaitscope {

/// A program to run again and again, always under virtual time.
struct Subject {
  runtime::Main main;
  /// What the program owes its user: "" where the run kept it, else a line that says what was broken.  May be null.
  std::function<std::string(const Trace&, const History&)> promise;
  /// What its runs need beyond the standard.  May be null.
  std::function<void(runtime::RunOptions&)> prepare;
  TraceInfo info;  ///< of its traces; the schedule is filled in
};

/// One run of a subject, recorded.
Trace record(const Subject& subject, const Schedule& schedule, const std::function<void(runtime::RunOptions&)>& change = {});

/// How one schedule went.
struct Tried {
  Schedule schedule;   ///< `run --schedule` replays it exactly
  std::string broken;  ///< what was broken, "" where nothing was
  Instant end;
  bool operator==(const Tried&) const = default;
};

struct Exploration {
  std::vector<Tried> outcomes;  ///< in the order of their seeds
  std::size_t failed() const;
  /// The first that failed, null where none did.
  const Tried* first_failure() const;
};

/// Runs `subject` under POLICY:first_seed, POLICY:first_seed+1 ... `count` times.  A run breaks its promise, or hangs, or is
/// ended by a limit.  Stops early where `interrupted` becomes true.  The error names the policies that there are.
Result<Exploration> explore(const Subject& subject, const std::string& policy, std::size_t count, std::uint64_t first_seed = 1,
                            const std::atomic<bool>* interrupted = nullptr);

}  // namespace awaitscope
