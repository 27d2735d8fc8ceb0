// The hunt over every scenario, and its places in files.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "app/desk/desk.h"
#include "app/view/pictures.h"
#include "core/formats/format.h"

namespace awaitscope::desk {
namespace {

/// Everything inside, no label over another.
void expect_tidy(const view::DrawList& picture, const std::string& what) {
  const auto inside = [&](const view::Rect& r) {
    const view::Rect& c = picture.canvas;
    return std::isfinite(r.x) && r.x >= c.x - 0.05F && r.y >= c.y - 0.05F && r.right() <= c.right() + 0.05F &&
           r.bottom() <= c.bottom() + 0.05F;
  };
  for (const view::Box& box : picture.boxes) EXPECT_TRUE(inside(box.rect)) << what << ": a box of " << name(box.role);
  for (const view::Icon& icon : picture.icons) EXPECT_TRUE(inside(icon.rect)) << what << ": an icon";
  for (std::size_t i = 0; i < picture.labels.size(); ++i) {
    const view::Rect& a = picture.labels[i].rect;
    EXPECT_TRUE(inside(a)) << what << ": " << picture.labels[i].text;
    for (std::size_t j = 0; j < i; ++j) {
      const view::Rect& b = picture.labels[j].rect;
      const bool apart =
          a.right() <= b.x + 0.05F || b.right() <= a.x + 0.05F || a.bottom() <= b.y + 0.05F || b.bottom() <= a.y + 0.05F;
      EXPECT_TRUE(apart) << what << ": '" << picture.labels[i].text << "' over '" << picture.labels[j].text << "'";
    }
  }
}

TEST(Hunt, EveryScenarioFilteredPinnedFoldedSearchedAndMarkedIsATidyPicture) {
  const view::FontMetrics pixels{20, 8, false, nullptr, nullptr};
  const view::Rect canvas{0, 0, 1000, 640};
  for (const Scenario& scenario : all_scenarios()) {
    view::Session session;
    Desk desk(session, {});
    desk.load_scenario(scenario.name);
    ASSERT_TRUE(session.has_runs()) << scenario.name;
    const auto draw = [&](const char* what) { expect_tidy(timeline(session, canvas, pixels), scenario.name + " " + what); };
    const auto act = [&](view::Act what, std::string text = {}, view::Hit hit = {}) {
      view::Action action = view::action(what, 0, std::move(text));
      action.hit = hit;
      desk.apply({action});
    };
    draw("plain");
    act(view::Act::find, "a");
    act(view::Act::find_next);
    draw("searched");
    const auto tasks = static_cast<std::uint32_t>(session.side().history.lanes.size());
    act(view::Act::select, {}, {view::Hit::Kind::task, tasks, 0});
    act(view::Act::pin_lane);
    draw("pinned");
    act(view::Act::fold_lane, {}, {view::Hit::Kind::task, 1, 0});
    draw("folded");
    act(view::Act::fold_lane, {}, {view::Hit::Kind::task, 1, 0});
    act(view::Act::filter_lanes, "unfinished");
    draw("filtered");
    act(view::Act::mark, "a word that is rather long for a ruler");
    act(view::Act::next_arrow);
    draw("marked");
    EXPECT_EQ(session.side().trace.notes.size(), 1u);
  }
}

TEST(Hunt, ALocatorOpensAFileAtItsPlaceAlsoOneWithASignInItsName) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / ("hunt-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("swallowed_cancel");
  desk.apply({view::action(view::Act::mark, 0, "end")});
  const std::string path = (folder / "run#1.awtrace").string();
  desk.apply({view::action(view::Act::save_file, 0, path)});
  EXPECT_TRUE(desk.open(path));
  EXPECT_EQ(session.file, path);
  ASSERT_EQ(session.side().trace.notes.size(), 1u);
  EXPECT_EQ(session.side().trace.notes[0].text, "end");
  ASSERT_TRUE(desk.open(path + "#t=1s..2s&at=1s&sel=task:2"));
  EXPECT_EQ(session.view_begin, Instant{1'000'000'000});
  EXPECT_EQ(session.view_end, Instant{2'000'000'000});
  EXPECT_EQ(session.selected.value, 2u);
  const auto wrong = desk.open(path + "#t=nonsense");
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error(), "locator: 'nonsense' is no stretch of time; write 1.5s..2s");
  EXPECT_FALSE(desk.open((folder / "missing.awtrace").string() + "#t=1s..2s"));
  // Other runs: there is no way back into the old ones, and the search is about the new one.
  desk.apply({view::action(view::Act::find, 0, "main")});
  desk.load_scenario("blocking_sleep");
  EXPECT_TRUE(session.hunt.journey.past.empty());
  EXPECT_EQ(session.hunt.search.query, "main");
  EXPECT_FALSE(session.hunt.search.matches.empty());
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace awaitscope::desk
