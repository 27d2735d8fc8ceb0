// Marks and notes, the selected range, walking along lanes and arrows.
#include "app/view/arrows.h"
#include "app/view/range.h"
#include "app/view/stage.h"
#include "hunting.h"

namespace awaitscope::view {
namespace {

TEST(Marks, AreKeptByMomentAndGoneTo) {
  const auto session = session_of(swallowed());
  act(*session, Act::seek_event, 21);
  act(*session, Act::mark);
  EXPECT_EQ(session->hunt.field, Hunt::Field::mark);
  act(*session, Act::mark, 0, 0, "here");
  EXPECT_EQ(session->hunt.field, Hunt::Field::none);
  act(*session, Act::note_range, 0, 1);
  EXPECT_EQ(session->side().trace.notes.size(), 1u) << "no range, no note";
  act(*session, Act::select_range, 2e9, 3e9);
  act(*session, Act::note_range, 0, 0, "it sleeps <b>\n");
  act(*session, Act::home);
  act(*session, Act::mark, 0, 1);
  const std::vector<Note>& notes = session->side().trace.notes;
  ASSERT_EQ(notes.size(), 3u);
  EXPECT_TRUE(notes[0].is_mark() && notes[0].text.empty());
  EXPECT_EQ(notes[1].first, 21u);
  EXPECT_EQ(notes[2].begin, Instant{2'000'000'000});
  act(*session, Act::next_mark);
  EXPECT_EQ(session->side().step, 21u);
  act(*session, Act::next_mark);
  EXPECT_EQ(session->range, (std::pair{Instant{2'000'000'000}, Instant{3'000'000'000}}));
  EXPECT_EQ(session->message, "2.000 s to 3.000 s · it sleeps <b>\\n");
  act(*session, Act::next_mark);
  EXPECT_EQ(session->side().step, 0u);
  for (const FontMetrics& metrics : {pixels, cells}) {
    const DrawList picture = timeline(*session, metrics.cells ? Rect{0, 0, 120, 30} : Rect{0, 0, 1200, 500}, metrics);
    expect_tidy(picture, "notes");
    EXPECT_EQ(
        std::count_if(picture.icons.begin(), picture.icons.end(), [](const Icon& i) { return i.hit.kind == Hit::Kind::note; }),
        3);
  }
  act(*session, Act::delete_mark, 1);
  EXPECT_EQ(notes.size(), 2u);
  act(*session, Act::delete_mark, 99);
  EXPECT_EQ(notes.size(), 2u);
}

TEST(Hunt, TheTerminalPictureOfAPinnedFilteredSearchedAndMarkedRun) {
  const auto session = session_of(family());
  session->selected = {Hit::Kind::task, 3, 0};
  act(*session, Act::pin_lane);
  act(*session, Act::filter_lanes, 0, 0, "hand");
  act(*session, Act::find, 0, 0, "half");
  act(*session, Act::seek_time, 2e9);
  act(*session, Act::mark, 0, 0, "two");
  EXPECT_EQ(paint_text(timeline(*session, {0, 0, 72, 8}, cells), false),
            "bad · 4.0 s    0.0 s0.5 s 1.0 s       2.000 s2.5 s  3.0 s 3.5 s 4.0 s\n"
            "                ▲     ┆      ┆     ┆     ⚑      ┆     ┆      ┆     ┆\n"
            "loop                                     │two\n"
            "• lone       ⊤  ∙∙∙∙∙∙∙∙∙∙∙not started 3.0 s∙∙∙∙∙∙∙∙∙∙█sleep 1.0 s─    •\n"
            "   ✗ hand-1     ∙∙∙∙∙∙∙∙∙∙∙∙∙•nobody reads this error                  ✗\n"
            "   ⊘ hand-2     ∙∙∙∙not started 2.0 s∙∙∙∙⊘                             ⊘\n"
            "                                         │\n"
            "∙ not started   ─ sleep   █ running\n");
}

TEST(Range, SumsStatesAndCountsWhatHappened) {
  const auto session = session_of(stalled());
  act(*session, Act::select_range, 0.25e9, 2e9);
  const RangeFacts facts = range_facts(*session);
  ASSERT_EQ(facts.lanes.size(), 2u);
  // main slept until 0.5 s and then held the loop; ticker slept until its timer, which was late.
  EXPECT_EQ(facts.lanes[0].sums.waiting, Duration{250'000'000});
  EXPECT_EQ(facts.lanes[0].sums.running, Duration{1'500'000'000});
  EXPECT_EQ(facts.lanes[1].sums.waiting, Duration{1'750'000'000});
  EXPECT_EQ(facts.all.longest_step, Duration{1'500'000'000});
  EXPECT_EQ(facts.step_task, TaskId{1});
  EXPECT_EQ(facts.wait_task, TaskId{2});
  EXPECT_EQ(facts.all.steps, 1u);
  session->range.reset();
  const RangeFacts whole = range_facts(*session);
  EXPECT_EQ(whole.all.steps, 5u);
  EXPECT_EQ(whole.switches, 4u);
  act(*session, Act::copy_table);
  EXPECT_EQ(session->hunt.copies, 1);
  EXPECT_TRUE(session->hunt.clipboard.starts_with("lane\tcreated s\t")) << session->hunt.clipboard;
  EXPECT_NE(session->hunt.clipboard.find("\nticker\t"), std::string::npos);
}

TEST(Range, IsSummedUpOnceAndAnewWhereItMoves) {
  const auto session = session_of(swallowed());
  act(*session, Act::select_range, 1e9, 2e9);
  const RangeLane* lanes = range_facts(*session).lanes.data();
  EXPECT_EQ(range_facts(*session).lanes.data(), lanes);
  EXPECT_EQ(range_facts(*session).end, Instant{2'000'000'000});
  act(*session, Act::select_range, 1e9, 3e9);
  EXPECT_EQ(range_facts(*session).end, Instant{3'000'000'000});
  act(*session, Act::toggle_order_ruler);
  act(*session, Act::select_range, 3, 5);
  EXPECT_EQ(range_facts(*session).first, 3u);
}

TEST(Range, ATableOfHostileNamesHoldsNoFormulasAndNoExtraCells) {
  auto trace =
      read_text("0 task_created task=1 name=\"=1+1\\t\\n\"\n0 step_begin task=1\n1 step_end task=1 waits=sleep\n1 run_end\n");
  ASSERT_TRUE(trace);
  const auto session = session_of(std::move(*trace));
  const std::string table = range_table(*session);
  EXPECT_NE(table.find("\n'=1+1\\t\\n\t"), std::string::npos) << table;
}

TEST(Arrows, TheLaneIsWalkedByBars) {
  const auto session = session_of(swallowed());
  act(*session, Act::next_span);
  EXPECT_EQ(session->message, "select a lane or a bar first");
  act(*session, Act::home);
  session->selected = {Hit::Kind::task, 2, 0};
  std::vector<Phase> seen;
  for (int i = 0; i < 5; ++i) {
    act(*session, Act::next_span);
    EXPECT_EQ(session->selected.kind, Hit::Kind::span);
    EXPECT_EQ(session->side().step, session->selected.seq);
    seen.push_back(span_at(session->side().history.lanes[1], session->selected.seq)->phase);
  }
  EXPECT_EQ(seen, (std::vector<Phase>{Phase::created, Phase::running, Phase::waiting, Phase::ready, Phase::running}));
  const Seq at = session->side().step;
  act(*session, Act::previous_span);
  EXPECT_LT(session->side().step, at);
}

TEST(Arrows, AreCycledAndFollowedBothWays) {
  const auto session = session_of(swallowed());
  session->selected = {Hit::Kind::task, 2, 0};
  act(*session, Act::seek_event, 11);
  const std::vector<std::uint32_t> arrows = arrows_at(*session);
  ASSERT_GE(arrows.size(), 3u);
  std::vector<std::uint32_t> seen;
  for (std::size_t i = 0; i < arrows.size(); ++i) {
    act(*session, Act::next_arrow);
    seen.push_back(*session->hunt.arrow);
  }
  std::sort(seen.begin(), seen.end());
  std::vector<std::uint32_t> sorted = arrows;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(seen, sorted);
  const auto before = session->hunt.arrow;
  act(*session, Act::next_arrow);
  act(*session, Act::previous_arrow);
  EXPECT_EQ(session->hunt.arrow, before);
  // The end of the worker woke main: along that arrow and back.
  act(*session, Act::clear_selection);
  EXPECT_FALSE(session->hunt.arrow);
  session->selected = {Hit::Kind::task, 2, 0};
  act(*session, Act::seek_event, 31);
  act(*session, Act::follow_arrow);
  EXPECT_EQ(session->message, "worker woke main at 4.000 s");
  EXPECT_EQ(session->selected.value, 1u);
  EXPECT_EQ(session->side().step, 32u);
  const auto bold = [&] {
    const DrawList picture = timeline(*session, {0, 0, 1200, 500}, pixels);
    expect_tidy(picture, "followed");
    return std::count_if(picture.lines.begin(), picture.lines.end(), [](const Line& l) { return l.role == Role::accent; });
  };
  EXPECT_EQ(bold(), 1);
  act(*session, Act::follow_arrow_back);
  EXPECT_EQ(session->selected.value, 2u);
  EXPECT_EQ(session->side().step, 31u);
  act(*session, Act::clear_selection);
  EXPECT_EQ(bold(), 0);
}

}  // namespace
}  // namespace awaitscope::view
