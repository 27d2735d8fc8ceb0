#include "core/trace/recorder.h"

#include <utility>

namespace awaitscope {

Recorder::Recorder(Sink* sink) : sink_(sink) {}

TextId Recorder::intern(std::string_view text) {
  if (auto known = texts_.find(text); known != texts_.end()) return {known->second};
  const auto id = static_cast<std::uint32_t>(texts_.size() + 1);
  texts_.emplace(text, id);
  define({Definition::What::text, id, std::string(text), 0});
  return {id};
}

SiteId Recorder::intern(const char* file, std::uint32_t line) {
  CachedSite& cached = cache_[(reinterpret_cast<std::uintptr_t>(file) / 8 + line) % cache_.size()];
  if (cached.file == file && cached.line == line) return {cached.id};
  // The pointer is no identity: one file's name may stand in several translation units.
  const std::string key = std::string(file) + '\n' + std::to_string(line);
  std::uint32_t id = 0;
  if (auto known = sites_.find(key); known != sites_.end()) {
    id = known->second;
  } else {
    if (sites_.size() >= 65534) return {};
    id = static_cast<std::uint32_t>(sites_.size() + 1);
    sites_.emplace(key, id);
    define({Definition::What::site, id, file, line});
  }
  cached = {file, line, id};
  return {id};
}

void Recorder::define(Definition definition) { (chunk_ ? chunk_->definitions : waiting_).push_back(std::move(definition)); }

bool Recorder::next_chunk(std::int64_t time) {
  chunk_ = sink_->exchange(std::move(chunk_));
  if (!chunk_) {
    ++lost_;
    ++lost_total_;
    return false;
  }
  chunk_->count = 0;
  chunk_->definitions = std::exchange(waiting_, {});
  if (lost_) {
    const std::uint64_t count = std::exchange(lost_, 0);
    Record record{};
    record.time = time;
    record.kind = Kind::dropped;
    record.a = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, 0xffffffffu));
    chunk_->records[chunk_->count++] = record;
    ++last_;
  }
  return true;
}

void Recorder::flush() {
  if (!sink_ || !chunk_ || (chunk_->count == 0 && chunk_->definitions.empty())) return;
  chunk_ = sink_->exchange(std::move(chunk_));
  if (!chunk_) return;
  chunk_->count = 0;
  chunk_->definitions = std::exchange(waiting_, {});
}

}  // namespace awaitscope
