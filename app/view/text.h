#pragma once
// Text as it may be shown.  Names come from traces of other programs: they are data, and may try to be anything.
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "app/view/draw_list.h"

namespace awaitscope::view {

/// One line of visible text: control characters, bidirectional controls and broken UTF-8 are written as \n, \x1B, \u202E.
std::string printable(std::string_view text);
/// A phrase of our own with its blanks filled in: {"{} of {}", "{} / {}"}.
template <class... Values>
std::string filled(const Phrase& words, Language language, const Values&... values) {
  return fmt::format(fmt::runtime(words.in(language)), values...);
}
/// A text that is one whole number, and nothing else.
std::optional<std::uint32_t> number_in(std::string_view text);
/// Terminal columns of a text: wide characters count two, combining ones none.
std::size_t columns(std::string_view text);
/// One code point of valid or broken UTF-8 from `at`, which moves on; a broken byte gives 0xDC00 + the byte.
char32_t next_code_point(std::string_view text, std::size_t& at);
/// Columns of one code point: 0, 1 or 2.
int columns(char32_t c);
/// `text` made printable and cut with "…" to fit `width`; "" where not even two characters and the mark would fit.
std::string elide(std::string_view text, float width, const FontMetrics& metrics);

}  // namespace awaitscope::view
