// awaitscope frames: lessons as pictures for slides, and a page of them.
#include "app/commands/command.h"
#include "app/desk/frames.h"
#include "app/desk/lessons.h"
#include "scenarios/playlist.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  LessonArguments lessons;
  bool all = false, png = false, svg = false, dark = false;
};

Result<std::vector<Lesson>> chosen(const Arguments& arguments) {
  const LessonArguments& asked = arguments.lessons;
  const int ways = !asked.scenario.empty() + !asked.playlist.empty() + arguments.all;
  if (ways != 1) return Error{"frames takes one of a scenario, --playlist NAME or --all"};
  if (arguments.all) return desk::all_lessons(asked.folder);
  std::vector<const Scenario*> scenarios;
  if (!asked.playlist.empty()) {
    auto playlist = find_playlist(asked.playlist, asked.folder);
    if (!playlist) return Error{playlist.error()};
    scenarios = std::move(playlist->scenarios);
  } else {
    const auto scenario = find_scenario(asked.scenario);
    if (!scenario) return Error{scenario.error()};
    scenarios = {*scenario};
  }
  std::vector<Lesson> out;
  for (const Scenario* scenario : scenarios) {
    auto lesson = load_lesson(*scenario, asked.folder);
    if (!lesson) return Error{lesson.error()};
    out.push_back(std::move(*lesson));
  }
  return out;
}

int carry_out(const Arguments& arguments, const Gui& gui) {
  if (arguments.png && !gui.render)
    return fail("--png needs the window's renderer, and this program was built without a window; --svg does not");
  const auto lessons = chosen(arguments);
  if (!lessons) return fail(lessons.error());
  const LessonArguments& asked = arguments.lessons;
  const bool png = gui.render && !arguments.svg;
  const auto written =
      desk::write_frames(*lessons, {asked.output, asked.folder, asked.source, asked.language, arguments.dark, png}, gui.render);
  if (!written) return fail(written.error());
  return print(asked.output + "/index.html shows " + std::to_string(*written) + " frames\n");
}

}  // namespace

Command frames() {
  return {"frames", "Lessons as pictures for slides, one a stop, and a page of them to print", 5,
          [](CLI::App& options, const Gui& gui) {
            const auto arguments = std::make_shared<Arguments>();
            LessonArguments& lessons = arguments->lessons;
            options.add_option("scenario", lessons.scenario, "name or card id");
            options.add_option("-o,--output", lessons.output, "a folder, made where it is missing")->required();
            options.add_option("--playlist", lessons.playlist, "all lessons of a playlist");
            options.add_flag("--all", arguments->all, "all lessons");
            auto* png = options.add_flag("--png", arguments->png, "3840 x 2160 pixels, the standard where there is a window");
            options.add_flag("--svg", arguments->svg, "drawings, sharp at every size")->excludes(png);
            options.add_flag("--dark", arguments->dark, "for a dark room");
            options.add_option("--source", lessons.source, "whose code is shown: python, js or cpp")
                ->check(CLI::IsMember({"python", "js", "cpp"}));
            lesson_options(options, lessons);
            return std::function<int()>([arguments, &gui] { return carry_out(*arguments, gui); });
          }};
}

}  // namespace awaitscope::commands
