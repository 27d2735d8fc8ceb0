// A large file is read beside the window: frames go on, what is shown stays until it is there, and it can be stopped.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "app/desk/desk.h"
#include "app/panels/headless.h"

namespace awaitscope {
namespace {

using view::Act;

/// A Chrome trace of this many bytes or a little more; it goes when the test ends.
class LargeFile {
 public:
  LargeFile(const std::string& name, std::size_t bytes, bool good = true)
      : path(::testing::TempDir() + "/awaitscope-" + std::to_string(::getpid()) + "-" + name) {
    std::ofstream file(path);
    std::string out = "{\"traceEvents\":[\n";
    for (std::size_t i = 0, written = 0; written < bytes; ++i) {
      out += "{\"name\":\"work " + std::to_string(i % 7) + "\",\"ph\":\"X\",\"pid\":1,\"tid\":" + std::to_string(i % 5) +
             ",\"ts\":" + std::to_string(i * 10) + ",\"dur\":8,\"args\":{\"padding\":\"" + std::string(900, 'x') + "\"}},\n";
      if (!good) out = "{\"nothing\":\"" + std::string(1000, 'x') + "\"}";
      written += out.size();
      file << out;
      out.clear();
      if (!good && written > 4000) out = std::string(bytes, ' '), file << out, written += bytes;
    }
    if (good) file << "{\"name\":\"end\",\"ph\":\"i\",\"pid\":1,\"tid\":1,\"ts\":1}]}\n";
  }
  ~LargeFile() { std::remove(path.c_str()); }
  LargeFile(const LargeFile&) = delete;

  const std::string path;
};

class Loading : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = panels::HeadlessApp::open(1280, 800);
    ASSERT_TRUE(opened) << opened.error();
    app = std::move(*opened);
    desk.load_scenario("swallowed_cancel");
    frame();
  }
  void frame() {
    desk.pump();
    desk.apply(app->frame(session));
  }
  /// Frames until it is there; how many were drawn while it was read.
  int frames_until_loaded() {
    int drawn = 0;
    for (; session.loading; ++drawn) {
      EXPECT_EQ(session.lesson.name, "swallowed_cancel") << "what is shown stays";
      frame();
    }
    return drawn;
  }
  void open(const std::string& path) { desk.apply({view::action(Act::open_file, 0, path)}); }

  view::Session session;
  desk::Desk desk{session, nullptr};
  std::unique_ptr<panels::HeadlessApp> app;
};

