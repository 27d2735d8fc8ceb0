// What every picture must keep, for every scenario at three sizes: all inside, no label over another, a ruler with two to ten
// lines at round places, and no target too small to hit.
#include <gtest/gtest.h>

#include <cmath>

#include "app/desk/runner.h"
#include "app/view/pictures.h"
#include "tests/view/tidy.h"

namespace awaitscope::view {
namespace {

constexpr FontMetrics pixels{20, 8, false, nullptr, nullptr, Language::english};

Trace recorded(const Scenario& scenario, const std::string& variant) {
  desk::Program program{&scenario, variant, *settings_for(scenario, {}), {}, false};
  auto trace = desk::record(program);
  EXPECT_TRUE(trace) << scenario.name;
  return trace ? std::move(*trace) : Trace{};
}

std::unique_ptr<Session> both_of(const Scenario& scenario) {
  auto session = std::make_unique<Session>();
  for (const char* variant : {"bad", "fixed"}) {
    session->sides.push_back(std::make_unique<Side>(variant));
    session->sides.back()->trace = recorded(scenario, variant);
  }
  for (const auto& side : session->sides) take_in(*session, *side);
  return session;
}

void expect_round_ruler(const Session& session, Rect canvas) {
  const auto ticks = ruler_ticks(session.view_begin, session.view_end, canvas.x, canvas.w);
  ASSERT_GE(ticks.size(), 2U);
  ASSERT_LE(ticks.size(), 10U);
  const double step = static_cast<double>(ticks[1].time.ns - ticks[0].time.ns);
  const double digits = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
  EXPECT_TRUE(std::abs(digits - 1) < 1e-6 || std::abs(digits - 2) < 1e-6 || std::abs(digits - 5) < 1e-6) << step;
  for (const RulerTick& tick : ticks) EXPECT_EQ(tick.time.ns % static_cast<std::int64_t>(step), 0);
}

/// A pointer within three pixels of a target's middle hits something: no target is smaller than six.
void expect_targets(const DrawList& picture) {
  std::size_t looked_at = 0;
  for (const Box& box : picture.boxes) {
    if (box.hit.kind == Hit::Kind::none || box.rect.w >= 6 || box.rect.h < 6 || ++looked_at > 200) continue;
    const float x = box.rect.x + box.rect.w / 2, y = box.rect.y + box.rect.h / 2;
    for (const float aside : {-2.9F, 2.9F})
      if (picture.canvas.contains({x + aside, y})) {
        EXPECT_NE(picture.hit({x + aside, y}, 3).kind, Hit::Kind::none) << name(box.role);
      }
  }
}

TEST(EveryScenario, IsTidyAtThreeSizes) {
  std::size_t pictures = 0;
  for (const Scenario& scenario : all_scenarios()) {
    SCOPED_TRACE(scenario.name);
    const auto session = both_of(scenario);
    for (const Rect canvas : {Rect{0, 0, 600, 260}, Rect{10, 90, 960, 420}, Rect{0, 0, 2400, 1400}})
      for (const Show show : {Show::one, Show::both}) {
        session->show = show;
        const DrawList picture = timeline(*session, canvas, pixels);
        expect_tidy(picture, "timeline");
        expect_targets(picture);
        expect_round_ruler(*session, canvas);
        EXPECT_GT(picture.boxes.size(), 5U);
        ++pictures;
      }
    const Side& side = session->side();
    expect_tidy(machine(side.trace, side.model, {0, 0, 900, 300}, pixels), "machine");
    expect_tidy(cancel_tree(side.trace, side.history, {0, 0, 700, 500}, pixels, side.step), "cancel tree");
    if (::testing::Test::HasFailure()) return;  // one scenario's failures are enough to read
  }
  EXPECT_GT(pictures, 200U);
}

TEST(EveryScenario, SpeaksChineseWithoutLosingItsPlaces) {
  FontMetrics chinese = pixels;
  chinese.language = Language::chinese;
  for (const Scenario& scenario : all_scenarios()) {
    SCOPED_TRACE(scenario.name);
    const auto session = both_of(scenario);
    expect_tidy(timeline(*session, {0, 0, 1200, 600}, chinese), "timeline");
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace awaitscope::view
