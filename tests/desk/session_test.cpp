// Session and settings files: what is written comes back, what is wrong is one line with its place, and changes nothing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/desk/keeper.h"
#include "app/desk/progress.h"
#include "app/desk/recent.h"
#include "app/desk/session_file.h"
#include "app/desk/settings_store.h"
#include "app/view/kept.h"
#include "app/view/navigate.h"
#include "app/view/pictures.h"
#include "core/trace/text.h"
#include "tests/support/app.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;
using view::Act;
using view::action;

class Folder : public testing::Test {
 protected:
  Folder() {
    char name[] = "/tmp/awaitscope-kept-XXXXXX";
    root = ::mkdtemp(name);
  }
  ~Folder() override { fs::remove_all(root); }
  std::string path(const std::string& name) const { return root + "/" + name; }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  static std::string read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  Places places() const { return {path("config"), path("state")}; }
  std::string root;
};

struct App : desk::App {
  std::string written() const { return write_session(session, "/nowhere/x.awsession"); }
};

/// A session that differs from the standard in everything that is kept.
void change_everything(App& app) {
  app.desk.load_scenario("swallowed_cancel");
  app.act(Act::set_parameter, 5, 0, "more");
  app.act(Act::present, 0, 0, "on");
  app.act(Act::teach, 0, 0, "off");
  app.act(Act::replay_schedule, 0, 0, "random:3");
  app.act(Act::set_threshold, 5000, 0, "blocking-call.warning_ms");
  app.act(Act::show_fixed);
  app.act(Act::seek_event, 20);
  app.act(Act::show_range, 5e8, 2.5e9);
  app.act(Act::select_range, 1e9, 2e9);
  app.session.selected = {view::Hit::Kind::task, 2, 3};
  app.act(Act::toggle_theme);
  app.act(Act::language, 0, 0, "zh");
  app.act(Act::text_larger);
  app.act(Act::split, 0.4, 0, "side");
  app.act(Act::toggle_fold);
  app.act(Act::lesson_language, 0, 0, "py");
  app.act(Act::faster);
  app.act(Act::cards_put, 3);
  app.act(Act::cards_put, 5);
  app.act(Act::cards_check);
}

using Sessions = Folder;

TEST_F(Sessions, ALessonComesBackWithItsVotes) {
  App app, again;
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
  App app, again;
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
  App plain;
  plain.desk.load_scenario("swallowed_cancel");
  EXPECT_NE(plain.written(), app.written());
}

