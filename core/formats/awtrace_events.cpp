#include "core/formats/awtrace_events.h"

#include <numeric>

namespace awaitscope::native {
namespace {

enum Mask : std::uint8_t { time = 1, task = 2, site = 4, cause = 8, field_a = 16, field_b = 32, field_c = 64, field_d = 128 };

bool has_time_field(Kind kind) { return info(kind).b.type == Field::time; }

std::uint64_t wide(const Record& r) { return (std::uint64_t{r.d} << 32) | r.b; }

std::uint32_t stepped(std::uint32_t from, ByteReader& reader) {
  return from + static_cast<std::uint32_t>(unzigzag(reader.varint()));
}

}  // namespace

void put_event(std::string& out, const Event& event, std::uint8_t kind_number, Expectations& expected) {
  Expected& last = expected.kinds[kind_number];
  out += static_cast<char>(kind_number);
  const std::size_t mask_at = out.size();
  out += '\0';
  std::uint8_t mask = 0;
  if (event.time != expected.time) {
    mask |= Mask::time;
    put_varint(out, static_cast<std::uint64_t>(event.time) - static_cast<std::uint64_t>(expected.time));
  }
  if (event.task != expected.task) mask |= Mask::task, put_varint(out, zigzag_step(expected.task, event.task));
  if (event.site != last.site) mask |= Mask::site, put_varint(out, event.site);
  if (event.cause != 0) mask |= Mask::cause, put_varint(out, static_cast<std::uint32_t>(event.seq - event.cause));
  if (event.a != last.a) mask |= Mask::field_a, put_varint(out, zigzag_step(last.a, event.a));
  if (has_time_field(event.kind)) {
    // A deadline or due time: none, as far away as the last one, or a new distance.
    const std::uint64_t ahead = wide(event) - static_cast<std::uint64_t>(event.time);
    if (wide(event) != 0 && ahead == last.ahead) {
      mask |= Mask::field_d;
    } else if (wide(event) != 0) {
      mask |= Mask::field_b;
      put_varint(out, zigzag(ahead));
      last.ahead = ahead;
    }
  } else {
    if (event.b != last.b) mask |= Mask::field_b, put_varint(out, zigzag_step(last.b, event.b));
    if (event.d != last.d) mask |= Mask::field_d, put_varint(out, zigzag_step(last.d, event.d));
    last.b = event.b;
    last.d = event.d;
  }
  if (event.c != last.c) mask |= Mask::field_c, out += static_cast<char>(event.c);
  out[mask_at] = static_cast<char>(mask);
  expected.time = event.time;
  expected.task = event.task;
  last.site = event.site;
  last.a = event.a;
  last.c = event.c;
}

Record read_event(ByteReader& reader, Kind kind, std::uint8_t kind_number, Seq seq, Expectations& expected) {
  Expected& last = expected.kinds[kind_number];
  const std::uint8_t mask = reader.byte();
  Record out;
  out.kind = kind;
  if (mask & Mask::time) {
    const std::uint64_t later = static_cast<std::uint64_t>(expected.time) + reader.varint();
    // Time never decreases; a sum beyond 64 bits comes out smaller.
    if (static_cast<std::int64_t>(later) < expected.time || later > static_cast<std::uint64_t>(latest)) reader.fail();
    else expected.time = static_cast<std::int64_t>(later);
  }
  if (mask & Mask::task) expected.task = stepped(expected.task, reader);
  if (mask & Mask::site) {
    last.site = reader.number();
    if (last.site > 0xffff) reader.fail(), last.site = 0;
  }
  if (mask & Mask::cause) out.cause = seq - reader.number();
  if (mask & Mask::field_a) last.a = stepped(last.a, reader);
  if (has_time_field(kind)) {
    if (mask & Mask::field_b) last.ahead = unzigzag(reader.varint());
    if (mask & (Mask::field_b | Mask::field_d)) {
      const std::uint64_t value = static_cast<std::uint64_t>(expected.time) + last.ahead;
      out.b = static_cast<std::uint32_t>(value);
      out.d = static_cast<std::uint32_t>(value >> 32);
    }
  } else {
    if (mask & Mask::field_b) last.b = stepped(last.b, reader);
    if (mask & Mask::field_d) last.d = stepped(last.d, reader);
    out.b = last.b;
    out.d = last.d;
  }
  if (mask & Mask::field_c) last.c = reader.byte();
  out.time = expected.time;
  out.task = expected.task;
  out.site = static_cast<std::uint16_t>(last.site);
  out.a = last.a;
  out.c = last.c;
  return out;
}

// A names payload is a list of: number of the kind, 0 for the kind itself or the value of its field c plus 1, spelling.
std::uint8_t KindNumbers::number(const Event& event, std::string& names) {
  const auto kind = static_cast<std::size_t>(event.kind);
  std::uint8_t& number = numbers_[kind];
  if (number == 0) {
    number = ++used_;
    put_varint(names, number - 1u);
    put_varint(names, 0);
    put_string(names, info(event.kind).name);
  }
  const std::string_view spelling = enum_name(info(event.kind).c.type, event.c);
  if (!spelling.empty() && !named_[kind][event.c]) {
    named_[kind][event.c] = true;
    put_varint(names, number - 1u);
    put_varint(names, event.c + 1u);
    put_string(names, spelling);
  }
  return static_cast<std::uint8_t>(number - 1);
}

bool KindMeanings::read(std::string_view payload) {
  ByteReader reader(payload);
  while (!reader.done()) {
    const std::uint32_t number = reader.number();
    const std::uint32_t value = reader.number();
    const std::string_view spelling = reader.string();
    if (!reader.ok() || number > 255 || value > 256) return false;
    if (value == 0) {
      if (number != meanings_.size()) return false;  // dense and in order
      Meaning meaning{std::string(spelling), kind_named(spelling), {}};
      std::iota(meaning.values.begin(), meaning.values.end(), std::uint8_t{0});
      meanings_.push_back(std::move(meaning));
    } else {
      if (number >= meanings_.size()) return false;
      Meaning& meaning = meanings_[number];
      // A spelling that is not known here becomes a value without a name: readers of traces expect those.
      if (meaning.kind) meaning.values[value - 1] = enum_value(info(*meaning.kind).c.type, spelling).value_or(255);
    }
  }
  return true;
}

}  // namespace awaitscope::native
