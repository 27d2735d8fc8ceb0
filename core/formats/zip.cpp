#include "core/formats/zip.h"

#include <algorithm>
#include <cstdint>

#include <zlib.h>

namespace awaitscope {
namespace {

constexpr std::size_t largest = 0xfffffffe;

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

/// Raw deflate; empty where zlib cannot.
std::string deflated(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(ended == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

/// No path of a member leads out of the folder that it is unpacked into.
bool harmless_name(const std::string& name) {
  if (name.empty() || name.size() > 200 || name.front() == '/' || name.find("..") != std::string::npos) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
           c == '/';
  });
}

}  // namespace

Result<std::string> zip(const std::vector<ZipMember>& members) {
  constexpr std::uint32_t first_day = (1 << 5) | 1;  // 1980-01-01, the zero of the format
  std::string out, directory;
  for (const ZipMember& member : members) {
    if (!harmless_name(member.name)) return Error{"a zip archive takes plain relative names"};
    if (member.bytes.size() > largest || out.size() > largest) return Error{"a zip archive takes 4 GB at most"};
    const std::string packed = deflated(member.bytes);
    const bool stored = packed.empty() || packed.size() >= member.bytes.size();
    const std::string_view content = stored ? member.bytes : std::string_view(packed);
    const auto offset = static_cast<std::uint32_t>(out.size());
    std::string common;  // the part that both headers have
    put(common, 20, 2);
    put(common, 0, 2);
    put(common, stored ? 0 : 8, 2);
    put(common, 0, 2);
    put(common, first_day, 2);
    put(common,
        static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(member.bytes.data()), member.bytes.size())), 4);
    put(common, static_cast<std::uint32_t>(content.size()), 4);
    put(common, static_cast<std::uint32_t>(member.bytes.size()), 4);
    put(common, static_cast<std::uint32_t>(member.name.size()), 2);
    put(common, 0, 2);
    put(out, 0x04034b50, 4);
    out += common;
    out += member.name;
    out += content;
    put(directory, 0x02014b50, 4);
    put(directory, 20, 2);
    directory += common;
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 2);
    put(directory, 0, 4);
    put(directory, offset, 4);
    directory += member.name;
  }
  if (out.size() > largest - directory.size()) return Error{"a zip archive takes 4 GB at most"};
  const auto start = static_cast<std::uint32_t>(out.size());
  out += directory;
  put(out, 0x06054b50, 4);
  put(out, 0, 4);
  put(out, static_cast<std::uint32_t>(members.size()), 2);
  put(out, static_cast<std::uint32_t>(members.size()), 2);
  put(out, static_cast<std::uint32_t>(directory.size()), 4);
  put(out, start, 4);
  put(out, 0, 2);
  return out;
}

}  // namespace awaitscope
