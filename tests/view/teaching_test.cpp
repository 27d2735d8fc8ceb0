// A lesson that is taught, without a scenario: a hand-written question about a hand-written run.
#include "app/view/teaching_walk.h"

#include <cmath>

#include "stories.h"

namespace awaitscope::view {
namespace {

using Phase = Teaching::Phase;

void act(Session& session, Act what, double x = 0, double y = 0, std::string text = {}) {
  update(session, {what, x, y, std::move(text), {}});
}

/// One question with two wrong options, taught from its start.
std::unique_ptr<Session> taught() {
  Question question;
  question.question = {"When does it end?", "何时结束？"};
  question.options = {{{"at 1.0 s", "1.0 秒"}, {"a timeout ends the work", "超时结束工作"}},
                      {{"at 4.0 s", "4.0 秒"}, {}},
                      {{"never", "永不"}, {"a lost cancel hangs", "取消丢了就卡住"}}};
  question.answer = 1;
  auto session = lesson_of(question);
  session->sides[0]->trace.info.scenario = "demo";
  act(*session, Act::teach);
  resume_lesson(*session);
  return session;
}

TEST(Teaching, BeginsAtTheStartWithTheRunOutOfSight) {
  const auto session = taught();
  EXPECT_EQ(session->teaching.phase, Phase::read);
  EXPECT_EQ(session->side().step, 0u);
  EXPECT_TRUE(session->side().seen_trace().empty());
  EXPECT_TRUE(session->side().seen().lanes.empty());
  const DrawList picture = timeline(*session, {0, 0, 900, 400}, pixels);
  expect_tidy(picture, "locked");
  for (const Box& box : picture.boxes) EXPECT_NE(box.hit.kind, Hit::Kind::span);
}

TEST(Teaching, TheLockRefusesWhateverWouldShowTheRun) {
  for (const Act way :
       {Act::event_forward, Act::step_forward, Act::tick_forward, Act::end, Act::play_pause, Act::show_fixed, Act::show_both,
        Act::next_show, Act::switch_side, Act::explore, Act::run_live, Act::run_hands, Act::fork, Act::badges, Act::seek_time, Act::seek_event, Act::select_finding}) {
    const auto session = taught();
    const auto requests = update(*session, {way, way == Act::seek_time ? 2e9 : 3, 0, "", {}});
    EXPECT_TRUE(requests.empty()) << static_cast<int>(way);
    EXPECT_EQ(session->sides[0]->step + session->sides[1]->step, 0u) << static_cast<int>(way);
    EXPECT_EQ(session->active, 0);
    EXPECT_EQ(session->show, Show::one);
    EXPECT_FALSE(session->playing);
    EXPECT_FALSE(session->message.empty()) << static_cast<int>(way);
    EXPECT_FALSE(session->message_is_error);
  }
  // Without votes to wait for, nothing is refused.
  const auto session = taught();
  act(*session, Act::require_votes, 0, 0, "off");
  act(*session, Act::end);
  EXPECT_EQ(session->side().step, session->side().trace.size());
}

TEST(Teaching, VotesOpenTheRunAndNothingElseDoes) {
  const auto session = taught();
  act(*session, Act::bookmark_forward);
  ASSERT_EQ(session->teaching.phase, Phase::vote);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->teaching.phase, Phase::vote) << "nobody has voted";
  act(*session, Act::set_vote, 3, 5);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->teaching.phase, Phase::talk);
  act(*session, Act::end);
  EXPECT_EQ(session->side().step, 0u) << "between the rounds it is closed";
  act(*session, Act::bookmark_forward);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->teaching.phase, Phase::revote) << "the second round counts too";
  act(*session, Act::set_vote, 2, 5);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->teaching.phase, Phase::run);
  EXPECT_EQ(session->side().step, session->side().stops[0].seq);
  EXPECT_EQ(session->message, "the time is up");
  EXPECT_EQ(session->side().seen_trace().size(), session->side().step);
  act(*session, Act::event_forward);
  EXPECT_EQ(session->side().seen_trace().size(), session->side().step) << "the veil goes with the playhead";
  act(*session, Act::event_back);
  act(*session, Act::event_back);
  EXPECT_EQ(session->side().seen_trace().size(), session->side().step);
  act(*session, Act::bookmark_forward);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->teaching.phase, Phase::reveal);
  EXPECT_FALSE(session->side().past);
}

TEST(Teaching, TheOverrideGoesStraightToTheRun) {
  const auto session = taught();
  act(*session, Act::unlock);
  EXPECT_EQ(session->teaching.phase, Phase::run);
  EXPECT_FALSE(locked(*session));
  act(*session, Act::bookmark_back);
  EXPECT_EQ(session->teaching.phase, Phase::revote);
  EXPECT_FALSE(locked(*session)) << "opened stays open";
}

