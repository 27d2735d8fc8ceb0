#include "core/trace/quote.h"

#include <cstdint>
#include <cstdio>

namespace awaitscope {
namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;
  bool valid = false;
};

/// The UTF-8 character at the front; shortest forms only, no surrogates.
Character decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {lead, 1, false};
  std::uint32_t code = lead & (0x7f >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {lead, 1, false};
    code = (code << 6) | (byte(i) & 0x3f);
  }
  const std::uint32_t least = size == 2 ? 0x80 : size == 3 ? 0x800 : 0x10000;
  if (code < least || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {lead, 1, false};
  return {code, size, true};
}

/// Characters that move the cursor, turn the direction of writing or cannot be seen.
bool acts(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
         (c >= 0xe0000 && c <= 0xe0fff);
}

void append_code(std::string& out, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xc0 | (c >> 6));
    put(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    put(0xe0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3f));
    put(0x80 | (c & 0x3f));
  } else {
    put(0xf0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3f));
    put(0x80 | ((c >> 6) & 0x3f));
    put(0x80 | (c & 0x3f));
  }
}

void append_escape(std::string& out, const Character& c) {
  char text[16];
  const unsigned code = c.code;
  if (!c.valid || code < 0x80) std::snprintf(text, sizeof text, "\\x%02x", code);
  else if (code < 0x10000) std::snprintf(text, sizeof text, "\\u%04x", code);
  else std::snprintf(text, sizeof text, "\\U%08x", code);
  out += text;
}

/// Exactly `digits` hexadecimal digits at the front, taken off.
std::optional<std::uint32_t> hex(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return std::nullopt;
    value = (value << 4) | static_cast<std::uint32_t>(digit);
  }
  text.remove_prefix(digits);
  return value;
}

}  // namespace

bool harmless(std::string_view text) {
  while (!text.empty()) {
    const Character c = decode(text);
    if (!c.valid || acts(c.code)) return false;
    text.remove_prefix(c.size);
  }
  return true;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const Character c = decode(text);
    if (!c.valid || acts(c.code)) {
      if (c.code == '\n') out += "\\n";
      else if (c.code == '\t') out += "\\t";
      else if (c.code == '\r') out += "\\r";
      else append_escape(out, c);
    } else {
      if (c.code == '"' || c.code == '\\') out += '\\';
      out += text.substr(0, c.size);
    }
    text.remove_prefix(c.size);
  }
  return out += '"';
}

std::string word(std::string_view text) {
  return !text.empty() && text.find_first_of(" \"\\=#") == std::string_view::npos && harmless(text) ? std::string(text)
                                                                                                    : quoted(text);
}

std::optional<std::string> read_quoted(std::string_view& text) {
  if (text.empty() || text[0] != '"') return std::nullopt;
  text.remove_prefix(1);
  std::string out;
  while (!text.empty()) {
    const char c = text[0];
    if (c == '"') {
      text.remove_prefix(1);
      return out;
    }
    if (c != '\\') {
      out += c;
      text.remove_prefix(1);
      continue;
    }
    if (text.size() < 2) return std::nullopt;
    const char kind = text[1];
    std::string_view rest = text.substr(2);
    std::optional<std::uint32_t> code;
    switch (kind) {
      case 'n': code = '\n'; break;
      case 't': code = '\t'; break;
      case 'r': code = '\r'; break;
      case '"':
      case '\\': code = static_cast<unsigned char>(kind); break;
      case 'x': code = hex(rest, 2); break;
      case 'u': code = hex(rest, 4); break;
      case 'U': code = hex(rest, 8); break;
      default: break;
    }
    if (!code || *code > 0x10ffff) return std::nullopt;
    if (kind == 'x') out += static_cast<char>(static_cast<unsigned char>(*code));
    else append_code(out, *code);
    text = rest;
  }
  return std::nullopt;
}

}  // namespace awaitscope
