#include "app/cli.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <unistd.h>

#include "app/desk/course.h"
#include "app/desk/lessons.h"
#include "app/desk/recording.h"
#include "core/formats/format.h"
#include "core/policies/policies.h"

namespace awaitscope {
namespace {

std::atomic<bool> interrupted{false};

int fail(const std::string& line) {
  std::fprintf(stderr, "awaitscope: %s\n", line.c_str());
  return 2;
}

/// Writes to stdout.  A reader that has gone away is no error; a full disk is.
int print(const std::string& text, int status = 0) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written && errno != EPIPE) return fail(std::string("standard output: ") + std::strerror(errno));
  return status;
}

bool use_color() {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

/// Says on a terminal how far a long run has come; silent during its first second.
class Progress {
 public:
  void operator()(const Trace& trace) {
    const auto now = std::chrono::steady_clock::now();
    if (!isatty(STDERR_FILENO) || now - shown_ < std::chrono::seconds(1)) return;
    shown_ = now;
    std::fprintf(stderr, "\r%u events, %s \x1b[K", trace.size(), show(Duration{trace.end().ns}).c_str());
    any_ = true;
  }
  ~Progress() {
    if (any_) std::fputs("\r\x1b[K", stderr);
  }

 private:
  std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
  bool any_ = false;
};

struct RunArguments {
  std::string scenario, variant = "bad", schedule;
  std::vector<std::string> set, presets, outputs;
  std::uint64_t seed = 1;
  bool realtime = false;
};

Result<desk::Program> program_of(const RunArguments& arguments) {
  desk::Program program;
  const auto scenario = find_scenario(arguments.scenario);
  if (!scenario) return Error{scenario.error()};
  program.scenario = *scenario;
  if (const auto variant = find_variant(**scenario, arguments.variant); !variant) return Error{variant.error()};
  program.variant = arguments.variant;
  std::vector<std::pair<std::string, std::string>> changes;
  for (const std::string& preset : arguments.presets) changes.emplace_back("preset", preset);
  for (const std::string& change : arguments.set) {
    const std::size_t equals = change.find('=');
    if (equals == std::string::npos) return Error{"--set " + change + ": it takes NAME=VALUE"};
    changes.emplace_back(change.substr(0, equals), change.substr(equals + 1));
  }
  auto settings = settings_for(**scenario, changes);
  if (!settings) return Error{settings.error()};
  program.settings = std::move(*settings);
  program.schedule.seed = arguments.seed;
  if (!arguments.schedule.empty()) {
    auto schedule = read_schedule(arguments.schedule);
    if (!schedule) return Error{schedule.error()};
    if (const auto policy = make_policy(*schedule); !policy) return Error{policy.error()};
    program.schedule = std::move(*schedule);
  }
  program.live = arguments.realtime;
  return program;
}

int run_command(const RunArguments& arguments, const Gui& gui) {
  const auto program = program_of(arguments);
  if (!program) return fail(program.error());
  for (const std::string& output : arguments.outputs)
    if (const Status known = desk::check_ending(output, gui.render); !known) return fail(known.error());
  Progress progress;
  const auto recorded = desk::record_to(*program, arguments.outputs, &interrupted, std::ref(progress));
  if (!recorded) return fail(recorded.error());
  const Trace& trace = *recorded;
  for (const std::string& output : arguments.outputs)
    if (const Status written = desk::export_trace(trace, output, gui.render); !written) return fail(written.error());
  desk::remove_part(arguments.outputs);
  if (interrupted) return 130;
  if (!arguments.outputs.empty()) return 0;
  const History history = history_of(trace);
  return print(desk::terminal_picture(trace, 100, use_color()) + "\n" +
               desk::findings_text(run_lints({trace, history, {}}, all_lints())));
}

Result<Trace> trace_of(const RunArguments& arguments) {
  // A file wins over a scenario of that name: what the user can see is what is meant.
  if (find_scenario(arguments.scenario) && access(arguments.scenario.c_str(), F_OK) != 0) {
    const auto program = program_of(arguments);
    if (!program) return Error{program.error()};
    return desk::record(*program, {&interrupted, {}});
  }
  auto loaded = load_trace(arguments.scenario);
  if (!loaded) {
    const auto scenario = find_scenario(arguments.scenario);
    if (arguments.scenario.find_first_of("/.") == std::string::npos && !scenario) return Error{scenario.error()};
    return Error{loaded.error()};
  }
  for (const std::string& notice : loaded->notices)
    std::fprintf(stderr, "awaitscope: %s: %s\n", arguments.scenario.c_str(), notice.c_str());
  return std::move(loaded->trace);
}

int lint_command(const RunArguments& arguments, const std::vector<std::string>& allow, bool json) {
  std::vector<Allow> allowed;
  for (const std::string& text : allow) {
    const std::size_t at = text.find('@');
    if (at == std::string::npos)
      return fail("--allow " + text + ": it takes RULE@SITE, SITE being file, file:line or a function");
    allowed.push_back({text.substr(0, at), text.substr(at + 1)});
  }
  const auto trace = trace_of(arguments);
  if (!trace) return fail(trace.error());
  const History history = history_of(*trace);
  const std::vector<Finding> findings = run_lints({*trace, history, {}}, all_lints(), allowed);
  const bool bad = std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.severity != Severity::info; });
  return print(json ? desk::findings_json(*trace, findings) : desk::findings_text(findings), bad ? 1 : 0);
}

