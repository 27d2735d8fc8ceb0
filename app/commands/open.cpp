// awaitscope open: the window with a trace.
#include "app/commands/command.h"

namespace awaitscope::commands {

Command open() {
  return {"open", "Opens the window with a trace", 20, [](CLI::App& options, const Gui& gui) {
            const auto start = std::make_shared<Gui::Start>();
            options.add_option("file", start->path,
                               "a trace file, a session, or a scenario (with a playlist its first lesson); "
                               "FILE#t=1.5s..2s&sel=task:7 opens at a place");
            options.add_option("--at", start->at, "the moment to show, e.g. 1.5s");
            options.add_option("--t", start->stretch, "the stretch of time to show, e.g. 1.5s..2s");
            options.add_option("--sel", start->selection, "what to select, e.g. task:7");
            options.add_option("--lessons", start->lessons,
                               "a folder whose NAME.json are read instead of those built in, again when saved");
            options.add_option("--source-root", start->source_root,
                               "the folder below which the source files of an opened trace are");
            options.add_option("--playlist", start->playlist, "lessons follow each other as in it, e.g. 90-minutes");
            options.add_flag("--no-votes", start->no_votes, "lessons run without votes before");
            options.add_flag("--present", start->present, "in front of a room: full screen, large text, a lesson from its start");
            window_options(options, *start);
            return std::function<int()>([start, &gui] {
              if (start->path.empty() && start->playlist.empty())
                return fail("open takes a trace file, a session, a scenario or --playlist");
              return show_window(gui, *start);
            });
          }};
}

}  // namespace awaitscope::commands
