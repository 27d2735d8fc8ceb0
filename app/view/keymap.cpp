#include "app/view/keymap.h"

#include <algorithm>
#include <cctype>

namespace awaitscope::view {
namespace {

constexpr std::string_view modifiers[] = {"Ctrl", "Shift", "Alt"};
constexpr std::string_view named[] = {"Right", "Left", "Up",    "Down",   "Home",   "End",      "Space",
                                      "Tab",   "Esc",  "Enter", "Delete", "PageUp", "PageDown", "Backspace"};

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

/// The last part of a key, "" for what is none.
std::string key_name(std::string_view text) {
  for (const std::string_view name : named)
    if (same(text, name)) return std::string(name);
  if (same(text, "Escape")) return "Esc";
  if (text.size() == 1) {
    const char c = text[0];
    if (std::isalnum(static_cast<unsigned char>(c))) return {static_cast<char>(std::toupper(static_cast<unsigned char>(c)))};
    return std::string_view("',-./;=[]\\`?+").find(c) != std::string_view::npos ? std::string(text) : "";
  }
  if (text.size() > 3 || (text[0] != 'F' && text[0] != 'f')) return {};
  int number = 0;
  for (const char c : text.substr(1)) number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : 99;
  return number >= 1 && number <= 12 ? "F" + std::to_string(number) : "";
}

}  // namespace

std::string_view keys_of(const KeyMap& map, const ActionInfo& info, bool presenting) {
  const auto& changed = map.of(presenting);
  const auto mine = changed.find(info.act);
  return mine == changed.end() ? info.keys(presenting) : std::string_view(mine->second);
}

std::optional<std::string> spelt(std::string_view key) {
  bool held[3] = {};
  for (bool more = true; more;) {
    more = false;
    for (int i = 0; i < 3; ++i) {
      const std::string_view word = modifiers[i];
      if (key.size() < word.size() + 2 || key[word.size()] != '+' || !same(key.substr(0, word.size()), word) || held[i])
        continue;
      held[i] = more = true;
      key.remove_prefix(word.size() + 1);
    }
  }
  if (key.empty()) return {};
  std::string name = key_name(key);
  if (name.empty()) return {};
  // A key that writes something else with Shift is called after what it writes.
  if (held[1] && (name == "/" || name == "=")) name = name == "/" ? "?" : "+";
  if (name == "?" || name == "+") held[1] = false;
  std::string out;
  for (int i = 0; i < 3; ++i)
    if (held[i]) out += std::string(modifiers[i]) + "+";
  return out + name;
}

std::optional<Clash> clash(const KeyMap& map, bool presenting) {
  std::map<std::string, std::string, std::less<>> owner;
  for (const ActionInfo& info : all_actions()) {
    std::string_view keys = keys_of(map, info, presenting);
    while (!keys.empty()) {
      const std::size_t end = std::min(keys.find(' '), keys.size());
      const std::string key = spelt(keys.substr(0, end)).value_or("");
      keys.remove_prefix(std::min(end + 1, keys.size()));
      const auto [known, fresh] = owner.try_emplace(key, info.name);
      if (!fresh && !key.empty()) return Clash{key, known->second, std::string(info.name)};
    }
  }
  return {};
}

}  // namespace awaitscope::view
