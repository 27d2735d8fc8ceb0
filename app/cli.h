#pragma once
// The command line.
#include <string>

#include "app/desk/script.h"

namespace awaitscope {

/// What the graphical half of the program lends to the command line; all empty in a build without a window.
struct Gui {
  desk::RenderPng render;
  desk::OpenScreen open_screen;
  /// Opens the window; `path` is a trace to show (empty: the first scenario, playing), `at` the moment, `present` large text.
  /// Returns the exit status.
  struct Start {
    std::string path, at, lessons;
    bool present = false;
  };
  std::function<int(const Start& start)> window;
};

/// Runs the program; returns its exit status: 0, 1 (judged against it) or 2 (bad usage or unreadable input).
int command_line(int argc, char** argv, const Gui& gui);

}  // namespace awaitscope
