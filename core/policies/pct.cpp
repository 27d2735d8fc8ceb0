// Probabilistic concurrency testing: tasks have random priorities, the highest runs, and at a few random moments the one that
// was to run falls to the bottom.  It finds bugs that need few particular orders far more often than a uniform choice does.
// After Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding
// bugs", ASPLOS 2010.
#include <array>
#include <vector>

#include "core/base/random.h"
#include "core/policies/policies.h"

namespace awaitscope::policies {
namespace {

/// The paper's d - 1: how many orders a bug may need beyond the first.
constexpr std::size_t changes = 2;
/// The paper's k, which nobody knows before the run: where the changes fall, counted in choices.
constexpr std::uint64_t horizon = 100;

class PctPolicy final : public runtime::Policy {
 public:
  explicit PctPolicy(std::uint64_t seed) : random_(seed) {
    for (auto& at : changes_at_) at = random_.below(horizon);
  }

  std::size_t choose(const runtime::Candidates& ready) override {
    std::size_t best = highest(ready);
    for (std::size_t i = 0; i < changes; ++i)
      if (changes_at_[i] == chosen_) {
        priorities_[ready.task(best).value] = i;  // below all that were drawn
        best = highest(ready);
      }
    ++chosen_;
    return best;
  }

 private:
  std::size_t highest(const runtime::Candidates& ready) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < ready.size(); ++i)
      if (priority(ready.task(i)) > priority(ready.task(best))) best = i;
    return best;
  }
  std::uint64_t priority(TaskId task) {
    while (priorities_.size() <= task.value) priorities_.push_back(changes + random_.next() / 2);
    return priorities_[task.value];
  }

  Random random_;
  std::array<std::uint64_t, changes> changes_at_{};
  std::uint64_t chosen_ = 0;
  std::vector<std::uint64_t> priorities_;  // by task, 0 the loop
};

}  // namespace

PolicyKind pct() {
  return {"pct", "tasks have random priorities that change at two random moments",
          [](std::uint64_t seed) -> std::unique_ptr<runtime::Policy> { return std::make_unique<PctPolicy>(seed); }};
}

}  // namespace awaitscope::policies