struct LessonArguments {
  std::string folder, playlist, source, output;
  Language language = Language::english;
};

int list_command(bool json, const LessonArguments& arguments) {
  const auto lessons = desk::all_lessons(arguments.folder);
  if (!lessons) return fail(lessons.error());
  if (json) return print(desk::catalogue_json(*lessons));
  if (!arguments.playlist.empty()) {
    const auto playlist = find_playlist(arguments.playlist, arguments.folder);
    return playlist ? print(desk::playlist_text(*playlist, *lessons, arguments.language)) : fail(playlist.error());
  }
  return print(desk::catalogue_text(*lessons, arguments.language));
}

Result<Lesson> lesson_named(const std::string& name, const LessonArguments& arguments) {
  const auto scenario = find_scenario(name);
  if (!scenario) return Error{scenario.error()};
  return load_lesson(**scenario, arguments.folder);
}

int lesson_command(const std::string& name, const LessonArguments& arguments) {
  const auto lesson = lesson_named(name, arguments);
  return lesson ? print(desk::lesson_text(*lesson, arguments.language, use_color())) : fail(lesson.error());
}

int handout_command(const std::string& name, const LessonArguments& arguments) {
  const auto lesson = lesson_named(name, arguments);
  if (!lesson) return fail(lesson.error());
  const auto page = desk::handout(*lesson, arguments.language, arguments.source);
  if (!page) return fail(page.error());
  const Status written = write_file(arguments.output, *page);
  return written ? 0 : fail(written.error());
}

int explore_command(const RunArguments& arguments, const std::string& policy, std::size_t count) {
  const auto program = program_of(arguments);
  if (!program) return fail(program.error());
  const auto explored = explore(desk::subject_of(*program), policy, count, arguments.seed, &interrupted);
  if (!explored) return fail(explored.error());
  return print(desk::exploration_text(*program, *explored), explored->failed() ? 1 : 0);
}

int export_command(const std::string& path, const std::vector<std::string>& outputs, const Gui& gui) {
  auto loaded = load_trace(path);
  if (!loaded) return fail(loaded.error());
  for (const std::string& notice : loaded->notices) std::fprintf(stderr, "awaitscope: %s: %s\n", path.c_str(), notice.c_str());
  for (const std::string& output : outputs)
    if (const Status written = desk::export_trace(loaded->trace, output, gui.render); !written) return fail(written.error());
  return 0;
}

}  // namespace

