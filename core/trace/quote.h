#pragma once
// Strings of a trace as inert text: quoted, with everything escaped that could act on a reader's screen.
#include <optional>
#include <string>
#include <string_view>

namespace awaitscope {

/// `text` between double quotes.  Control characters, bidirectional controls, invisible separators and bytes that are not
/// UTF-8 become escapes: \n \t \r \" \\ \xHH (a byte), \uHHHH and \UHHHHHHHH (a character).
std::string quoted(std::string_view text);
/// `text` as it is where it is one word of harmless characters that needs no quotes, else quoted.
std::string word(std::string_view text);
/// Whether nothing in `text` would be escaped.
bool harmless(std::string_view text);

/// Reads a quoted string at the front of `text` and moves past it.  Nothing where it is not one (no closing quote, an unknown
/// escape); `text` then stands where it went wrong.
std::optional<std::string> read_quoted(std::string_view& text);

}  // namespace awaitscope
