#include "app/view/text.h"

#include <charconv>

#include <fmt/format.h>

namespace awaitscope::view {
namespace {

/// Characters that change how their neighbours are read, or that cannot be seen.
bool deceives(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C ||
         (c >= 0x200B && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F) ||
         c >= 0x110000 || (c >= 0xFFFE && c <= 0xFFFF);
}

bool combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
         (c >= 0xFE00 && c <= 0xFE0F);
}

bool wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at);
  const auto broken = [&] {
    ++at;
    return static_cast<char32_t>(0xDC00 + first);
  };
  if (first < 0x80) {
    ++at;
    return first;
  }
  const int more = first >= 0xF0 && first < 0xF8   ? 3
                   : first >= 0xE0 && first < 0xF0 ? 2
                   : first >= 0xC2 && first < 0xE0 ? 1
                                                   : 0;
  if (more == 0) return broken();
  char32_t c = first & (0x3Fu >> more);
  for (int i = 1; i <= more; ++i) {
    const unsigned b = byte(at + static_cast<std::size_t>(i));
    if ((b & 0xC0) != 0x80) return broken();
    c = (c << 6) | (b & 0x3F);
  }
  // Longer than needed, a surrogate, or beyond Unicode: not a character.
  if ((more == 2 && c < 0x800) || (more == 3 && c < 0x10000) || (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) return broken();
  at += static_cast<std::size_t>(more) + 1;
  return c;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    if (c == '\n') out += "\\n";
    else if (c == '\t') out += "\\t";
    else if (c == '\r') out += "\\r";
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) out += fmt::format("\\x{:02X}", static_cast<unsigned>(c));
    else if (c >= 0xDC00 && c <= 0xDCFF) out += fmt::format("\\x{:02X}", static_cast<unsigned>(c - 0xDC00));
    else if (deceives(c)) out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else out += text.substr(from, at - from);
  }
  return out;
}

int columns(char32_t c) { return combining(c) ? 0 : wide(c) ? 2 : 1; }

std::size_t columns(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size();) n += static_cast<std::size_t>(columns(next_code_point(text, at)));
  return n;
}

std::string elide(std::string_view text, float width, const FontMetrics& metrics) {
  if (width <= 0) return {};
  // A hostile name may be megabytes long: what cannot fit is cut before it is looked at.
  const auto most = static_cast<std::size_t>(width / std::max(0.01f, metrics.char_width) * 16) + 64;
  std::string out = printable(text.substr(0, most));
  if (text.size() <= most && metrics.width(out) <= width) return out;
  constexpr std::string_view mark = "…";
  std::vector<std::size_t> ends;  // after each code point
  for (std::size_t at = 0; at < out.size();) {
    next_code_point(out, at);
    ends.push_back(at);
  }
  std::size_t low = 0, high = ends.size();  // the longest prefix that fits with the mark
  while (low < high) {
    const std::size_t middle = (low + high + 1) / 2;
    const std::string tried = out.substr(0, ends[middle - 1]) + std::string(mark);
    if (metrics.width(tried) <= width) low = middle;
    else high = middle - 1;
  }
  if (low < 2) return {};
  out.resize(ends[low - 1]);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out + std::string(mark);
}

std::optional<std::uint32_t> number_in(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return value;
}

}  // namespace awaitscope::view
