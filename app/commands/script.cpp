// awaitscope script: the app, driven without a screen.
#include <cstdio>

#include "app/commands/command.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  std::string file, png;
};

int carry_out(const Arguments& arguments, const Gui& gui) {
  const desk::ScriptEnd end = desk::run_script(arguments.file, arguments.png, gui.open_screen, gui.render);
  if (end.status) std::fprintf(stderr, "awaitscope: %s\n", end.message.c_str());
  return end.status;
}

}  // namespace

Command script() {
  return {"script", "Drives the app without a screen from a list of actions", 21, [](CLI::App& options, const Gui& gui) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("file", arguments->file, "the script")->required();
            options.add_option("--png", arguments->png, "a picture of the window at the end");
            return std::function<int()>([arguments, &gui] { return carry_out(*arguments, gui); });
          }};
}

}  // namespace awaitscope::commands
