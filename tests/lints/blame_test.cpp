// What rules about delays ask: the longest steps of a stretch.
#include "core/findings/blame.h"
#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

/// Steps of 1 to 97 ms in an order that looks like none, one behind the other.
History history_with(std::size_t count) {
  History h;
  std::int64_t now = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t length = static_cast<std::int64_t>(i * i * 31 + i * 7) % 97 + 1;
    Stall step{};
    step.begin = {now * 1'000'000};
    step.end = {(now += length) * 1'000'000};
    step.first = static_cast<Seq>(2 * i + 1);
    step.last = static_cast<Seq>(2 * i + 2);
    h.steps.push_back(step);
  }
  return h;
}

TEST(Blame, TheLongestStepOfEveryStretchIsTheOneThatLookingFinds) {
  for (const std::size_t count : {1u, 15u, 16u, 17u, 100u, 160u}) {
    const History h = history_with(count);
    const LongestStep longest(h.steps);
    for (std::size_t from = 0; from < count; ++from) {
      std::size_t expected = from;
      for (std::size_t to = from + 1; to <= count; ++to) {
        const auto length = [&](std::size_t i) { return h.steps[i].end - h.steps[i].begin; };
        if (length(to - 1) > length(expected)) expected = to - 1;
        ASSERT_EQ(longest.of(from, to), expected) << count << ": " << from << " to " << to;
      }
    }
  }
}

TEST(Blame, TheLongestFewComeInOrder) {
  const Trace trace;
  const History h = history_with(120);
  const LongestStep longest(h.steps);
  Delay delay{};
  delay.from = 10;
  delay.to = 110;
  delay.begin = h.steps[10].begin;
  delay.end = h.steps[109].end;
  std::vector<std::size_t> expected;
  for (std::size_t i = delay.from; i < delay.to; ++i) expected.push_back(i);
  std::stable_sort(expected.begin(), expected.end(),
                   [&](std::size_t a, std::size_t b) { return part(h.steps[a], delay) > part(h.steps[b], delay); });
  const awaitscope::Run run{trace, h, {}};
  EXPECT_EQ(culprits(run, longest, delay, 1000), expected);
  expected.resize(3);
  EXPECT_EQ(culprits(run, longest, delay, 3), expected);
}

TEST(Blame, OfTheFirstStepOnlyThePartInTheDelayCounts) {
  const Trace trace;
  const History h = history_with(20);
  const LongestStep longest(h.steps);
  Delay delay{};
  delay.from = 0;
  delay.to = 20;
  for (std::size_t i = 0; i < 20; ++i)
    if (h.steps[i].end - h.steps[i].begin > h.steps[delay.from].end - h.steps[delay.from].begin) delay.from = i;
  ASSERT_LT(delay.from, 19u);
  delay.begin = h.steps[delay.from].begin;
  delay.end = h.steps[19].end;
  EXPECT_EQ(culprit({trace, h, {}}, longest, delay), delay.from);
  delay.begin = h.steps[delay.from].end - milliseconds(0.5);
  EXPECT_EQ(culprit({trace, h, {}}, longest, delay), longest.of(delay.from + 1, 20));
}

}  // namespace
}  // namespace awaitscope
