#pragma once
// A key as it is written in tables, settings and scripts, taken apart.
#include <optional>
#include <string>
#include <string_view>

namespace awaitscope::view {

struct KeyName {
  bool ctrl = false, shift = false, alt = false;
  std::string name;  ///< as the table of actions writes it: "Right", "F5", "S", "?"
};
/// Capital letters and the order of the modifiers do not matter.  A key that writes something else with Shift is called after
/// what it writes, and has no Shift: "?" and "+".  Nothing for what is no key.
std::optional<KeyName> read_key(std::string_view key);

}  // namespace awaitscope::view
