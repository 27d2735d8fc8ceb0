// Which format a file is in: decided by its content, never by its name.
#include "core/formats/format.h"

#include <fmt/format.h>

#include "core/formats/files.h"
#include "core/formats/gunzip.h"

namespace awaitscope {
namespace {

// The first bytes of a foreign file, fit for a message.
std::string beginning(std::string_view bytes) {
  std::string out;
  for (const char c : bytes.substr(0, 12)) {
    if (c >= ' ' && c <= '~') out += c;
    else out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  return out;
}

}  // namespace

std::string accepted() {
  std::string out;
  for (const Format& format : all_formats())
    if (format.read) out += (out.empty() ? "" : ", ") + format.extension;
  return out;
}

Result<Loaded> read_trace(std::string_view bytes, const std::string& name, Reading* reading) {
  if (bytes.empty()) return Error{fmt::format("{}: is empty; a trace would be accepted: {}", name, accepted())};
  if (is_gzip(bytes)) {
    const Result<std::string> content = gunzip(bytes);
    if (!content) return Error{fmt::format("{}: {}", name, content.error())};
    if (is_gzip(*content)) return Error{fmt::format("{}: is compressed twice", name)};
    return read_trace(*content, name + " (decompressed)", reading);
  }
  const std::string_view head = bytes.substr(0, 4096);
  const Format* best = nullptr;
  int score = 0;
  for (const Format& format : all_formats()) {
    const int its = format.sniff && format.read ? format.sniff(head) : 0;
    if (its > score) best = &format, score = its;
  }
  if (!best)
    return Error{
        fmt::format("{}: is no trace: begins with \"{}\" at offset 0; accepted are {}", name, beginning(bytes), accepted())};
  Result<Loaded> loaded = best->read(bytes, reading);
  if (reading && reading->stopped()) return Error{fmt::format("{}: was not read to its end", name)};
  if (!loaded) return Error{fmt::format("{}: {}", name, loaded.error())};
  return loaded;
}

Result<Loaded> load_trace(const std::string& path, Reading* reading) {
  Result<std::string> bytes = read_file(path, reading);
  if (!bytes) return Error{fmt::format("{}; a trace would be accepted: {}", bytes.error(), accepted())};
  return read_trace(*bytes, path, reading);
}

}  // namespace awaitscope