TEST_F(Loading, TheWindowGoesOnAndTheOldContentStaysUntilTheNewIsThere) {
  const LargeFile file("large.json", 30'000'000);
  open(file.path);
  ASSERT_TRUE(session.loading);
  frame();
  EXPECT_TRUE(app->find("cancel-open"));
  EXPECT_GT(frames_until_loaded(), 0);
  EXPECT_TRUE(session.lesson.empty());
  ASSERT_EQ(session.sides.size(), 1U);
  EXPECT_GT(session.side().trace.size(), 30'000U);
  EXPECT_EQ(session.side().step, session.side().trace.size());
  EXPECT_EQ(session.view_end, Instant{static_cast<std::int64_t>(static_cast<double>(horizon(session).ns) * 1.04)});
  frame();
  EXPECT_FALSE(app->find("cancel-open"));
}

TEST_F(Loading, ASmallFileIsThereAtOnce) {
  const LargeFile file("small.json", 20'000);
  open(file.path);
  EXPECT_FALSE(session.loading);
  EXPECT_TRUE(session.lesson.empty());
}

TEST_F(Loading, EscStopsIt) {
  const LargeFile file("stopped.json", 20'000'000);
  open(file.path);
  ASSERT_TRUE(session.loading);
  desk.apply(app->press_key(session, "Esc"));
  EXPECT_FALSE(session.loading);
  EXPECT_FALSE(desk.busy());
  EXPECT_EQ(session.message, "stopped reading");
  for (int i = 0; i < 20; ++i) frame();
  EXPECT_EQ(session.lesson.name, "swallowed_cancel");
}

TEST_F(Loading, SoDoesItsButtonAndChoosingAScenario) {
  const LargeFile file("clicked.json", 20'000'000);
  open(file.path);
  frame();
  ASSERT_TRUE(app->find("cancel-open"));
  desk.apply(app->click(session, *app->find("cancel-open")));
  EXPECT_FALSE(session.loading);
  open(file.path);
  ASSERT_TRUE(session.loading);
  desk.apply({view::action(Act::load_scenario, 0, "blocking_sleep")});
  EXPECT_FALSE(session.loading);
  for (int i = 0; i < 20; ++i) frame();
  EXPECT_EQ(session.lesson.name, "blocking_sleep");
}

TEST_F(Loading, APlaceInTheFileIsShownOnceItIsThere) {
  const LargeFile file("placed.json", 9'000'000);
  open(file.path + "#t=0.01s..0.02s&at=0.015s&sel=task:3");
  ASSERT_TRUE(session.loading) << "a place in it is no reason to read it at once";
  EXPECT_EQ(session.loading->path, file.path);
  EXPECT_GT(frames_until_loaded(), 0);
  EXPECT_EQ(playhead(session), Instant{15'000'000});
  EXPECT_EQ(session.view_begin, Instant{10'000'000});
  EXPECT_EQ(session.view_end, Instant{20'000'000});
  EXPECT_EQ(session.selected, (view::Hit{view::Hit::Kind::task, 3, 0}));
  EXPECT_TRUE(session.file.ends_with("placed.json"));
  // What the command line's options say takes precedence.
  const auto options = view::read_locator("at=0.02s");
  ASSERT_TRUE(desk.open_beside(file.path + "#at=0.015s&sel=task:2", *options));
  while (session.loading) desk.pump();
  EXPECT_EQ(playhead(session), Instant{20'000'000});
  EXPECT_EQ(session.selected, (view::Hit{view::Hit::Kind::task, 2, 0}));
}

TEST_F(Loading, APlaceGoesWithTheFileThatItIsIn) {
  const LargeFile first("left.json", 20'000'000), second("taken.json", 9'000'000), small("small-too.json", 20'000);
  open(first.path + "#at=0.015s");
  open(second.path);
  while (session.loading) desk.pump();
  EXPECT_EQ(session.side().step, session.side().trace.size()) << "the place was in the other file";
  open(first.path + "#at=0.015s");
  desk.apply({view::action(Act::cancel_open)});
  open(small.path);
  EXPECT_EQ(session.side().step, session.side().trace.size());
  open(second.path);
  while (session.loading) desk.pump();
  EXPECT_EQ(session.side().step, session.side().trace.size());
  open(second.path + "#at=teatime");
  EXPECT_TRUE(session.message_is_error);
  EXPECT_FALSE(session.loading);
}

TEST_F(Loading, TheFileThatWasAskedForLastIsShown) {
  const LargeFile first("first.json", 20'000'000), second("second.json", 9'000'000);
  open(first.path);
  frame();
  open(second.path);
  ASSERT_TRUE(session.loading);
  EXPECT_EQ(session.loading->path, second.path);
  frames_until_loaded();
  EXPECT_NE(session.side().label.find("second.json"), std::string::npos);
  for (int i = 0; i < 20; ++i) frame();
  EXPECT_NE(session.side().label.find("second.json"), std::string::npos);
}

TEST_F(Loading, AnErrorIsALineAndWhatIsShownStays) {
  const LargeFile file("bad.json", 9'000'000, false);
  open(file.path);
  frames_until_loaded();
  EXPECT_TRUE(session.message_is_error);
  EXPECT_NE(session.message.find("bad.json"), std::string::npos);
  EXPECT_EQ(session.lesson.name, "swallowed_cancel");
  open("/nonexistent/nothing.json");
  EXPECT_TRUE(session.message_is_error);
  EXPECT_EQ(session.lesson.name, "swallowed_cancel");
}

}  // namespace
}  // namespace awaitscope
