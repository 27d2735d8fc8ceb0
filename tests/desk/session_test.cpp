// Session and settings files: what is written comes back, what is wrong is one line with its place, and changes nothing.
#include "app/desk/settings_store.h"
#include "app/view/kept.h"
#include "app/view/navigate.h"
#include "app/view/pictures.h"
#include "core/trace/text.h"
#include "tests/desk/folder.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;
using view::Act;
using view::action;

using Sessions = Folder;

TEST_F(Sessions, ALessonComesBackWithItsVotes) {
  SavedApp app, again;
  app.desk.load_scenario("unbounded_gather");
  app.act(Act::present, 0, 0, "on");
  app.act(Act::bookmark_forward);
  app.act(Act::set_vote, 1, 12);
  app.act(Act::set_vote, 2, 9);
  app.act(Act::bookmark_forward);
  app.act(Act::bookmark_forward);
  app.act(Act::set_vote, 2, 21);
  app.act(Act::bookmark_forward);
  app.act(Act::bookmark_forward);
  ASSERT_EQ(app.session.teaching.phase, view::Teaching::Phase::run);
  app.act(Act::save_file, 0, 0, path("x.awsession"));
  ASSERT_TRUE(again.desk.open(path("x.awsession")));
  EXPECT_EQ(again.written(), app.written());
  EXPECT_EQ(again.session.teaching.phase, view::Teaching::Phase::run);
  EXPECT_EQ(again.session.teaching.ballots["unbounded_gather"][0].first, (std::vector<int>{12, 9, 0, 0}));
  EXPECT_EQ(again.session.teaching.ballots["unbounded_gather"][0].second, (std::vector<int>{0, 21, 0, 0}));
  EXPECT_EQ(again.session.side().step, app.session.side().step);
}

TEST_F(Sessions, WhatIsWrittenComesBackExactly) {
  SavedApp app, again;
  change_everything(app);
  app.act(Act::save_file, 0, 0, path("x.awsession"));
  ASSERT_FALSE(app.session.message_is_error) << app.session.message;
  const Status opened = again.desk.open(path("x.awsession"));
  ASSERT_TRUE(opened) << opened.error();
  EXPECT_EQ(again.written(), app.written());
  EXPECT_EQ(again.session.side().step, 20u);
  EXPECT_EQ(again.session.side().label, "fixed");
  EXPECT_TRUE(again.session.side().model == app.session.side().model);
  EXPECT_EQ(again.session.view_begin.ns, 500'000'000);
  EXPECT_EQ(to_text(again.session.side().trace.info.schedule), "random:3");
  EXPECT_EQ(again.session.selected, app.session.selected);
  EXPECT_EQ(again.session.cards.marks.size(), 2u);
  // And a session that was not changed is another text.
  SavedApp plain;
  plain.desk.load_scenario("swallowed_cancel");
  EXPECT_NE(plain.written(), app.written());
}

TEST_F(Sessions, WhatIsStandardComesBackToo) {
  SavedApp plain, again;
  plain.desk.load_scenario("swallowed_cancel");
  plain.act(Act::save_file, 0, 0, path("x.awsession"));
  change_everything(again);
  again.act(Act::present, 0, 0, "on");
  again.act(Act::student, 0, 0, "on");
  again.act(Act::filter_lanes, 0, 0, "main");
  ASSERT_TRUE(again.desk.use_playlist("day"));
  ASSERT_NE(again.session.teaching.playlist, "");
  ASSERT_TRUE(again.desk.open(path("x.awsession")));
  EXPECT_EQ(again.written(), plain.written());
  EXPECT_FALSE(again.session.presenting || again.session.teaching.on || again.session.student.on);
  EXPECT_TRUE(again.session.cards.empty());
  EXPECT_EQ(again.session.teaching.course.size(), plain.session.teaching.course.size());
}

