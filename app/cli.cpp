#include "app/cli.h"

#include <algorithm>
#include <csignal>

#include "core/findings/block.h"

namespace awaitscope {

int command_line(int argc, char** argv, const Gui& gui) {
  interrupted() = false;  // made here, not in the handler
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGINT, [](int) { interrupted() = true; });

  CLI::App app{"Awaitscope shows what an async program really did."};
  app.set_version_flag("--version", std::string(program_version()));
  app.require_subcommand(0, 1);

  std::vector<Command> commands = all_commands();
  std::stable_sort(commands.begin(), commands.end(), [](const Command& a, const Command& b) { return a.place < b.place; });
  Gui::Start start;
  window_options(app, start);
  std::function<int()> chosen = [&] { return show_window(gui, start); };
  std::vector<std::pair<CLI::App*, std::function<int()>>> known;
  for (const Command& command : commands) {
    CLI::App* options = app.add_subcommand(command.name, command.summary);
    known.emplace_back(options, command.add(*options, gui));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    return fail(std::string(error.what()) + " (see awaitscope --help)");
  }
  for (const auto& [options, carry_out] : known)
    if (*options) chosen = carry_out;
  return chosen();
}

}  // namespace awaitscope
