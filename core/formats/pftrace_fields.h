#pragma once
// The fields of Perfetto's protobuf messages that we write or read: protos/perfetto/trace in github.com/google/perfetto.
#include <protozero/types.hpp>

namespace awaitscope::pftrace {

enum class InTrace : protozero::pbf_tag_type { packet = 1 };

enum class InPacket : protozero::pbf_tag_type {
  clock_snapshot = 6,
  timestamp = 8,
  sequence_id = 10,  ///< trusted_packet_sequence_id
  track_event = 11,
  interned_data = 12,
  sequence_flags = 13,
  incremental_state_cleared = 41,
  thread_descriptor = 44,
  compressed_packets = 50,
  timestamp_clock_id = 58,
  defaults = 59,
  track_descriptor = 60,
  first_on_sequence = 87,
  awaitscope = 1999,  ///< the last number of the range that is set aside for extensions
};
inline constexpr unsigned state_cleared = 1, needs_state = 2;  ///< sequence_flags

enum class InTrack : protozero::pbf_tag_type {
  uuid = 1,
  name = 2,
  process = 3,
  thread = 4,
  parent_uuid = 5,
  counter = 8,
  static_name = 10,
  child_ordering = 11,
  sibling_order_rank = 12,
  description = 14,
  sibling_merge_behavior = 15,
};
inline constexpr int ordering_explicit = 3, merge_none = 2;

enum class InProcess : protozero::pbf_tag_type { pid = 1, name = 6 };
enum class InThread : protozero::pbf_tag_type { pid = 1, tid = 2, name = 5 };
enum class InCounter : protozero::pbf_tag_type {
  categories = 2,
  unit = 3,
  unit_multiplier = 4,
  is_incremental = 5,
  unit_name = 6,
};
inline constexpr int unit_count = 2;

enum class InEvent : protozero::pbf_tag_type {
  category_iids = 3,
  annotations = 4,
  legacy = 6,
  type = 9,
  name_iid = 10,
  track_uuid = 11,
  categories = 22,
  name = 23,
  counter_value = 30,
  site_iid = 34,  ///< source_location_iid
  flows_old = 36,
  terminating_flows_old = 42,
  double_counter_value = 44,
  flows = 47,
  terminating_flows = 48,
};
enum class EventType : int { unspecified = 0, begin = 1, end = 2, instant = 3, counter = 4 };

enum class InLegacy : protozero::pbf_tag_type { name_iid = 1, phase = 2, duration_us = 3 };

enum class InAnnotation : protozero::pbf_tag_type {
  name_iid = 1,
  bool_value = 2,
  uint_value = 3,
  int_value = 4,
  string_value = 6,
  name = 10,
};

enum class InInterned : protozero::pbf_tag_type { categories = 1, names = 2, annotation_names = 3, sites = 4 };
enum class InEntry : protozero::pbf_tag_type { iid = 1, name = 2 };
enum class InSite : protozero::pbf_tag_type { iid = 1, file = 2, line = 4 };

enum class InDefaults : protozero::pbf_tag_type { track_event = 11, timestamp_clock_id = 58 };
enum class InSnapshot : protozero::pbf_tag_type { clocks = 1, primary = 2 };
enum class InClock : protozero::pbf_tag_type { id = 1, timestamp = 2, is_incremental = 3, unit_multiplier = 4 };

/// Our own block, the content of field 1999.
enum class InOwn : protozero::pbf_tag_type { version = 1, sha256 = 2, native = 3 };

/// Tracks of our exports.
inline constexpr std::uint64_t run_track = 1, loop_track = 2, resources_track = 3;
inline constexpr std::uint64_t task_track(std::uint32_t task) { return 2 * std::uint64_t{task} + 2; }
inline constexpr std::uint64_t awaits_track(std::uint32_t task) { return 2 * std::uint64_t{task} + 3; }

/// Flows have no names, so the number of an arrow says what it is: 4 times a count and 1, 2, 3 for spawn, wake and cancel.
inline constexpr std::uint64_t flow_id(std::uint64_t count, int type) {
  return 4 * count + static_cast<std::uint64_t>(type) + 1;
}

}  // namespace awaitscope::pftrace
