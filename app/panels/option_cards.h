#pragma once
// The options of a lesson's question as cards: letter, words, counts of both rounds, and what became of each.
#include "app/panels/widgets.h"

namespace awaitscope::panels {

/// Words broken to a width at a place of the window; their height.
float write_lines(const Painter& painter, ImFont* font, std::string_view words, Role role, view::Point at, float width,
                  bool measure_only = false);
/// The same where the cursor stands, which moves on below them.
void paragraph(const Painter& painter, ImFont* font, std::string_view words, Role role, float indent = 0);
void space(const Painter& painter, float ems);

/// All options of the open question; a click counts a vote while votes are taken.
void option_cards(const view::Session& session, view::Actions& actions, const Painter& painter);

}  // namespace awaitscope::panels
