#pragma once
// Keys to actions, from the table of all actions.
#include <optional>
#include <string_view>

#include "app/view/session.h"

namespace awaitscope::panels {

/// A key as GLFW numbers it, with the modifiers that must be held.
struct Chord {
  int key = 0;
  bool ctrl = false, shift = false, alt = false;
  bool operator==(const Chord&) const = default;
};
/// "Shift+Right", "Ctrl+=", "?"; nothing for what is no key.
std::optional<Chord> read_chord(std::string_view text);

/// The actions whose keys were pressed in this frame; none while a text field has the keyboard.
view::Actions pressed_actions(const view::Session& session);
/// For a panel that has the keyboard: whether the key was pressed in this frame; what the table binds it to is taken out.
bool take_key(const view::Session& session, view::Actions& actions, std::string_view key);

}  // namespace awaitscope::panels
