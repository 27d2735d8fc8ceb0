#pragma once
// The few controls that panels share.  All text goes through TextUnformatted or a draw list: it may come from a trace.
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/paint_imgui.h"

namespace awaitscope::panels {

using platform::Painter;
using view::Font;
using view::Role;

view::Rect rest_of_window();  ///< what is left of the current window's content, on screen
inline view::Point mouse() {
  const ImVec2 at = ImGui::GetIO().MousePos;
  return {at.x, at.y};
}

void text(const Painter& painter, std::string_view words, Role role = Role::text, Font font = Font::ui);
void small(const Painter& painter, std::string_view words, Role role = Role::text_dim);
/// Broken at the window's right edge.
void wrapped(const Painter& painter, std::string_view words, Role role = Role::text, Font font = Font::ui);
/// A small filled badge, in line.
void chip(const Painter& painter, std::string_view words, Role role);
/// A calm line in the middle of an empty panel.
void nothing(const Painter& painter, std::string_view words, std::string_view hint = {});

/// Takes a picture's own ground away, so that the panel's shows.
void on_panel(view::DrawList& picture);

/// A button with words; `on` marks the chosen of several.  `name` finds it in scripts.
bool button(const Painter& painter, std::string_view name, std::string_view words, bool on = false);
/// Several buttons as one control: the index clicked, or -1.
int choice(const Painter& painter, std::string_view name, const std::vector<std::string>& words, int chosen);
/// The tooltip of the last item, with its key.
void hint(const Painter& painter, std::string_view words, std::string_view key = {});
/// The keys of an action as the table of all actions has them.
std::string_view key_of(const Painter& painter, view::Act act);

/// A bar from 0 to 1 with a knob; true while the person drags it.
bool scrubber(const Painter& painter, std::string_view name, float width, float height, double& at);

}  // namespace awaitscope::panels
