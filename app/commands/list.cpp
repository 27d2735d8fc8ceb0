// awaitscope list: the catalogue.
#include "app/commands/command.h"
#include "app/desk/course.h"
#include "app/desk/lessons.h"
#include "app/view/action.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  LessonArguments lessons;
  bool json = false, keys = false;
};

/// `Ctrl+]` as code that stands in a table.
std::string code(std::string_view keys) {
  std::string out;
  for (std::size_t at = 0; at < keys.size();) {
    const std::size_t end = std::min(keys.find(' ', at), keys.size());
    out += (out.empty() ? "`" : " `") + std::string(keys.substr(at, end - at)) + "`";
    at = end + 1;
  }
  return out;
}

/// Both maps of keys, and the names of all actions, as a table in Markdown.
std::string keys_text(Language language) {
  std::string out = "| action | at the desk | in front of a room | in scripts |\n| --- | --- | --- | --- |\n";
  for (const view::ActionInfo& info : view::all_actions())
    out += "| " + std::string(info.label.in(language)) + " | " + code(info.desk) + " | " + code(info.room) + " | `" +
           std::string(info.name) + "` |\n";
  return out;
}

int carry_out(const Arguments& arguments) {
  const LessonArguments& asked = arguments.lessons;
  if (arguments.keys) return print(keys_text(asked.language));
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
            options.add_flag("--keys", arguments->keys, "the keys of the window instead, as a table");
            options.add_option("--playlist", arguments->lessons.playlist, "only these, in its order");
            lesson_options(options, arguments->lessons);
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
