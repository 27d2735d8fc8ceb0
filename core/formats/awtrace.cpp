// The native format: lossless, appended to as a run goes on, and readable up to wherever it was cut off or damaged.
// The frame is described in awtrace_chunks.h, the events in awtrace_events.h.
#include <fmt/format.h>

#include "core/formats/awtrace_chunks.h"
#include "core/formats/awtrace_writer.h"
#include "core/formats/format.h"
#include "core/trace/notes.h"

namespace awaitscope::formats {
namespace {

using native::ChunkView;

int sniff(std::string_view head) {
  if (head.starts_with(native::magic)) return 100;
  // A file that was cut off within its first bytes is still ours, and told so.
  return head.size() >= 4 && native::magic.starts_with(head) ? 90 : 0;
}

/// Reads chunk after chunk into a trace; each is taken in whole or not at all.
class Reader {
 public:
  Trace trace;
  bool has_header = false, ended = false;
  std::string why;  ///< where a chunk could not be taken in

  bool take(const ChunkView& chunk) {
    switch (chunk.type) {
      case 'H': return header(ByteReader(chunk.payload));
      case 'h': return hands(ByteReader(chunk.payload));
      case 'N': return kinds_.read(chunk.payload) || bad("its names make no sense");
      case 'T': return texts(ByteReader(chunk.payload));
      case 'P': return places(ByteReader(chunk.payload));
      case 'E': return events(ByteReader(chunk.payload));
      case 'Z': return end(ByteReader(chunk.payload));
      case 'n': return notes(ByteReader(chunk.payload));
      default: break;
    }
    if (chunk.type >= 'a' && chunk.type <= 'z') return true;  // made to be skipped
    return bad("it is of a type that this version does not know");
  }

 private:
  bool bad(std::string reason) {
    why = std::move(reason);
    return false;
  }

  bool header(ByteReader in) {
    TraceInfo info;
    info.scenario = in.string();
    info.variant = in.string();
    info.clock = in.string();
    info.runtime = in.string();
    for (std::uint64_t n = in.count(2); n > 0; --n) {
      std::string name(in.string());
      info.parameters.emplace_back(std::move(name), in.string());
    }
    info.schedule.policy = in.string();
    info.schedule.seed = in.varint();
    for (std::uint64_t n = in.count(1); n > 0; --n) info.schedule.choices.push_back(in.number());
    if (!in.done()) return bad("its header makes no sense");
    trace.info = std::move(info);
    return has_header = true;
  }

  bool hands(ByteReader in) {
    std::vector<Hand> found;
    while (in.left() > 0) {
      const std::uint64_t step = in.varint();
      const std::string what(in.string());
      const std::uint32_t target = in.number();
      const std::uint64_t amount = in.varint();
      // By way of the text, so that there is one rule of what a hand may be.
      const std::string length = amount ? fmt::format(":{}ns", amount) : "";
      const auto hand = read_hand(fmt::format("{}:{}:{}{}", step, what, target, length));
      if (!in.ok() || !hand || (!found.empty() && step < found.back().step)) return bad("its hands make no sense");
      found.push_back(*hand);
    }
    trace.info.schedule.hands = std::move(found);
    return true;
  }

  bool texts(ByteReader in) {
    std::uint64_t id = in.varint();
    if (!in.ok() || id != trace.text_count()) return bad("its strings do not follow on");
    std::vector<std::string_view> found;
    while (in.left() > 0) found.push_back(in.string());
    if (!in.ok()) return bad("its strings make no sense");
    for (const std::string_view text : found)
      trace.define({Definition::What::text, static_cast<std::uint32_t>(id++), std::string(text), 0});
    return true;
  }

  bool places(ByteReader in) {
    std::uint64_t id = in.varint();
    if (!in.ok() || id != trace.site_count()) return bad("its places do not follow on");
    std::vector<Definition> found;
    while (in.left() > 0) {
      const std::uint64_t known = in.varint();
      if (known > files_.size() || id > 0xffff) return bad("its places make no sense");
      if (known == 0) files_.emplace_back(in.string());
      std::string file = known == 0 ? files_.back() : files_[known - 1];
      found.push_back({Definition::What::site, static_cast<std::uint32_t>(id++), std::move(file), in.number()});
    }
    if (!in.ok()) return bad("its places make no sense");
    for (const Definition& place : found) trace.define(place);
    return true;
  }

