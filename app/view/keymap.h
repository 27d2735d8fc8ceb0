#pragma once
// Keys that a person has chosen, instead of those of the table of all actions.
#include <map>
#include <optional>
#include <string>

#include "app/view/action.h"

namespace awaitscope::view {

/// Only those that differ from the table; "" takes an action's keys away.
struct KeyMap {
  std::map<Act, std::string> desk, room;
  std::map<Act, std::string>& of(bool presenting) { return presenting ? room : desk; }
  const std::map<Act, std::string>& of(bool presenting) const { return presenting ? room : desk; }
};

/// The keys of an action; several are separated by a space.
std::string_view keys_of(const KeyMap& map, const ActionInfo& info, bool presenting);
/// One key as the table spells it: "ctrl+right" is "Ctrl+Right"; nothing for what is no key.
std::optional<std::string> spelt(std::string_view key);
/// The first key that two actions share, and their names; nothing where there is none.
struct Clash {
  std::string key, first, second;
};
std::optional<Clash> clash(const KeyMap& map, bool presenting);

}  // namespace awaitscope::view
