#pragma once
// Scheduling policies besides FIFO, which is built into the loop.  A policy is one file in this folder with one descriptor
// function named after the file.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/runtime/policy.h"
#include "core/trace/schedule.h"

namespace awaitscope {

struct PolicyKind {
  std::string name;     ///< as in a schedule: "random" of `random:7`
  std::string summary;  ///< one line: in which order it runs what is ready
  std::unique_ptr<runtime::Policy> (*make)(std::uint64_t seed) = nullptr;
};

/// Every policy of this folder, by name; built from the file names.
const std::vector<PolicyKind>& all_policies();
/// The policy of a schedule; null for fifo.  The error names those that there are.
Result<std::unique_ptr<runtime::Policy>> make_policy(const Schedule& schedule);

}  // namespace awaitscope