int command_line(int argc, char** argv, const Gui& gui) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGINT, [](int) { interrupted = true; });

  CLI::App app{"Awaitscope shows what an async program really did."};
  app.set_version_flag("--version", "awaitscope 0.1.0");
  app.require_subcommand(0, 1);

  bool json = false;
  RunArguments arguments;
  std::vector<std::string> allow, outputs;
  std::string file, png, policy = "random";
  std::size_t schedules = 50;
  LessonArguments lessons;
  Gui::Start start;

  auto* list = app.add_subcommand("list", "The scenarios, by topic");
  list->add_flag("--json", json, "as JSON");
  const auto lesson_options = [&](CLI::App* command) {
    command->add_option("--lang", lessons.language, "en or zh")
        ->transform(
            CLI::CheckedTransformer(std::map<std::string, Language>{{"en", Language::english}, {"zh", Language::chinese}}));
    command->add_option("--lessons", lessons.folder, "a folder whose NAME.json are read instead of those built in");
  };
  list->add_option("--playlist", lessons.playlist, "only these, in its order");
  lesson_options(list);

  auto* lesson = app.add_subcommand("lesson", "A lesson as text: question, timelines, answers, the instructor's notes");
  lesson->add_option("scenario", arguments.scenario, "name or card id")->required();
  lesson_options(lesson);

  auto* handout = app.add_subcommand("handout", "A lesson as a page to print, the answers on its second side");
  handout->add_option("scenario", arguments.scenario, "name or card id")->required();
  handout->add_option("-o,--output", lessons.output, "an .html file")->required();
  handout->add_option("--source", lessons.source, "whose code it shows: python, js or cpp");
  lesson_options(handout);

  const auto program_options = [&](CLI::App* command) {
    command->add_option("--variant", arguments.variant, "bad (the standard) or fixed");
    command->add_option("--set", arguments.set, "NAME=VALUE, a parameter of the scenario; repeatable")->expected(1)->take_all();
    command->add_option("--preset", arguments.presets, "a named set of parameters")->expected(1)->take_all();
    command->add_option("--seed", arguments.seed, "of the run's generator");
    command->add_option("--schedule", arguments.schedule, "POLICY:SEED[:CHOICES], replays a run exactly");
  };
  auto* run = app.add_subcommand("run", "Runs a scenario; without -o prints its picture and findings");
  run->add_option("scenario", arguments.scenario, "name or card id")->required();
  program_options(run);
  run->add_flag("--realtime", arguments.realtime, "on the machine's clock instead of the virtual one");
  run->add_option("-o,--output", arguments.outputs, "a file, by ending: .awtrace .trace.json .svg .png .txt; repeatable")
      ->expected(1)
      ->take_all();

  auto* exploring = app.add_subcommand("explore", "Runs a scenario under many schedules; exit 1 where one breaks its promise");
  exploring->add_option("scenario", arguments.scenario, "name or card id")->required();
  exploring->add_option("-n,--count", schedules, "how many schedules")->check(CLI::Range(1, 1'000'000));
  exploring->add_option("--policy", policy, "random or pct");
  program_options(exploring);

  auto* lint = app.add_subcommand("lint", "Says what is wrong in a trace; exit 1 where a warning or error is found");
  lint->add_option("file", arguments.scenario, "a trace file, or a scenario")->required();
  program_options(lint);
  lint->add_flag("--json", json, "as JSON");
  lint->add_option("--allow", allow, "RULE@SITE, a finding to leave out; repeatable")->expected(1)->take_all();

  auto* exporting = app.add_subcommand("export", "Writes a trace in another form, by ending");
  exporting->add_option("file", file, "a trace file")->required();
  exporting->add_option("-o,--output", outputs, ".awtrace .trace.json .svg .png .txt; repeatable")
      ->required()
      ->expected(1)
      ->take_all();

  auto* open = app.add_subcommand("open", "Opens the window with a trace");
  open->add_option("file", start.path, "a trace file, or a scenario")->required();
  open->add_option("--at", start.at, "the moment to show, e.g. 1.5s");
  open->add_option("--lessons", start.lessons, "a folder whose NAME.json are read instead of those built in, again when saved");
  open->add_flag("--present", start.present, "for a room: large text");

  auto* script = app.add_subcommand("script", "Drives the app without a screen from a list of actions");
  script->add_option("file", file, "the script")->required();
  script->add_option("--png", png, "a picture of the window at the end");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return fail(std::string(error.what()) + " (see awaitscope --help)");
  }

  if (*list) return list_command(json, lessons);
  if (*run) return run_command(arguments, gui);
  if (*lesson) return lesson_command(arguments.scenario, lessons);
  if (*handout) return handout_command(arguments.scenario, lessons);
  if (*exploring) return explore_command(arguments, policy, schedules);
  if (*lint) return lint_command(arguments, allow, json);
  if (*exporting) return export_command(file, outputs, gui);
  if (*script) {
    const desk::ScriptEnd end = desk::run_script(file, png, gui.open_screen, gui.render);
    if (end.status) std::fprintf(stderr, "awaitscope: %s\n", end.message.c_str());
    return end.status;
  }
  if (!gui.window) return fail("this program was built without a window; see awaitscope --help for what it can do");
  return gui.window(start);
}

}  // namespace awaitscope
