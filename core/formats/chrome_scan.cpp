#include "core/formats/chrome_scan.h"

namespace awaitscope::chrome {
namespace {

constexpr std::size_t none = std::string_view::npos;

class Scanner {
 public:
  Scanner(std::string_view text, const Stretch& progress) : text_(text), progress_(progress) {}

  Scan scan() {
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    spaces();
    if (peek() == '[') array();
    else if (peek() == '{') object();
    else out_.problem = "neither an array nor an object of trace events";
    if (out_.cut) out_.stopped_at = at_;
    if (out_.problem.empty() && out_.trace_events.empty()) out_.problem = "holds no \"traceEvents\"";
    return std::move(out_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
  }

  /// Past the string that begins at `i`; `none` where it does not end.
  std::size_t after_string(std::size_t i) const {
    for (i = text_.find_first_of("\"\\", i + 1); i != none; i = text_.find_first_of("\"\\", i)) {
      if (text_[i] == '"') return i + 1;
      i += 2;  // the backslash and what it protects
    }
    return none;
  }

  /// Past the value that begins here; `none` where it does not end.
  std::size_t after_value() const {
    const char c = peek();
    if (c == '"') return after_string(at_);
    if (c != '{' && c != '[') {
      const std::size_t end = text_.find_first_of(",]}\n", at_);
      return end == at_ ? none : end;  // a number at the very end may be half a number
    }
    std::size_t depth = 0;
    for (std::size_t i = at_; i < text_.size();) {
      switch (text_[i]) {
        case '"':
          i = after_string(i);
          if (i == none) return none;
          continue;
        case '{':
        case '[': ++depth; break;
        case '}':
        case ']':
          if (--depth == 0) return i + 1;
          break;
        default: break;
      }
      ++i;
    }
    return none;
  }

  void array() {
    const std::size_t begin = at_++;
    for (;;) {
      spaces();
      while (peek() == ',') ++at_, spaces();  // a comma too many is common
      if (at_ >= text_.size()) break;
      if (peek() == ']') {
        out_.trace_events = text_.substr(begin, ++at_ - begin);
        return;
      }
      const std::size_t end = after_value();
      if (end == none) break;
      out_.events.push_back(text_.substr(at_, end - at_));
      at_ = end;
      if (progress_.stops(at_, text_.size())) break;
    }
    out_.cut = true;
    out_.trace_events = text_.substr(begin);
  }

  void object() {
    ++at_;
    for (;;) {
      spaces();
      while (peek() == ',') ++at_, spaces();
      if (peek() == '}') return;
      const std::size_t end = peek() == '"' ? after_string(at_) : none;
      if (end == none) break;
      const std::string_view key = text_.substr(at_ + 1, end - at_ - 2);
      at_ = end;
      spaces();
      if (peek() != ':') break;
      ++at_;
      spaces();
      if (key == "traceEvents" && peek() == '[' && out_.trace_events.empty()) {
        array();
        if (out_.cut) return;
        continue;
      }
      const std::size_t after = after_value();
      if (after == none) break;
      if (key == "awaitscope") out_.awaitscope = text_.substr(at_, after - at_);
      at_ = after;
    }
    out_.cut = true;
  }

  std::string_view text_;
  const Stretch& progress_;
  std::size_t at_ = 0;
  Scan out_;
};

}  // namespace

Scan scan(std::string_view text, const Stretch& progress) { return Scanner(text, progress).scan(); }

}  // namespace awaitscope::chrome
