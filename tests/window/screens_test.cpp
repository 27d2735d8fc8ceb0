// Golden pictures of the main screens.  UPDATE_GOLDEN=1 draws them anew.  They are compared by the mean of 8 x 8 pixels, so
// that a renderer's rounding passes and a moved or missing thing does not.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#define STB_IMAGE_STATIC
#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#include <stb_image.h>

#include "app/desk/desk.h"
#include "app/panels/headless.h"

namespace awaitscope {
namespace {

using platform::Image;
using view::Act;

constexpr int tile = 8;
constexpr double tolerance = 14, most_off = 0.002;  // of 255 in a tile; the share of tiles that may be off by more

std::string golden(const std::string& name) {
  return std::string(AWAITSCOPE_SOURCE_DIR) + "/tests/golden/screens/" + name + ".png";
}

Image read_png(const std::string& path) {
  Image image;
  int channels = 0;
  stbi_uc* pixels = stbi_load(path.c_str(), &image.width, &image.height, &channels, 4);
  if (pixels)
    image.rgba.assign(pixels, pixels + static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 4);
  stbi_image_free(pixels);
  return image;
}

/// The share of tiles whose mean differs by more than the tolerance in any channel.
double share_off(const Image& a, const Image& b) {
  int off = 0, all = 0;
  for (int top = 0; top + tile <= a.height; top += tile)
    for (int left = 0; left + tile <= a.width; left += tile, ++all) {
      int sums[3] = {};
      for (int y = top; y < top + tile; ++y)
        for (int x = left; x < left + tile; ++x)
          for (std::size_t channel = 0; channel < 3; ++channel) {
            const std::size_t at =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(x)) * 4 + channel;
            sums[channel] += a.rgba[at] - b.rgba[at];
          }
      bool differs = false;
      for (const int sum : sums) differs |= std::abs(sum) > tolerance * tile * tile;
      off += differs;
    }
  return all ? static_cast<double>(off) / all : 1;
}

struct Shot {
  const char* name;
  int width, height;
  const char* scenario;
  view::Actions actions;
};

std::vector<Shot> shots() {
  using view::action;
  return {{"swallowed_cancel", 1440, 900, "swallowed_cancel", {action(Act::end)}},
          {"light", 1440, 900, "swallowed_cancel", {action(Act::toggle_theme), action(Act::seek_event, 30)}},
          {"small", 1024, 768, "blocking_sleep", {action(Act::show_bad), action(Act::select_finding, 0)}},
          {"crowd", 1920, 1080, "unbounded_gather", {action(Act::show_both)}},
          {"keys", 1280, 800, "who_runs_first", {action(Act::toggle_help)}}};
}

Image draw(const Shot& shot) {
  view::Session session;
  desk::Desk desk(session, nullptr);
  desk.load_scenario(shot.scenario);
  desk.apply(shot.actions);
  auto app = panels::HeadlessApp::open(shot.width, shot.height);
  EXPECT_TRUE(app) << app.error();
  if (!app) return {};
  for (int i = 0; i < 4; ++i) (*app)->frame(session);
  return (*app)->screen().pixels();
}

class Screens : public ::testing::TestWithParam<Shot> {};

TEST_P(Screens, LooksAsItDid) {
  const Shot& shot = GetParam();
  const Image now = draw(shot);
  ASSERT_FALSE(now.rgba.empty());
  const std::string path = golden(shot.name);
  if (std::getenv("UPDATE_GOLDEN")) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << png(now);
    return;
  }
  const Image then = read_png(path);
  ASSERT_FALSE(then.rgba.empty()) << path << " is missing: UPDATE_GOLDEN=1 draws it";
  ASSERT_EQ(now.width, then.width);
  ASSERT_EQ(now.height, then.height);
  const double off = share_off(now, then);
  if (off > most_off) {
    const std::string drawn = ::testing::TempDir() + "/" + shot.name + ".png";
    std::ofstream(drawn, std::ios::binary) << png(now);
    ADD_FAILURE() << off * 100 << " % of " << shot.name << " looks different; it is now as in " << drawn;
  }
}

INSTANTIATE_TEST_SUITE_P(Main, Screens, ::testing::ValuesIn(shots()),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(ScreensTest, TheMeasureSeesAMovedBarAndPassesRounding) {
  Image a{256, 256, std::vector<std::uint8_t>(256UL * 256 * 4, 40)};
  Image rounded = a, moved = a;
  for (std::uint8_t& v : rounded.rgba) v = static_cast<std::uint8_t>(v + 2);
  for (std::size_t y = 100; y < 120; ++y)
    for (std::size_t x = 30; x < 90; ++x) moved.rgba[(y * 256 + x) * 4] = 200;
  EXPECT_EQ(share_off(a, a), 0);
  EXPECT_EQ(share_off(a, rounded), 0);
  EXPECT_GT(share_off(a, moved), most_off);
}

}  // namespace
}  // namespace awaitscope
