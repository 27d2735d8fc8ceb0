// awaitscope open: the window with a trace.
#include "app/commands/command.h"

namespace awaitscope::commands {

Command open() {
  return {"open", "Opens the window with a trace", 20, [](CLI::App& options, const Gui& gui) {
            const auto start = std::make_shared<Gui::Start>();
            options.add_option("file", start->path, "a trace file, or a scenario; FILE#t=1.5s..2s&sel=task:7 opens at a place")
                ->required();
            options.add_option("--at", start->at, "the moment to show, e.g. 1.5s");
            options.add_option("--t", start->stretch, "the stretch of time to show, e.g. 1.5s..2s");
            options.add_option("--sel", start->selection, "what to select, e.g. task:7");
            options.add_option("--lessons", start->lessons,
                               "a folder whose NAME.json are read instead of those built in, again when saved");
            options.add_flag("--present", start->present, "in front of a room: full screen, large text");
            return std::function<int()>([start, &gui] { return show_window(gui, *start); });
          }};
}

}  // namespace awaitscope::commands