TEST_F(Sessions, PinsMarksAndThePlaylistComeBack) {
  SavedApp app, again;
  ASSERT_TRUE(app.desk.use_playlist("day"));
  app.desk.load_scenario("swallowed_cancel");
  app.session.selected = {view::Hit::Kind::task, 2, 0};
  app.act(Act::pin_lane);
  app.act(Act::filter_lanes, 0, 0, "work");
  app.act(Act::seek_event, 12);
  app.act(Act::mark, 0, 0, "here, \"quoted\"");
  ASSERT_EQ(app.session.hunt.pins.size(), 1u);
  ASSERT_EQ(app.session.side().trace.notes.size(), 1u) << app.session.message;
  app.act(Act::save_file, 0, 0, path("x.awsession"));
  for (int i = 0; i < 2; ++i) {  // twice: nothing doubles
    const Status opened = again.desk.open(path("x.awsession"));
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(again.written(), app.written());
    EXPECT_EQ(again.session.hunt.pins, app.session.hunt.pins);
    EXPECT_EQ(again.session.side().trace.notes, app.session.side().trace.notes);
    EXPECT_EQ(again.session.teaching.course.size(), app.session.teaching.course.size());
  }
}

TEST_F(Sessions, MoreMarksThanASessionTakesDoNotCostTheSession) {
  SavedApp app, again;
  app.desk.load_scenario("swallowed_cancel");
  for (int i = 0; i < 1500; ++i) app.session.hunt.opened.push_back("task-" + std::to_string(i));
  app.act(Act::save_file, 0, 0, path("x.awsession"));
  const Status opened = again.desk.open(path("x.awsession"));
  ASSERT_TRUE(opened) << opened.error();
  EXPECT_EQ(again.session.hunt.opened.size(), 1000u);
}

TEST_F(Sessions, AForkComesBackWithItsHands) {
  SavedApp app, again;
  app.desk.load_scenario("L08");
  app.act(Act::show_bad);
  app.act(Act::seek_event, 60);
  app.act(Act::fork);
  app.act(Act::lay_hand, 0, 0, "fail:1");
  app.act(Act::live_resume);
  app.desk.settle();
  ASSERT_EQ(app.session.side().label, "fork");
  EXPECT_FALSE(source_view(app.session).empty()) << "it runs the code of the bad version";
  app.act(Act::save_file, 0, 0, path("x.awsession"));
  const Status opened = again.desk.open(path("x.awsession"));
  ASSERT_TRUE(opened) << opened.error();
  ASSERT_EQ(again.session.sides.size(), 2u);
  EXPECT_EQ(again.session.sides[1]->label, "fork");
  for (const std::size_t i : {0, 1}) EXPECT_EQ(to_text(again.session.sides[i]->trace), to_text(app.session.sides[i]->trace));
  // The lesson run again is the lesson's two versions.
  again.act(Act::rerun);
  EXPECT_EQ(again.session.sides[1]->label, "fixed");
}

TEST_F(Sessions, TheVersionsOfASessionAreThoseThatRunAgain) {
  const std::string odd = write("odd.awsession",
                                "{\"awaitscope-session\": 1, \"lesson\": {\"name\": "
                                "\"abandoned_async_generator\", \"versions\": [\"bad.dropped\", \"fixed\"]}}");
  SavedApp app;
  app.desk.load_scenario("L04");
  app.act(Act::teach, 0, 0, "on");
  app.act(Act::save_file, 0, 0, path("x.awsession"));
  app.act(Act::teach, 0, 0, "off");
  const std::vector<std::pair<std::string, std::string>> sessions = {{odd, "bad.dropped"}, {path("x.awsession"), "bad"}};
  for (const auto& [file, bad] : sessions) {
    app.session.teaching.on = true;
    const Status opened = app.desk.open(file);
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(app.session.teaching.on, file != odd);
    app.act(Act::teach, 0, 0, "off");
    app.act(Act::rerun);
    EXPECT_EQ(app.session.sides[0]->version(), bad);
    EXPECT_EQ(app.session.sides[1]->version(), "fixed");
  }
}

