#include "app/view/break_lines.h"

#include "app/view/text.h"

namespace awaitscope::view {
namespace {

bool wide(char32_t c) { return columns(c) == 2; }
bool one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

bool may_break(char32_t before, char32_t after) {
  constexpr std::u32string_view closing = U"。，、；：？！）》〉」』】”’…—·,.;:?!)]}", opening = U"（《〈「『【“‘([{";
  if (before == ' ') return after != ' ';
  if (one_of(after, closing) || one_of(before, opening)) return false;
  return wide(before) || wide(after);
}

}  // namespace

bool breaks_anywhere(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (wide(next_code_point(text, at))) return true;
  return false;
}

std::vector<std::string_view> lines_of(std::string_view text, float width,
                                       const std::function<float(std::string_view)>& measure) {
  std::vector<std::string_view> out;
  std::size_t begin = 0, place = 0;   // of the line, and of the last place where it may be broken
  float used = 0, used_at_place = 0;  // widths up to here and up to that place
  char32_t before = 0;
  const auto end_line = [&](std::size_t end, std::size_t next) {
    std::string_view line = text.substr(begin, end - begin);
    while (line.ends_with(' ')) line.remove_suffix(1);
    out.push_back(line);
    begin = next;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = next_code_point(text, at);
    if (c == '\n') {
      end_line(from, at);
      place = at, used = used_at_place = 0, before = 0;
      continue;
    }
    if (before && may_break(before, c)) place = from, used_at_place = used;
    const float w = measure(text.substr(from, at - from));
    if (used + w > width && c != ' ' && from > begin) {
      if (place <= begin) place = from, used_at_place = used;
      end_line(place, place);
      used -= used_at_place;
      used_at_place = 0;
    }
    used += w;
    before = c;
  }
  out.push_back(text.substr(begin));
  return out;
}

std::string break_lines(std::string_view text, float width, const std::function<float(std::string_view)>& measure) {
  std::string out;
  for (const std::string_view line : lines_of(text, width, measure)) out.append(line) += '\n';
  out.pop_back();
  return out;
}

std::size_t code_break(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t at = text.find_last_of(" ,(", most - 1);
  if (at != std::string_view::npos && at > 0 && text.substr(at, 2) == "()") at = text.find_last_of(" ,(", at - 1);
  return at == std::string_view::npos || at < most / 3 ? most : at + 1;
}

}  // namespace awaitscope::view
