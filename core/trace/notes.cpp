#include "core/trace/notes.h"

#include <algorithm>
#include <charconv>

#include "core/trace/quote.h"

namespace awaitscope {
namespace {

bool before(const Note& a, const Note& b) { return a.first != b.first ? a.first < b.first : a.begin < b.begin; }

std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::string_view out = text.substr(0, std::min(text.find_first_of(" \t"), text.size()));
  text.remove_prefix(out.size());
  return out;
}

/// A decimal number with nine decimals at most.
bool read_seconds(std::string_view text, Instant& out) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string digits(point < text.size() ? text.substr(point + 1) : std::string_view{});
  if (digits.size() > 9 || whole.empty()) return false;
  digits.resize(9, '0');
  std::uint64_t seconds = 0, rest = 0;
  const auto number = [](std::string_view from, std::uint64_t& to) {
    const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), to);
    return error == std::errc{} && end == from.data() + from.size();
  };
  if (!number(whole, seconds) || !number(digits, rest) || seconds > 4'000'000'000) return false;
  out.ns = static_cast<std::int64_t>(seconds * 1'000'000'000 + rest);
  return true;
}

/// "12@1.5".
bool read_moment(std::string_view text, Seq& seq, Instant& at) {
  const std::size_t sign = text.find('@');
  if (sign == std::string_view::npos) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + sign, seq);
  return error == std::errc{} && end == text.data() + sign && read_seconds(text.substr(sign + 1), at);
}

std::string moment(Seq seq, Instant at) { return std::to_string(seq) + "@" + seconds(at, 9); }

}  // namespace

bool add_note(Trace& trace, Note note) {
  if (trace.notes.size() >= most_notes) return false;
  trace.notes.insert(std::upper_bound(trace.notes.begin(), trace.notes.end(), note, before), std::move(note));
  return true;
}

void settle_notes(Trace& trace) {
  constexpr Instant latest{std::int64_t{1} << 62};
  if (trace.notes.size() > most_notes) trace.notes.resize(most_notes);
  for (Note& note : trace.notes) {
    note.begin = std::clamp(note.begin, Instant{}, latest);
    note.end = std::clamp(note.end, note.begin, latest);
    note.first = std::min(note.first, trace.size());
    note.last = std::clamp(note.last, note.first, trace.size());
  }
  std::stable_sort(trace.notes.begin(), trace.notes.end(), before);
}

std::string to_text(const Note& note) {
  std::string out = note.is_mark() ? "mark " : "note ";
  out += moment(note.first, note.begin) + " ";
  if (!note.is_mark()) out += moment(note.last, note.end) + " ";
  return out + quoted(note.text);
}

bool read_note(std::string_view line, Note& out) {
  Note note;
  const std::string_view what = next_word(line);
  if ((what != "mark" && what != "note") || !read_moment(next_word(line), note.first, note.begin)) return false;
  if (what == "mark") note.last = note.first, note.end = note.begin;
  else if (!read_moment(next_word(line), note.last, note.end)) return false;
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  auto text = read_quoted(line);
  if (!text || !line.empty()) return false;
  note.text = std::move(*text);
  out = std::move(note);
  return true;
}

}  // namespace awaitscope