TEST_F(Sessions, ATraceIsFoundBesideItsSession) {
  SavedApp app;
  app.desk.load_scenario("L04");
  app.act(Act::export_file, 0, 0, path("run.awtrace"));
  ASSERT_TRUE(app.desk.open(path("run.awtrace")));
  app.act(Act::seek_event, 7);
  app.act(Act::save_session, 0, 0, path("x"));
  fs::create_directory(path("moved"));
  fs::rename(path("run.awtrace"), path("moved/run.awtrace"));
  fs::rename(path("x.awsession"), path("moved/x.awsession"));
  SavedApp again;
  const Status opened = again.desk.open(path("moved/x.awsession"));
  ASSERT_TRUE(opened) << opened.error();
  EXPECT_EQ(again.session.file, path("moved/run.awtrace"));
  EXPECT_EQ(again.session.side().step, 7u);
  EXPECT_EQ(again.session.recent.front().path, path("moved/x.awsession"));
  // The trace is gone: one line, and what is open stays.
  fs::remove(path("moved/run.awtrace"));
  SavedApp third;
  third.desk.load_scenario("L16");
  const std::string before = third.written();
  const Status refused = third.desk.open(path("moved/x.awsession"));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find("run.awtrace"), std::string::npos);
  EXPECT_EQ(third.written(), before);
}

TEST_F(Sessions, NumbersFromOutsideAreClamped) {
  write("x.awsession", R"({"awaitscope-session": 1,
    "lesson": {"name": "blocking_sleep", "parameters": {"block": 1e9, "ticks": -3.7}},
    "picture": {"text_size": 1e6}, "order": {"lesson": "blocking_sleep", "source": "scenarios/blocking_sleep.cpp", "in": [0, 0, 99]},
    "position": {"steps": [99999999, 3], "active": 77, "window": [-9e18, 1e300], "lane_scroll": -4, "speed": 0,
                 "selected": {"kind": "task", "value": 4000000000, "event": 9}, "finding": 400}})");
  SavedApp app;
  const Status opened = app.desk.open(path("x.awsession"));
  ASSERT_TRUE(opened) << opened.error();
  const view::Session& session = app.session;
  EXPECT_EQ(session.lesson.knobs[0].value, 10);
  EXPECT_EQ(session.lesson.knobs[3].value, 1);
  EXPECT_EQ(session.text_size, 64);
  EXPECT_EQ(session.active, 1);
  EXPECT_EQ(session.sides[0]->step, session.sides[0]->trace.size());
  EXPECT_EQ(session.sides[1]->step, 3u);
  EXPECT_LT(session.view_begin, session.view_end);
  EXPECT_EQ(session.lane_scroll, 0);
  EXPECT_EQ(session.events_per_second, 1);
  EXPECT_EQ(session.selected, view::Hit{});
  EXPECT_EQ(session.selected_finding, -1);
  EXPECT_TRUE(session.cards.in.empty());
}

