// awaitscope list: the catalogue.
#include "app/commands/command.h"
#include "app/desk/course.h"
#include "app/desk/lessons.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  LessonArguments lessons;
  bool json = false;
};

int carry_out(const Arguments& arguments) {
  const LessonArguments& asked = arguments.lessons;
  const auto lessons = desk::all_lessons(asked.folder);
  if (!lessons) return fail(lessons.error());
  if (arguments.json) return print(desk::catalogue_json(*lessons));
  if (asked.playlist.empty()) return print(desk::catalogue_text(*lessons, asked.language));
  const auto playlist = find_playlist(asked.playlist, asked.folder);
  return playlist ? print(desk::playlist_text(*playlist, *lessons, asked.language)) : fail(playlist.error());
}

}  // namespace

Command list() {
  return {"list", "The scenarios, by topic", 1, [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_flag("--json", arguments->json, "as JSON");
            options.add_option("--playlist", arguments->lessons.playlist, "only these, in its order");
            lesson_options(options, arguments->lessons);
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
