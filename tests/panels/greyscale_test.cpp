// States are told apart without colour: by pattern, height and brightness, as on a grey printout or by a colour-blind eye.
#include <gtest/gtest.h>

#include <cmath>

#include "app/platform/offscreen.h"
#include "app/platform/paint_imgui.h"
#include "app/view/stage.h"

namespace awaitscope {
namespace {

using view::Look;
using view::Pattern;
using view::Role;

struct State {
  const char* name;
  Look look;
};

Look look(Phase phase, Wait wait = Wait::none, bool asked = false, bool cleanup = false) {
  Span span;
  span.phase = phase;
  span.wait = wait;
  span.asked_to_stop = asked;
  span.cleanup = cleanup;
  return view::look_of(span);
}

std::vector<State> states() {
  return {{"created", look(Phase::created)},
          {"ready", look(Phase::ready)},
          {"running", look(Phase::running)},
          {"holding the loop", {Role::stall, Pattern::cross_hatch, 1, 0}},
          {"waiting for a child", look(Phase::waiting, Wait::task)},
          {"waiting for a timer", look(Phase::waiting, Wait::sleep)},
          {"waiting for a permit", look(Phase::waiting, Wait::semaphore)},
          {"asked to stop", look(Phase::waiting, Wait::sleep, true)},
          {"cleaning up", look(Phase::waiting, Wait::sleep, true, true)}};
}

constexpr int bar_w = 72, bar_h = 24, row = 40;

/// Luma of each state's bar with the ground above and below it, drawn by the window's own painter and shader.
std::vector<std::vector<float>> bars(const std::vector<State>& all, view::Theme theme) {
  auto screen = platform::Offscreen::open(100, row * static_cast<int>(all.size()));
  EXPECT_TRUE(screen) << screen.error();
  if (!screen) return {};
  (*screen)->begin_frame(17, Language::english, {});
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("bars", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground);
  view::DrawList picture;
  picture.canvas = {0, 0, 100, static_cast<float>(row) * static_cast<float>(all.size())};
  picture.boxes.push_back({picture.canvas, Role::background, Pattern::solid, {}, 0});
  for (std::size_t i = 0; i < all.size(); ++i) {
    const float h = bar_h * all[i].look.height, y = static_cast<float>(row) * (static_cast<float>(i) + 0.5F) - h / 2;
    picture.boxes.push_back({{10, std::round(y), bar_w, h}, all[i].look.role, all[i].look.pattern, {}, 0});
  }
  platform::Painter{(*screen)->ui(), theme}.paint(picture);
  ImGui::End();
  ImGui::PopStyleVar(2);
  (*screen)->end_frame();
  const platform::Image image = (*screen)->pixels();
  std::vector<std::vector<float>> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<float>& luma = out.emplace_back();
    for (int y = 0; y < row; ++y)
      for (int x = 10; x < 10 + bar_w; ++x) {
        const std::size_t at =
            (static_cast<std::size_t>(y + row * static_cast<int>(i)) * 100 + static_cast<std::size_t>(x)) * 4;
        luma.push_back(0.2126F * image.rgba[at] + 0.7152F * image.rgba[at + 1] + 0.0722F * image.rgba[at + 2]);
      }
  }
  return out;
}

/// The mean difference of two bars in steps of grey, wherever the pattern of the second begins.
double difference(const std::vector<float>& a, const std::vector<float>& b) {
  double least = 1e9;
  for (int shift = 0; shift < 18; ++shift) {
    double sum = 0;
    int count = 0;
    for (int y = 0; y < row; ++y)
      for (int x = 2; x + shift < bar_w - 2; ++x, ++count)
        sum += std::abs(a[static_cast<std::size_t>(y * bar_w + x)] - b[static_cast<std::size_t>(y * bar_w + x + shift)]);
    least = std::min(least, sum / count);
  }
  return least;
}

constexpr double enough = 5;  // of 255, over the whole row

TEST(Greyscale, StatesDifferPairwise) {
  const std::vector<State> all = states();
  for (const view::Theme theme : {view::Theme::dark, view::Theme::light}) {
    const auto drawn = bars(all, theme);
    ASSERT_EQ(drawn.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        EXPECT_GE(difference(drawn[i], drawn[j]), enough)
            << all[j].name << " and " << all[i].name << (theme == view::Theme::dark ? ", dark" : ", light");
  }
}

TEST(Greyscale, TheMeasureSeesThatHueAloneIsNotEnough) {
  // Purple and green of like brightness, both solid: on a printout the same.
  const auto drawn = bars({{"green", {Role::running, Pattern::solid, 1, 0}},
                           {"purple", {Role::cancelling, Pattern::solid, 1, 0}},
                           {"green again", {Role::running, Pattern::solid, 1, 0}}},
                          view::Theme::dark);
  ASSERT_EQ(drawn.size(), 3U);
  EXPECT_EQ(difference(drawn[0], drawn[2]), 0);
  EXPECT_LT(difference(drawn[0], drawn[1]), enough);
  // The same hatch, shifted, is the same pattern.
  const auto hatched =
      bars({{"a", {Role::waiting, Pattern::hatch, 1, 0}}, {"b", {Role::waiting, Pattern::hatch, 1, 0}}}, view::Theme::dark);
  EXPECT_LT(difference(hatched[0], hatched[1]), enough);
}

}  // namespace
}  // namespace awaitscope
