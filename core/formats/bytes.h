#pragma once
// Numbers as bytes: little-endian words and varints, written to a string and read back with every bound checked.
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace awaitscope {

inline void put_word(std::string& out, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift);
}
inline void put_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}
inline void put_string(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

/// Small numbers of either sign as small unsigned ones: 0, -1, 1, -2, ... become 0, 1, 2, 3.
inline std::uint64_t zigzag(std::uint64_t difference) { return (difference << 1) ^ (difference >> 63 ? ~std::uint64_t{0} : 0); }
inline std::uint64_t unzigzag(std::uint64_t coded) { return (coded >> 1) ^ (coded & 1 ? ~std::uint64_t{0} : 0); }
/// The difference of two 32-bit numbers, whatever they are, as a signed step.
inline std::uint64_t zigzag_step(std::uint32_t from, std::uint32_t to) {
  return zigzag(static_cast<std::uint64_t>(std::int64_t{std::bit_cast<std::int32_t>(to - from)}));
}

/// Reads from a view.  After the first thing that does not fit, `ok` is false and everything reads as zero.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t at() const { return at_; }
  std::size_t left() const { return bytes_.size() - at_; }
  bool done() const { return ok_ && left() == 0; }
  void fail() {
    ok_ = false;
    at_ = bytes_.size();
  }

  std::uint8_t byte() {
    if (left() == 0) return fail(), 0;
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::uint32_t word() {
    if (left() < 4) return fail(), 0;
    std::uint32_t value = 0;
    for (int shift = 0; shift < 32; shift += 8) value |= std::uint32_t{byte()} << shift;
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint8_t b = byte();
      if (shift == 63 && b > 1) break;  // more than 64 bits
      value |= std::uint64_t{b & 0x7fu} << shift;
      if (b < 0x80) return ok_ ? value : 0;
    }
    return fail(), 0;
  }
  /// A varint that must fit 32 bits.
  std::uint32_t number() {
    const std::uint64_t value = varint();
    if (value > 0xffffffffu) return fail(), 0;
    return static_cast<std::uint32_t>(value);
  }
  /// How many things follow, each at least `least` bytes long: more than the rest can hold is an error.
  std::uint64_t count(std::size_t least) {
    const std::uint64_t value = varint();
    if (value > left() / least) return fail(), 0;
    return value;
  }
  std::string_view string() {
    const std::uint64_t size = varint();
    if (size > left()) return fail(), std::string_view{};
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace awaitscope
