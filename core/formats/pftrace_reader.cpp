#include "core/formats/pftrace_reader.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include <protozero/pbf_message.hpp>

#include "core/formats/bytes.h"
#include "core/formats/pftrace_clocks.h"

namespace awaitscope::pftrace {
namespace {

using protozero::pbf_message;
using protozero::pbf_wire_type;
using protozero::tag_and_type;
constexpr auto varint = pbf_wire_type::varint, fixed64 = pbf_wire_type::fixed64, bytes = pbf_wire_type::length_delimited;

std::string_view view(const protozero::data_view& data) { return {data.data(), data.size()}; }
template <class Field>
std::string text(pbf_message<Field>& message) {
  return std::string(view(message.get_view()));
}

using Strings = std::unordered_map<std::uint64_t, std::string>;
std::string find(const Strings& strings, std::uint64_t iid) {
  const auto known = strings.find(iid);
  return known == strings.end() ? std::string() : known->second;
}

/// What packets of one writer share.
struct Sequence {
  Strings names, categories, annotations, sites;
  std::uint64_t default_track = 0;
  std::uint32_t default_clock = 0;
};

/// A packet's parts; a part that is not there has no data.
struct Packet {
  std::uint32_t sequence = 0, clock = 0, flags = 0;
  std::optional<std::uint64_t> timestamp;
  std::string_view interned, defaults, snapshot, track, thread, event, own;
  bool is_compressed = false;
};
Packet packet_of(std::string_view content) {
  Packet out;
  pbf_message<InPacket> message(content.data(), content.size());
  while (message.next()) {
    switch (message.tag_and_type()) {
      case tag_and_type(InPacket::sequence_id, varint): out.sequence = message.get_uint32(); break;
      case tag_and_type(InPacket::timestamp, varint): out.timestamp = message.get_uint64(); break;
      case tag_and_type(InPacket::timestamp_clock_id, varint): out.clock = message.get_uint32(); break;
      case tag_and_type(InPacket::sequence_flags, varint): out.flags |= message.get_uint32(); break;
      case tag_and_type(InPacket::incremental_state_cleared, varint):
        if (message.get_bool()) out.flags |= state_cleared;
        break;
      case tag_and_type(InPacket::interned_data, bytes): out.interned = view(message.get_view()); break;
      case tag_and_type(InPacket::defaults, bytes): out.defaults = view(message.get_view()); break;
      case tag_and_type(InPacket::clock_snapshot, bytes): out.snapshot = view(message.get_view()); break;
      case tag_and_type(InPacket::track_descriptor, bytes): out.track = view(message.get_view()); break;
      case tag_and_type(InPacket::thread_descriptor, bytes): out.thread = view(message.get_view()); break;
      case tag_and_type(InPacket::track_event, bytes): out.event = view(message.get_view()); break;
      case tag_and_type(InPacket::awaitscope, bytes): out.own = view(message.get_view()); break;
      case tag_and_type(InPacket::compressed_packets, bytes): out.is_compressed = true, message.skip(); break;
      default: message.skip();
    }
  }
  return out;
}
template <class Field>
pbf_message<Field> message_in(std::string_view content) {
  return pbf_message<Field>(content.data(), content.size());
}

class Reader {
 public:
  explicit Reader(Contents& out) : out_(out) {}

  /// Throws protozero::exception; what was read of the packet before that counts.
  void packet(std::string_view content) {
    const Packet packet = packet_of(content);
    Sequence& sequence = sequences_[packet.sequence];
    if (packet.flags & state_cleared) sequence = {};
    out_.compressed += packet.is_compressed;
    out_.has_own = out_.has_own || packet.own.data();
    if (packet.snapshot.data()) clocks_.snapshot(packet.sequence, message_in<InSnapshot>(packet.snapshot));
    if (packet.defaults.data()) defaults(sequence, message_in<InDefaults>(packet.defaults));
    if (packet.interned.data()) interned(sequence, message_in<InInterned>(packet.interned));
    if (packet.track.data()) track(message_in<InTrack>(packet.track));
    if (packet.thread.data()) {
      // How it was told before there were tracks.
      const Thread thread = thread_of(message_in<InThread>(packet.thread));
      sequence.default_track = (std::uint64_t{1} << 63) | thread.pid << 32 | thread.tid;
      known(sequence.default_track) = thread.info;
    }
    std::optional<std::int64_t> time;
    if (packet.timestamp)
      time = clocks_.time(packet.sequence, packet.clock ? packet.clock : sequence.default_clock, *packet.timestamp);
    if (!packet.event.data()) return;
    if (!time) throw protozero::exception{};
    event(sequence, *time, message_in<InEvent>(packet.event));
  }

