#pragma once
// What a room sees: code, lanes and one sentence, all large; nothing else.
#include "app/panels/panel.h"

namespace awaitscope::panels {

/// Fills the current window, the whole screen.
void draw_room(const view::Session& session, view::Actions& actions, const platform::Painter& painter);
/// Black in both themes: a projector that shows nothing.  Draws over everything.
void draw_blank();
/// All but the pointer's surroundings dimmed, the pointer enlarged.  Draws over everything.
void draw_spotlight(const platform::Painter& painter);

/// The panel that takes the code's place now: the one titled "Lesson", while it is about something; null: the code stays.
const Panel* instead_of_code(const std::vector<Panel>& panels, const view::Session& session);

}  // namespace awaitscope::panels