  bool events(ByteReader in) {
    const std::uint64_t first = in.varint();
    const std::uint64_t count = in.count(2);
    native::Expectations expected;
    expected.time = static_cast<std::int64_t>(unzigzag(in.varint()));
    if (!in.ok() || first != std::uint64_t{trace.size()} + 1 || first + count > 0xffffffffu)
      return bad("its events do not follow on");
    if (expected.time < 0 || expected.time > native::latest) return bad("its time is none of a run's");
    if (!trace.empty() && expected.time < trace.end().ns) return bad("its time runs backwards");
    std::vector<Record> found;
    found.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint8_t number = in.byte();
      const auto* meaning = kinds_.of(number);
      if (!in.ok() || !meaning) return bad("its events make no sense");
      if (!meaning->kind)
        return bad(fmt::format("it holds events '{}', which a newer Awaitscope wrote", escaped(meaning->name)));
      Record record = native::read_event(in, *meaning->kind, number, static_cast<Seq>(first + i), expected);
      record.c = meaning->values[record.c];
      found.push_back(record);
    }
    if (!in.done()) return bad("its events make no sense");
    for (const Record& record : found) trace.append(record);
    return true;
  }

  /// A later list replaces an earlier one; of a version that is not known it is skipped like any chunk made to be skipped.
  bool notes(ByteReader in) {
    if (in.varint() != native::notes_version) return in.ok() || bad("its notes make no sense");
    std::vector<Note> found;
    for (std::uint64_t n = in.count(5); n > 0; --n) {
      Note note;
      note.first = in.number();
      note.last = in.number();
      note.begin.ns = static_cast<std::int64_t>(in.varint());
      note.end.ns = static_cast<std::int64_t>(in.varint());
      note.text = in.string();
      found.push_back(std::move(note));
    }
    if (!in.done() || found.size() > most_notes) return bad("its notes make no sense");
    trace.notes = std::move(found);
    return true;
  }

  bool end(ByteReader in) {
    if (in.varint() != trace.size() || !in.done()) return bad("its count of events does not fit");
    return ended = true;
  }

  // A name from a file on its way into a message.
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, 40)) out += c >= ' ' && c <= '~' ? c : '?';
    return out;
  }

  native::KindMeanings kinds_;
  std::vector<std::string> files_;
};

Result<Loaded> read(std::string_view bytes, Reading* reading) {
  if (bytes.size() < native::prefix_size)
    return Error{fmt::format("cut off at offset {}: an .awtrace begins with {} bytes of magic and version", bytes.size(),
                             native::prefix_size)};
  if (!bytes.starts_with(native::magic)) return Error{"no .awtrace magic at offset 0"};
  const std::uint32_t version = ByteReader(bytes.substr(native::magic.size())).word();
  if (version != native::version)
    return Error{
        fmt::format("is an .awtrace of version {} (offset 8); this Awaitscope reads version {}", version, native::version)};

  Reader reader;
  const Stretch progress{reading};
  std::size_t offset = native::prefix_size;
  while (!reader.ended && offset < bytes.size()) {
    const std::optional<ChunkView> chunk = native::chunk_at(bytes, offset);
    if (!chunk) reader.why = "it is cut off or its checksum does not fit";
    if (!chunk || !reader.take(*chunk)) break;
    offset = chunk->next;
    if (progress.stops(offset, bytes.size())) break;
  }
  if (!reader.has_header)
    return Error{fmt::format("holds nothing readable: the header at offset {} is cut off or damaged", native::prefix_size)};

  Loaded out;
  out.trace = std::move(reader.trace);
  settle_notes(out.trace);
  const Seq events = out.trace.size();
  if (!reader.why.empty())
    out.notices.push_back(
        fmt::format("damaged at offset {} of {}: {}; {} events before it are shown", offset, bytes.size(), reader.why, events));
  else if (!reader.ended)
    out.notices.push_back(
        fmt::format("has no end mark: still being written, or its program was stopped; its {} events are shown", events));
  else if (offset < bytes.size())
    out.notices.push_back(
        fmt::format("{} bytes after the end at offset {} are not part of the trace", bytes.size() - offset, offset));
  return out;
}

Status write(const Trace& trace, std::string& out) {
  out = AwtraceWriter().finish(trace);
  return Done{};
}

}  // namespace

Format awtrace();
Format awtrace() {
  return {"awtrace", ".awtrace", "the native format: lossless, readable up to a torn tail", sniff, read, write};
}

}  // namespace awaitscope::formats
