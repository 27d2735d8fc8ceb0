#pragma once
// Reads the packets of a Perfetto trace as plain values.  Whatever is in the file, it throws nothing.
#include <map>
#include <string_view>
#include <vector>

#include "core/formats/import_event.h"
#include "core/formats/pftrace_fields.h"
#include "core/formats/reading.h"

namespace awaitscope::pftrace {

/// What the file says of a track.
struct TrackInfo {
  std::string name;
  std::uint64_t parent = 0;
  bool is_process = false, is_thread = false, is_counter = false;
  std::string category;         ///< a counter's
  std::int64_t multiplier = 1;  ///< of its values
  bool is_incremental = false;  ///< its values are steps
  std::int64_t sum = 0;         ///< of an incremental one, so far
};
/// An event: `event.phase` is B, E, i or C; pid and tid are still to be filled in.
struct Raw {
  importing::TraceEvent event;
  std::uint64_t track = 0;
  bool is_own = false;  ///< of an export of ours: it has the number of an event
};
/// An arrow's number at an event.
struct FlowEnd {
  std::uint64_t flow = 0;
  std::size_t raw = 0;  ///< index of the event
  bool is_last = false;
};

struct Contents {
  std::map<std::uint64_t, TrackInfo> tracks;
  std::vector<std::uint64_t> track_order;  ///< as they are described
  std::vector<Raw> events;
  std::vector<FlowEnd> flows;
  std::size_t packets = 0, unreadable = 0, compressed = 0;
  std::size_t first_unreadable = 0;  ///< offsets in the file
  std::size_t cut_at = 0;
  bool is_cut = false;
  bool has_own = false;  ///< our own block, wherever it stands
};
Contents read_packets(std::string_view bytes, const Stretch& progress = {});

/// Our own block, where it is the last packet.
struct OwnBlock {
  std::string_view sha256, native;
  std::string_view before;  ///< the file up to its packet
};
/// Nothing where there is none, or where it is damaged.
std::optional<OwnBlock> own_block(std::string_view file);

/// Whether `head` begins with packets: 0 no, higher is surer.
int sniff_packets(std::string_view head);

}  // namespace awaitscope::pftrace
