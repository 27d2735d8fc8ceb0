#pragma once
// The program's own words in its two languages, side by side so that neither can be forgotten.
#include <cstdint>
#include <string>
#include <string_view>

namespace awaitscope {

enum class Language : std::uint8_t { english, chinese };

/// One text in both languages, always complete.
struct Words {
  std::string en, zh;
  const std::string& in(Language language) const { return language == Language::chinese ? zh : en; }
};

/// The same for a text that is part of the program.
struct Phrase {
  std::string_view en, zh;
  constexpr std::string_view in(Language language) const { return language == Language::chinese ? zh : en; }
};

}  // namespace awaitscope
