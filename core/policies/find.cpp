#include "core/policies/policies.h"

namespace awaitscope {

Result<std::unique_ptr<runtime::Policy>> make_policy(const Schedule& schedule) {
  if (schedule.policy == "fifo") return std::unique_ptr<runtime::Policy>();
  std::string names = "fifo";
  for (const PolicyKind& kind : all_policies()) {
    if (kind.name == schedule.policy) return kind.make(schedule.seed);
    names += ", " + kind.name;
  }
  return Error{"schedule policy '" + schedule.policy + "' is unknown; there is: " + names};
}

}  // namespace awaitscope
