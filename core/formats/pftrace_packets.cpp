#include "core/formats/pftrace_packets.h"

#include "core/formats/sha256.h"

namespace awaitscope::pftrace {
namespace {

template <class Field>
using Builder = protozero::pbf_builder<Field>;

// All of a trace is one sequence; 0 would say that the packet belongs to none.
constexpr std::uint32_t sequence = 1;

void add(Builder<InTrack>& message, InTrack field, const std::string& content) { message.add_message(field, content); }

}  // namespace

std::uint32_t Interned::number(std::string_view text) {
  const auto [known, is_new] = numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(numbers_.size() + 1));
  if (is_new) {
    texts_.push_back(&known->first);
    defined_.push_back(false);
  }
  return known->second;
}

void Packets::define(InInterned field, std::uint32_t number, std::string_view name) {
  std::string entry;
  Builder<InEntry> message(entry);
  message.add_uint64(InEntry::iid, number);
  message.add_string(InEntry::name, name.data(), name.size());
  Builder<InInterned>(interned_).add_message(field, entry);
}

template <class Message>
void Packets::finish(InPacket field, const Message& message, std::int64_t time) {
  packet_.clear();
  Builder<InPacket> packet(packet_);
  if (time >= 0) packet.add_uint64(InPacket::timestamp, static_cast<std::uint64_t>(time));
  packet.add_uint32(InPacket::sequence_id, sequence);
  packet.add_uint32(InPacket::sequence_flags, first_ ? state_cleared : needs_state);
  if (first_) packet.add_bool(InPacket::first_on_sequence, true);
  first_ = false;
  if (!interned_.empty()) packet.add_message(InPacket::interned_data, interned_);
  interned_.clear();
  packet.add_message(field, message);
  Builder<InTrace>(out_).add_message(InTrace::packet, packet_);
}

void Packets::put(const Track& track) {
  message_.clear();
  Builder<InTrack> message(message_);
  message.add_uint64(InTrack::uuid, track.uuid);
  if (track.parent) message.add_uint64(InTrack::parent_uuid, track.parent);
  message.add_string(InTrack::name, track.name);
  if (!track.description.empty()) message.add_string(InTrack::description, track.description.data(), track.description.size());
  if (track.unit) {
    inner_.clear();
    Builder<InCounter> counter(inner_);
    counter.add_string(InCounter::categories, "resource");
    counter.add_enum(InCounter::unit, unit_count);
    counter.add_string(InCounter::unit_name, track.unit);
    add(message, InTrack::counter, inner_);
  } else {
    message.add_enum(InTrack::child_ordering, ordering_explicit);
  }
  if (track.rank) message.add_int32(InTrack::sibling_order_rank, static_cast<std::int32_t>(track.rank));
  // Viewers would draw tasks of one name as one track.
  message.add_enum(InTrack::sibling_merge_behavior, merge_none);
  finish(InPacket::track_descriptor, message_);
}

void Packets::annotate(Builder<InEvent>& event, std::string_view name, const auto& put_value) {
  const std::uint32_t number = annotations_.number(name);
  if (annotations_.is_new(number)) define(InInterned::annotation_names, number, name);
  inner_.clear();
  Builder<InAnnotation> annotation(inner_);
  annotation.add_uint64(InAnnotation::name_iid, number);
  put_value(annotation);
  event.add_message(InEvent::annotations, inner_);
}

void Packets::put(const TrackEvent& event) {
  message_.clear();
  Builder<InEvent> message(message_);
  message.add_enum(InEvent::type, static_cast<int>(event.type));
  message.add_uint64(InEvent::track_uuid, event.track);
  if (event.category) {
    if (categories.is_new(event.category)) define(InInterned::categories, event.category, categories.text(event.category));
    message.add_uint64(InEvent::category_iids, event.category);
  }
  if (event.name) {
    if (names.is_new(event.name)) define(InInterned::names, event.name, names.text(event.name));
    message.add_uint64(InEvent::name_iid, event.name);
  }
  if (event.type == EventType::counter) message.add_int64(InEvent::counter_value, event.value);
  if (event.site) {
    if (sites_.size() <= event.site_number) sites_.resize(event.site_number + 1);
    if (!sites_[event.site_number]) {
      sites_[event.site_number] = true;
      inner_.clear();
      Builder<InSite> site(inner_);
      site.add_uint64(InSite::iid, event.site_number);
      site.add_string(InSite::file, event.site->file);
      site.add_uint32(InSite::line, event.site->line);
      Builder<InInterned>(interned_).add_message(InInterned::sites, inner_);
    }
    message.add_uint64(InEvent::site_iid, event.site_number);
  }
  if (event.seq) annotate(message, "seq", [&](auto& a) { a.add_uint64(InAnnotation::uint_value, event.seq); });
  if (event.true_time >= 0)
    annotate(message, "true_ns", [&](auto& a) { a.add_int64(InAnnotation::int_value, event.true_time); });
  if (event.true_length >= 0)
    annotate(message, "true_dur_ns", [&](auto& a) { a.add_int64(InAnnotation::int_value, event.true_length); });
  if (!event.text.empty())
    annotate(message, "text", [&](auto& a) { a.add_string(InAnnotation::string_value, event.text.data(), event.text.size()); });
  if (event.asked_to_stop) annotate(message, "asked_to_stop", [](auto& a) { a.add_bool(InAnnotation::bool_value, true); });
  // Older viewers know the old fields alone, which newer ones may drop.
  for (const std::uint64_t flow : event.flows) {
    message.add_uint64(InEvent::flows_old, flow);
    message.add_fixed64(InEvent::flows, flow);
  }
  for (const std::uint64_t flow : event.ending_flows) {
    message.add_uint64(InEvent::terminating_flows_old, flow);
    message.add_fixed64(InEvent::terminating_flows, flow);
  }
  finish(InPacket::track_event, message_, event.time);
}

void Packets::put_own_block(std::string_view native) {
  message_.clear();
  Builder<InOwn> message(message_);
  message.add_uint32(InOwn::version, 1);
  message.add_string(InOwn::sha256, sha256(out_));
  message.add_bytes(InOwn::native, native.data(), native.size());
  finish(InPacket::awaitscope, message_);
}

}  // namespace awaitscope::pftrace
