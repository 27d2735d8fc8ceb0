#pragma once
// The graphical half of the program: the window's loop, pictures and the headless hand for scripts.
#include "app/cli.h"

namespace awaitscope {

Gui window_gui();

}  // namespace awaitscope
