#pragma once
// The clocks of a Perfetto trace: which moment of the trace a packet's timestamp means.
#include <cstdint>
#include <map>
#include <optional>

#include <protozero/pbf_message.hpp>

#include "core/formats/pftrace_fields.h"

namespace awaitscope::pftrace {

class Clocks {
 public:
  /// Takes in a snapshot: what several clocks showed at one moment.  Throws protozero::exception.
  void snapshot(std::uint32_t sequence, protozero::pbf_message<InSnapshot> message);
  /// Nanoseconds of the trace's own clock, the one that snapshots name or else BOOTTIME.  Without a snapshot of `clock` its
  /// time is taken as it is.  Nothing where it is out of range.  Clocks may count from packet to packet, so each packet must
  /// be asked about once, in order.
  std::optional<std::int64_t> time(std::uint32_t sequence, std::uint32_t clock, std::uint64_t timestamp);

 private:
  struct Clock {
    std::uint64_t offset = 0;  ///< to be added, modulo 2^64
    std::uint64_t multiplier = 1;
    bool is_incremental = false;
    std::uint64_t last = 0;  ///< of an incremental one, in nanoseconds
  };
  static std::pair<std::uint32_t, std::uint32_t> key(std::uint32_t sequence, std::uint32_t clock);

  std::map<std::pair<std::uint32_t, std::uint32_t>, Clock> clocks_;  ///< sequence (0: all), number
};

}  // namespace awaitscope::pftrace
