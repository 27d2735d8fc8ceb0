// Badges that the app shows: computed when asked, kept, and never those of other parameters.
#include <gtest/gtest.h>

#include "app/desk/desk.h"

namespace awaitscope::desk {
namespace {

using view::Act;
using view::action;

bool earned(const view::BadgeRow& row, std::string_view name) {
  for (const auto& badge : row.badges)
    if (badge.name == name) return badge.earned;
  ADD_FAILURE() << "no badge " << name;
  return false;
}

TEST(Badges, AreComputedOnDemandAndKept) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("sequential_awaits");
  EXPECT_TRUE(session.badges.empty()) << "nobody has asked";
  desk.apply({action(Act::badges)});
  EXPECT_TRUE(session.judging);
  desk.settle();
  EXPECT_FALSE(session.judging);
  ASSERT_EQ(session.badges.size(), 2u);
  for (const view::BadgeRow& row : session.badges) EXPECT_EQ(row.badges.size(), 4u);
  EXPECT_FALSE(earned(session.badges[0], "efficient")) << "three times as long";
  EXPECT_TRUE(earned(session.badges[1], "efficient"));
  EXPECT_TRUE(earned(session.badges[1], "correct"));

  const view::Knob knob = session.lesson.knobs.front();
  desk.apply({action(Act::set_parameter, knob.value + knob.step, knob.name)});
  EXPECT_TRUE(session.badges.empty()) << "they were of another value";
  desk.apply({action(Act::set_parameter, knob.value, knob.name)});
  EXPECT_EQ(session.badges.size(), 2u) << "known already";
  desk.apply({action(Act::badges)});
  EXPECT_FALSE(session.judging);
}

TEST(Badges, OfALessonThatWasLeftDoNotShow) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("sequential_awaits");
  desk.apply({action(Act::badges)});
  desk.load_scenario("blocking_sleep");
  desk.settle();
  EXPECT_TRUE(session.badges.empty());
  EXPECT_FALSE(session.judging);
  desk.load_scenario("sequential_awaits");
  EXPECT_EQ(session.badges.size(), 2u);
}

TEST(Schedules, ThatWereTriedWithOtherParametersAreThrownAway) {
  view::Session session;
  Desk desk(session, {});
  desk.load_scenario("sequential_awaits");
  desk.apply({action(Act::explore)});
  const view::Knob knob = session.lesson.knobs.front();
  desk.apply({action(Act::set_parameter, knob.value + knob.step, knob.name)});
  desk.settle();
  EXPECT_TRUE(session.schedules.empty());
  desk.apply({action(Act::explore)});
  desk.settle();
  EXPECT_EQ(session.schedules.size(), 2u);
}

}  // namespace
}  // namespace awaitscope::desk
