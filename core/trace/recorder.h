#pragma once
// The loop's end of a trace: writes records, interns strings and places, numbers events.
#include <array>
#include <source_location>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/trace/sink.h"

namespace awaitscope {

/// Writes events into a Sink.  One thread uses it.  Without a sink nothing is recorded and every call costs one branch.
class Recorder {
 public:
  Recorder() = default;
  explicit Recorder(Sink* sink);
  ~Recorder() { flush(); }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  bool on() const { return sink_ != nullptr; }

  struct Fields {
    std::uint32_t a = 0, b = 0;
    std::uint8_t c = 0;
    std::uint32_t d = 0;
  };
  /// Writes one event and returns its number; 0 where recording is off or the event was lost (see `dropped`).
  Seq emit(Kind kind, std::int64_t time, TaskId task, SiteId site, Seq cause, Fields fields) {
    if (!sink_) return 0;
    if (!chunk_ || chunk_->count == Chunk::capacity) [[unlikely]]
      if (!next_chunk(time)) return 0;
    chunk_->records[chunk_->count++] =
        Record{time, task.value, cause, fields.a, fields.b, fields.d, static_cast<std::uint16_t>(site.value), kind, fields.c};
    return ++last_;
  }
  /// The number of a string in the trace; "" is 0.
  TextId text(std::string_view text) { return sink_ && !text.empty() ? intern(text) : TextId{}; }
  SiteId site(const std::source_location& place) { return site(place.file_name(), place.line()); }
  SiteId site(const char* file, std::uint32_t line) { return sink_ && line ? intern(file, line) : SiteId{}; }

  /// Hands over what was written so far.
  void flush();
  /// Hands over the last events; what is emitted from now on is not recorded.
  void close() {
    flush();
    sink_ = nullptr;
  }
  /// What is emitted up to resume() is not recorded.
  void pause() { paused_ = std::exchange(sink_, nullptr); }
  void resume() {
    if (paused_) sink_ = std::exchange(paused_, nullptr);
  }
  Seq last() const { return last_; }
  std::uint64_t lost() const { return lost_total_; }

 private:
  TextId intern(std::string_view text);
  SiteId intern(const char* file, std::uint32_t line);
  bool next_chunk(std::int64_t time);
  void define(Definition definition);

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  struct CachedSite {
    const char* file = nullptr;
    std::uint32_t line = 0, id = 0;
  };

  Sink* sink_ = nullptr;
  Sink* paused_ = nullptr;
  std::unique_ptr<Chunk> chunk_;
  std::vector<Definition> waiting_;  ///< definitions made while there was no chunk to put them in
  Seq last_ = 0;
  std::uint64_t lost_ = 0, lost_total_ = 0;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> texts_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> sites_;
  std::array<CachedSite, 256> cache_{};
};

}  // namespace awaitscope
