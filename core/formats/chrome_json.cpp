// Chrome trace JSON: what Perfetto, chrome://tracing and most other viewers open.  Our own exports carry the native trace
// behind the events, so that opening one here loses nothing; of other files the events themselves are imported.
#include <fmt/format.h>

#include "core/formats/awtrace_chunks.h"
#include "core/formats/awtrace_writer.h"
#include "core/formats/base64.h"
#include "core/formats/chrome_reader.h"
#include "core/formats/chrome_writer.h"
#include "core/formats/format.h"
#include "core/formats/import_events.h"
#include "core/formats/sha256.h"

namespace awaitscope::formats {
namespace {

int sniff(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return 0;
  head.remove_prefix(begin);
  if (head[0] == '{') return head.find("\"traceEvents\"") != std::string_view::npos ? 70 : 20;
  if (head[0] == '[') return head.find("\"ph\"") != std::string_view::npos ? 60 : 10;
  return 0;
}

Result<Loaded> read(std::string_view bytes, Reading* reading) {
  const chrome::Scan scan = chrome::scan(bytes, {reading, 0, 0.2});
  if (!scan.problem.empty())
    return Error{fmt::format("is JSON but no Chrome trace: {}; accepted is {{\"traceEvents\":[...]}} or an array of events",
                             scan.problem)};
  std::string notice;
  if (!scan.awaitscope.empty()) {
    const std::optional<chrome::OwnBlock> own = chrome::read_own_block(scan.awaitscope);
    const std::optional<std::string> native = own ? from_base64(own->native_base64) : std::nullopt;
    if (!native || !native->starts_with(native::magic)) {
      notice = "its own trace inside is damaged: the events that other viewers show were imported instead";
    } else if (own->sha256 != sha256(scan.trace_events)) {
      notice =
          "was edited after it was exported (the hash of its events does not fit): the events as they are now were imported";
    } else {
      return read_trace(*native, "the trace inside", reading);
    }
  }
  importing::Events events = chrome::read_events(bytes, scan, {reading, 0.2, 0.8});
  if (reading && reading->stopped()) return Loaded{};
  if (events.events.empty() && events.unreadable > 0)
    return Error{fmt::format(
        "none of its {} trace events can be read, the first at offset {}; accepted are objects with \"ph\" and \"ts\"",
        events.unreadable, events.first_unreadable)};
  Loaded imported = importing::import_events(std::move(events), "imported from Chrome JSON");
  if (scan.cut)
    imported.notices.insert(imported.notices.begin(),
                            fmt::format("cut off at offset {}: what stands before it was imported", scan.stopped_at));
  if (!notice.empty()) imported.notices.insert(imported.notices.begin(), notice);
  return imported;
}

Status write(const Trace& trace, std::string& out) {
  out = "{\"traceEvents\":";
  const std::string events = chrome::trace_events(trace, history_of(trace));
  out += events;
  out += fmt::format(",\n\"awaitscope\":{{\"version\":1,\"sha256\":\"{}\",\"native_b64\":\"", sha256(events));
  out += to_base64(AwtraceWriter().finish(trace));
  out += "\"}}\n";
  return Done{};
}

}  // namespace

Format chrome_json();
Format chrome_json() {
  return {"chrome-json", ".trace.json", "opens in Perfetto, chrome://tracing, DevTools, speedscope and others",
          sniff,         read,          write};
}

}  // namespace awaitscope::formats
