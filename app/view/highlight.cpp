#include "app/view/highlight.h"

#include <algorithm>
#include <span>
#include <cctype>

namespace awaitscope::view {
namespace {

constexpr std::string_view cpp_words[] = {
    "auto",   "bool",   "break",  "catch",  "class", "co_await", "co_return", "co_yield", "const",     "constexpr", "continue",
    "do",     "double", "else",   "false",  "float", "for",      "if",        "int",      "namespace", "new",       "nullptr",
    "return", "static", "struct", "switch", "throw", "true",     "try",       "using",    "void",      "while"};
constexpr std::string_view python_words[] = {"and",    "as",     "async",  "await",  "break",   "class", "continue", "def",
                                             "elif",   "else",   "except", "False",  "finally", "for",   "from",     "if",
                                             "import", "in",     "is",     "lambda", "None",    "not",   "or",       "pass",
                                             "raise",  "return", "True",   "try",    "while",   "with",  "yield"};
constexpr std::string_view javascript_words[] = {
    "await",   "async",  "break", "case",     "catch", "class",  "const",  "continue",  "do",    "else", "export", "false",
    "finally", "for",    "from",  "function", "if",    "import", "in",     "let",       "new",   "null", "of",     "return",
    "super",   "switch", "this",  "throw",    "true",  "try",    "typeof", "undefined", "while", "yield"};
// Where a task may be switched or cancelled: the words that this program is about.
constexpr std::string_view await_words[] = {"co_await", "await", "co_return", "async"};

bool word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::span<const std::string_view> words_of(SourceLanguage language) {
  if (language == SourceLanguage::python) return python_words;
  if (language == SourceLanguage::javascript) return javascript_words;
  return cpp_words;
}

Role role_of(std::string_view word, SourceLanguage language) {
  if (std::find(std::begin(await_words), std::end(await_words), word) != std::end(await_words)) return Role::running;
  const auto words = words_of(language);
  if (std::find(words.begin(), words.end(), word) != words.end()) return Role::accent;
  return std::isdigit(static_cast<unsigned char>(word[0])) ? Role::waiting_semaphore : Role::text;
}

}  // namespace

std::vector<Piece> highlight(std::string_view line, SourceLanguage language) {
  const bool python = language == SourceLanguage::python;
  const bool digits_have_quotes = language == SourceLanguage::cpp;  // 10'000
  std::vector<Piece> out;
  const auto add = [&](std::size_t from, std::size_t to, Role role) {
    if (to <= from) return;
    if (!out.empty() && out.back().role == role) out.back().text = {out.back().text.data(), out.back().text.size() + to - from};
    else out.push_back({line.substr(from, to - from), role});
  };
  std::size_t at = 0;
  while (at < line.size()) {
    const char c = line[at];
    std::size_t end = at + 1;
    if (python ? c == '#' : line.substr(at).starts_with("//")) {
      add(at, line.size(), Role::text_dim);
      break;
    }
    if (c == '"' || (c == '\'' && (!digits_have_quotes || at == 0 || !word_char(line[at - 1])))) {
      while (end < line.size() && line[end] != c) end += line[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, line.size());
      add(at, end, Role::waiting_semaphore);
    } else if (word_char(c)) {
      while (end < line.size() && word_char(line[end])) ++end;
      add(at, end, role_of(line.substr(at, end - at), language));
    } else {
      add(at, end, Role::text);
    }
    at = end;
  }
  return out;
}

}  // namespace awaitscope::view
