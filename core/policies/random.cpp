// Any order of what is ready, each as likely.
#include "core/base/random.h"
#include "core/policies/policies.h"

namespace awaitscope::policies {
namespace {

class RandomPolicy final : public runtime::Policy {
 public:
  explicit RandomPolicy(std::uint64_t seed) : random_(seed) {}
  std::size_t choose(const runtime::Candidates& ready) override { return static_cast<std::size_t>(random_.below(ready.size())); }

 private:
  Random random_;
};

}  // namespace

PolicyKind random() {
  return {"random", "any order of what is ready, each as likely",
          [](std::uint64_t seed) -> std::unique_ptr<runtime::Policy> { return std::make_unique<RandomPolicy>(seed); }};
}

}  // namespace awaitscope::policies
