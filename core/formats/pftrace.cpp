// Perfetto's own format.  Our exports carry the native trace in their last packet, so that opening one here loses nothing; of
// other files the events themselves are imported.
#include <fmt/format.h>

#include "core/formats/awtrace_writer.h"
#include "core/formats/awtrace_chunks.h"
#include "core/formats/format.h"
#include "core/formats/import_events.h"
#include "core/formats/pftrace_import.h"
#include "core/formats/pftrace_writer.h"
#include "core/formats/sha256.h"

namespace awaitscope::formats {
namespace {

int sniff(std::string_view head) { return pftrace::sniff_packets(head); }

Result<Loaded> read(std::string_view bytes, Reading* reading) {
  const std::optional<pftrace::OwnBlock> own = pftrace::own_block(bytes);
  const bool is_whole = own && own->native.starts_with(native::magic);
  if (is_whole && own->sha256 == sha256(own->before)) return read_trace(own->native, "the trace inside", reading);
  pftrace::Contents contents = pftrace::read_packets(bytes, {reading, 0, 0.8});
  if (reading && reading->stopped()) return Loaded{};
  std::string notice;
  if (own && !is_whole) notice = "its own trace inside is damaged: the events that other viewers show were imported instead";
  else if (own || contents.has_own)
    notice = "was edited after it was exported (the hash of its events does not fit): the events as they are now were imported";
  if (contents.events.empty() && (contents.is_cut || contents.unreadable > 0))
    return Error{fmt::format("is no Perfetto trace that can be read: {} at offset {}; accepted are packets of track events",
                             contents.unreadable > 0 ? "a packet is damaged" : "no packet begins",
                             contents.unreadable > 0 ? contents.first_unreadable : contents.cut_at)};
  std::vector<std::string> notices;
  if (!notice.empty()) notices.push_back(notice);
  if (contents.is_cut)
    notices.push_back(fmt::format("cut off or damaged at offset {}: what stands before it was imported", contents.cut_at));
  if (contents.compressed > 0)
    notices.push_back(fmt::format("{} packets are compressed and were left out", contents.compressed));
  Loaded imported = importing::import_events(pftrace::events_of(std::move(contents)), "imported from a Perfetto trace");
  imported.notices.insert(imported.notices.begin(), notices.begin(), notices.end());
  return imported;
}

Status write(const Trace& trace, std::string& out) {
  pftrace::Packets packets;
  pftrace::put_events(packets, trace, history_of(trace));
  packets.put_own_block(AwtraceWriter().finish(trace));
  out = packets.take();
  return Done{};
}

}  // namespace

Format pftrace();
Format pftrace() {
  return {"pftrace", ".pftrace", "opens in Perfetto; half the size, with the tree of tasks", sniff, read, write};
}

}  // namespace awaitscope::formats
