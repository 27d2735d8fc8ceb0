#include "app/commands/command.h"

#include <cstdio>
#include <cstring>
#include <unistd.h>

#include "app/desk/lessons.h"
#include "core/formats/format.h"
#include "core/policies/policies.h"

namespace awaitscope {

std::atomic<bool>& interrupted() {
  static std::atomic<bool> flag{false};
  return flag;
}

int fail(const std::string& line) {
  std::fprintf(stderr, "awaitscope: %s\n", line.c_str());
  return 2;
}

int print(const std::string& text, int status) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written && errno != EPIPE) return fail(std::string("standard output: ") + std::strerror(errno));
  return status;
}

bool use_color() {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) && !(no_color && *no_color);
}

void window_options(CLI::App& options, Gui::Start& start) {
  options.add_option("--settings", start.settings, "a settings file to use instead of the usual one");
  options.add_flag("--fresh", start.fresh, "without what was open last");
  options.add_flag("--student", start.student, "alone with a lesson: challenges, no votes to wait for");
}

int show_window(const Gui& gui, const Gui::Start& start) {
  if (!gui.window) return fail("this program was built without a window; see awaitscope --help for what it can do");
  return gui.window(start);
}

CLI::Option* add_list(CLI::App& options, const std::string& names, std::vector<std::string>& values,
                      const std::string& summary) {
  return options.add_option(names, values, summary)->expected(1)->take_all();
}

void program_options(CLI::App& options, ProgramArguments& arguments) {
  options.add_option("--variant", arguments.variant, "bad (the standard) or fixed");
  add_list(options, "--set", arguments.set, "NAME=VALUE, a parameter of the scenario; repeatable");
  add_list(options, "--preset", arguments.presets, "a named set of parameters");
  options.add_option("--seed", arguments.seed, "of the run's generator");
  options.add_option("--schedule", arguments.schedule, "POLICY:SEED[:CHOICES], replays a run exactly");
}

Result<desk::Program> program_of(const ProgramArguments& arguments) {
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

namespace {

Trace with_notices_told(Loaded loaded, const std::string& path) {
  for (const std::string& notice : loaded.notices) std::fprintf(stderr, "awaitscope: %s: %s\n", path.c_str(), notice.c_str());
  return std::move(loaded.trace);
}

}  // namespace

Result<Trace> trace_in(const std::string& path) {
  auto loaded = load_trace(path);
  if (!loaded) return Error{loaded.error()};
  return with_notices_told(std::move(*loaded), path);
}

Result<Trace> trace_of(const ProgramArguments& arguments) {
  // A file wins over a scenario of that name: what the user can see is what is meant.
  if (find_scenario(arguments.scenario) && access(arguments.scenario.c_str(), F_OK) != 0) {
    const auto program = program_of(arguments);
    if (!program) return Error{program.error()};
    return desk::record(*program, {&interrupted(), {}});
  }
  auto loaded = load_trace(arguments.scenario);
  if (!loaded) {
    const auto scenario = find_scenario(arguments.scenario);
    if (arguments.scenario.find_first_of("/.") == std::string::npos && !scenario) return Error{scenario.error()};
    return Error{loaded.error()};
  }
  return with_notices_told(std::move(*loaded), arguments.scenario);
}

void lesson_options(CLI::App& options, LessonArguments& arguments) {
  options.add_option("--lang", arguments.language, "en or zh")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, Language>{{"en", Language::english}, {"zh", Language::chinese}}));
  options.add_option("--lessons", arguments.folder, "a folder whose NAME.json are read instead of those built in");
}

Result<Lesson> lesson_named(const LessonArguments& arguments) {
  const auto scenario = find_scenario(arguments.scenario);
  if (!scenario) return Error{scenario.error()};
  return load_lesson(**scenario, arguments.folder);
}

}  // namespace awaitscope
