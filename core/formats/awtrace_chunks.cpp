#include "core/formats/awtrace_chunks.h"

#include <zlib.h>

#include "core/formats/bytes.h"

namespace awaitscope::native {
namespace {

// The checksum covers type and length too, so that a flipped bit there cannot send the reader astray.
std::uint32_t checksum(std::string_view type_and_length, std::string_view payload) {
  uLong crc = crc32(0, reinterpret_cast<const Bytef*>(type_and_length.data()), static_cast<uInt>(type_and_length.size()));
  if (!payload.empty()) crc = crc32(crc, reinterpret_cast<const Bytef*>(payload.data()), static_cast<uInt>(payload.size()));
  return static_cast<std::uint32_t>(crc);
}

}  // namespace

void put_chunk(std::string& out, char type, std::string_view payload) {
  const std::size_t begin = out.size();
  out += type;
  put_word(out, static_cast<std::uint32_t>(payload.size()));
  put_word(out, checksum(std::string_view(out).substr(begin, 5), payload));
  out += payload;
}

std::optional<ChunkView> chunk_at(std::string_view file, std::size_t offset) {
  if (offset > file.size() || file.size() - offset < frame_size) return std::nullopt;
  ByteReader reader(file.substr(offset));
  ChunkView chunk;
  chunk.type = static_cast<char>(reader.byte());
  const std::uint32_t length = reader.word();
  const std::uint32_t crc = reader.word();
  if (length > reader.left()) return std::nullopt;
  chunk.payload = file.substr(offset + frame_size, length);
  if (checksum(file.substr(offset, 5), chunk.payload) != crc) return std::nullopt;
  chunk.next = offset + frame_size + length;
  return chunk;
}

}  // namespace awaitscope::native