 private:
  struct Thread {
    std::uint64_t pid = 0, tid = 0;
    TrackInfo info;
  };

  void defaults(Sequence& sequence, pbf_message<InDefaults> message) {
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InDefaults::timestamp_clock_id, varint): sequence.default_clock = message.get_uint32(); break;
        case tag_and_type(InDefaults::track_event, bytes): {
          pbf_message<InEvent> event = message.get_message();
          while (event.next(InEvent::track_uuid, varint)) sequence.default_track = event.get_uint64();
          break;
        }
        default: message.skip();
      }
    }
  }

  void interned(Sequence& sequence, pbf_message<InInterned> message) {
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InInterned::categories, bytes): entry(sequence.categories, message.get_message()); break;
        case tag_and_type(InInterned::names, bytes): entry(sequence.names, message.get_message()); break;
        case tag_and_type(InInterned::annotation_names, bytes): entry(sequence.annotations, message.get_message()); break;
        case tag_and_type(InInterned::sites, bytes): site(sequence.sites, message.get_message()); break;
        default: message.skip();
      }
    }
  }
  static void entry(Strings& strings, pbf_message<InEntry> message) {
    std::uint64_t iid = 0;
    std::string name;
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InEntry::iid, varint): iid = message.get_uint64(); break;
        case tag_and_type(InEntry::name, bytes): name = text(message); break;
        default: message.skip();
      }
    }
    strings[iid] = std::move(name);
  }
  static void site(Strings& sites, pbf_message<InSite> message) {
    std::uint64_t iid = 0;
    std::string file;
    std::uint32_t line = 0;
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InSite::iid, varint): iid = message.get_uint64(); break;
        case tag_and_type(InSite::file, bytes): file = text(message); break;
        case tag_and_type(InSite::line, varint): line = message.get_uint32(); break;
        default: message.skip();
      }
    }
    sites[iid] = file + ":" + std::to_string(line);
  }

  TrackInfo& known(std::uint64_t uuid) {
    const auto [at, is_new] = out_.tracks.try_emplace(uuid);
    if (is_new) out_.track_order.push_back(uuid);
    return at->second;
  }
  void track(pbf_message<InTrack> message) {
    std::uint64_t uuid = 0;
    TrackInfo info;
    std::string inner;
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InTrack::uuid, varint): uuid = message.get_uint64(); break;
        case tag_and_type(InTrack::parent_uuid, varint): info.parent = message.get_uint64(); break;
        case tag_and_type(InTrack::name, bytes):
        case tag_and_type(InTrack::static_name, bytes): info.name = text(message); break;
        case tag_and_type(InTrack::process, bytes): {
          info.is_process = true;
          pbf_message<InProcess> process = message.get_message();
          while (process.next(InProcess::name, bytes)) inner = text(process);
          break;
        }
        case tag_and_type(InTrack::thread, bytes):
          info.is_thread = true;
          inner = thread_of(message.get_message()).info.name;
          break;
        case tag_and_type(InTrack::counter, bytes): counter(info, message.get_message()); break;
        default: message.skip();
      }
    }
    if (info.name.empty()) info.name = inner;
    known(uuid) = std::move(info);
  }
  static Thread thread_of(pbf_message<InThread> message) {
    Thread out;
    out.info.is_thread = true;
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InThread::pid, varint): out.pid = message.get_uint32() & 0x7fffffffu; break;
        case tag_and_type(InThread::tid, varint): out.tid = message.get_uint32(); break;
        case tag_and_type(InThread::name, bytes): out.info.name = text(message); break;
        default: message.skip();
      }
    }
    if (out.info.name.empty()) out.info.name = "thread " + std::to_string(out.tid);
    return out;
  }
  static void counter(TrackInfo& info, pbf_message<InCounter> message) {
    info.is_counter = true;
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InCounter::categories, bytes): info.category = text(message); break;
        case tag_and_type(InCounter::unit_multiplier, varint): info.multiplier = message.get_int64(); break;
        case tag_and_type(InCounter::is_incremental, varint): info.is_incremental = message.get_bool(); break;
        default: message.skip();
      }
    }
  }

  void event(Sequence& sequence, std::int64_t time, pbf_message<InEvent> message) {
    Raw raw;
    raw.track = sequence.default_track;
    raw.event.time = time;
    const std::size_t flows = out_.flows.size();
    EventType type = EventType::unspecified;
    std::optional<std::int64_t> whole;
    std::optional<double> value;
    std::set<std::pair<std::uint64_t, bool>> seen;  // both the old and the new field of one meaning may be there
    const auto flow = [&](std::uint64_t id, bool is_last) {
      if (seen.emplace(id, is_last).second) out_.flows.push_back({id, out_.events.size(), is_last});
    };
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InEvent::type, varint): type = static_cast<EventType>(message.get_enum()); break;
        case tag_and_type(InEvent::track_uuid, varint): raw.track = message.get_uint64(); break;
        case tag_and_type(InEvent::name_iid, varint): raw.event.name = find(sequence.names, message.get_uint64()); break;
        case tag_and_type(InEvent::name, bytes): raw.event.name = text(message); break;
        case tag_and_type(InEvent::category_iids, varint):
          raw.event.category = find(sequence.categories, message.get_uint64());
          break;
        case tag_and_type(InEvent::categories, bytes): raw.event.category = text(message); break;
        case tag_and_type(InEvent::site_iid, varint): raw.event.site = find(sequence.sites, message.get_uint64()); break;
        case tag_and_type(InEvent::counter_value, varint): whole = message.get_int64(); break;
        case tag_and_type(InEvent::double_counter_value, fixed64): value = message.get_double(); break;
        case tag_and_type(InEvent::annotations, bytes): annotation(sequence, raw, message.get_message()); break;
        case tag_and_type(InEvent::legacy, bytes): legacy(sequence, raw, type, message.get_message()); break;
        case tag_and_type(InEvent::flows_old, varint): flow(message.get_uint64(), false); break;
        case tag_and_type(InEvent::flows, fixed64): flow(message.get_fixed64(), false); break;
        case tag_and_type(InEvent::terminating_flows_old, varint): flow(message.get_uint64(), true); break;
        case tag_and_type(InEvent::terminating_flows, fixed64): flow(message.get_fixed64(), true); break;
        default: message.skip();
      }
    }
    switch (type) {
      case EventType::begin: raw.event.phase = 'B'; break;
      case EventType::end: raw.event.phase = 'E'; break;
      case EventType::instant: raw.event.phase = 'i'; break;
      case EventType::counter: {
        raw.event.phase = 'C';
        TrackInfo& info = known(raw.track);
        if (whole && info.is_incremental)
          whole = info.sum =
              static_cast<std::int64_t>(static_cast<std::uint64_t>(info.sum) + static_cast<std::uint64_t>(*whole));
        if (whole) value = static_cast<double>(*whole);
        if (value) raw.event.values.emplace_back("value", *value * static_cast<double>(info.multiplier));
        break;
      }
      case EventType::unspecified: break;
    }
    if (raw.event.phase) out_.events.push_back(std::move(raw));
    else out_.flows.resize(flows);
  }

  static void annotation(const Sequence& sequence, Raw& raw, pbf_message<InAnnotation> message) {
    std::string name, string;
    std::optional<std::int64_t> number;
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InAnnotation::name_iid, varint): name = find(sequence.annotations, message.get_uint64()); break;
        case tag_and_type(InAnnotation::name, bytes): name = text(message); break;
        case tag_and_type(InAnnotation::uint_value, varint):
        case tag_and_type(InAnnotation::int_value, varint): number = message.get_int64(); break;
        case tag_and_type(InAnnotation::string_value, bytes): string = text(message); break;
        default: message.skip();
      }
    }
    constexpr std::int64_t latest = 2'000'000'000'000'000'000;
    if (name == "seq" && number) raw.is_own = true;
    else if (name == "true_ns" && number) raw.event.true_time = std::clamp(*number, -latest, latest);
    else if (name == "true_dur_ns" && number) raw.event.true_length = std::clamp<std::int64_t>(*number, 0, latest);
    else if (name == "text") raw.event.text = std::move(string);
  }

  /// Chrome writes some of its events in an older form, by the phases of its JSON format.
  void legacy(const Sequence& sequence, Raw& raw, EventType& type, pbf_message<InLegacy> message) {
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InLegacy::name_iid, varint): raw.event.name = find(sequence.names, message.get_uint64()); break;
        case tag_and_type(InLegacy::phase, varint):
          switch (message.get_int32()) {
            case 'B': type = EventType::begin; break;
            case 'E': type = EventType::end; break;
            case 'I':
            case 'i': type = EventType::instant; break;
            default: break;
          }
          break;
        default: message.skip();
      }
    }
  }

  Contents& out_;
  Clocks clocks_;
  std::unordered_map<std::uint32_t, Sequence> sequences_;
};