TEST_F(Sessions, WhatIsWrongIsOneLineWithItsPlaceAndChangesNothing) {
  SavedApp app;
  change_everything(app);
  const std::string before = app.written();
  const auto refused = [&](const std::string& text, const std::string& says) {
    write("bad.awsession", text);
    app.act(Act::open_file, 0, 0, path("bad.awsession"));
    EXPECT_TRUE(app.session.message_is_error) << text;
    EXPECT_NE(app.session.message.find("bad.awsession"), std::string::npos) << app.session.message;
    EXPECT_NE(app.session.message.find(says), std::string::npos) << text << ": " << app.session.message;
    EXPECT_EQ(app.session.message.find('\n'), std::string::npos);
    EXPECT_EQ(app.written(), before) << text;
  };
  const std::string head = "{\"awaitscope-session\": 1,\n";
  refused("", "");
  refused("[]", "no session");
  refused("{}", "no session");
  refused("{\"awaitscope-session\": 2}", "reads format 1");
  refused("{\"awaitscope-session\": \"1\"}", "whole number");
  refused(head + "\"colour\": 1}", ":2: a session has no 'colour'");
  refused(head + "\"lesson\": {\"name\": \"swalowed_cancel\"}}", ":2: ");
  refused(head + "\"lesson\": {\"name\": \"L16\",\n\"parameters\": {\"mor\": 1}}}",
          ":3: swallowed_cancel has no parameter 'mor'");
  refused(head + "\"lesson\": {\"name\": \"L16\", \"versions\": [\"worse\"]}}", "worse");
  refused(head + "\"lesson\": {\"name\": \"L16\", \"schedule\": \"chaos:1\"}}", "chaos");
  refused(head + "\"lesson\": {\"name\": \"L16\"}, \"trace\": \"x\"}", "not both");
  refused(head + "\"trace\": \"bad.awsession\"}", "not a session");
  refused(head + "\"trace\": \"/dev/zero\"}", "/dev/zero");
  refused(head + "\"position\": {\"steps\": 3}}", ":2: steps of position must be an array");
  refused(head + "\"position\": {\"steps\": [NaN]}}", ":2");
  refused(head + "\"position\": {\"speed\": 1e999}}", ":2");
  refused(head + "\"position\": {\"show\": \"all\"}}", "one, both");
  refused(head + "\"position\": {\"show\": \"one\",\n\"show\": \"both\"}}", ":3: 'show' of position stands here twice");
  refused(head + "\"rules\": {\"slow-step.error_ms\": 3, \"slow-stp.error_ms\": 3}}", "slow-stp");
  refused(head + "\"room\": {\"presenting\": 1}}", "true or false");
  refused(head + "\"lesson\": " + std::string(900'000, '['), "");
  refused(std::string(10 << 20, '['), "1 MB");
}

using SettingsFile = Folder;
TEST_F(SettingsFile, WhatIsWrittenComesBackAndKeysAreSpelt) {
  view::Session session, again;
  ASSERT_TRUE(read_settings("s", R"({"theme": "light", "language": "zh", "text_size": 20, "votes": false,
    "keys": {"desk": {"step-forward": "j shift+right", "run-live": ""}, "room": {"end": "f12"}}})",
                            session));
  EXPECT_EQ(session.theme, view::Theme::light);
  EXPECT_EQ(session.text_size, 20);
  EXPECT_FALSE(session.teaching.votes);
  EXPECT_EQ(session.keys.desk[Act::step_forward], "J Shift+Right");
  ASSERT_TRUE(read_settings("s", write_settings(session), again));
  EXPECT_EQ(write_settings(again), write_settings(session));
  EXPECT_EQ(again.keys.room[Act::end], "F12");
}

TEST_F(SettingsFile, WhatIsWrongNamesItsLine) {
  view::Session session;
  const std::string before = write_settings(session);
  const auto refused = [&](const std::string& text, const std::string& says) {
    const Status read = read_settings("s.json", text, session);
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().find(says), std::string::npos) << read.error();
    EXPECT_EQ(write_settings(session), before);
  };
  refused("", "s.json:1");
  refused("{\"theme\": \"light\",\n\"thema\": 1}", "s.json:2: a settings file has no 'thema'");
  refused("{\"theme\":\n\"pink\"}", "s.json:2: theme of a settings file must be one of dark, light");
  refused("{\"keys\": {\"desk\":\n{\"rerun\": \"Hyper+X\"}}}", "s.json:2: 'Hyper+X' is no key");
  refused("{\"keys\": {\"desk\": {\"fly\": \"J\"}}}", "no 'fly'");
  refused("{\"keys\": {\"desk\": {\n\"step-forward\": \"R\"}}}", "s.json:2: R is bound twice: step-forward and rerun");
  refused("{\"keys\": {\"attic\": {}}}", "no 'attic'");
  refused("{\"text_size\": \"20\"}", "must be a number");
}

}  // namespace
}  // namespace awaitscope::desk
