#include "app/panels/keys.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>

#include <cstdlib>
#include <utility>

#include "app/platform/compat.h"
#include "app/view/key_name.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::panels {
namespace {

using view::Act;

constexpr std::pair<std::string_view, int> named_keys[] = {
    {"Right", GLFW_KEY_RIGHT},
    {"Left", GLFW_KEY_LEFT},
    {"Up", GLFW_KEY_UP},
    {"Down", GLFW_KEY_DOWN},
    {"Home", GLFW_KEY_HOME},
    {"End", GLFW_KEY_END},
    {"Space", GLFW_KEY_SPACE},
    {"Tab", GLFW_KEY_TAB},
    {"Esc", GLFW_KEY_ESCAPE},
    {"Enter", GLFW_KEY_ENTER},
    {"Delete", GLFW_KEY_DELETE},
    {"PageUp", GLFW_KEY_PAGE_UP},
    {"PageDown", GLFW_KEY_PAGE_DOWN},
    {"Backspace", GLFW_KEY_BACKSPACE},
};

/// Keys that do more while they are held down.
bool repeats(Act act) {
  return act <= Act::bookmark_back || (act >= Act::zoom_in && act <= Act::scroll_lanes) || act == Act::slower ||
         (act >= Act::next_span && act <= Act::follow_arrow_back) || act == Act::undo || act == Act::redo ||
         act == Act::faster || act == Act::text_larger || act == Act::text_smaller;
}

/// While votes are typed, these keys belong to the counts, also at the desk.
bool counts_votes(Act act) {
  return act == Act::vote_digit || act == Act::vote_erase || act == Act::option_next || act == Act::option_previous;
}
bool writes_votes(const Chord& chord) {
  if (chord.ctrl || chord.shift || chord.alt) return false;
  return (chord.key >= '0' && chord.key <= '9') || chord.key == GLFW_KEY_UP || chord.key == GLFW_KEY_DOWN ||
         chord.key == GLFW_KEY_ENTER || chord.key == GLFW_KEY_BACKSPACE;
}

bool held_exactly(const Chord& chord) {
  const ImGuiIO& io = ImGui::GetIO();
  return io.KeyCtrl == chord.ctrl && io.KeyShift == chord.shift && io.KeyAlt == chord.alt && !io.KeySuper;
}

}  // namespace

std::optional<Chord> read_chord(std::string_view text) {
  const std::optional<view::KeyName> read = view::read_key(text);
  if (!read) return {};
  Chord chord{0, read->ctrl, read->shift, read->alt};
  const std::string& name = read->name;
  for (const auto& [word, key] : named_keys)
    if (name == word) return chord.key = key, chord;
  if (name.size() > 1) return chord.key = GLFW_KEY_F1 + std::atoi(name.c_str() + 1) - 1, chord;
  // GLFW names a key after what it writes without Shift on a US keyboard.
  if (name == "?" || name == "+") return chord.key = name == "?" ? GLFW_KEY_SLASH : GLFW_KEY_EQUAL, chord.shift = true, chord;
  return chord.key = name[0], chord;
}

bool take_key(const view::Session& session, view::Actions& actions, std::string_view key) {
  const std::optional<Chord> chord = read_chord(key);
  if (!chord || ImGui::GetIO().WantTextInput || !held_exactly(*chord) || !platform::compat::key_pressed(chord->key, true))
    return false;
  for (const view::ActionInfo& info : view::all_actions()) {
    const std::string keys = " " + std::string(keys_of(session.keys, info, session.presenting)) + " ";
    if (keys.find(" " + std::string(key) + " ") == std::string::npos) continue;
    std::erase_if(actions, [&](const view::Action& action) { return action.act == info.act; });
  }
  return true;
}

view::Actions pressed_actions(const view::Session& session) {
  view::Actions actions;
  if (ImGui::GetIO().WantTextInput) return actions;
  const bool voting = view::voting(session);
  if (voting && held_exactly({}))
    for (int digit = 0; digit <= 9; ++digit)
      if (platform::compat::key_pressed('0' + digit, false) || platform::compat::key_pressed(GLFW_KEY_KP_0 + digit, false))
        actions.push_back(view::action(Act::vote_digit, digit));
  for (const view::ActionInfo& info : view::all_actions()) {
    if (voting && info.act == Act::vote_digit) continue;
    const bool votes = voting && counts_votes(info.act);
    std::string_view keys = keys_of(session.keys, info, votes || session.presenting);
    for (int number = 1; !keys.empty(); ++number) {
      const std::size_t end = std::min(keys.find(' '), keys.size());
      const std::optional<Chord> chord = read_chord(keys.substr(0, end));
      keys.remove_prefix(std::min(end + 1, keys.size()));
      if (chord && voting && !votes && writes_votes(*chord)) continue;
      if (!chord || !held_exactly(*chord) || !platform::compat::key_pressed(chord->key, repeats(info.act))) continue;
      view::Action action;
      action.act = info.act;
      if (info.act == Act::zoom_in || info.act == Act::zoom_out) action.x = -1;  // at the playhead
      if (info.act == Act::vote_digit) action.x = chord->key - '0';
      if (info.act == Act::show_tab) action.x = number;  // each key is a tab's
      actions.push_back(action);
      break;
    }
  }
  return actions;
}

}  // namespace awaitscope::panels