/// Calls `take(begin, content)` for each packet.  Where that is not possible any more, returns the offset.
template <class Take>
std::optional<std::size_t> each_packet(std::string_view file, const Take& take) {
  ByteReader reader(file);
  while (!reader.done()) {
    const std::size_t begin = reader.at();
    const std::uint64_t tag = reader.varint();
    const std::string_view content = tag == 0x0a ? reader.string() : std::string_view();
    if (!reader.ok() || tag != 0x0a) return begin;
    take(begin, content);
  }
  return std::nullopt;
}

}  // namespace

Contents read_packets(std::string_view file, const Stretch& progress) {
  Contents out;
  Reader reader(out);
  const auto stopped = each_packet(file, [&](std::size_t begin, std::string_view content) {
    ++out.packets;
    if (progress.stops(begin, file.size())) return;
    try {
      reader.packet(content);
    } catch (const protozero::exception&) {
      if (out.unreadable++ == 0) out.first_unreadable = begin;
    }
  });
  out.is_cut = stopped.has_value();
  out.cut_at = stopped.value_or(file.size());
  return out;
}

std::optional<OwnBlock> own_block(std::string_view file) {
  OwnBlock out;
  std::string_view last;
  const auto stopped = each_packet(file, [&](std::size_t begin, std::string_view content) {
    out.before = file.substr(0, begin);
    last = content;
  });
  if (stopped) return std::nullopt;
  try {
    const Packet packet = packet_of(last);
    if (!packet.own.data()) return std::nullopt;
    auto message = message_in<InOwn>(packet.own);
    while (message.next()) {
      switch (message.tag_and_type()) {
        case tag_and_type(InOwn::sha256, bytes): out.sha256 = view(message.get_view()); break;
        case tag_and_type(InOwn::native, bytes): out.native = view(message.get_view()); break;
        default: message.skip();
      }
    }
  } catch (const protozero::exception&) { return std::nullopt; }
  return out;
}

int sniff_packets(std::string_view head) {
  bool is_known = false, is_damaged = false, any = false;
  each_packet(head, [&](std::size_t, std::string_view content) {
    try {
      const Packet packet = packet_of(content);
      any = true;
      is_known = is_known || (!is_damaged && (packet.sequence || packet.timestamp || packet.snapshot.data()));
    } catch (const protozero::exception&) { is_damaged = true; }
  });
  if (is_known) return 55;
  // A first packet that is longer than what is here.
  ByteReader reader(head);
  const bool begins = head.size() == 4096 && reader.varint() == 0x0a && reader.varint() > head.size();
  return begins || (any && !is_damaged) ? 5 : 0;
}

}  // namespace awaitscope::pftrace
