#pragma once
// The interface of a trace format.  A format is one file in core/formats with one descriptor function named after the file.
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/formats/reading.h"
#include "core/trace/trace.h"

namespace awaitscope {

/// What a reader made of a file.
struct Loaded {
  Trace trace;
  std::vector<std::string> notices;  ///< one line each: a torn tail, a hash that does not fit
};

struct Format {
  std::string id;         ///< "awtrace"
  std::string extension;  ///< ".awtrace", the longest known suffix decides
  std::string summary;
  /// 0: not mine; higher is surer.  Formats are recognised by content, never by name.
  int (*sniff)(std::string_view head) = nullptr;
  /// null: write only.  `reading`, where there is one, is told how far it is, and may end it early.
  Result<Loaded> (*read)(std::string_view bytes, Reading* reading) = nullptr;
  Status (*write)(const Trace& trace, std::string& out) = nullptr;  ///< null: read only
};

/// Every format of core/formats; built from the file names.
const std::vector<Format>& all_formats();

/// The endings of the formats that can be read: ".awtrace, .trace.json, .txt".
std::string accepted();
/// Reads a file of any known format.  The error names the file and says what would be accepted, or that it was stopped.
Result<Loaded> load_trace(const std::string& path, Reading* reading = nullptr);
/// Reads bytes of any known format; `name` is for the error only.
Result<Loaded> read_trace(std::string_view bytes, const std::string& name, Reading* reading = nullptr);
/// Writes to a temporary file beside `path` and renames it: nothing half-written ever stands there.
/// A new file gets the permissions `mode`, less the umask; one that was there keeps its own.
Status write_file(const std::string& path, std::string_view bytes, unsigned mode = 0666);

}  // namespace awaitscope
