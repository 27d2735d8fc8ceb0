// The reading half of the text notation.
#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "core/base/nearest.h"
#include "core/trace/notes.h"
#include "core/trace/quote.h"
#include "core/trace/text.h"

namespace awaitscope {
namespace {

/// A decimal number of a unit as whole nanoseconds, exactly; binary fractions would lose digits of a long run.
bool read_nanoseconds(std::string_view text, std::int64_t& out) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t number = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string_view unit = text.substr(number);
  const int places = unit.empty() || unit == "s" ? 9 : unit == "ms" ? 6 : unit == "us" ? 3 : unit == "ns" ? 0 : -1;
  if (places < 0) return false;
  const std::string_view digits = text.substr(0, number);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::string_view whole = digits.substr(0, point);
  const std::string_view fraction = point < digits.size() ? digits.substr(point + 1) : std::string_view{};
  if (whole.empty() || fraction.find('.') != std::string_view::npos) return false;
  std::uint64_t value = 0;
  const auto push = [&](char digit) {
    if (value > (std::uint64_t{1} << 63) / 10) return false;
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    return value <= (std::uint64_t{1} << 63);
  };
  for (char c : whole)
    if (!push(c)) return false;
  for (int i = 0; i < places; ++i)  // what is finer than a nanosecond falls away
    if (!push(static_cast<std::size_t>(i) < fraction.size() ? fraction[static_cast<std::size_t>(i)] : '0')) return false;
  if (!negative && value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return false;
  out = static_cast<std::int64_t>(negative ? ~value + 1 : value);
  return true;
}

template <class T>
bool read_number(std::string_view text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

/// How a piece of the input is shown in an error: inert and short.
std::string shown(std::string_view piece) {
  constexpr std::size_t most = 40;
  return quoted(piece.substr(0, most)) + (piece.size() > most ? "..." : "");
}

bool is_enumeration(Field type) { return !enum_name(type, 0).empty(); }

std::string names_of(Field type) {
  std::string out;
  for (std::uint8_t i = 0; !enum_name(type, i).empty(); ++i) out.append(i ? ", " : "").append(enum_name(type, i));
  return out;
}

std::string nearest_kind(std::string_view name) {
  std::vector<std::string> known;
  for (int i = 0; i < kind_count; ++i) known.emplace_back(info(static_cast<Kind>(i)).name);
  return nearest_listed(name, known, 1);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Result<Trace> read() {
    while (!rest_.empty()) {
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      std::string_view line = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
      skip_spaces(line);
      if (line.empty()) continue;
      if (line[0] == '#' ? !header(line.substr(1)) : !event(line))
        return Error{"line " + std::to_string(number_) + ": " + problem_};
    }
    for (Note& note : trace_.notes) note.first = position(note.first), note.last = position(note.last);
    settle_notes(trace_);
    return std::move(trace_);
  }

 private:
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  static void skip_spaces(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); }
  static std::string_view next_word(std::string_view& text) {
    skip_spaces(text);
    const std::string_view out = text.substr(0, std::min(text.find_first_of(" \t"), text.size()));
    text.remove_prefix(out.size());
    return out;
  }

  /// The rest of a header line: a quoted string, or all of it as it stands.
  bool value(std::string_view text, std::string& out) {
    skip_spaces(text);
    if (text.empty() || text[0] != '"') {
      out = text;
      return true;
    }
    auto read = read_quoted(text);
    if (!read || !text.empty())
      return fail("bad string; a string is \"...\" with the escapes \\n \\t \\r \\\" \\\\ \\xHH \\uHHHH \\UHHHHHHHH");
    out = std::move(*read);
    return true;
  }

  bool header(std::string_view text) {
    if (Note note; trace_.notes.size() < most_notes && read_note(text, note))
      return trace_.notes.push_back(std::move(note)), true;
    const std::string_view key = next_word(text);
    if (key == "scenario") return value(text, trace_.info.scenario);
    if (key == "variant") return value(text, trace_.info.variant);
    if (key == "clock") return value(text, trace_.info.clock);
    if (key == "runtime") return value(text, trace_.info.runtime);
    if (key == "parameter") return parameter(text);
    if (key != "schedule") return true;  // a comment
    std::string word;
    if (!value(text, word)) return false;
    auto schedule = read_schedule(word);
    if (!schedule) return fail("schedule " + shown(word) + " is not " + std::string(schedule_form));
    trace_.info.schedule = std::move(*schedule);
    return true;
  }

  bool parameter(std::string_view text) {
    skip_spaces(text);
    std::string name, content;
    if (!text.empty() && text[0] == '"') {
      auto read = read_quoted(text);
      if (!read) return fail("bad string in a parameter's name; write # parameter NAME=VALUE");
      name = std::move(*read);
    } else {
      name = text.substr(0, std::min(text.find('='), text.size()));
      text.remove_prefix(name.size());
    }
    if (text.empty() || text[0] != '=') return fail("a parameter without a value; write # parameter NAME=VALUE");
    if (!value(text.substr(1), content)) return false;
    trace_.info.parameters.emplace_back(std::move(name), std::move(content));
    return true;
  }

  bool event(std::string_view line) {
    std::string_view first = next_word(line), second = next_word(line);
    Seq number = numbers_.empty() ? 1 : numbers_.back() + 1;
    // A number before the time: a kind begins with a letter, a time with a digit.
    if (!second.empty() && ((second[0] >= '0' && second[0] <= '9') || second[0] == '-')) {
      if (!read_number(first, number) || number == 0 || (!numbers_.empty() && number <= numbers_.back()))
        return fail("event number " + shown(first) + "; numbers are whole and rise, or are left out");
      first = second;
      second = next_word(line);
    }
    Record record;
    if (!read_nanoseconds(first, record.time) || record.time < 0)
      return fail("time " + shown(first) + "; accepted are 1.5, 1.5s, 300ms, 20us, 7ns");
    const auto kind = kind_named(second);
    if (!kind) {
      return fail(second.empty() ? "no event after the time; write [NUMBER] TIME EVENT FIELD=VALUE..."
                                 : "unknown event " + shown(second) + "; the nearest is " + nearest_kind(second));
    }
    record.kind = *kind;
    renumbered_ = renumbered_ || number != trace_.size() + 1;
    for (skip_spaces(line); !line.empty(); skip_spaces(line))
      if (!field(line, record)) return false;
    numbers_.push_back(number);
    trace_.append(record);
    return true;
  }

  bool field(std::string_view& line, Record& record) {
    const std::size_t equals = line.find_first_of("= \t");
    if (equals == std::string_view::npos || line[equals] != '=') return fail(shown(next_word(line)) + " is not FIELD=VALUE");
    const std::string_view name = line.substr(0, equals);
    line.remove_prefix(equals + 1);
    std::string content;
    if (!line.empty() && line[0] == '"') {
      auto read = read_quoted(line);
      if (!read || (!line.empty() && line[0] != ' ' && line[0] != '\t'))
        return fail("bad string in " + shown(name) +
                    "; a string is \"...\" with the escapes \\n \\t \\r \\\" \\\\ \\xHH \\uHHHH \\UHHHHHHHH");
      content = std::move(*read);
    } else {
      content = line.substr(0, std::min(line.find_first_of(" \t"), line.size()));
      line.remove_prefix(content.size());
    }
    if (name == "task") return number(name, content, record.task);
    if (name == "cause") return number(name, content, record.cause) && (record.cause = position(record.cause), true);
    if (name == "at") return site(content, record);
    const KindInfo& kind = info(record.kind);
    for (const FieldInfo* known : {&kind.a, &kind.b, &kind.c, &kind.d}) {
      if (known->type == Field::none || known->name != name) continue;
      if (known->type == Field::time) return time(name, content, record);
      std::uint32_t value = 0;
      if (!content_of(*known, content, value)) return false;
      if (known == &kind.a) record.a = value;
      if (known == &kind.b) record.b = value;
      if (known == &kind.d) record.d = value;
      if (known == &kind.c) {
        if (value > 255) return fail("number " + shown(content) + " in " + shown(name) + "; accepted are 0 to 255");
        record.c = static_cast<std::uint8_t>(value);
      }
      return true;
    }
    std::string accepted = "task, cause, at";
    for (const FieldInfo* known : {&kind.a, &kind.b, &kind.c, &kind.d})
      if (known->type != Field::none) accepted.append(", ").append(known->name);
    return fail(std::string(kind.name) + " has no field " + shown(name) + "; accepted are " + accepted);
  }

  bool content_of(const FieldInfo& known, const std::string& content, std::uint32_t& out) {
    if (known.type == Field::text) {
      out = trace_.intern(content).value;
      return true;
    }
    if (is_enumeration(known.type)) {
      if (const auto value = enum_value(known.type, content)) {
        out = *value;
        return true;
      }
      // A foreign file's value that has no name here.
      if (read_number(content, out) && out < 256) return true;
      return fail("unknown " + std::string(known.name) + " " + shown(content) + "; accepted are " + names_of(known.type));
    }
    if (!number(known.name, content, out)) return false;
    if (known.type == Field::event) out = position(out);
    return true;
  }

  bool number(std::string_view name, std::string_view content, std::uint32_t& out) {
    return read_number(content, out) ||
           fail("number " + shown(content) + " in " + shown(name) + "; accepted are 0 to 4294967295");
  }

  bool time(std::string_view name, std::string_view content, Record& record) {
    std::int64_t value = 0;
    if (!read_nanoseconds(content, value))
      return fail("time " + shown(content) + " in " + shown(name) + "; accepted are 1.5, 1.5s, 300ms, 20us, 7ns");
    record.b = static_cast<std::uint32_t>(static_cast<std::uint64_t>(value));
    record.d = static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32);
    return true;
  }

  bool site(std::string_view content, Record& record) {
    const std::size_t colon = content.rfind(':');
    Site site;
    if (colon == std::string_view::npos || !read_number(content.substr(colon + 1), site.line))
      return fail("place " + shown(content) + "; write at=FILE:LINE");
    site.file = content.substr(0, colon);
    record.site = static_cast<std::uint16_t>(trace_.intern(site).value);
    return true;
  }

  /// A file's event number as a position in the trace: the same, unless lines were cut out of the file.
  Seq position(Seq number) const {
    if (!renumbered_) return number;
    const auto found = std::lower_bound(numbers_.begin(), numbers_.end(), number);
    return found != numbers_.end() && *found == number ? static_cast<Seq>(found - numbers_.begin() + 1) : 0;
  }

  std::string_view rest_;
  std::size_t number_ = 0;
  std::string problem_;
  std::vector<Seq> numbers_;  ///< of the events read so far, as the file has them
  bool renumbered_ = false;
  Trace trace_;
};

}  // namespace

Result<Trace> read_text(std::string_view text) { return Reader(text).read(); }

}  // namespace awaitscope
