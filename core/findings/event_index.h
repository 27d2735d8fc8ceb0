#pragma once
// Where in a trace the events of each kind stand, so that a rule reads the few it is about and not the whole trace.
#include <array>
#include <initializer_list>
#include <vector>

#include "core/trace/trace.h"

namespace awaitscope {

struct Run;

class EventIndex {
 public:
  static constexpr std::size_t most_kinds = 12;  ///< of one range
  explicit EventIndex(const Run& run);

  /// Events of some kinds in their order, to loop over: merged from the lists of each kind.
  class Range {
   public:
    class Iterator {
     public:
      Event operator*() const { return (*range_->trace_)[now_]; }
      Iterator& operator++();
      bool operator!=(const Iterator& other) const { return now_ != other.now_; }

     private:
      friend class Range;
      Iterator(const Range* range, Seq now) : range_(range), now_(now) {}
      const Range* range_;
      Seq now_;  ///< 0: at the end
      std::array<std::uint32_t, most_kinds> next_{};
    };
    Iterator begin() const;
    Iterator end() const { return {this, 0}; }

   private:
    friend class EventIndex;
    const Trace* trace_ = nullptr;
    std::array<const std::vector<Seq>*, most_kinds> lists_{};
    std::size_t count_ = 0;
  };
  /// At most `most_kinds`.
  Range of(std::initializer_list<Kind> kinds) const;
  const std::vector<Seq>& of(Kind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }

 private:
  const Trace& trace_;
  std::vector<std::vector<Seq>> by_kind_;
};

}  // namespace awaitscope
