// Files that a trace names are read below one folder, and nowhere else.
#include "app/desk/source_root.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/desk/desk.h"
#include "app/view/inspect.h"
#include "core/trace/text.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;

class SourceRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/source-root-XXXXXX";
    folder_ = mkdtemp(name);
    root_ = folder_ / "root";
    fs::create_directories(root_ / "app");
    write(root_ / "app/fetch.py", "import asyncio\n\n\nasync def fetch():\n    await asyncio.sleep(1)\n");
    write(folder_ / "secret.txt", "secret\n");
    write(root_ / "binary", std::string("a\0b", 3));
    write(root_ / "large", std::string((1 << 20) + 1, 'x'));
    fs::create_symlink(folder_ / "secret.txt", root_ / "link.py");
    fs::create_directory_symlink(folder_, root_ / "up");
    fs::create_symlink(root_ / "app/fetch.py", root_ / "inside.py");
  }
  void TearDown() override { fs::remove_all(folder_); }
  static void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }
  Result<std::string> read(const std::string& path) const { return read_below(root_.string(), path); }

  fs::path folder_, root_;
};

TEST_F(SourceRoot, FindsTheFileByItsPathOrTheEndOfIt) {
  for (const char* path :
       {"app/fetch.py", "fetch/app/fetch.py", "/home/ci/build/7/app/fetch.py", "./app/../app/fetch.py", "inside.py"}) {
    const auto text = read(path);
    ASSERT_TRUE(text) << path << ": " << text.error();
    EXPECT_EQ(text->substr(0, 14), "import asyncio") << path;
  }
  EXPECT_EQ(*read((root_ / "app/fetch.py").string()), *read("app/fetch.py"));
}

TEST_F(SourceRoot, NeverLeavesTheFolder) {
  for (const std::string& path :
       {std::string("../secret.txt"), (folder_ / "secret.txt").string(), std::string("link.py"), std::string("up/secret.txt"),
        std::string("app/../../secret.txt"), std::string("/etc/passwd"), std::string("..")}) {
    const auto text = read(path);
    ASSERT_FALSE(text) << path;
    EXPECT_EQ(text.error().find('\n'), std::string::npos);
  }
  EXPECT_NE(read("link.py").error().find("leads out of"), std::string::npos);
}

TEST_F(SourceRoot, RefusesWhatIsNoSourceInOneLine) {
  EXPECT_EQ(read("large").error(), "large: is over 1 MB");
  EXPECT_EQ(read("binary").error(), "binary: is no text");
  EXPECT_FALSE(read("app"));
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read(std::string("a\0b", 3)));
  EXPECT_FALSE(read(std::string(100'000, 'a')));
  EXPECT_EQ(read("missing\n.py").error().find('\n'), std::string::npos);
  EXPECT_FALSE(read_below((folder_ / "nowhere").string(), "a.py"));
}

TEST_F(SourceRoot, TheInspectorShowsTheLineOfATraceFromElsewhere) {
  view::Session session;
  Desk desk(session, {});
  auto trace = read_text(
      "1 0 task_created task=1 name=\"main\" at=app/fetch.py:4\n2 0 step_begin task=1 at=app/fetch.py:4\n"
      "3 0 step_end task=1 waits=sleep at=app/fetch.py:5\n4 1 log text=\"x\" at=gone.py:1\n");
  ASSERT_TRUE(trace) << trace.error();
  session.sides.push_back(std::make_unique<view::Side>("run"));
  session.sides[0]->trace = std::move(*trace);
  take_in(session, *session.sides[0]);
  const auto code = [&] {
    for (const view::Detail& detail : view::inspect(session))
      if (detail.type == view::Detail::Type::code && detail.here) return detail.text;
    return view::inspect(session).back().text;
  };
  desk.apply({view::action(view::Act::select_task, 1)});
  EXPECT_NE(code().find("--source-root"), std::string::npos) << code();
  desk.apply({view::action(view::Act::source_root, 0, root_.string())});
  EXPECT_EQ(code(), "    await asyncio.sleep(1)");
  ASSERT_TRUE(shown_source(session));
  EXPECT_EQ(shown_source(session)->language, view::SourceLanguage::python);
  // The whole file stands in the source panel, with the task at its line.
  bool marked = false;
  for (const view::SourceLine& line : source_view(session)) marked |= line.number == 5 && line.tasks.size() == 1;
  EXPECT_TRUE(marked);
  desk.apply({view::action(view::Act::select_event, 4)});
  EXPECT_NE(code().find("gone.py: is not below"), std::string::npos) << code();
}

}  // namespace
}  // namespace awaitscope::desk
