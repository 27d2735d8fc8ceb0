#pragma once
// The command line: the commands of app/commands, or the window where none is given.
#include "app/commands/command.h"

namespace awaitscope {

/// Runs the program; returns its exit status: 0, 1 (judged against it) or 2 (bad usage or unreadable input).
int command_line(int argc, char** argv, const Gui& gui);

}  // namespace awaitscope
