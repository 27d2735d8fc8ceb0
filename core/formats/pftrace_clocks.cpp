#include "core/formats/pftrace_clocks.h"

#include <vector>

namespace awaitscope::pftrace {
namespace {

using protozero::pbf_wire_type;
using protozero::tag_and_type;

constexpr std::uint32_t boottime = 6;
constexpr std::int64_t latest = 2'000'000'000'000'000'000;  // so that sums of two fit

struct Reading {
  std::uint32_t id = 0;
  std::uint64_t timestamp = 0, multiplier = 1;
  bool is_incremental = false;
  std::uint64_t nanoseconds() const { return timestamp * multiplier; }
};

Reading reading(protozero::pbf_message<InClock> message) {
  Reading out;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(InClock::id, pbf_wire_type::varint): out.id = message.get_uint32(); break;
      case tag_and_type(InClock::timestamp, pbf_wire_type::varint): out.timestamp = message.get_uint64(); break;
      case tag_and_type(InClock::is_incremental, pbf_wire_type::varint): out.is_incremental = message.get_bool(); break;
      case tag_and_type(InClock::unit_multiplier, pbf_wire_type::varint): out.multiplier = message.get_uint64(); break;
      default: message.skip();
    }
  }
  return out;
}

}  // namespace

// Numbers from 64 to 127 are clocks of one sequence.
std::pair<std::uint32_t, std::uint32_t> Clocks::key(std::uint32_t sequence, std::uint32_t clock) {
  return {clock >= 64 && clock < 128 ? sequence : 0, clock};
}

void Clocks::snapshot(std::uint32_t sequence, protozero::pbf_message<InSnapshot> message) {
  std::vector<Reading> readings;
  std::uint32_t primary = boottime;
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(InSnapshot::clocks, pbf_wire_type::length_delimited):
        readings.push_back(reading(message.get_message()));
        break;
      case tag_and_type(InSnapshot::primary, pbf_wire_type::varint): primary = message.get_uint32(); break;
      default: message.skip();
    }
  }
  // The moment of the snapshot, by the trace's clock.
  std::optional<std::uint64_t> now;
  for (const Reading& r : readings)
    if (r.id == primary) now = r.nanoseconds();
  for (const Reading& r : readings)
    if (const auto known = clocks_.find(key(sequence, r.id)); !now && known != clocks_.end() && !r.is_incremental)
      now = r.nanoseconds() + known->second.offset;
  for (const Reading& r : readings)
    clocks_[key(sequence, r.id)] = {now.value_or(r.nanoseconds()) - r.nanoseconds(), r.multiplier, r.is_incremental,
                                    r.nanoseconds()};
}

std::optional<std::int64_t> Clocks::time(std::uint32_t sequence, std::uint32_t clock, std::uint64_t timestamp) {
  std::uint64_t out = timestamp;
  if (const auto known = clocks_.find(key(sequence, clock ? clock : boottime)); known != clocks_.end()) {
    Clock& c = known->second;
    out *= c.multiplier;
    if (c.is_incremental) out = c.last += out;
    out += c.offset;
  }
  if (out > static_cast<std::uint64_t>(latest)) return std::nullopt;
  return static_cast<std::int64_t>(out);
}

}  // namespace awaitscope::pftrace
