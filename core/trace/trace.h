#pragma once
// The append-only store of one run: 24 bytes an event, plus the strings and places the events name.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/schedule.h"
#include "core/trace/sink.h"

namespace awaitscope {

/// What a trace says about itself.  A virtual run's values hold nothing of the machine or the day.
struct TraceInfo {
  std::string scenario;                                         ///< name of the scenario, or of the recorded program
  std::string variant;                                          ///< "bad", "fixed", "bad.b"; "" for other programs
  std::vector<std::pair<std::string, std::string>> parameters;  ///< in the scenario's order
  Schedule schedule;
  std::string clock = "virtual";  ///< "virtual" or "steady"
  std::string runtime = "awaitscope 0.1";
  bool operator==(const TraceInfo&) const = default;
};

inline constexpr std::size_t most_notes = 10'000;

struct Site {
  std::string file;
  std::uint32_t line = 0;
  bool operator==(const Site&) const = default;
};

/// What a person wrote about a moment of a run, or about a stretch of it.  It is no event: the program did not do it.
struct Note {
  Seq first = 0, last = 0;  ///< the last events at or before `begin` and `end`; 0: none yet
  Instant begin, end;       ///< equal: a mark
  std::string text;
  bool is_mark() const { return begin == end && first == last; }
  bool operator==(const Note&) const = default;
};

/// "file:line", or "?" for the unknown place.
std::string show(const Site& site);

/// A run's events in order.  Reading is random access and never changes anything.
class Trace {
 public:
  TraceInfo info;
  std::vector<Note> notes;  ///< by `first`, then `begin`; at most most_notes of them in a file

  Seq size() const { return static_cast<Seq>(packed_.size()); }
  bool empty() const { return packed_.empty(); }
  /// The event with number `seq`, 1 <= seq <= size().
  Event operator[](Seq seq) const;
  Kind kind(Seq seq) const { return packed_[seq - 1].kind; }
  /// The moment of the last event; zero for an empty trace.
  Instant end() const { return {last_time_}; }
  /// The last event at or before `t`, or 0.
  Seq at_or_before(Instant t) const;

  std::string_view text(std::uint32_t id) const {
    return id < texts_.size() ? std::string_view(texts_[id]) : std::string_view("?");
  }
  const Site& site(SiteId id) const { return id.value < sites_.size() ? sites_[id.value] : sites_[0]; }
  std::size_t text_count() const { return texts_.size(); }
  std::size_t site_count() const { return sites_.size(); }

  void append(const Record& record);
  void append(const Chunk& chunk);
  /// Ids are dense and come in order; a hole is filled with "?".
  void define(const Definition& definition);
  /// For readers of foreign files: the id of a string or place, defining it on first use.
  TextId intern(std::string_view text);
  SiteId intern(const Site& site);

  /// Events whose own time was earlier than that of the event before; they were given that one's.
  struct SetBack {
    std::uint32_t count = 0;
    Seq first = 0;
    Duration most{};
  };
  const SetBack& set_back() const { return set_back_; }

  std::size_t memory() const;  ///< bytes, tables included

 private:
  struct Packed {
    std::uint32_t time;  ///< nanoseconds since the base
    std::uint32_t task, cause, a, b;
    std::uint16_t site;
    Kind kind;
    std::uint8_t c;
  };
  static_assert(sizeof(Packed) == 24);
  struct Base {
    Seq first;
    std::int64_t time;
  };
  struct Extra {
    Seq seq;
    std::uint32_t d;
  };
  std::vector<Packed> packed_;
  std::vector<Base> bases_;                   ///< a new one where 32 bits of nanoseconds do not reach
  std::vector<Extra> extras_;                 ///< `d` where it is not zero
  std::vector<std::uint32_t> extras_before_;  ///< how many of them come before each stretch of events
  std::int64_t last_time_ = 0;
  SetBack set_back_;
  std::vector<std::string> texts_ = {""};
  std::vector<Site> sites_ = {Site{}};
  std::map<std::string, std::uint32_t, std::less<>> text_ids_;
  std::map<std::pair<std::string, std::uint32_t>, std::uint32_t> site_ids_;
};

}  // namespace awaitscope
