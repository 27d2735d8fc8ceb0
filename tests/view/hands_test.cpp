// What can be done by hand, where a run stands.
#include "app/view/hands.h"

#include <gtest/gtest.h>

#include "core/trace/text.h"
#include "stories.h"

namespace awaitscope::view {
namespace {

/// Main waits for a request, a worker for a semaphore, another for a lock; a third has ended.
std::unique_ptr<Session> held() {
  const auto trace = read_text(R"(# scenario swallowed_cancel
1 0 run_begin
2 0 task_created task=1 name="main"
3 0 resource_created resource=1 capacity=1 type=semaphore name="permits"
4 0 resource_created resource=2 capacity=1 type=lock name="lock"
5 0 resource_created resource=3 type=event name="%s%n##go"
6 0 resource_created resource=4 type=service name="api"
7 0 task_created task=2 parent=1 name="worker"
8 0 task_created task=3 parent=1 name="holder"
9 0 task_created task=4 parent=1 name="over"
10 0 step_begin task=4
11 0 task_done task=4 how=returned
12 0 step_end task=4
13 0 step_begin task=2
14 0 acquire_begin task=2 resource=1 waiters=1
15 0 step_end task=2 object=1 waits=semaphore
16 0 step_begin task=3
17 0 acquire_begin task=3 resource=2 waiters=1
18 0 step_end task=3 object=2 waits=lock
19 0 step_begin task=1
20 0 request_begin task=1 request=7 service=4 attempt=1 what="page"
21 0 step_end task=1 object=7 waits=request
)");
  EXPECT_TRUE(trace) << trace.error();
  auto session = session_of(*trace);
  session->lesson.name = "swallowed_cancel";
  session->side().running = session->side().by_hand = session->side().held = true;
  return session;
}

/// "Cancel worker = cancel:2", "Release lock: a lock ...": the lines about it.
std::vector<std::string> lines(const Session& session, const Hit& about) {
  std::vector<std::string> out;
  for (const HandOffer& offer : hand_offers(session, about))
    if (offer.act == Act::lay_hand)
      out.push_back(offer.words + (offer.why_not.empty() ? " = " + offer.text : ": " + offer.why_not));
  return out;
}
using Lines = std::vector<std::string>;
Hit on(Hit::Kind kind, std::uint32_t value) { return {kind, value, 0}; }

TEST(Hands, ATaskOffersWhatItWaitsFor) {
  const auto session = held();
  EXPECT_EQ(lines(*session, on(Hit::Kind::task, 1)),
            (Lines{"Cancel main = cancel:1", "Fail request 7: page = fail:7", "Delay request 7: page by 0.5 s = delay:7:500ms",
                   "Delay request 7: page by 5 s = delay:7:5s"}));
  EXPECT_EQ(lines(*session, on(Hit::Kind::span, 2)),
            (Lines{"Cancel worker = cancel:2", "Release a permit of permits = release:1"}));
  EXPECT_EQ(lines(*session, on(Hit::Kind::task, 4)), Lines{"Cancel over: it has ended"});
  EXPECT_EQ(hand_subject(*session, on(Hit::Kind::task, 2)), "worker");
}

TEST(Hands, AResourceOffersWhatItIs) {
  const auto session = held();
  const std::string lock = "Release lock: a lock belongs to the task that holds it: cancel that task";
  EXPECT_EQ(lines(*session, on(Hit::Kind::resource, 2)), Lines{lock});
  EXPECT_EQ(lines(*session, on(Hit::Kind::task, 3)), (Lines{"Cancel holder = cancel:3", lock}));
  EXPECT_EQ(lines(*session, on(Hit::Kind::resource, 3)), Lines{"Set %s%n##go = set:3"});
  EXPECT_EQ(lines(*session, on(Hit::Kind::resource, 4)).size(), 3u) << "of its request";
  EXPECT_EQ(lines(*session, on(Hit::Kind::resource, 99)), Lines{});
}

TEST(Hands, EveryOfferIsAHandThatCanBeLaid) {
  const auto session = held();
  for (const auto& about : {on(Hit::Kind::task, 1), on(Hit::Kind::task, 2), on(Hit::Kind::resource, 3)})
    for (const HandOffer& offer : hand_offers(*session, about)) {
      if (offer.act != Act::lay_hand) continue;
      const auto asked = update(*session, {Act::lay_hand, 0, 0, offer.text, {}});
      ASSERT_EQ(asked.size(), 1u) << session->message;
      EXPECT_EQ(asked[0].what, Request::What::hand);
      EXPECT_EQ(asked[0].text, offer.text);
    }
  for (const char* wrong : {"", "cancel", "cancel:0", "unlock:2", "delay:7"}) {
    EXPECT_TRUE(update(*session, {Act::lay_hand, 0, 0, wrong, {}}).empty());
    EXPECT_TRUE(session->message_is_error) << wrong;
  }
}

TEST(Hands, ARunMustBeHeld) {
  const auto session = held();
  session->side().held = false;
  EXPECT_EQ(lines(*session, on(Hit::Kind::task, 2)).front(), "Cancel worker: pause the run first");
  EXPECT_TRUE(update(*session, {Act::lay_hand, 0, 0, "cancel:2", {}}).empty());
  EXPECT_EQ(session->message, "pause the run first");
}

TEST(Hands, KeysWorkTheGateAtTheEndOfWhatWasRecorded) {
  const auto session = held();
  const auto asks = [&](Act act) {
    const auto requests = update(*session, {act, 0, 0, {}, {}});
    return requests.empty() ? "" : requests[0].text;
  };
  EXPECT_EQ(asks(Act::step_forward), "step");
  EXPECT_EQ(asks(Act::tick_forward), "tick");
  EXPECT_EQ(asks(Act::play_pause), "resume");
  session->side().held = false;
  EXPECT_EQ(asks(Act::play_pause), "pause");
  update(*session, {Act::step_back, 0, 0, {}, {}});
  EXPECT_EQ(asks(Act::step_forward), "") << "what was recorded is only looked at";
  session->side().running = false;
  update(*session, {Act::end, 0, 0, {}, {}});
  EXPECT_EQ(asks(Act::step_forward), "");
  EXPECT_EQ(asks(Act::live_speed), "");
}

TEST(Hands, OnlyARecordedVirtualRunForks) {
  const auto session = held();
  const auto refusal = [&] { return update(*session, {Act::fork, 0, 0, {}, {}}).empty() ? session->message : "no"; };
  EXPECT_EQ(refusal(), "let the run end first, then fork it");
  session->side().running = false;
  EXPECT_EQ(refusal(), "the run ends here: go back to where it should fork");
  update(*session, {Act::home, 0, 0, {}, {}});
  EXPECT_EQ(refusal(), "no");
  session->side().trace.info.clock = "steady";
  EXPECT_EQ(refusal(), "a run on the real clock cannot be forked: its times would not come back");
  session->lesson = {};
  EXPECT_EQ(refusal(), "an opened trace of another program cannot be forked");
  EXPECT_EQ(hand_offers(*session, {}).front().why_not, session->message);
}

TEST(Hands, TheMenuIsAboutTheSelectionUnlessItIsPointed) {
  const auto session = held();
  session->selected = on(Hit::Kind::task, 2);
  update(*session, {Act::hands, 0, 0, {}, {}});
  EXPECT_EQ(session->hand_menu.about, session->selected);
  EXPECT_EQ(session->hand_menu.asked_for, 1);
  update(*session, {Act::hands, 0, 0, {}, on(Hit::Kind::resource, 1)});
  EXPECT_EQ(session->hand_menu.about, on(Hit::Kind::resource, 1));
  EXPECT_EQ(session->hand_menu.asked_for, 2);
  update(*session, {Act::present, 0, 0, "on", {}});
  update(*session, {Act::hands, 0, 0, {}, on(Hit::Kind::task, 1)});
  update(*session, {Act::present, 0, 0, "off", {}});
  EXPECT_EQ(session->hand_menu.asked_for, 2) << "what is asked for in front of a room opens nothing later";
}

TEST(Hands, SpeedGoesRoundAndTakesNoOther) {
  const auto session = held();
  session->side().live = true;
  const auto asks = [&](double times) {
    const auto requests = update(*session, {Act::live_speed, times, 0, {}, {}});
    return requests.empty() ? "" : requests[0].text;
  };
  EXPECT_EQ(asks(0), "slow 2");
  session->side().slowness = 10;
  EXPECT_EQ(asks(0), "slow 1");
  EXPECT_EQ(asks(10), "slow 10");
  for (const double wrong : {3.0, -1.0, 1.5, 1e300}) EXPECT_EQ(asks(wrong), "") << wrong;
}

}  // namespace
}  // namespace awaitscope::view
