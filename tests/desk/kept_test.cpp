// What is kept without being asked: sessions after a crash, settings, recent files, progress.
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/desk/keeper.h"
#include "app/desk/progress.h"
#include "app/desk/recent.h"
#include "app/desk/settings_store.h"
#include "app/view/kept.h"
#include "tests/desk/folder.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;
using view::Act;
using view::action;

using Kept = Folder;
TEST_F(Kept, AStartWithoutArgumentsGoesOnWhereTheLastEnded) {
  SavedApp app;
  {
    Keeper keeper(app.session, app.desk);
    keeper.begin(places());
    EXPECT_FALSE(keeper.reopen());
    change_everything(app);
    app.act(Act::present, 0, 0, "off");
  }
  SavedApp again;
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
    SavedApp first, second;
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
  SavedApp app;
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
  SavedApp first, second, third;
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
  SavedApp last;
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
  SavedApp app;
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
  SavedApp app;
  {
    Keeper keeper(app.session, app.desk);
    keeper.begin(places());
    app.desk.load_scenario("L04");
    app.act(Act::toggle_theme);
  }
  write("config/settings.json", "{\"theme\": \"dark\", \"text_size\": 30}");
  SavedApp again;
  Keeper keeper(again.session, again.desk);
  keeper.begin(places());
  ASSERT_TRUE(keeper.reopen());
  EXPECT_EQ(again.session.theme, view::Theme::dark);
  EXPECT_EQ(again.session.text_size, 30);
}

TEST_F(Kept, OnlyWhatAPersonChoseBecomesASetting) {
  const auto kept = [&] { return read(path("config/settings.json")); };
  {
    SavedApp theirs;
    theirs.desk.load_scenario("L16");
    theirs.act(Act::toggle_theme);
    theirs.act(Act::language, 0, 0, "zh");
    theirs.act(Act::text_larger);
    theirs.act(Act::save_file, 0, 0, path("theirs.awsession"));
  }
  SavedApp app;
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
  SavedApp app;
  Keeper keeper(app.session, app.desk);
  keeper.begin({path("state"), path("state")});
  EXPECT_FALSE(keeper.reopen());
  app.desk.load_scenario("L04");
  keeper.tell();
  EXPECT_NE(app.session.message.find("not kept"), std::string::npos) << app.session.message;
  keeper.flush();
  keeper.tick();
  keeper.close();
  SavedApp homeless;
  Keeper none(homeless.session, homeless.desk);
  none.begin({});
  none.tell();
  EXPECT_NE(homeless.session.message.find("no home folder"), std::string::npos);
}

TEST_F(Kept, BrokenProgressIsLeftAloneAndTheRestIsKept) {
  fs::create_directory(path("state"));
  write("state/progress.json", "{\"broken");
  SavedApp app;
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
  SavedApp again;
  Keeper next(again.session, again.desk);
  next.begin(places());
  ASSERT_TRUE(next.reopen());
  EXPECT_EQ(again.session.side().step, 9u);
}

TEST_F(Kept, ABrokenAutosaveIsPassedOver) {
  fs::create_directory(path("state"));
  write("state/autosave.awsession", "{\"awaitscope-session\": 99}");
  SavedApp app;
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
