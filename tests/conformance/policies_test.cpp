// The cases in other orders than FIFO: logs that do not depend on the order stay as they are, and what must hold of every
// trace holds.
#include "core/policies/policies.h"
#include "tests/conformance/harness.h"
#include "tests/support/invariants.h"

namespace awaitscope::conformance {
namespace {

TEST(Policies, TheRulesHoldInEveryOrder) {
  ASSERT_GT(known_cases().size(), 130u);
  std::size_t independent = 0;
  for (const KnownCase& known : known_cases()) {
    if (known.options.frame_bound) continue;
    const auto logged = [&](const Schedule& schedule) {
      const auto policy = make_policy(schedule);
      CaseOptions options = known.options;
      options.policy = policy->get();
      CaseLog log = record_case([&](Runner& runner) { return run_main(runner, known.main, options); }, options);
      const auto broken = testing::broken_invariants(log.trace);
      EXPECT_TRUE(broken.empty()) << known.slug << " under " << to_text(schedule) << ": " << broken.front();
      return log.log;
    };
    const auto fifo = logged({});
    bool same = logged({"lifo", 1, {}}) == fifo;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) same = logged({"random", seed, {}}) == fifo && same;
    independent += same;
  }
  // Most cases are about an order; these are not (measured; fewer would mean that an order matters where it should not).
  EXPECT_GE(independent, 81u);
  RecordProperty("independent", static_cast<int>(independent));
}

}  // namespace
}  // namespace awaitscope::conformance
