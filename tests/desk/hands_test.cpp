// Runs by hand at the desk: stepped, changed, forked, replayed.
#include <gtest/gtest.h>

#include "app/desk/sources.h"
#include "core/formats/format.h"
#include "core/trace/text.h"
#include "tests/support/app.h"

namespace awaitscope::desk {
namespace {

using view::Act;

struct AtTheDesk : App {
  using App::App;
  const Trace& trace() const { return session.side().trace; }
  std::string schedule() const { return to_text(trace().info.schedule); }
};

Seq count(const Trace& trace, Kind kind) {
  Seq found = 0;
  for (Seq seq = 1; seq <= trace.size(); ++seq) found += trace[seq].kind == kind;
  return found;
}

TEST(ByHand, ARunStandsAtItsStartAndMakesAStepAtATime) {
  AtTheDesk at("L16");
  const std::string whole = to_text(at.session.sides[0]->trace);
  at.act(Act::run_hands);
  ASSERT_EQ(at.session.sides.size(), 1u);
  EXPECT_TRUE(at.session.side().held);
  EXPECT_FALSE(at.desk.busy()) << "a run that stands costs nothing";
  EXPECT_EQ(count(at.trace(), Kind::step_begin), 0u);
  for (Seq steps = 1; steps <= 3; ++steps) {
    at.act(Act::step_forward);
    EXPECT_EQ(count(at.trace(), Kind::step_end), steps);
    EXPECT_EQ(at.session.side().step, at.trace().size()) << "the playhead goes along";
  }
  at.act(Act::play_pause);
  EXPECT_FALSE(at.session.side().running);
  EXPECT_EQ(to_text(at.trace()), whole) << "stepping changes nothing";
}

TEST(ByHand, WhatWasDoneIsInTheScheduleAndComesAgain) {
  AtTheDesk at("L16");
  at.act(Act::run_hands);
  for (int i = 0; i < 3; ++i) at.act(Act::step_forward);
  at.act(Act::lay_hand, 0, "cancel:2");
  EXPECT_EQ(count(at.trace(), Kind::intervened), 1u);
  const std::string schedule = at.schedule();
  EXPECT_TRUE(schedule.starts_with("fifo:1@")) << schedule;
  EXPECT_EQ(at.session.message, schedule);
  at.act(Act::live_resume);
  const std::string whole = to_text(at.trace());
  EXPECT_NE(whole.find("# schedule " + schedule), std::string::npos);
  EXPECT_EQ(replay_command(at.trace().info).substr(0, 17), "awaitscope run sw");
  EXPECT_TRUE(replay_command(at.trace().info).ends_with("--schedule " + schedule));
  at.act(Act::replay_schedule, 0, schedule);
  ASSERT_EQ(at.session.sides.size(), 1u) << "one version has these tasks";
  EXPECT_EQ(to_text(at.trace()), whole);
  at.act(Act::rerun);
  EXPECT_EQ(at.session.sides.size(), 2u);
  EXPECT_EQ(at.session.show, view::Show::both);
  EXPECT_EQ(at.schedule(), "fifo:1");
}

TEST(ByHand, AHandWithoutEffectIsSaid) {
  AtTheDesk at("L16");
  at.act(Act::run_hands);
  at.act(Act::lay_hand, 0, "fail:99");
  EXPECT_EQ(at.session.message, "without effect: 0:fail:99: no such request is on its way");
  EXPECT_TRUE(at.session.message_is_error);
}

TEST(ByHand, EveryFormatKeepsTheHands) {
  AtTheDesk at("L16");
  at.act(Act::run_hands);
  at.act(Act::step_forward);
  at.act(Act::lay_hand, 0, "cancel:1");
  at.act(Act::lay_hand, 0, "delay:9:1234567891ns");
  at.act(Act::live_resume);
  const std::string text = to_text(at.trace());
  EXPECT_EQ(to_text(*read_text(text)), text);
  std::size_t formats = 0;
  for (const Format& format : all_formats()) {
    if (!format.write || !format.read) continue;
    ++formats;
    std::string bytes;
    ASSERT_TRUE(format.write(at.trace(), bytes)) << format.id;
    const auto read = read_trace(bytes, "kept");
    ASSERT_TRUE(read) << format.id << ": " << read.error();
    EXPECT_EQ(read->trace.info.schedule, at.trace().info.schedule) << format.id;
    EXPECT_EQ(to_text(read->trace), text) << format.id;
  }
  EXPECT_EQ(formats, 4u);
}

TEST(ByHand, AScheduleWhoseHandMeetsNothingSaysSo) {
  AtTheDesk at("L08");
  at.act(Act::replay_schedule, 0, "fifo:1@5:fail:999");
  EXPECT_TRUE(at.session.message_is_error) << at.session.message;
  EXPECT_NE(at.session.message.find("without effect"), std::string::npos) << at.session.message;
  at.act(Act::replay_schedule, 0, "fifo:1");
  EXPECT_EQ(at.session.message, "fifo:1");
}

TEST(Fork, TheBranchBeginsAsTheRunDidAndStandsAtThePlayhead) {
  AtTheDesk at("L08");
  for (const char* schedule : {"fifo:1", "random:7"}) {
    at.act(Act::replay_schedule, 0, schedule);
    at.act(Act::show_bad);
    const std::string whole = to_text(at.trace());
    const Seq here = at.trace().size() / 2;
    at.act(Act::seek_event, here);
    at.act(Act::fork);
    ASSERT_EQ(at.session.sides.size(), 2u) << at.session.message;
    EXPECT_EQ(at.session.side().label, "fork");
    EXPECT_EQ(at.session.sides[0]->label, "bad");
    EXPECT_TRUE(at.session.side().held);
    EXPECT_GE(at.trace().size(), here);
    EXPECT_LT(at.trace().size(), here + 40);
    at.act(Act::live_resume);
    EXPECT_EQ(to_text(at.trace()), whole) << "nothing was changed";
    EXPECT_TRUE(at.session.comparison);
  }
}

TEST(Fork, AForkOfAForkKeepsTheHandsUpToThere) {
  AtTheDesk at("L08");
  at.act(Act::show_bad);
  at.act(Act::seek_event, 60);
  at.act(Act::fork);
  at.act(Act::lay_hand, 0, "fail:1");
  const Seq first = at.trace().size();
  for (int i = 0; i < 4; ++i) at.act(Act::step_forward);
  at.act(Act::lay_hand, 0, "fail:2");
  at.act(Act::live_resume);
  const std::string both = at.schedule(), one = both.substr(0, both.rfind('@'));
  at.act(Act::seek_event, first);
  at.act(Act::fork);
  EXPECT_EQ(at.schedule(), one);
  at.act(Act::lay_hand, 0, "fail:3");
  EXPECT_EQ(at.schedule().substr(0, one.size() + 1), one + "@");
  at.act(Act::live_stop);
}

TEST(Fork, WhatCannotBeForkedStays) {
  AtTheDesk at("L16");
  at.act(Act::seek_event, at.trace().size() - 1);
  at.act(Act::fork);
  EXPECT_EQ(at.session.message, "from here on the run takes no step that could be changed");
  EXPECT_EQ(at.session.sides[1]->label, "fixed");
  at.session.sides[0]->trace.info.parameters = {{"timeout", "2"}};  // not what it was recorded with
  at.act(Act::seek_event, at.trace().size() / 2);
  at.act(Act::fork);
  EXPECT_EQ(at.session.message, "this program no longer does what was recorded, so it cannot be forked");
  EXPECT_EQ(at.session.sides[1]->label, "fixed");
}

}  // namespace
}  // namespace awaitscope::desk
