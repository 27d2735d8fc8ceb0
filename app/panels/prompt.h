#pragma once
// Asks for the path that opening, saving and exporting need.
#include "app/panels/widgets.h"
#include "app/view/action.h"

namespace awaitscope::panels {

/// Takes actions that lack their path out of the list, asks for it, and puts them back when it is given.
void ask_for_paths(view::Actions& actions, const Painter& painter);

}  // namespace awaitscope::panels
