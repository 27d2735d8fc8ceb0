// Badges that the app shows: computed when asked, kept, and never those of other parameters.
#include <gtest/gtest.h>

#include <condition_variable>
#include <limits>
#include <mutex>

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

/// Counts what a desk says has arrived, as a window does that sleeps until then.
class Bell {
 public:
  std::function<void()> ring() {
    return [this] {
      const std::scoped_lock lock(mutex_);
      ++rung_;
      changed_.notify_all();
    };
  }
  /// Sleeps until it has rung since the last time; false: it does not.
  bool wait() {
    std::unique_lock lock(mutex_);
    const bool rang = changed_.wait_for(lock, std::chrono::minutes(1), [&] { return rung_ != heard_; });
    heard_ = rung_;
    return rang;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int rung_ = 0, heard_ = 0;
};

TEST(Arrivals, OfAllThatIsComputedWakeTheWindow) {
  Bell bell;  // outlives the desk's threads
  view::Session session;
  Desk desk(session, {}, bell.ring());
  desk.load_scenario("sequential_awaits");
  while (desk.busy() && bell.wait()) desk.pump();
  for (const auto& [act, text] :
       {std::pair{Act::badges, ""}, {Act::explore, ""}, {Act::student, "on"}, {Act::run_hands, ""}, {Act::live_resume, ""}}) {
    desk.apply({action(act, 0, text)});
    EXPECT_TRUE(desk.busy() || act == Act::run_hands);
    EXPECT_EQ(longest_wait(session), std::numeric_limits<double>::infinity()) << "nothing moves meanwhile";
    while (desk.busy()) {
      ASSERT_TRUE(bell.wait()) << "it was never said that something is there";
      desk.pump();
    }
  }
  EXPECT_EQ(session.badges.size(), 2u);
  EXPECT_EQ(session.schedules.size(), 2u);
  EXPECT_EQ(session.student.lesson, "sequential_awaits");
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
