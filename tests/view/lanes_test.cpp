// Which lanes are shown: filtered, pinned, folded, found by letters.
#include "app/view/filter.h"
#include "hunting.h"

namespace awaitscope::view {
namespace {

TEST(Lanes, AFilterHidesByNameAndState) {
  const auto session = session_of(family());
  const auto shown = [&](std::string text) {
    act(*session, Act::filter_lanes, 0, 1, std::move(text));
    return lanes(*session);
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(shown(""), (Names{"main", "boss", "hand-1", "hand-2", "lone"}));
  EXPECT_EQ(shown("HAND"), (Names{"hand-1", "hand-2"}));
  EXPECT_EQ(shown("hand-2"), (Names{"hand-2"}));
  EXPECT_EQ(shown("-hand -main"), (Names{"boss", "lone"}));
  EXPECT_EQ(shown("failed"), (Names{"hand-1"}));
  EXPECT_EQ(shown("cancelled"), (Names{"hand-2"}));
  EXPECT_EQ(shown("unfinished"), (Names{"main", "boss", "lone"}));
  EXPECT_EQ(shown("waiting lone"), (Names{"lone"}));
  EXPECT_EQ(session->message, "4 of 5 lanes are hidden");
  EXPECT_EQ(hidden_lanes(*session, session->side()).hidden, 4u);
  EXPECT_EQ(shown("nobody"), Names{});
  // What a lane does is that of the playhead.
  act(*session, Act::seek_time, 0.5e9);
  EXPECT_EQ(shown("created hand"), (Names{"hand-1", "hand-2"}));
  EXPECT_EQ(hidden_lanes(*session, session->side()).hidden, 3u);
  act(*session, Act::end);
  EXPECT_EQ(hidden_lanes(*session, session->side()).hidden, 5u) << "counted anew where the playhead stands now";
}

TEST(Lanes, AFilterHidesNeitherPinnedNorFoldedOnes) {
  const auto session = session_of(family());
  const auto counted = [&] {
    const HiddenLanes lanes = hidden_lanes(*session, session->side());
    return std::pair{lanes.hidden, lanes.all};
  };
  act(*session, Act::filter_lanes, 0, 0, "hand");
  EXPECT_EQ(counted(), (std::pair<std::size_t, std::size_t>{3, 5}));
  act(*session, Act::pin_lane, 0, 0, {}, {Hit::Kind::task, 3, 0});
  EXPECT_EQ(counted(), (std::pair<std::size_t, std::size_t>{2, 5})) << "lone is there";
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::task, 2, 0});
  EXPECT_EQ(counted(), (std::pair<std::size_t, std::size_t>{2, 3})) << "both hands are behind boss, filter or not";
  act(*session, Act::filter_lanes, 0, 1, "");
  EXPECT_EQ(counted(), (std::pair<std::size_t, std::size_t>{0, 3}));
}

TEST(Lanes, PinnedOnesStayOnTopInBothVersionsAndAfterAnotherRun) {
  const auto session = session_of(family(), family());
  session->show = Show::one;
  session->selected = {Hit::Kind::task, 3, 0};
  act(*session, Act::pin_lane);
  EXPECT_EQ(lanes(*session).front(), "lone");
  EXPECT_EQ(lanes(*session).size(), 5u);
  act(*session, Act::switch_side);
  EXPECT_EQ(lanes(*session).front(), "lone");
  // A filter does not hide what is pinned, and scrolling does not move it.
  act(*session, Act::filter_lanes, 0, 0, "hand");
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"lone", "hand-1", "hand-2"}));
  act(*session, Act::scroll_lanes, 1);
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"lone", "hand-2"}));
  session->selected = {Hit::Kind::span, 3, 4};
  act(*session, Act::pin_lane);
  EXPECT_TRUE(session->hunt.pins.empty());
}

TEST(Lanes, FoldingATaskHidesWhatItMadeAndCountsIt) {
  const auto session = session_of(family());
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::fold, 2, 0});
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"main", "boss", "lone"}));
  const DrawList picture = timeline(*session, {0, 0, 1200, 600}, pixels);
  EXPECT_TRUE(std::any_of(picture.labels.begin(), picture.labels.end(),
                          [](const Label& l) { return l.text == "2 tasks, 2 steps, 1 failed, 1 cancelled"; }));
  session->selected = {Hit::Kind::task, 1, 0};
  act(*session, Act::fold_lane);
  EXPECT_EQ(lanes(*session), (std::vector<std::string>{"main"}));
  act(*session, Act::fold_lane);
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::fold, 2, 0});
  EXPECT_EQ(lanes(*session).size(), 5u);
  act(*session, Act::fold_lane, 0, 0, {}, {Hit::Kind::task, 3, 0});
  EXPECT_EQ(session->message, "lone made no tasks");
}

TEST(Lanes, ARowOfEqualTasksOpensAndCloses) {
  const auto session = session_of(crowd(300));
  const auto triangle = [&]() -> Icon {
    const DrawList picture = timeline(*session, {0, 0, 1200, 600}, pixels);
    expect_tidy(picture, "crowd");
    for (const Icon& icon : picture.icons)
      if (icon.hit.kind == Hit::Kind::fold && icon.hit.seq == 1) return icon;
    return {};
  };
  ASSERT_EQ(triangle().glyph, Glyph::closed);
  EXPECT_EQ(lanes(*session).size(), 2u);
  act(*session, Act::select, 0, 0, {}, triangle().hit);
  EXPECT_GT(lanes(*session).size(), 15u);
  ASSERT_EQ(triangle().glyph, Glyph::opened);
  act(*session, Act::select, 0, 0, {}, triangle().hit);
  EXPECT_EQ(lanes(*session).size(), 2u);
}

TEST(Lanes, AFewLettersFindALaneAndScrollToIt) {
  const auto session = session_of(crowd(300));
  act(*session, Act::toggle_fold);
  act(*session, Act::find_lane, 0, 0, "jb277");
  EXPECT_EQ(session->selected, (Hit{Hit::Kind::task, 278, 0}));
  const auto shown = lanes(*session);
  EXPECT_NE(std::find(shown.begin(), shown.end(), "job-277"), shown.end());
  EXPECT_GT(rows_above(*session, {0, 0, 1200, 600}, pixels), 200u);
  act(*session, Act::find_lane, 0, 0, "xyzzy");
  EXPECT_TRUE(session->message_is_error);
  const LaneFound* found = lanes_like(session->side(), "job-3", 3).data();
  EXPECT_EQ(found->name, "job-3");
  EXPECT_EQ(lanes_like(session->side(), "job-3", 3).data(), found) << "looked for once";
  EXPECT_EQ(lanes_like(session->side(), "job-4", 3).front().name, "job-4");
  EXPECT_EQ(lanes_like(session->side(), "job-4", 1).size(), 1u);
  act(*session, Act::find_lane);
  EXPECT_EQ(session->hunt.field, Hunt::Field::lane);
}

}  // namespace
}  // namespace awaitscope::view
