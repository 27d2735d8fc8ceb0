#include "core/formats/gunzip.h"

#include <algorithm>

#include <fmt/format.h>
#include <zlib.h>

namespace awaitscope {
namespace {

constexpr std::size_t largest = std::size_t{2} << 30;  // a small file can claim to be anything

}  // namespace

Result<std::string> gunzip(std::string_view bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) return Error{"zlib does not start"};
  std::string out, piece(std::size_t{1} << 20, '\0');
  std::string_view rest = bytes;
  std::string problem;
  for (;;) {
    const std::size_t give = std::min<std::size_t>(rest.size(), 1u << 30);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));
    stream.avail_in = static_cast<uInt>(give);
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    const int state = inflate(&stream, Z_NO_FLUSH);
    rest.remove_prefix(give - stream.avail_in);
    out.append(piece, 0, piece.size() - stream.avail_out);
    const std::size_t offset = bytes.size() - rest.size();
    if (out.size() > largest) problem = fmt::format("its compressed content is larger than {} GB", largest >> 30);
    else if (state == Z_STREAM_END && !is_gzip(rest)) break;
    else if (state == Z_STREAM_END) inflateReset(&stream);
    else if (state != Z_OK && state != Z_BUF_ERROR)
      problem = fmt::format("its compressed content is damaged at offset {}", offset);
    else if (rest.empty() && stream.avail_out > 0) break;  // cut off: whoever reads the content will say so
    if (!problem.empty()) break;
  }
  inflateEnd(&stream);
  if (!problem.empty()) return Error{problem};
  return out;
}

}  // namespace awaitscope
