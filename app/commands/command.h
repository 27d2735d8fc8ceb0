#pragma once
// The interface of a subcommand.  A command is one file in app/commands with one descriptor function named after the file.
#include <CLI/CLI.hpp>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "app/desk/recording.h"
#include "app/desk/runner.h"
#include "app/desk/script.h"
#include "scenarios/lesson.h"

namespace awaitscope {

/// What the graphical half of the program lends to the command line; all empty in a build without a window.
struct Gui {
  desk::RenderPng render;
  desk::OpenScreen open_screen;
  /// Opens the window; `path` is a trace to show (empty: the first scenario, playing), `at` the moment, `present` in front of a
  /// room. Returns the exit status.
  struct Start {
    std::string path, at, lessons, stretch, selection, playlist, source_root;
    bool present = false, no_votes = false;
    std::string settings;  ///< a settings file instead of the person's own
    bool fresh = false;    ///< nothing of the last time
    bool student = false;
  };
  std::function<int(const Start& start)> window;
};

struct Command {
  std::string name;     ///< "run"
  std::string summary;  ///< one line of --help
  int place = 0;        ///< in --help, from the first to the last
  /// Adds the options; what it returns carries the command out and returns the exit status: 0, 1 (judged against it) or 2.
  std::function<int()> (*add)(CLI::App& options, const Gui& gui) = nullptr;
};

/// Every command of app/commands, by file name.
const std::vector<Command>& all_commands();

// ------------------------------------------------------------------------------------------------ what commands share

/// Set by Ctrl-C: a run ends at its next step.
std::atomic<bool>& interrupted();
/// Says the line on stderr; returns 2.
int fail(const std::string& line);
/// Writes to stdout and returns `status`.  A reader that has gone away is no error; a full disk is.
int print(const std::string& text, int status = 0);
/// Whether stdout is a terminal that wants colours.
bool use_color();

/// --settings, --fresh, --student.
void window_options(CLI::App& options, Gui::Start& start);
/// Opens the window, or says that this build has none.
int show_window(const Gui& gui, const Gui::Start& start);

/// A scenario as the command line names it: variant, parameters, schedule.
struct ProgramArguments {
  std::string scenario, variant = "bad", schedule;
  std::vector<std::string> set, presets;
  std::uint64_t seed = 1;
  bool realtime = false;
};
/// --variant, --set, --preset, --seed, --schedule.
void program_options(CLI::App& options, ProgramArguments& arguments);
Result<desk::Program> program_of(const ProgramArguments& arguments);
/// The trace in a file, or of a scenario's run, where there is no file of that name.  Notices go to stderr.
Result<Trace> trace_of(const ProgramArguments& arguments);
/// The trace in a file.  Notices go to stderr.
Result<Trace> trace_in(const std::string& path);

/// What the commands about lessons ask for.
struct LessonArguments {
  std::string scenario, folder, playlist, source, output;
  Language language = Language::english;
};
/// --lang, --lessons.
void lesson_options(CLI::App& options, LessonArguments& arguments);
Result<Lesson> lesson_named(const LessonArguments& arguments);

/// A repeatable option of one value each.
CLI::Option* add_list(CLI::App& options, const std::string& names, std::vector<std::string>& values,
                      const std::string& summary);

}  // namespace awaitscope
