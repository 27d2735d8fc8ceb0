#pragma once
// Perfetto's packets, one after another: what is common to all of them, and the names that they share.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <protozero/pbf_builder.hpp>

#include "core/formats/pftrace_fields.h"
#include "core/trace/trace.h"

namespace awaitscope::pftrace {

/// Strings by number, from 1; each is defined in the packet that uses it first.
class Interned {
 public:
  /// The number of a string that may not be written yet.
  std::uint32_t number(std::string_view text);
  /// True the first time: the packet at hand must define it.
  bool is_new(std::uint32_t number) {
    const bool first = !defined_[number - 1];
    defined_[number - 1] = true;
    return first;
  }
  const std::string& text(std::uint32_t number) const { return *texts_[number - 1]; }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<const std::string*> texts_;  ///< keys of the map
  std::vector<bool> defined_;
};

/// What is said of a track.
struct Track {
  std::uint64_t uuid = 0, parent = 0;
  std::string name;
  std::uint32_t rank = 0;      ///< among its siblings
  const char* unit = nullptr;  ///< a counter's
  std::string_view description = {};
};

/// An event of a track; what is 0 or empty is left out.
struct TrackEvent {
  EventType type = EventType::unspecified;
  std::uint64_t track = 0;
  std::int64_t time = 0;
  std::uint32_t name = 0, category = 0;  ///< numbers in `names` and `categories`
  const Site* site = nullptr;
  std::uint32_t site_number = 0;
  std::int64_t value = 0;  ///< a counter's
  Seq seq = 0;
  std::int64_t true_time = -1, true_length = -1;  ///< negative: not said
  std::string_view text;
  bool asked_to_stop = false;
  std::vector<std::uint64_t> flows, ending_flows;
};

class Packets {
 public:
  Interned names, categories;

  void put(const Track& track);
  void put(const TrackEvent& event);
  /// The last packet: the native file, and a hash of all that stands before.
  void put_own_block(std::string_view native);
  std::string take() { return std::move(out_); }

 private:
  template <class Message>
  void finish(InPacket field, const Message& message, std::int64_t time = -1);
  void define(InInterned field, std::uint32_t number, std::string_view name);
  void annotate(protozero::pbf_builder<InEvent>& event, std::string_view name, const auto& put_value);

  Interned annotations_;
  std::vector<bool> sites_;  ///< defined, by number
  std::string out_, packet_, message_, inner_, interned_;
  bool first_ = true;
};

}  // namespace awaitscope::pftrace
