// The desktop program: lends the window to the command line, which does the rest.
#include "app/cli.h"

#ifdef AWAITSCOPE_GUI
#include "app/window_loop.h"
#endif

int main(int argc, char** argv) {
  awaitscope::Gui gui;
#ifdef AWAITSCOPE_GUI
  gui = awaitscope::window_gui();
#endif
  return awaitscope::command_line(argc, argv, gui);
}
