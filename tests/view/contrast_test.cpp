// Text can be read and bars can be seen in both themes, on every ground that they are drawn on (WCAG's contrast ratio).
#include <gtest/gtest.h>

#include <cmath>

#include "app/view/pictures.h"

namespace awaitscope::view {
namespace {

double linear(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }
double luminance(Color c) { return 0.2126 * linear(c.r / 255.0) + 0.7152 * linear(c.g / 255.0) + 0.0722 * linear(c.b / 255.0); }
double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}
/// `over` with `share` of its strength on `ground`.
Color mixed(Color over, Color ground, double share) {
  const auto part = [&](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(std::lround(b + (a - b) * share)); };
  return {part(over.r, ground.r), part(over.g, ground.g), part(over.b, ground.b), 255};
}

constexpr Theme themes[] = {Theme::dark, Theme::light};
constexpr Role grounds[] = {Role::background, Role::panel, Role::header};

TEST(Contrast, TextIsSevenToOneOnEveryGround) {
  for (const Theme theme : themes)
    for (const Role ground : grounds)
      for (const Role text : {Role::text, Role::text_dim, Role::text_warning})
        EXPECT_GE(contrast(color(text, theme), color(ground, theme)), 7)
            << name(text) << " on " << name(ground) << (theme == Theme::dark ? ", dark" : ", light");
}

TEST(Contrast, TextOnTintedControlsIsSevenToOne) {
  // What widgets lay under their words: a field, a hot one, the chosen of several, a chip, a chosen card.
  for (const Theme theme : themes) {
    const Color panel = color(Role::panel, theme), text = color(Role::text, theme);
    const Color chosen = mixed(color(Role::accent, theme), mixed(text, panel, 0.07), 0.3);
    for (const Color ground : {mixed(text, panel, 0.07), mixed(text, panel, 0.13), chosen,
                               mixed(color(Role::accent, theme), panel, 0.24), mixed(color(Role::stall, theme), panel, 0.24)})
      EXPECT_GE(contrast(text, ground), 7) << (theme == Theme::dark ? "dark" : "light");
  }
}

TEST(Contrast, BarsArrowsAndMarksAreThreeToOne) {
  for (const Theme theme : themes)
    for (const Role bar : {Role::created,
                           Role::ready,
                           Role::running,
                           Role::waiting,
                           Role::cancelling,
                           Role::done,
                           Role::failed,
                           Role::cancelled,
                           Role::waiting_sleep,
                           Role::waiting_request,
                           Role::waiting_semaphore,
                           Role::busy,
                           Role::tick,
                           Role::stall,
                           Role::flow_spawn,
                           Role::flow_wake,
                           Role::flow_cancel,
                           Role::counter,
                           Role::counter_waiters,
                           Role::capacity,
                           Role::playhead,
                           Role::selection,
                           Role::bookmark,
                           Role::info,
                           Role::warning,
                           Role::error,
                           Role::accent,
                           Role::density})
      EXPECT_GE(contrast(color(bar, theme), color(Role::background, theme)), 3)
          << name(bar) << (theme == Theme::dark ? ", dark" : ", light");
}

TEST(Contrast, TheMeasureIsTheUsualOne) {
  EXPECT_NEAR(contrast({0, 0, 0, 255}, {255, 255, 255, 255}), 21, 0.01);
  EXPECT_NEAR(contrast({0x77, 0x77, 0x77, 255}, {255, 255, 255, 255}), 4.48, 0.01);
}

}  // namespace
}  // namespace awaitscope::view
