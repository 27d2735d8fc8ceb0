// The text notation of core/trace/text.h as a file: for people, diffs and bug reports.
#include "core/trace/text.h"

#include <algorithm>

#include "core/formats/format.h"

namespace awaitscope::formats {
namespace {

std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(" \t\r"));
  line.remove_prefix(word.size());
  return word;
}

bool starts_with_digit(std::string_view word) { return !word.empty() && word[0] >= '0' && word[0] <= '9'; }

/// Ours is what has one of our headers, or a first line of the form [NUMBER] TIME EVENT.
int sniff(std::string_view head) {
  if (head.find('\0') != std::string_view::npos) return 0;
  while (!head.empty()) {
    std::string_view line = head.substr(0, head.find('\n'));
    head.remove_prefix(std::min(line.size() + 1, head.size()));
    if (line.starts_with("# scenario ") || line.starts_with("# schedule ")) return 60;
    std::string_view word = next_word(line);
    if (word.empty() || word[0] == '#') continue;
    if (!starts_with_digit(word)) return 0;
    word = next_word(line);
    if (starts_with_digit(word)) word = next_word(line);
    // A misspelt event still deserves the reader's own message, which names the line.
    return kind_named(word) ? 60 : !word.empty() && word[0] >= 'a' && word[0] <= 'z' ? 10 : 0;
  }
  return 0;
}

Result<Loaded> read(std::string_view bytes, Reading*) {
  Result<Trace> trace = read_text(bytes);
  if (!trace) return Error{trace.error()};
  return Loaded{std::move(*trace), {}};
}

Status write(const Trace& trace, std::string& out) {
  out = to_text(trace);
  return Done{};
}

}  // namespace

Format text();
Format text() { return {"text", ".txt", "one line an event, for people, diffs and hand-written traces", sniff, read, write}; }

}  // namespace awaitscope::formats
