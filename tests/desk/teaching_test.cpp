// Every lesson, taught from its start to its end and back again.
#include <gtest/gtest.h>

#include "app/desk/playlists.h"
#include "app/view/teaching_walk.h"
#include "tests/support/app.h"

namespace awaitscope::desk {
namespace {

using view::Act;
using Phase = view::Teaching::Phase;

/// Everything that a place of the walk shows.
struct Place {
  std::size_t question;
  Phase phase;
  view::Show show;
  int active;
  std::vector<std::string> labels;
  std::vector<Seq> steps, seen;
  view::Hit selected;
  std::string message;
  Instant begin, end;
  bool operator==(const Place&) const = default;
};

Place place_of(const view::Session& session) {
  Place out{session.teaching.question, session.teaching.phase, session.show,       session.active,  {}, {}, {},
            session.selected,          session.message,        session.view_begin, session.view_end};
  for (const auto& side : session.sides) {
    out.labels.push_back(side->label);
    out.steps.push_back(side->step);
    out.seen.push_back(side->seen_trace().size());
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, const Place& p) {
  out << "question " << p.question + 1 << " " << view::phase_name(p.phase) << " side " << p.active;
  for (std::size_t i = 0; i < p.steps.size(); ++i) out << " " << p.labels[i] << "@" << p.steps[i] << "/" << p.seen[i];
  return out << " '" << p.message << "' " << p.begin.ns << ".." << p.end.ns << " hit " << p.selected.value << ","
             << p.selected.seq;
}

struct Taught : App {
  explicit Taught(const std::string& name) : App(name) { act(Act::teach); }
  void vote() {
    if (!voting(session)) return;
    for (std::size_t i = 0; i < open_question(session)->options.size(); ++i) act(Act::set_vote, static_cast<double>(i + 1), 3);
  }
  /// The answer of the open question, checked where it is told.
  void check_answer() {
    const view::Question& question = *open_question(session);
    const Seq reveal = view::reveal_of(session);
    EXPECT_EQ(reveal > 0, question.run.here) << "question " << session.teaching.question + 1;
    // Where the right option is a moment, the answer comes at that moment.
    const auto at = view::predicted_moment(question.options[question.answer].text.en);
    if (at && reveal) { EXPECT_EQ(seconds(session.side().trace[reveal].at(), 3), seconds(*at, 3)); }
    int answers = 0;
    for (const view::OptionCard& card : view::option_cards(session)) {
      answers += card.answer;
      EXPECT_EQ(card.belief.empty(), card.answer) << card.words;
    }
    EXPECT_EQ(answers, 1);
    EXPECT_FALSE(question.explain.in(session.language).empty());
  }
};

class EveryLesson : public testing::TestWithParam<const Scenario*> {};

TEST_P(EveryLesson, GoesForwardToItsEndAndBackTheSameWay) {
  Taught t(GetParam()->name);
  ASSERT_EQ(t.session.teaching.phase, Phase::read);
  ASSERT_EQ(t.session.side().step, 0u);
  for (const Act ahead : {Act::end, Act::event_forward, Act::next_show}) {
    t.act(ahead);
    ASSERT_EQ(t.session.side().step, 0u) << "closed";
  }
  t.act(Act::bookmark_back);
  std::vector<Place> way;
  std::set<Phase> phases;
  while (way.size() < 300) {
    way.push_back(place_of(t.session));
    phases.insert(t.session.teaching.phase);
    if (t.session.teaching.phase == Phase::done) break;
    if (t.session.teaching.phase == Phase::reveal) t.check_answer();
    if (view::keeps_ahead(t.session)) { EXPECT_EQ(way.back().steps, way.back().seen) << way.back(); }
    t.vote();
    t.act(Act::bookmark_forward);
    if (t.session.teaching.lesson != GetParam()->name) FAIL() << "left without an end";
  }
  ASSERT_EQ(t.session.teaching.phase, Phase::done);
  way.front().message.clear();
  EXPECT_EQ(phases.size(), 9u) << "each phase was seen";
  for (std::size_t i = way.size() - 1; i-- > 0;) {
    t.act(Act::bookmark_back);
    Place now = place_of(t.session);
    if (i == 0) now.message.clear();  // it may hold the lesson's title
    ASSERT_EQ(now, way[i]) << "place " << i << " of " << way.size();
  }
  t.act(Act::bookmark_back);
  EXPECT_EQ(t.session.teaching.phase, Phase::read);
  EXPECT_EQ(t.session.lesson.name, GetParam()->name);
}

INSTANTIATE_TEST_SUITE_P(All, EveryLesson, testing::ValuesIn(scenarios_by_card()),
                         [](const auto& info) { return info.param->name; });

TEST(Lessons, AQuestionRunsWhatItAsksAbout) {
  Taught t("swallowed_cancel");
  while (t.session.teaching.question < 2) t.vote(), t.act(Act::bookmark_forward);
  EXPECT_EQ(t.session.sides[0]->label, "bad.group");
  EXPECT_EQ(t.session.sides[1]->label, "fixed");
  // A parameter that changes meanwhile runs the same versions, and the question stays open.
  t.desk.apply({view::action(Act::set_parameter, 2, "more")});
  EXPECT_EQ(t.session.sides[0]->label, "bad.group");
  EXPECT_EQ(t.session.teaching.question, 2u);
  EXPECT_EQ(t.session.sides[0]->step, 0u);
  EXPECT_EQ(view::reveal_of(t.session), 0u) << "this run is not the question's";
}

TEST(Lessons, ResetIsTheLessonFromItsStart) {
  Taught t("swallowed_cancel");
  const Place start = place_of(t.session);
  t.act(Act::bookmark_forward);
  t.vote();
  t.act(Act::unlock);
  t.act(Act::zoom_in, -1, 4);
  t.desk.apply({view::action(Act::set_parameter, 5, "more")});
  t.act(Act::reset_lesson);
  Place now = place_of(t.session);
  now.message = start.message;
  EXPECT_EQ(now, start);
  EXPECT_TRUE(view::votes_of(t.session).first.empty());
  for (const view::Knob& knob : t.session.lesson.knobs) EXPECT_EQ(knob.value, knob.standard) << knob.name;
}

TEST(Lessons, FollowEachOtherAsInAPlaylist) {
  Taught t("L01");
  EXPECT_EQ(*lesson_fact(t.session, "course"), "1/" + std::to_string(scenarios_by_card().size()));
  ASSERT_TRUE(t.desk.use_playlist("90-minutes"));
  EXPECT_FALSE(t.desk.use_playlist("9-minutes"));
  EXPECT_EQ(*lesson_fact(t.session, "course"), "1/7");
  t.act(Act::previous_lesson);
  EXPECT_EQ(t.session.lesson.id, "L01");
  t.act(Act::next_lesson);
  EXPECT_EQ(t.session.lesson.id, "L03");
  EXPECT_EQ(t.session.teaching.phase, Phase::read);
  for (int i = 0; i < 9; ++i) t.act(Act::next_lesson);
  EXPECT_EQ(t.session.lesson.id, "L18");
  EXPECT_TRUE(t.session.teaching.taught.empty()) << "skipped is not taught";
}

}  // namespace
}  // namespace awaitscope::desk
