// The hunt over every scenario, and its places in files.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "app/desk/desk.h"
#include "app/view/pictures.h"
#include "core/formats/format.h"
#include "tests/view/tidy.h"

namespace awaitscope::desk {
namespace {

TEST(Hunt, EveryScenarioFilteredPinnedFoldedSearchedAndMarkedIsATidyPicture) {
  const view::FontMetrics pixels{20, 8, false, nullptr, nullptr};
  const view::Rect canvas{0, 0, 1000, 640};
  for (const Scenario& scenario : all_scenarios()) {
    view::Session session;
    Desk desk(session, {});
    desk.load_scenario(scenario.name);
    ASSERT_TRUE(session.has_runs()) << scenario.name;
    const auto draw = [&](const char* what) {
      expect_tidy(timeline(session, canvas, pixels), (scenario.name + " " + what).c_str());
    };
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
