// The opposite of what a program that relies on FIFO expects.
#include "core/policies/policies.h"

namespace awaitscope::policies {
namespace {

class LifoPolicy final : public runtime::Policy {
 public:
  std::size_t choose(std::size_t ready) override { return ready - 1; }
};

}  // namespace

PolicyKind lifo() {
  return {"lifo", "within an iteration, what became ready last runs first",
          [](std::uint64_t) -> std::unique_ptr<runtime::Policy> { return std::make_unique<LifoPolicy>(); }};
}

}  // namespace awaitscope::policies
