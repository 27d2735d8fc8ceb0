#pragma once
// The frame of an .awtrace file: a magic with the version, then chunks that each carry their own checksum.
//
//   file    = magic (8 bytes) version (4 bytes, little endian) chunk*
//   chunk   = type (1 byte) length (4) crc32 (4, of type, length and payload) payload
//
// Types, capital ones being needed to read on and small ones being safe to skip:
//   'H' header   what the trace says about itself; a later one replaces an earlier one
//   'N' names    the numbers that kinds and enumerators have in this file, each defined before its first use
//   'T' texts    'P' places   'E' events   'Z' end: how many events there are
// A file that ends without 'Z' was cut off.  Everything before the first chunk that is damaged counts, nothing after it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace awaitscope::native {

inline constexpr std::string_view magic =
    "\x89"
    "AWT\r\n\x1a\n";
inline constexpr std::uint32_t version = 1;
inline constexpr std::uint32_t notes_version = 1;  ///< of the payload of chunk n
inline constexpr std::size_t prefix_size = 12;     ///< magic and version
inline constexpr std::size_t frame_size = 9;       ///< type, length, checksum

/// Adds one chunk to `out`.
void put_chunk(std::string& out, char type, std::string_view payload);

struct ChunkView {
  char type = 0;
  std::string_view payload;
  std::size_t next = 0;  ///< where the next chunk begins
};
/// The chunk at `offset`; nothing where it is cut off or its checksum does not fit.
std::optional<ChunkView> chunk_at(std::string_view file, std::size_t offset);

}  // namespace awaitscope::native
