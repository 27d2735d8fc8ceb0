#pragma once
// Reads the events of a Chrome trace.  This is the one place that includes simdjson.
#include "core/formats/chrome_scan.h"
#include "core/formats/import_event.h"

namespace awaitscope::chrome {

/// `text` is what `scan` was made from.
importing::Events read_events(std::string_view text, const Scan& scan, const Stretch& progress = {});

/// Our own block in an export.
struct OwnBlock {
  std::string sha256, native_base64;
};
std::optional<OwnBlock> read_own_block(std::string_view block);

}  // namespace awaitscope::chrome
