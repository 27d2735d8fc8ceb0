// The opposite of what a program that relies on FIFO expects.
#include "core/policies/policies.h"

namespace awaitscope::policies {
namespace {

class LifoPolicy final : public runtime::Policy {
 public:
  std::size_t choose(const runtime::Candidates& ready) override { return ready.size() - 1; }
};

}  // namespace

PolicyKind lifo() {
  return {"lifo", "within an iteration, what became ready last runs first",
          [](std::uint64_t) -> std::unique_ptr<runtime::Policy> { return std::make_unique<LifoPolicy>(); }};
}

}  // namespace awaitscope::policies
