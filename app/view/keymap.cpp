#include "app/view/keymap.h"

#include <algorithm>
#include <cctype>

#include "app/view/key_name.h"

namespace awaitscope::view {
namespace {

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

std::optional<KeyName> read_key(std::string_view key) {
  constexpr std::pair<std::string_view, bool KeyName::*> modifiers[] = {
      {"Ctrl", &KeyName::ctrl}, {"Shift", &KeyName::shift}, {"Alt", &KeyName::alt}};
  KeyName out;
  for (bool more = true; more;) {
    more = false;
    for (const auto& [word, held] : modifiers) {
      if (key.size() < word.size() + 2 || key[word.size()] != '+' || !same(key.substr(0, word.size()), word) || out.*held)
        continue;
      out.*held = more = true;
      key.remove_prefix(word.size() + 1);
    }
  }
  if (!key.empty()) out.name = key_name(key);
  if (out.name.empty()) return {};
  if (out.shift && (out.name == "/" || out.name == "=")) out.name = out.name == "/" ? "?" : "+";
  if (out.name == "?" || out.name == "+") out.shift = false;
  return out;
}

std::optional<std::string> spelt(std::string_view key) {
  const std::optional<KeyName> read = read_key(key);
  if (!read) return {};
  return std::string(read->ctrl ? "Ctrl+" : "") + (read->shift ? "Shift+" : "") + (read->alt ? "Alt+" : "") + read->name;
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