TEST(Teaching, CountsAreTypedAndBounded) {
  const auto session = taught();
  act(*session, Act::vote_digit, 5);
  EXPECT_TRUE(votes_of(*session).first.empty()) << "no vote is open";
  act(*session, Act::bookmark_forward);
  const auto type = [&](std::initializer_list<int> digits) {
    for (const int digit : digits) act(*session, Act::vote_digit, digit);
  };
  type({1, 0});
  act(*session, Act::option_next);
  type({1, 2, 3, 4});
  act(*session, Act::option_next);
  type({7});
  act(*session, Act::vote_erase);
  type({8});
  EXPECT_EQ(votes_of(*session).first, (std::vector<int>{10, 123, 8}));
  act(*session, Act::option_next);  // round about
  type({9});
  EXPECT_EQ(votes_of(*session).first, (std::vector<int>{9, 123, 8})) << "a new count, not one more digit";
  act(*session, Act::option_previous);
  EXPECT_EQ(session->teaching.marked, 2u);
  for (const double wild : {1e300, -1e300, std::nan("")}) {
    act(*session, Act::set_vote, wild, 3);
    act(*session, Act::set_vote, 1, wild);
    act(*session, Act::vote_digit, wild);
  }
  for (const int count : votes_of(*session).first) EXPECT_TRUE(count >= 0 && count <= most_votes) << count;
  EXPECT_TRUE(votes_of(*session).second.empty());
}

TEST(Teaching, TheFirstRoundIsHiddenUntilTheSecondIsIn) {
  const auto session = taught();
  act(*session, Act::bookmark_forward);
  act(*session, Act::set_vote, 1, 4);
  act(*session, Act::option_next);
  const auto read = [&](std::size_t i) { return option_cards(*session)[i].count; };
  EXPECT_EQ(read(0), "");
  EXPECT_EQ(read(1), "0") << "what is typed is seen";
  act(*session, Act::toggle_votes);
  EXPECT_EQ(read(0), "4");
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(read(0), "") << "while they talk";
  act(*session, Act::bookmark_forward);
  EXPECT_FALSE(option_cards(*session)[1].bars);
  act(*session, Act::set_vote, 2, 6);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(read(0), "4 → 0");
  EXPECT_EQ(read(1), "0 → 6");
  act(*session, Act::toggle_votes);
  EXPECT_EQ(read(0), "");
}

TEST(Teaching, PredictionsAndTheAnswerStandOnTheRuler) {
  const auto session = taught();
  const auto marks = [&] { return ruler_marks(*session, *session->sides[0]); };
  ASSERT_EQ(marks().size(), 2u);
  EXPECT_TRUE(marks()[0].words.empty()) << "only their place is kept";
  act(*session, Act::bookmark_forward);
  act(*session, Act::set_vote, 1, 12);
  act(*session, Act::set_vote, 2, 1);
  act(*session, Act::unlock);
  ASSERT_EQ(marks().size(), 2u);
  EXPECT_EQ(marks()[0].words[0], "A 12 votes");
  EXPECT_EQ(marks()[1].words[0], "B 1 vote");
  EXPECT_FALSE(marks()[1].answer);
  act(*session, Act::end);
  EXPECT_TRUE(marks()[1].answer) << "reached, so it is told";
  EXPECT_EQ(marks()[1].words[0], "B 1 vote · answer");
  EXPECT_TRUE(ruler_marks(*session, *session->sides[1]).empty());
  for (const FontMetrics& metrics : {pixels, cells}) {
    const Rect canvas = metrics.cells ? Rect{0, 0, 100, 20} : Rect{0, 0, 900, 400};
    expect_tidy(timeline(*session, canvas, metrics), "marks");
  }
}

TEST(Teaching, MomentsAreReadFromOptions) {
  EXPECT_EQ(predicted_moment("4.0 s"), Instant{4'000'000'000});
  EXPECT_EQ(predicted_moment("300 ms"), Instant{300'000'000});
  EXPECT_EQ(predicted_moment("TimeoutError at 1.0 s"), Instant{1'000'000'000});
  EXPECT_EQ(predicted_moment("no error; the caller gets 'late' at 4.0 s"), Instant{4'000'000'000});
  for (const char* none : {"", "4", "at", "at 3", "40 s / 13 s", "about 6 s: no gain", "at 1 s or at 2 s", "that 3 seconds",
                           ". s", "tries at 0, 1, 2; gives up"})
    EXPECT_FALSE(predicted_moment(none)) << none;
}

TEST(Teaching, PresentingTeachesAndComesBackToTheSamePlace) {
  const auto session = taught();
  act(*session, Act::teach, 0, 0, "off");
  EXPECT_FALSE(session->side().past);
  act(*session, Act::present, 0, 0, "on");
  EXPECT_TRUE(session->teaching.on);
  act(*session, Act::unlock);
  const Seq step = session->side().step;
  act(*session, Act::present);
  EXPECT_FALSE(session->teaching.on);
  EXPECT_FALSE(session->side().past);
  act(*session, Act::end);
  act(*session, Act::present);
  resume_lesson(*session);  // as the desk does when the runs are there
  EXPECT_EQ(session->teaching.phase, Phase::run);
  EXPECT_EQ(session->side().step, step);
}

TEST(Teaching, WhoeverLooksOnlyIsNotHindered) {
  const auto session = taught();
  act(*session, Act::teach);
  EXPECT_FALSE(session->teaching.on);
  act(*session, Act::home);
  act(*session, Act::bookmark_forward);
  EXPECT_EQ(session->side().step, session->side().stops[0].seq);
  act(*session, Act::end);
  EXPECT_EQ(session->side().step, session->side().trace.size());
}

}  // namespace
}  // namespace awaitscope::view
