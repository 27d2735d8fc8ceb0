#include "app/exports/escape.h"

#include "app/view/text.h"

namespace awaitscope::exports {
namespace {

std::string marked_up(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  return out;
}

/// The longest run of backticks.
std::size_t backticks(std::string_view text) {
  std::size_t longest = 0, now = 0;
  for (const char c : text) {
    now = c == '`' ? now + 1 : 0;
    longest = std::max(longest, now);
  }
  return longest;
}

std::string lines_of(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\t"), text.size());
    out += view::printable(text.substr(0, end));
    if (end < text.size()) out += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string html(std::string_view text) { return marked_up(view::printable(text)); }

std::string html_lines(std::string_view text) { return marked_up(lines_of(text)); }

std::string markdown(std::string_view text) {
  constexpr std::string_view marks = "\\`*_{}[]()#+!|~-$";
  std::string out;
  const std::string shown = view::printable(text);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '&') out += "&amp;";
    // An empty comment keeps trackers from seeing a mention, an issue's number or a bare link.
    else if (c == '@') out += "@<!-- -->";
    else if (c == '#') out += "\\#<!-- -->";
    else if (c == ':' && shown.compare(i, 3, "://") == 0) out += ":<!-- -->";
    else if (c == '.' && i >= 3 && shown.compare(i - 3, 3, "www") == 0) out += "<!-- -->.";
    else if (marks.find(c) != std::string_view::npos) out += {'\\', c};
    // A number at the beginning would make a list.
    else if (c == '.' && (i + 1 == shown.size() || shown[i + 1] == ' ') && shown.find_first_not_of("0123456789") == i)
      out += "\\.";
    else out += c;
  }
  return out;
}

std::string markdown_block(std::string_view lines, std::string_view language) {
  const std::string text = lines_of(lines);
  const std::string fence(std::max<std::size_t>(3, backticks(text) + 1), '`');
  return fence + std::string(language) + "\n" + text + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

std::string markdown_code(std::string_view text) {
  const std::string shown = view::printable(text);
  const std::string fence(backticks(shown) + 1, '`');
  const char* pad = shown.empty() || shown.front() == '`' || shown.back() == '`' ? " " : "";
  return fence + pad + (shown.empty() ? "" : shown) + pad + fence;
}

}  // namespace awaitscope::exports
