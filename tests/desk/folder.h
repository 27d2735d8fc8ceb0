#pragma once
// The app without a window, and a folder of its own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/desk/places.h"
#include "app/desk/session_file.h"
#include "tests/support/app.h"

namespace awaitscope::desk {

class Folder : public testing::Test {
 protected:
  Folder() {
    char name[] = "/tmp/awaitscope-kept-XXXXXX";
    root = ::mkdtemp(name);
  }
  ~Folder() override { std::filesystem::remove_all(root); }
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

struct SavedApp : App {
  std::string written() const { return write_session(session, "/nowhere/x.awsession"); }
};

/// A session that differs from the standard in everything that is kept.
inline void change_everything(SavedApp& app) {
  app.desk.load_scenario("swallowed_cancel");
  app.act(view::Act::set_parameter, 5, 0, "more");
  app.act(view::Act::present, 0, 0, "on");
  app.act(view::Act::teach, 0, 0, "off");
  app.act(view::Act::replay_schedule, 0, 0, "random:3");
  app.act(view::Act::set_threshold, 5000, 0, "blocking-call.warning_ms");
  app.act(view::Act::show_fixed);
  app.act(view::Act::seek_event, 20);
  app.act(view::Act::show_range, 5e8, 2.5e9);
  app.act(view::Act::select_range, 1e9, 2e9);
  app.session.selected = {view::Hit::Kind::task, 2, 3};
  app.act(view::Act::toggle_theme);
  app.act(view::Act::language, 0, 0, "zh");
  app.act(view::Act::text_larger);
  app.act(view::Act::split, 0.4, 0, "side");
  app.act(view::Act::toggle_fold);
  app.act(view::Act::lesson_language, 0, 0, "py");
  app.act(view::Act::faster);
  app.act(view::Act::cards_put, 3);
  app.act(view::Act::cards_put, 5);
  app.act(view::Act::cards_check);
}

}  // namespace awaitscope::desk
