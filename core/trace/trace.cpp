#include "core/trace/trace.h"

#include <algorithm>
#include <array>

namespace awaitscope {

std::string show(const Site& site) { return site.line == 0 ? "?" : site.file + ":" + std::to_string(site.line); }

namespace {

/// Whether a kind has a field d, or a time, whose high half it is.
bool has_d(Kind kind) {
  static const auto all = [] {
    std::array<bool, kind_count> out{};
    for (int i = 0; i < kind_count; ++i) {
      const KindInfo& of = info(static_cast<Kind>(i));
      out[static_cast<std::size_t>(i)] = of.d.type != Field::none || of.b.type == Field::time;
    }
    return out;
  }();
  return all[static_cast<std::size_t>(kind)];
}

constexpr Seq stretch = 32;  ///< events whose extras are looked through together

}  // namespace

Event Trace::operator[](Seq seq) const {
  const Packed& p = packed_[seq - 1];
  auto base = bases_.begin();
  if (bases_.size() > 1)
    base = std::prev(std::upper_bound(bases_.begin(), bases_.end(), seq, [](Seq s, const Base& b) { return s < b.first; }));
  Event out;
  out.time = base->time + p.time;
  out.task = p.task;
  out.cause = p.cause;
  out.a = p.a;
  out.b = p.b;
  out.c = p.c;
  out.site = p.site;
  out.kind = p.kind;
  out.seq = seq;
  if (!has_d(p.kind)) return out;
  for (std::size_t i = extras_before_[(seq - 1) / stretch]; i < extras_.size() && extras_[i].seq <= seq; ++i)
    if (extras_[i].seq == seq) out.d = extras_[i].d;
  return out;
}

Seq Trace::at_or_before(Instant t) const {
  Seq low = 0, high = size();
  while (low < high) {
    const Seq middle = low + (high - low + 1) / 2;
    if ((*this)[middle].time <= t.ns) low = middle;
    else high = middle - 1;
  }
  return low;
}

void Trace::append(const Record& record) {
  // Time never decreases with the sequence number; a file that says otherwise is read as if it stood still.
  // Nor is it negative: differences of two times never overflow.
  const std::int64_t time = std::max(record.time, last_time_);
  if (bases_.empty() || time - bases_.back().time > 0xffffffff) bases_.push_back({size() + 1, time});
  packed_.push_back({static_cast<std::uint32_t>(time - bases_.back().time), record.task, record.cause, record.a, record.b,
                     record.site, static_cast<int>(record.kind) < kind_count ? record.kind : Kind::annotation, record.c});
  if (packed_.size() % stretch == 1) extras_before_.push_back(static_cast<std::uint32_t>(extras_.size()));
  if (record.time < time) {
    ++set_back_.count;
    if (!set_back_.first) set_back_.first = size();
    set_back_.most = std::max(set_back_.most, Duration{time - std::max<std::int64_t>(record.time, 0)});
  }
  if (record.d && has_d(packed_.back().kind)) extras_.push_back({size(), record.d});
  last_time_ = time;
}

void Trace::append(const Chunk& chunk) {
  for (const Definition& definition : chunk.definitions) define(definition);
  for (std::uint32_t i = 0; i < chunk.count; ++i) append(chunk.records[i]);
}

void Trace::define(const Definition& definition) {
  if (definition.id == 0) return;  // "none" stays none
  if (definition.what == Definition::What::text) {
    if (definition.id > texts_.size() + Chunk::capacity * 64) return;  // an id never sizes an allocation
    while (texts_.size() <= definition.id) texts_.emplace_back("?");
    texts_[definition.id] = definition.text;
  } else {
    if (definition.id > 0xffff) return;
    while (sites_.size() <= definition.id) sites_.emplace_back();
    sites_[definition.id] = {definition.text, definition.line};
  }
}

TextId Trace::intern(std::string_view text) {
  if (text.empty()) return {};
  if (text_ids_.empty())
    for (std::uint32_t i = 1; i < texts_.size(); ++i) text_ids_.emplace(texts_[i], i);
  if (auto known = text_ids_.find(text); known != text_ids_.end()) return {known->second};
  const auto id = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  text_ids_.emplace(text, id);
  return {id};
}

SiteId Trace::intern(const Site& site) {
  if (site.line == 0) return {};
  if (site_ids_.empty())
    for (std::uint32_t i = 1; i < sites_.size(); ++i) site_ids_.emplace(std::pair{sites_[i].file, sites_[i].line}, i);
  const auto [known, is_new] = site_ids_.emplace(std::pair{site.file, site.line}, static_cast<std::uint32_t>(sites_.size()));
  if (is_new) {
    if (sites_.size() > 0xffff) {
      site_ids_.erase(known);
      return {};
    }
    sites_.push_back(site);
  }
  return {known->second};
}

std::size_t Trace::memory() const {
  std::size_t bytes =
      packed_.capacity() * sizeof(Packed) + bases_.capacity() * sizeof(Base) + extras_.capacity() * sizeof(Extra);
  bytes += extras_before_.capacity() * sizeof extras_before_[0];
  for (const std::string& text : texts_) bytes += sizeof text + (text.size() > 15 ? text.size() : 0);
  for (const Site& site : sites_) bytes += sizeof site + (site.file.size() > 15 ? site.file.size() : 0);
  return bytes;
}

}  // namespace awaitscope
