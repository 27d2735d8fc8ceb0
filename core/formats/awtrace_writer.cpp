#include "core/formats/awtrace_writer.h"

#include <algorithm>

#include "core/formats/awtrace_chunks.h"

namespace awaitscope {
namespace {

// What a flipped bit costs at most.  The frame and the fresh expectations of a chunk are 0.1 bytes an event.
constexpr Seq events_per_chunk = 2048;

}  // namespace

std::string AwtraceWriter::append(const Trace& trace) {
  std::string out;
  if (!begun_) {
    out += native::magic;
    put_word(out, native::version);
  }
  if (!begun_ || !(written_ == trace.info)) put_header(out, trace.info);
  begun_ = true;
  put_tables(out, trace);
  put_events(out, trace);
  if (!(notes_ == trace.notes)) put_notes(out, trace.notes);
  return out;
}

std::string AwtraceWriter::finish(const Trace& trace) {
  std::string out = append(trace);
  std::string payload;
  put_varint(payload, events_);
  native::put_chunk(out, 'Z', payload);
  return out;
}

void AwtraceWriter::put_header(std::string& out, const TraceInfo& info) {
  std::string payload;
  put_string(payload, info.scenario);
  put_string(payload, info.variant);
  put_string(payload, info.clock);
  put_string(payload, info.runtime);
  put_varint(payload, info.parameters.size());
  for (const auto& [name, value] : info.parameters) put_string(payload, name), put_string(payload, value);
  put_string(payload, info.schedule.policy);
  put_varint(payload, info.schedule.seed);
  put_varint(payload, info.schedule.choices.size());
  for (const std::uint32_t choice : info.schedule.choices) put_varint(payload, choice);
  native::put_chunk(out, 'H', payload);
  if (!info.schedule.hands.empty()) put_hands(out, info.schedule.hands);
  written_ = info;
}

void AwtraceWriter::put_notes(std::string& out, const std::vector<Note>& notes) {
  std::string payload;
  put_varint(payload, native::notes_version);
  put_varint(payload, notes.size());
  for (const Note& note : notes) {
    put_varint(payload, note.first);
    put_varint(payload, note.last);
    put_varint(payload, static_cast<std::uint64_t>(note.begin.ns));
    put_varint(payload, static_cast<std::uint64_t>(note.end.ns));
    put_string(payload, note.text);
  }
  native::put_chunk(out, 'n', payload);
  notes_ = notes;
}

void AwtraceWriter::put_hands(std::string& out, const std::vector<Hand>& hands) {
  std::string payload;
  for (const Hand& hand : hands) {
    put_varint(payload, hand.step);
    put_string(payload, name(hand.what));
    put_varint(payload, hand.target);
    put_varint(payload, static_cast<std::uint64_t>(hand.amount.count()));
  }
  native::put_chunk(out, 'h', payload);
}

void AwtraceWriter::put_tables(std::string& out, const Trace& trace) {
  if (texts_ < trace.text_count()) {
    std::string payload;
    put_varint(payload, texts_);
    for (; texts_ < trace.text_count(); ++texts_) put_string(payload, trace.text(static_cast<std::uint32_t>(texts_)));
    native::put_chunk(out, 'T', payload);
  }
  if (sites_ < trace.site_count()) {
    std::string payload;
    put_varint(payload, sites_);
    for (; sites_ < trace.site_count(); ++sites_) {
      const Site& site = trace.site(SiteId{static_cast<std::uint32_t>(sites_)});
      // The file by its number among those named so far, from 1; 0: a new one follows.
      const auto known = std::find(files_.begin(), files_.end(), site.file);
      put_varint(payload, known == files_.end() ? 0 : static_cast<std::uint64_t>(known - files_.begin()) + 1);
      if (known == files_.end()) {
        put_string(payload, site.file);
        files_.push_back(site.file);
      }
      put_varint(payload, site.line);
    }
    native::put_chunk(out, 'P', payload);
  }
}

void AwtraceWriter::put_events(std::string& out, const Trace& trace) {
  while (events_ < trace.size()) {
    const Seq count = std::min(trace.size() - events_, events_per_chunk);
    std::string names, payload;
    native::Expectations expected;
    expected.time = trace[events_ + 1].time;
    put_varint(payload, events_ + 1);
    put_varint(payload, count);
    put_varint(payload, zigzag(static_cast<std::uint64_t>(expected.time)));
    for (Seq i = 0; i < count; ++i) {
      const Event event = trace[++events_];
      const std::uint8_t number = kinds_.number(event, names);
      native::put_event(payload, event, number, expected);
    }
    if (!names.empty()) native::put_chunk(out, 'N', names);
    native::put_chunk(out, 'E', payload);
  }
}

}  // namespace awaitscope
