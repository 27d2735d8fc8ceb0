#pragma once
// How events lie in an 'E' chunk: each is a kind, a mask of the fields that are not as expected, and those fields.
//
// What is expected: the time and task of the event before; no cause; and the site and fields of the last event of the same
// kind.  The expectations start at zero in every chunk, so a chunk can be read without those before it.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/bytes.h"
#include "core/trace/trace.h"

namespace awaitscope::native {

/// Times of a file lie from 0 to here (146 years), so that no sum of two of them overflows.
inline constexpr std::int64_t latest = std::int64_t{1} << 62;

/// What a field of the next event is expected to be.
struct Expected {
  std::uint32_t site = 0, a = 0, b = 0, d = 0;
  std::uint64_t ahead = 0;  ///< of a 64-bit time: how far it lay from the event's own time
  std::uint8_t c = 0;
};
/// What writer and reader of one chunk both know.
struct Expectations {
  std::int64_t time = 0;
  std::uint32_t task = 0;
  std::array<Expected, 256> kinds;  ///< by the kind's number in the file
};

/// Adds one event to a chunk's payload.
void put_event(std::string& out, const Event& event, std::uint8_t kind_number, Expectations& expected);
/// The rest of an event whose number of kind was just read.  `reader.ok()` says whether it could be read.
Record read_event(ByteReader& reader, Kind kind, std::uint8_t kind_number, Seq seq, Expectations& expected);

/// The numbers that kinds have in one file: dense, in order of first use, so that the vocabulary can grow anywhere.
class KindNumbers {
 public:
  /// The kind's number.  Definitions that become due are added to the names payload `names`.
  std::uint8_t number(const Event& event, std::string& names);

 private:
  std::array<std::uint8_t, kind_count> numbers_{};  ///< plus 1
  std::array<std::array<bool, 256>, kind_count> named_{};
  std::uint8_t used_ = 0;
};

/// The reader's half: what the numbers in a file stand for here.
class KindMeanings {
 public:
  /// Reads a names payload; false where it makes no sense.
  bool read(std::string_view payload);
  struct Meaning {
    std::string name;
    std::optional<Kind> kind;              ///< nothing: a newer version's
    std::array<std::uint8_t, 256> values;  ///< of field c, from the file's numbers to ours
  };
  const Meaning* of(std::uint8_t number) const { return number < meanings_.size() ? &meanings_[number] : nullptr; }

 private:
  std::vector<Meaning> meanings_;
};

}  // namespace awaitscope::native
