#pragma once
// The menu of what can be done by hand.
#include "app/platform/paint_imgui.h"
#include "app/view/session.h"

namespace awaitscope::panels {

/// Opens where the pointer is when somebody asks for it, and asks for what is chosen.
void context_menu(const view::Session& session, view::Actions& actions, const platform::Painter& painter);

}  // namespace awaitscope::panels
