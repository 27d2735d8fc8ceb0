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
  // Large ones fast: traces as text shrink to a tenth at any level.
  const int level = bytes.size() > 4'000'000 ? 2 : 6;
  if (deflateInit2(&stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
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

Status ZipWriter::add(const std::string& name, std::string_view bytes) {
  constexpr std::uint32_t first_day = (1 << 5) | 1;  // 1980-01-01, the zero of the format
  if (!harmless_name(name)) return Error{"a zip archive takes plain relative names"};
  if (members_ == 0xffff || bytes.size() > largest) return Error{"a zip archive takes 65,535 files of 4 GB at most"};
  const std::string packed = deflated(bytes);
  const bool stored = packed.empty() || packed.size() >= bytes.size();
  const std::string_view content = stored ? bytes : std::string_view(packed);
  if (out_.size() + content.size() > largest) return Error{"a zip archive takes 4 GB at most"};
  const auto offset = static_cast<std::uint32_t>(out_.size());
  std::string common;  // the part that both headers have
  put(common, 20, 2);
  put(common, 0, 2);
  put(common, stored ? 0 : 8, 2);
  put(common, 0, 2);
  put(common, first_day, 2);
  put(common, static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size())), 4);
  put(common, static_cast<std::uint32_t>(content.size()), 4);
  put(common, static_cast<std::uint32_t>(bytes.size()), 4);
  put(common, static_cast<std::uint32_t>(name.size()), 2);
  put(common, 0, 2);
  put(out_, 0x04034b50, 4);
  out_.append(common).append(name).append(content);
  put(directory_, 0x02014b50, 4);
  put(directory_, 20, 2);
  directory_ += common;
  put(directory_, 0, 2);
  put(directory_, 0, 2);
  put(directory_, 0, 2);
  put(directory_, 0, 4);
  put(directory_, offset, 4);
  directory_ += name;
  ++members_;
  return Done{};
}

Result<std::string> ZipWriter::finish() {
  if (out_.size() + directory_.size() > largest) return Error{"a zip archive takes 4 GB at most"};
  const auto start = static_cast<std::uint32_t>(out_.size());
  out_ += directory_;
  put(out_, 0x06054b50, 4);
  put(out_, 0, 4);
  put(out_, members_, 2);
  put(out_, members_, 2);
  put(out_, static_cast<std::uint32_t>(directory_.size()), 4);
  put(out_, start, 4);
  put(out_, 0, 2);
  return std::move(out_);
}

}  // namespace awaitscope
