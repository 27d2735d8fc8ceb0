#pragma once
// The app driven from a list of actions, headless: for tests, for pictures, for showing a bug in the app itself.
//
//   # a comment
//   size 1280 800              the window, in pixels; "size 2560 1600 2" as on a screen with two pixels a point
//   load swallowed_cancel      a scenario, or scenario:preset
//   open FILE
//   playlist 90-minutes        lessons follow each other as in it
//   step-forward               any action by its name, with numbers and text behind it (seek-time 1.5s, zoom-in 0.5)
//   key Ctrl+Right             as pressed
//   type fetch                 into the field that has the keyboard
//   click NAME [X Y]           a named place of the window, at a fraction of it
//   right-click NAME [X Y]
//   png FILE                   a picture of the window
//   keep FOLDER                from now on settings and what is open are kept there; what was kept there is opened
//   expect findings cancel-swallowed      stops with exit 1 where it is not so; see the table in script.cpp
#include <memory>
#include <optional>
#include <string>

#include "app/desk/desk.h"

namespace awaitscope::desk {

/// A window that a script can use: drawn without a screen.
class Screen {
 public:
  virtual ~Screen() = default;
  virtual view::Actions frame(const view::Session& session) = 0;
  virtual view::Actions type(const view::Session& session, const std::string& text) = 0;
  virtual view::Actions press_key(const view::Session& session, const std::string& chord) = 0;
  virtual view::Actions click(const view::Session& session, view::Point at, int count) = 0;
  virtual view::Actions right_click(const view::Session& session, view::Point at) = 0;
  virtual view::Actions wheel(const view::Session& session, view::Point at, float lines) = 0;
  virtual view::Actions drag(const view::Session& session, view::Point from, view::Point to) = 0;
  virtual std::optional<view::Rect> find(const std::string& name) const = 0;
  /// What it shows now, as the bytes of a PNG.
  virtual std::string png(const view::Session& session) = 0;
};
using OpenScreen = std::function<Result<std::unique_ptr<Screen>>(int width, int height, float scale)>;

/// What became of a script: 0, 1 (an expectation did not hold) or 2 (it could not be carried out), and a line about it.
struct ScriptEnd {
  int status = 0;
  std::string message;
};

/// Runs a script; `png`: where to write a last picture, empty for none.
ScriptEnd run_script(const std::string& path, const std::string& png, const OpenScreen& open_screen, const RenderPng& render);

}  // namespace awaitscope::desk
