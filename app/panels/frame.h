#pragma once
// One frame of the window: everything that is on screen, from the session alone.
#include "app/platform/ui.h"
#include "app/view/session.h"

namespace awaitscope::panels {

/// Draws the whole window between `ui`'s begin and end of a frame and returns what the person asked for, in order.
view::Actions draw_frame(const view::Session& session, platform::Ui& ui);

}  // namespace awaitscope::panels