TEST_F(Sessions, WhatIsStandardComesBackToo) {
  App plain, again;
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
  App app, again;
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

TEST_F(Sessions, AForkComesBackWithItsHands) {
  App app, again;
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
  const std::string odd = write("odd.awsession", "{\"awaitscope-session\": 1, \"lesson\": {\"name\": "
                                                 "\"abandoned_async_generator\", \"versions\": [\"bad.dropped\", \"fixed\"]}}");
  App app;
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
  App app;
  app.desk.load_scenario("L04");
  app.act(Act::export_file, 0, 0, path("run.awtrace"));
  ASSERT_TRUE(app.desk.open(path("run.awtrace")));
  app.act(Act::seek_event, 7);
  app.act(Act::save_session, 0, 0, path("x"));
  fs::create_directory(path("moved"));
  fs::rename(path("run.awtrace"), path("moved/run.awtrace"));
  fs::rename(path("x.awsession"), path("moved/x.awsession"));
  App again;
  const Status opened = again.desk.open(path("moved/x.awsession"));
  ASSERT_TRUE(opened) << opened.error();
  EXPECT_EQ(again.session.file, path("moved/run.awtrace"));
  EXPECT_EQ(again.session.side().step, 7u);
  EXPECT_EQ(again.session.recent.front().path, path("moved/x.awsession"));
  // The trace is gone: one line, and what is open stays.
  fs::remove(path("moved/run.awtrace"));
  App third;
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
  App app;
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
  App app;
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

using Kept = Folder;
TEST_F(Kept, AStartWithoutArgumentsGoesOnWhereTheLastEnded) {
  App app;
  {
    Keeper keeper(app.session, app.desk);
    keeper.begin(places());
    EXPECT_FALSE(keeper.reopen());
    change_everything(app);
    app.act(Act::present, 0, 0, "off");
  }
  App again;
  Keeper keeper(again.session, again.desk);
  keeper.begin(places());
  ASSERT_TRUE(keeper.reopen());
  EXPECT_EQ(again.written(), app.written());
  EXPECT_EQ(again.session.student.progress["swallowed_cancel"]["order"].tries, 1);
  for (const char* name : {"config/settings.json", "state/autosave.awsession", "state/progress.json"}) {
    struct stat what {};
    ASSERT_EQ(::stat(path(name).c_str(), &what), 0) << name;
    EXPECT_EQ(what.st_mode & 0777, 0600u) << name;
  }
}

TEST_F(Kept, AfterACrashTheNewestIsOpened) {
  // Two instances at once in a process of their own, which ends without a word.
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    App first, second;
    Keeper one(first.session, first.desk), two(second.session, second.desk);
    one.begin(places());
    two.begin(places());
    first.desk.load_scenario("L04");
    second.desk.load_scenario("L16");
    two.flush();
    first.act(Act::seek_event, 9);
    one.flush();
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_TRUE(fs::exists(path("state/autosave-1.awsession")));
  EXPECT_TRUE(fs::exists(path("state/autosave-2.awsession")));
  App app;
  Keeper keeper(app.session, app.desk);
  keeper.begin(places());
  ASSERT_TRUE(keeper.reopen());
  EXPECT_EQ(app.session.lesson.name, "blocking_sleep");
  EXPECT_EQ(app.session.side().step, 9u);
  keeper.close();
  EXPECT_FALSE(fs::exists(path("state/autosave-1.awsession")));
  EXPECT_FALSE(fs::exists(path("state/autosave-2.awsession")));
  EXPECT_TRUE(fs::exists(path("state/autosave.awsession")));
}

TEST_F(Kept, TwoInstancesDoNotSpoilEachOther) {
  App first, second, third;
  Keeper one(first.session, first.desk), two(second.session, second.desk), three(third.session, third.desk);
  one.begin(places());
  two.begin(places());
  first.desk.load_scenario("L04");
  second.desk.load_scenario("L16");
  first.session.student.progress["a"]["fail"] = {2, true};
  second.session.student.progress["b"]["fail"] = {3, false};
  view::remember(first.session, "/tmp/one");
  view::remember(second.session, "/tmp/two");
  one.flush();
  two.flush();
  three.begin(places());
  EXPECT_FALSE(three.reopen());  // both are alive
  two.close();
  one.close();
  App last;
  Keeper keeper(last.session, last.desk);
  keeper.begin(places());
  ASSERT_TRUE(keeper.reopen());
  EXPECT_EQ(last.session.lesson.name, "blocking_sleep");  // the last closed
  EXPECT_EQ(last.session.student.progress.size(), 2u);
  EXPECT_EQ(last.session.recent.size(), 2u);
}

TEST_F(Kept, ABadSettingsFileIsToldAndKept) {
  fs::create_directory(path("config"));
  const std::string bad = "{\"theme\": \"light\",\n\"thema\": 1}\n";
  write("config/settings.json", bad);
  App app;
  Keeper keeper(app.session, app.desk);
  keeper.begin(places());
  app.desk.load_scenario("L04");
  keeper.tell();
  EXPECT_TRUE(app.session.message_is_error);
  EXPECT_NE(app.session.message.find("settings.json:2: "), std::string::npos) << app.session.message;
  EXPECT_EQ(app.session.theme, view::Theme::dark);
  app.act(Act::toggle_theme);
  app.act(Act::language, 0, 0, "zh");
  keeper.close();
  EXPECT_EQ(read(path("config/settings.json")), bad);
  EXPECT_TRUE(fs::exists(path("state/autosave.awsession")));
}

TEST_F(Kept, WhatAPersonWroteIntoTheSettingsCounts) {
  App app;
  {
    Keeper keeper(app.session, app.desk);
    keeper.begin(places());
    app.desk.load_scenario("L04");
    app.act(Act::toggle_theme);
  }
  write("config/settings.json", "{\"theme\": \"dark\", \"text_size\": 30}");
  App again;
  Keeper keeper(again.session, again.desk);
  keeper.begin(places());
  ASSERT_TRUE(keeper.reopen());
  EXPECT_EQ(again.session.theme, view::Theme::dark);
  EXPECT_EQ(again.session.text_size, 30);
}

TEST_F(Kept, OnlyWhatAPersonChoseBecomesASetting) {
  const auto kept = [&] { return read(path("config/settings.json")); };
  {
    App theirs;
    theirs.desk.load_scenario("L16");
    theirs.act(Act::toggle_theme);
    theirs.act(Act::language, 0, 0, "zh");
    theirs.act(Act::text_larger);
    theirs.act(Act::save_file, 0, 0, path("theirs.awsession"));
  }
  App app;
  {
    Keeper keeper(app.session, app.desk);
    keeper.begin(places());
    app.session.teaching.votes = false;  // --no-votes
    app.act(Act::open_file, 0, 0, path("theirs.awsession"));
    EXPECT_EQ(app.session.theme, view::Theme::light);
    EXPECT_EQ(app.session.language, Language::chinese);
    EXPECT_NE(app.session.text_size, view::Session().text_size);
    app.act(Act::language, 0, 0, "no-font");
    keeper.flush();
    EXPECT_EQ(kept(), "") << "nobody has chosen anything";
    app.act(Act::toggle_order_ruler);
    app.act(Act::text_larger);
    const float chosen = app.session.text_size;
    keeper.flush();
    view::Session written;
    ASSERT_TRUE(load_settings(path("config/settings.json"), written));
    EXPECT_EQ(written.text_size, chosen);
    EXPECT_EQ(written.theme, view::Theme::dark);
    EXPECT_EQ(written.language, Language::english);
    EXPECT_TRUE(written.teaching.votes);
    app.act(Act::language, 0, 0, "zh");
    app.act(Act::language, 0, 0, "no-font");
    app.act(Act::toggle_theme);  // light was theirs, so dark it is
    app.act(Act::require_votes, 0, 0, "off");
  }
  view::Session written;
  ASSERT_TRUE(load_settings(path("config/settings.json"), written));
  EXPECT_EQ(written.language, Language::chinese) << "a font may come";
  EXPECT_EQ(written.theme, view::Theme::dark);
  EXPECT_FALSE(written.teaching.votes);
}

TEST_F(Kept, NowhereToWriteIsNoReasonToStop) {
  write("state", "a file, no folder");
  App app;
  Keeper keeper(app.session, app.desk);
  keeper.begin({path("state"), path("state")});
  EXPECT_FALSE(keeper.reopen());
  app.desk.load_scenario("L04");
  keeper.tell();
  EXPECT_NE(app.session.message.find("not kept"), std::string::npos) << app.session.message;
  keeper.flush();
  keeper.tick();
  keeper.close();
  App homeless;
  Keeper none(homeless.session, homeless.desk);
  none.begin({});
  none.tell();
  EXPECT_NE(homeless.session.message.find("no home folder"), std::string::npos);
}

TEST_F(Kept, BrokenProgressIsLeftAloneAndTheRestIsKept) {
  fs::create_directory(path("state"));
  write("state/progress.json", "{\"broken");
  App app;
  Keeper keeper(app.session, app.desk);
  keeper.begin(places());
  keeper.tell();
  EXPECT_NE(app.session.message.find("progress.json:1: "), std::string::npos) << app.session.message;
  app.desk.load_scenario("L04");
  app.session.student.progress["L04"] = {};
  keeper.flush();
  keeper.tick();
  app.act(Act::seek_event, 9);
  const std::string now = app.written();
  keeper.close();
  EXPECT_EQ(read(path("state/progress.json")), "{\"broken");
  App again;
  Keeper next(again.session, again.desk);
  next.begin(places());
  ASSERT_TRUE(next.reopen());
  EXPECT_EQ(again.session.side().step, 9u);
}

TEST_F(Kept, ABrokenAutosaveIsPassedOver) {
  fs::create_directory(path("state"));
  write("state/autosave.awsession", "{\"awaitscope-session\": 99}");
  App app;
  Keeper keeper(app.session, app.desk);
  keeper.begin(places());
  EXPECT_FALSE(keeper.reopen());
  keeper.tell();
  EXPECT_NE(app.session.message.find("autosave.awsession:1: "), std::string::npos) << app.session.message;
}

TEST_F(Kept, PlacesFollowTheEnvironment) {
  const auto with = [](const char* config, const char* home) {
    config ? ::setenv("XDG_CONFIG_HOME", config, 1) : ::unsetenv("XDG_CONFIG_HOME");
    ::unsetenv("XDG_STATE_HOME");
    home ? ::setenv("HOME", home, 1) : ::unsetenv("HOME");
    return places_from_environment();
  };
  const char* home = std::getenv("HOME");
  const std::string kept = home ? home : "";
  EXPECT_EQ(with("/c", "/h").config, "/c/awaitscope");
  EXPECT_EQ(with(nullptr, "/h").config, "/h/.config/awaitscope");
  EXPECT_EQ(with("relative", "/h").state, "/h/.local/state/awaitscope");
  EXPECT_EQ(with(nullptr, nullptr).state, "");
  if (home) ::setenv("HOME", kept.c_str(), 1);
}

TEST_F(Kept, MissingRecentFilesAreMarked) {
  write("there.awtrace", "");
  std::vector<view::RecentFile> files{{path("there.awtrace"), true}, {path("gone.awtrace"), true}};
  write("recent.json", write_recent(files));
  files = read_recent(path("recent.json"));
  ASSERT_EQ(files.size(), 2u);
  EXPECT_TRUE(files[0].there);
  EXPECT_FALSE(files[1].there);
  EXPECT_TRUE(read_recent(write("broken.json", "{\"files\": [3, \"relative\", {}]}")).empty());
}

}  // namespace
}  // namespace awaitscope::desk
